"""Leaving the product: everything as open files with an index, read back and held against the record row by row."""

from __future__ import annotations

import csv
import html
import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from assess_tui.outgoing.exporting import Wanted, parts
from assess_tui.storage import export_file
from assess_tui.storage.documents import write, write_parts
from assess_tui.storage.errors import StorageError
from assess_tui.storage.exchange import NotTakenError
from assess_tui.storage.folder import LIBRARY
from assess_tui.storage.row_forms import kept, same
from assess_tui.storage.rows import ROWS
from assess_tui.storage.shape import key_of
from protocols.hashing import sha256
from reports.documents import code_in_name
from reports.table import FORMULA

if TYPE_CHECKING:
    from assess_tui.storage.record import KeptPaper, Record
    from protocols.model import Library

CLINIC: Final = "clinic.json"
TABLE: Final = "values.csv"
AUDIT: Final = "audit.csv"
SETTINGS: Final = "settings.json"
PAPERS: Final = "papers"
INDEX: Final = "index.html"
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Everything from assess-tui</title>
<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}td,th{{text-align:left;
padding:.2em 1em .2em 0;vertical-align:top}}</style>
<h1>Everything from assess-tui</h1><p>Written {day}. {count}. These files are not encrypted: keep
them where only those who may read them can.</p><ul>
<li><a href="clinic.json">clinic.json</a>: every row as it was entered; assess-tui import reads it again</li>
<li><a href="values.csv">values.csv</a>: every current value, for a spreadsheet</li>
<li><a href="audit.csv">audit.csv</a>: who did what and when, in its chain</li>
<li><a href="settings.json">settings.json</a>: the settings of the clinic</li>
<li>library/: the clinic's own tests and exercises, where it has any</li></ul>
<table><tr><th>code</th><th>name</th><th>born</th><th>visits</th><th>papers</th></tr>
{rows}</table></html>
"""


def write_all(folder: Path, record: Record, today: Callable[[], Library]) -> int:
    """Write everything into this new folder and read it back; gives how many rows. Raises StorageError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / PAPERS).mkdir(mode=0o700)
        if (own := record.path.with_name(LIBRARY)).is_dir():
            shutil.copytree(own, folder / LIBRARY)
    except OSError as error:
        raise StorageError("Nothing was written", f"{error.filename or folder}: {error.strerror}") from error
    for name, told in _files(record, today).items():
        write_parts(folder / name, told())
    for name, paper in _papers(record):
        write(folder / PAPERS / name, record.paper(paper))
    write(folder / INDEX, _index(record).encode())
    return _read_back(folder, record, today)


def _files(record: Record, today: Callable[[], Library]) -> dict[str, Callable[[], Iterable[bytes]]]:
    everything = Wanted("clinic")
    return {
        CLINIC: lambda: parts(everything, "json", record, today),
        TABLE: lambda: parts(everything, "csv", record, today),
        AUDIT: lambda: _audit(record),
        SETTINGS: lambda: [msgspec.json.format(msgspec.json.encode(record.settings())) + b"\n"],
    }


def _audit(record: Record) -> Iterator[bytes]:
    yield from (_line(entry) for entry in record.entries())


def _line(fields: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(f"'{one}" if str(one).startswith(FORMULA) else one for one in fields)
    return text.getvalue().encode()


def _papers(record: Record) -> Iterator[tuple[str, KeptPaper]]:
    """Every paper whose bytes were kept, with the name of its file; the id tells two of one day apart."""
    for patient in _people(record):
        code = code_in_name(record.patient(patient).code)
        for paper in record.papers_of(patient):
            if paper.size is not None:
                yield f"{code}-{paper.started:%Y-%m-%d}-{paper.kind}-{paper.id}.pdf", paper


def _people(record: Record) -> list[str]:
    told = (str(row["id"]) for row in record.told("patient", "clinic"))
    return list(dict.fromkeys(record.head(one) for one in told))


def _index(record: Record) -> str:
    papers: dict[str, list[str]] = {}
    for name, paper in _papers(record):
        papers.setdefault(record.visit(paper.visit).patient.id, []).append(name)
    people = [record.patient(one) for one in _people(record)]
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in (one.code, one.name, one.birth_date.isoformat()))
        + f"<td>{len(record.visits(one.id))}</td><td>"
        + "<br>".join(f'<a href="{PAPERS}/{name}">{html.escape(name)}</a>' for name in papers.get(one.id, ()))
        + "</td></tr>\n"
        for one in people
    )
    return _PAGE.format(day=record.now().date().isoformat(), count=f"{len(people)} patients", rows=rows)


# -- read back ---------------------------------------------------------------------------------------------------------


def _read_back(folder: Path, record: Record, today: Callable[[], Library]) -> int:
    """Hold every file against the record. Raises StorageError that names the first difference."""
    try:
        rows = _rows_read_back((folder / CLINIC).read_bytes(), record)
        for name, told in _files(record, today).items():
            if (folder / name).read_bytes() != b"".join(told()):
                raise _differs(folder / name, "it is not what the record tells")
        for name, paper in _papers(record):
            if sha256((folder / PAPERS / name).read_bytes()).hexdigest() != paper.sha256:
                raise _differs(folder / PAPERS / name, "it is not the paper that was handed over")
    except OSError as error:
        raise _differs(Path(error.filename or folder), str(error.strerror)) from error
    except NotTakenError as error:
        raise _differs(folder / CLINIC, str(error)) from error
    return rows


def _rows_read_back(data: bytes, record: Record) -> int:
    """Every row of the file is the record's, and every row of the record is in the file; gives how many."""
    export = export_file.read(data)
    count = 0
    for table in ROWS:
        held = {str(kept(row)[key_of(table)]): kept(row) for row in getattr(export, table)}
        for key in record.keys_in(table):
            row, there = held.pop(key, None), record.row(table, key)
            if row is None or there is None or not all(same(row[name], there[name]) for name in row):
                raise _differs(Path(CLINIC), f"{table} {key} differs")
            count += 1
        if held:
            raise _differs(Path(CLINIC), f"{table} {next(iter(held))} is not in the record")
    return count


def _differs(path: Path, what: str) -> StorageError:
    return StorageError("The export cannot be relied on", f"{path}: {what}; nothing was deleted, try another place")
