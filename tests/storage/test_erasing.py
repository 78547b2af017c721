"""A patient who is erased is in no byte of the file; what is left is whole, and nobody else may vanish so."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assess_tui.storage import erasing
from assess_tui.storage.audit import digest
from assess_tui.storage.erasing import Reason, erase, names_in
from assess_tui.storage.errors import ReplacedError, StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.shape import AUDITED, guards
from assess_tui.storage.verify import verify
from tests.storage.full_record import entries, everything, tamper
from tests.storage.laptops import LIBRARY, MORNING, Laptop

REASON = Reason("asked for it in writing", "M. Vogel")
TRACES = ("Zyxwitz", "zyxwitz", "Quorra", "1931-07-19", "K7QX", "schr\\u00e4g", "%PDF")
KEY = bytes(range(32))


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    found: bytes | None = request.param
    return found


class Held:
    """A record with one patient of whom everything is on record, and one who stays."""

    def __init__(self, folder: Path, new_id: Ids, now: Callable[[], object], key: bytes | None = None) -> None:
        self.folder, self.new_id, self.now, self.key = folder, new_id, now, key
        record = self.open()
        self.gone = self._patient(record, "Zyxwitz", "Quorra", "1931-07-19", "K7QX")
        self.stays = self._patient(record, "Ruiz", "Ana", "1992-03-04", "K8")
        record.close()

    def open(self) -> Record:
        return open_record(self.folder, self.now, self.new_id, self.key)  # type: ignore[arg-type]  # the fixture's clock

    def _patient(self, record: Record, family: str, given: str, born: str, code: str) -> str:
        day = MORNING.date().fromisoformat(born)
        patient = record.add_patient(family_name=family, given_name=given, birth_date=day, sex="F", code=code)
        everything(record, record.open_visit(patient.id, "M. Vogel", LIBRARY), LIBRARY, self.new_id)
        return patient.id

    def erase(self, patient: str) -> dict[str, int]:
        return erase(self.folder, self.key, patient, REASON, self.now, self.new_id)  # type: ignore[arg-type]


@pytest.fixture
def held(folder: Path, new_id: Ids, now: Callable[[], object], key: bytes | None) -> Held:
    return Held(folder, new_id, now, key)


@pytest.fixture
def plain(folder: Path, new_id: Ids, now: Callable[[], object]) -> Held:
    return Held(folder, new_id, now)


def test_every_row_goes_and_the_erasure_is_entered_without_a_name(held: Held) -> None:
    gone = held.erase(held.gone)
    assert verify(held.folder / "clinic.db", held.key).problems == ()
    record = held.open()
    with pytest.raises(StorageError):
        record.patient(held.gone)
    assert record.patients("zyxwitz") == []
    assert record.patient(held.stays).code == "K8"
    assert len(record.visits(held.stays)) == 1
    row = record._row("SELECT why, clinician, held FROM erasure ORDER BY id DESC")
    entry = record._row("SELECT action, about, who FROM audit ORDER BY number DESC")
    record.close()
    assert row is not None
    assert row[:2] == tuple(REASON)
    assert entry == ("erased", "erasure", "M. Vogel")
    assert not any(trace in row[2] for trace in TRACES)
    assert set(gone) == {*AUDITED} - {"library", "device", "template", "erasure"}
    assert gone["patient"] == gone["visit"] == 1
    assert gone["measurement"] >= 3


def test_nothing_of_the_patient_is_in_any_byte_and_the_old_file_is_overwritten(plain: Held, tmp_path: Path) -> None:
    path, old = plain.folder / "clinic.db", tmp_path / "old"
    assert all(trace.encode() in path.read_bytes() for trace in TRACES[:5])
    os.link(path, old)
    plain.erase(plain.gone)
    assert {one.name for one in plain.folder.iterdir()} == {"clinic.db"}
    assert not any(old.read_bytes())
    left = path.read_bytes()
    assert [trace for trace in TRACES if trace.encode() in left and trace not in ("%PDF", "schr\\u00e4g")] == []
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_left_between_the_rows_before_is_not_there_any_more(plain: Held) -> None:
    """A name that was corrected long ago may stand in a page where no row does."""
    path = plain.folder / "clinic.db"
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("INSERT INTO patient_search VALUES ('wobbelstedt', ?, ' wobbelstedt')", [plain.gone])
        raw.commit()
        raw.execute("DELETE FROM patient_search WHERE key = 'wobbelstedt'")
    raw.close()
    assert b"wobbelstedt" in path.read_bytes()
    plain.erase(plain.gone)
    assert b"wobbelstedt" not in path.read_bytes()


def test_the_guards_stand_and_refuse_afterwards(plain: Held) -> None:
    plain.erase(plain.gone)
    with sqlite3.connect(plain.folder / "clinic.db") as raw:
        standing = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
        assert all(standing[name] == sql for name, sql in guards().items())
        for table in ("patient", "erasure", "measurement"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                raw.execute(f"DELETE FROM {table}")  # noqa: S608


def test_a_row_that_vanishes_without_an_erasure_is_still_found(plain: Held) -> None:
    plain.erase(plain.gone)
    path = plain.folder / "clinic.db"
    with sqlite3.connect(path) as raw:
        (row,) = raw.execute("SELECT id FROM visit_event LIMIT 1").fetchone()
    tamper(path, [f"DELETE FROM visit_event WHERE id = '{row}'"])  # noqa: S608
    assert verify(path).problems == (f"visit_event {row}: was entered and is gone",)


def test_an_erasure_that_is_made_to_cover_more_is_found(plain: Held) -> None:
    plain.erase(plain.gone)
    path = plain.folder / "clinic.db"
    cover = "UPDATE erasure SET held = json_set(held, '$.visit_event[#]', (SELECT max(id) FROM visit_event))"
    tamper(path, [cover, "DELETE FROM visit_event WHERE id = (SELECT max(id) FROM visit_event)"])
    assert any("erasure" in line and "not what was entered" in line for line in verify(path).problems)


def test_what_cannot_be_made_whole_erases_nobody(plain: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain.folder / "clinic.db"
    tamper(path, ["UPDATE patient_detail SET sex = 'M' WHERE code = 'K8'"])
    before = path.read_bytes()
    with pytest.raises(StorageError, match="not whole"):
        plain.erase(plain.gone)
    assert path.read_bytes() == before

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(erasing, "_write_anew", full)
    with pytest.raises(StorageError, match="No space left"):
        plain.erase(plain.gone)
    assert path.read_bytes() == before
    assert {one.name for one in plain.folder.iterdir()} == {"clinic.db"}


def test_the_digest_that_stays_confirms_no_guess_of_who_it_was(plain: Held) -> None:
    record = plain.open()
    (told,) = record.told("patient_detail", "patient", plain.gone)
    known = {"why": "", **told}
    record.close()
    plain.erase(plain.gone)
    left = {entry["digest"] for entry in entries(plain.folder)}
    assert digest(known) in left
    guessed = {name: value for name, value in known.items() if name != "salt"}
    assert digest(guessed) not in left
    assert len(str(known["salt"])) == 32


def test_an_instance_that_has_the_old_file_open_writes_nothing_into_it(plain: Held) -> None:
    record = plain.open()
    record.patients()
    assert not record.replaced()
    plain.erase(plain.gone)
    assert record.replaced()
    for use in (lambda: record.note("opened"), record.patients, lambda: record.patient(plain.stays)):
        with pytest.raises(ReplacedError, match="leave and start again"):
            use()
    record.close()
    assert verify(plain.folder / "clinic.db").problems == ()


def test_a_reason_may_not_name_the_patient(plain: Held) -> None:
    record = plain.open()
    for reason in ("Quorra asked", "request of ZYXWITZ, 3 May", "k7qx wishes it"):
        assert names_in(reason, record, plain.gone)
    assert not names_in("asked for it in writing on 3 May", record, plain.gone)
    record.close()


def test_an_older_copy_brings_nobody_back_and_says_so(tmp_path: Path) -> None:
    here, there = Laptop(tmp_path / "here", 1), Laptop(tmp_path / "there", 2)
    for deed in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (8, 5)]:
        here.do(*deed)
    older = here.exported()
    there.take_in(older)
    gone = here.record.patients()[0]
    rows = sum(len(keys) for keys in erasing.held_by(here.record, gone.id).values())
    here.record.close()
    erase(tmp_path / "here", None, gone.id, REASON, lambda: MORNING, Ids(lambda: 1_793_600_000_000, lambda bits: 7))
    here = Laptop(tmp_path / "here", 3)
    assert here.take_in(older)[:2] == (0, here_left(older) - rows)
    assert here.take_in(older).left_out == rows
    # Begun on the other laptop after the copy: of a patient who is erased here, and left out too.
    there.record.open_visit(gone.id, "K. Nowak", LIBRARY)
    assert here.take_in(there.exported()).left_out == rows + 1
    assert gone.id not in {one.id for one in here.record.patients()}
    assert verify(here.record.path).problems == ()
    # The other laptop is told who was erased, and erases nobody by itself.
    taken = there.take_in(here.exported())
    assert taken.to_erase == (gone.id,)
    assert there.record.patient(gone.id).code == gone.code
    assert verify(there.record.path).problems == ()
    # A third, which never had them, will not take them in from an older copy either.
    third = Laptop(tmp_path / "third", 4)
    third.take_in(here.exported())
    assert third.take_in(older).left_out == rows
    assert verify(third.record.path).problems == ()
    assert third.exported() == here.exported()


def here_left(data: bytes) -> int:
    from assess_tui.storage import export_file
    from assess_tui.storage.rows import ROWS

    return sum(len(getattr(export_file.read(data), table)) for table in ROWS)
