"""Whatever is changed behind the record's back is found, and said by table and id alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assess_tui.storage import audit
from assess_tui.storage.audit import COLUMNS, Entry
from assess_tui.storage.backup import copy_record
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.shape import AUDITED, key_of
from assess_tui.storage.verify import departures, verify
from protocols.model import Library
from protocols.visit import Visit
from tests.storage.full_record import everything, session_of, tamper

KEY = bytes(range(32))


@pytest.fixture
def path(record: Record, visit: Visit, library: Library, new_id: Ids) -> Path:
    everything(record, visit, library, new_id)
    record.close()
    return record.path


def one(path: Path, sql: str) -> str:
    with sqlite3.connect(path) as raw:
        (found,) = raw.execute(sql).fetchone()
    return str(found)


def problems(path: Path) -> tuple[str, ...]:
    found = verify(path).problems
    assert not any(name in line for line in found for name in ("Ruiz", "Ana", "1992"))
    return found


def test_a_record_as_it_was_made_is_whole(path: Path) -> None:
    verdict = verify(path)
    assert verdict.problems == ()
    assert verdict.rows == int(one(path, "SELECT count(*) FROM audit"))
    (end,) = verdict.tips.values()
    assert end == (verdict.rows, one(path, "SELECT hash FROM audit ORDER BY number DESC LIMIT 1"))


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.soak)])
def test_any_column_of_any_row_that_is_changed_is_found(path: Path, tmp_path: Path, every: int) -> None:
    """Each column of each table is changed in turn; in the fast suite every sixth."""
    seen = 0
    for table in (*AUDITED, "audit"):
        with sqlite3.connect(path) as raw:
            columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            key = raw.execute(f"SELECT {key_of(table)} FROM {table} ORDER BY 1 DESC LIMIT 1").fetchone()[0]  # noqa: S608
            kinds = {row[1]: row[2] for row in raw.execute(f"PRAGMA table_info({table})")}
        for column in columns[::every]:
            copy = tmp_path / "changed.db"
            shutil.copy(path, copy)
            new = {"INTEGER": "77", "BLOB": "x'00'"}.get(kinds[column], "'77'")
            tamper(copy, [f"UPDATE {table} SET {column} = {new} WHERE {key_of(table)} = '{key}'"])  # noqa: S608
            assert problems(copy), f"{table}.{column}"
            seen += 1
    assert seen > 60 / every


def test_a_changed_value(path: Path) -> None:
    row = one(path, "SELECT id FROM measurement LIMIT 1")
    tamper(path, [f"UPDATE measurement SET value = '12' WHERE id = '{row}'"])  # noqa: S608
    assert problems(path) == (f"measurement {row}: is not what was entered",)


def test_a_row_taken_away(path: Path) -> None:
    row = one(path, "SELECT id FROM visit_event LIMIT 1")
    tamper(path, ["DELETE FROM visit_event"])
    assert problems(path) == (f"visit_event {row}: was entered and is gone",)


def test_a_row_slipped_in(path: Path) -> None:
    tamper(path, ["INSERT INTO visit_event SELECT 'slipped', visit, kind, detail, at FROM visit_event"])
    assert problems(path) == ("visit_event slipped: has no entry in the audit",)


def sealed_anew(path: Path, **changes: str) -> tuple[int, str]:
    """Change an entry and seal it again as if it had been so; its number, and what to write."""
    with sqlite3.connect(path) as raw:
        values = raw.execute(f"SELECT {COLUMNS} FROM audit WHERE about = 'measurement' ORDER BY number").fetchone()  # noqa: S608
    entry = Entry(*values)._replace(**changes)  # type: ignore[arg-type]  # texts alone are changed
    entry = entry._replace(hash=audit.seal(entry))
    written = ", ".join(f"{name} = '{value}'" for name, value in entry._asdict().items())
    return entry.number, f"UPDATE audit SET {written} WHERE id = '{entry.id}'"  # noqa: S608


def test_an_entry_changed_and_sealed_anew_breaks_the_chain_behind_it(path: Path) -> None:
    site = one(path, "SELECT site FROM audit LIMIT 1")
    number, change = sealed_anew(path, who="Somebody else")
    tamper(path, [change])
    assert problems(path) == (f"audit of site {site}: entry {number + 1} does not follow the one before it",)


def test_an_entry_changed_and_not_sealed(path: Path) -> None:
    site = one(path, "SELECT site FROM audit LIMIT 1")
    tamper(path, ["UPDATE audit SET who = 'Somebody else' WHERE number = 3"])
    assert problems(path) == (f"audit of site {site}: entry 3 was changed",)


@pytest.mark.parametrize(("gone", "said"), [("= 1", "entry 2 comes after 0"), ("= 5", "entry 6 comes after 4")])
def test_a_chain_with_a_link_taken_out(path: Path, gone: str, said: str) -> None:
    tamper(path, [f"DELETE FROM audit WHERE number {gone}"])  # noqa: S608
    assert said in problems(path)[0]


def test_two_entries_exchanged(path: Path) -> None:
    moves = ((3, 999), (4, 3), (999, 4))
    tamper(path, [f"UPDATE audit SET number = {to} WHERE number = {now}" for now, to in moves])  # noqa: S608
    found = problems(path)
    assert all(any(f"entry {number} " in line for line in found) for number in (3, 4))


def test_an_end_cut_off_shows_against_a_backup(
    path: Path, reopen: Callable[[], Record], visit: Visit, library: Library, new_id: Ids
) -> None:
    backup = path.with_name("backup.db")
    tips = copy_record(path, backup, None).tips
    assert departures(path, None, tips) == []
    session_of(reopen(), visit, library, new_id).event("at", "fpi6")
    assert departures(path, None, tips) == []
    last = "(SELECT max(number) - 1 FROM audit)"
    cut = [
        f"DELETE FROM visit_event WHERE id IN (SELECT subject FROM audit WHERE number >= {last})",  # noqa: S608
        f"DELETE FROM audit WHERE number >= {last}",  # noqa: S608
        "DELETE FROM visit_open",
    ]
    tamper(path, cut)
    assert problems(path) == ()
    assert "the chain was cut or made anew" in departures(path, None, tips)[0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER measurement_no_update", "trigger measurement_no_update: missing"),
        ("DROP INDEX visit_started", "index visit_started: missing"),
        ("CREATE TRIGGER more AFTER INSERT ON plan BEGIN SELECT 1; END", "trigger more: added by someone"),
        ("CREATE TABLE notes (x)", "table notes: added by someone"),
    ],
)
def test_another_shape(path: Path, statement: str, said: str) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(statement)
    assert problems(path) == (said,)


def test_a_view_that_shows_something_else(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("DROP VIEW current_measurement")
        raw.execute("CREATE VIEW current_measurement AS SELECT * FROM measurement")
    assert problems(path) == ("view current_measurement: changed",)


def test_a_row_that_belongs_to_nobody(path: Path, visit: Visit) -> None:
    tamper(path, ["DELETE FROM patient"])
    found = problems(path)
    assert f"visit {visit.id}: belongs to a patient that is not there" in found
    assert f"patient {visit.patient.id}: was entered and is gone" in found


def test_pages_that_were_damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 4)
        file.write(os.urandom(4096 * 12))
    assert problems(path)


def test_an_encrypted_record_with_one_byte_changed(tmp_path: Path, now: Callable[[], object], new_id: Ids) -> None:
    open_record(tmp_path, now, new_id, KEY).close()  # type: ignore[arg-type]  # the fixture's clock
    path = tmp_path / "clinic.db"
    assert verify(path, KEY).problems == ()
    with path.open("r+b") as file:
        file.seek(4096 * 9 + 100)
        file.write(b"\x00\x01")
    assert verify(path, KEY).problems[0].startswith("encryption: HMAC verification failed")


def test_what_is_no_record_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no file"):
        verify(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "letter.db").write_text("Dear colleague, " * 100)
    with pytest.raises(StorageError, match="no clinic record"):
        verify(tmp_path / "letter.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(StorageError, match="no clinic record"):
        verify(tmp_path / "empty.db")


def test_a_thousand_faults_are_not_a_thousand_lines(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.executemany(
            "INSERT INTO visit_event SELECT ?, visit, kind, detail, at FROM visit_event LIMIT 1",
            [(f"slipped{number}",) for number in range(1000)],
        )
    assert len(problems(path)) == 21
