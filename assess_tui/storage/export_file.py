"""An export as a file: one JSON object, one row a line. Written as it is read from the record; read back whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from assess_tui.storage.exchange import NotTakenError
from assess_tui.storage.rows import FORMAT, ROWS, VERSION, Export, Scope

if TYPE_CHECKING:
    from assess_tui.storage.exchange import Exchange

AT_ONCE: Final = 500
"""Rows written together."""
_PAPERS: Final = "paper"
_BEGINS: Final = 4_000
"""Bytes within which the mark of a file that is no JSON (any more) is looked for."""
_PLACE: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<where>[^`]*)`)?$", re.DOTALL)


class _Mark(msgspec.Struct):
    format: object = None
    version: object = None


def parts(record: Exchange, scope: Scope, of: str = "", *, papers: bool = True) -> Iterator[bytes]:
    """The file, piece by piece. The same rows give the same bytes, whichever record holds them."""
    head = {"format": FORMAT, "version": VERSION, "scope": scope, **({"of": of} if of else {}), "papers": papers}
    yield msgspec.json.encode(head)[:-1]
    for table in ROWS:
        yield f',\n"{table}":['.encode()
        if papers or table != _PAPERS:
            yield from _rows(record.told(table, scope, of))
        yield b"]"
    yield b"}\n"


def _rows(rows: Iterator[dict[str, object]]) -> Iterator[bytes]:
    before = b"\n"
    while some := list(islice(rows, AT_ONCE)):
        yield before + b",\n".join(msgspec.json.encode(row) for row in some)
        before = b",\n"


def is_export(data: bytes) -> bool:
    """Whether these bytes are, or were, an export; a visit for `import` has no such mark."""
    try:
        return msgspec.json.decode(data, type=_Mark).format == FORMAT
    except (ValueError, RecursionError):
        return FORMAT.encode() in data[:_BEGINS]


def read(data: bytes) -> Export:
    """The rows of a file. Raises NotTakenError, which says in one sentence where it is no export."""
    try:
        mark = msgspec.json.decode(data, type=_Mark)
        if isinstance(mark.version, int) and mark.version > VERSION:
            raise NotTakenError(f"version {mark.version} of the export is newer than this assess-tui; install that one")
        return msgspec.json.decode(data, type=Export)
    except RecursionError:
        raise NotTakenError("nested too deeply; expected the export of a record") from None
    except UnicodeDecodeError as error:
        raise NotTakenError(f"byte {error.start}: expected UTF-8 text") from None
    except msgspec.DecodeError as error:
        raise NotTakenError(_told(str(error))) from None


def _told(said: str) -> str:
    """ "measurement[3].side: expected ..."."""
    found = _PLACE.match(said)
    what, where = (found["what"], found["where"]) if found else (said, "")
    sentence = what if what[:2].isupper() else what[:1].lower() + what[1:]
    return f"{where}: {sentence}" if where else sentence
