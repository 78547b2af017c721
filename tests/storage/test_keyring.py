"""What a screen does to the keys: allowed by a passphrase of this record, made, and named as the commands name it."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path

import pytest

from assess_tui.keyring import (
    DIFFERENT,
    ENCRYPTED,
    NAMELESS,
    Asked,
    Change,
    Made,
    Sealed,
    make,
    seal,
    write_code,
    wrong,
)
from assess_tui.opening import Refused, Trouble
from assess_tui.storage import keys
from assess_tui.storage.backup import SECOND, back_up
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import RECORD, state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.key_file import load
from assess_tui.storage.open_visits import OpenVisit
from assess_tui.storage.record import open_record
from assess_tui.storage.sealing import Cost

WORDS, NEW = "linden harbour seven", "quiet river stone"
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)


class Noon:
    def seconds(self) -> float:
        return 0.0

    def now(self) -> dt.datetime:
        return NOON


@pytest.fixture
def created(tmp_path: Path) -> keys.Created:
    made = keys.create(WORDS, "Mia Vogel", NOON, uuid7, Cost(memory_kib=8, passes=1, lanes=1))
    keys.keep(tmp_path, made)
    return made


def done(
    folder: Path, created: keys.Created, change: Change, asked: Asked, key: bytes | None = None
) -> Made | Refused | Trouble:
    return make(change, asked, folder, created.key if key is None else key, Noon())


def people(folder: Path) -> list[str]:
    return [slot.who for slot in load(folder).slots]


def test_ones_own_passphrase_is_the_one_that_was_typed(tmp_path: Path, created: keys.Created) -> None:
    made = done(tmp_path, created, "own", Asked(WORDS, NEW))
    assert isinstance(made, Made)
    own = created.file.slots[0]
    assert made == Made("Mia Vogel has a new passphrase", "changed a passphrase", own.id, "Mia Vogel")
    assert keys.unlock(tmp_path, NEW, NOON).key == created.key
    assert isinstance(done(tmp_path, created, "own", Asked(WORDS, NEW)), Refused)


def test_the_recovery_code_gives_the_marked_person_a_new_one(tmp_path: Path, created: keys.Created) -> None:
    done(tmp_path, created, "add", Asked(WORDS, NEW, name="Kim Lee"))
    kim = load(tmp_path).slots[-1]
    made = done(tmp_path, created, "own", Asked(created.code, "four other words", marked=kim.id))
    assert isinstance(made, Made)
    assert made.subject == kim.id
    assert keys.unlock(tmp_path, "four other words", NOON).slot.name == "Kim Lee"
    nobody = done(tmp_path, created, "own", Asked(created.code, NEW))
    assert isinstance(nobody, Trouble)


def test_a_person_comes_and_goes_and_the_last_one_stays(tmp_path: Path, created: keys.Created) -> None:
    added = done(tmp_path, created, "add", Asked(WORDS, NEW, name="Kim Lee"))
    assert isinstance(added, Made)
    assert (added.said, added.action, added.who) == ("Kim Lee can open the record now", "added a key", "Mia Vogel")
    assert people(tmp_path) == ["Mia Vogel", "recovery code", "Kim Lee"]
    gone = done(tmp_path, created, "revoke", Asked(WORDS, marked=added.subject))
    assert isinstance(gone, Made)
    assert gone.action == "revoked a key"
    assert people(tmp_path) == ["Mia Vogel", "recovery code"]
    last = done(tmp_path, created, "revoke", Asked(WORDS, marked=created.file.slots[0].id))
    assert isinstance(last, Trouble)
    assert last.title == "The last passphrase stays"


def test_a_new_recovery_code_takes_the_place_of_the_old_one(tmp_path: Path, created: keys.Created) -> None:
    made = done(tmp_path, created, "recovery", Asked(WORDS))
    assert isinstance(made, Made)
    assert keys.unlock(tmp_path, made.code, NOON).key == created.key
    with pytest.raises(StorageError):
        keys.unlock(tmp_path, created.code, NOON)


@pytest.mark.parametrize("change", ["own", "add", "revoke", "recovery"])
def test_nothing_changes_without_a_passphrase_of_this_record(
    tmp_path: Path, created: keys.Created, change: Change
) -> None:
    before = (tmp_path / "clinic.keys").read_bytes()
    asked = Asked("not this one", NEW, name="Kim Lee", marked=created.file.slots[0].id)
    refused = done(tmp_path, created, change, asked)
    assert isinstance(refused, Refused)
    assert "does not fit" in refused.message
    other = done(tmp_path, created, change, asked._replace(passphrase=WORDS), bytes(32))
    assert isinstance(other, Trouble)
    assert "another record" in other.title
    assert (tmp_path / "clinic.keys").read_bytes() == before


def test_what_is_typed_is_looked_at_line_by_line() -> None:
    fields = ("passphrase", "name", "new", "again")
    asked = Asked("", "", "", "")
    steps = [
        (asked, ("passphrase", "")),
        (asked._replace(passphrase=WORDS), ("name", NAMELESS)),
        (asked._replace(passphrase=WORDS, name="Kim", new="short"), ("new", "At least 8 characters")),
        (asked._replace(passphrase=WORDS, name="Kim", new=NEW), ("again", "")),
        (asked._replace(passphrase=WORDS, name="Kim", new=NEW, again=WORDS), ("again", DIFFERENT)),
        (asked._replace(passphrase=WORDS, name="Kim", new=NEW, again=NEW), ("", "")),
    ]
    for typed, (field, why) in steps:
        found = wrong(typed, fields)
        assert found[0] == field
        assert found[1].startswith(why)
        assert bool(found[1]) == bool(why)


def test_the_code_is_written_for_its_owner_alone_and_over_nothing(tmp_path: Path) -> None:
    path = write_code(str(tmp_path / "code.txt"), "ABCD-EFGH")
    assert path.read_text() == "assess-tui recovery code\nABCD-EFGH\n"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StorageError, match="name another one"):
        write_code(str(path), "OTHER")
    assert "ABCD" in path.read_text()


# -- a record that anyone can read -------------------------------------------------------------------------------------


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A folder with a plain record, one copy beside it, two backups in it and one in the second folder."""
    folder, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    record = open_record(folder, Noon().now, uuid7)
    record.set_setting(SECOND, str(stick))
    for day in (1, 2):
        back_up(folder, None, NOON.replace(day=day))
    record.close()
    (stick / "clinic-20261101-120000.db").unlink()
    (folder / "clinic.before-0003_audit.db").write_bytes((folder / RECORD).read_bytes())
    return folder


def new_key() -> keys.Created:
    return keys.create(WORDS, "Mia Vogel", NOON, uuid7, Cost(memory_kib=8, passes=1, lanes=1))


def test_a_plain_record_is_encrypted_step_by_step_and_its_copies_named(plain: Path) -> None:
    steps: list[str] = []
    sealed = seal(plain, new_key(), Noon(), steps.append)
    assert isinstance(sealed, Sealed)
    assert sealed.record._rows("SELECT action, who FROM audit ORDER BY number DESC LIMIT 1") == [
        (ENCRYPTED, "Mia Vogel")
    ]
    sealed.record.close()
    assert steps == ["copy", "compare", "wipe"]
    beside, stick = plain / "clinic.before-0003_audit.db", plain.parent / "stick" / "clinic-20261102-120000.db"
    assert sealed.readable == [f"{plain / 'backups'}: 2 files", str(beside), str(stick)]
    assert state(plain) == "encrypted"


@pytest.mark.parametrize("why", ["a visit is open", "somebody writes", "no room"])
def test_what_cannot_be_encrypted_now_is_as_it_was(plain: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setattr("assess_tui.storage.connect.PATIENCE_S", 0)
    before = (plain / RECORD).read_bytes()
    visit = OpenVisit(plain, "one")
    other = open_record(plain, Noon().now, uuid7)
    if why != "a visit is open":
        visit.close()
    if why == "no room":
        monkeypatch.setattr("os.fsync", refuse)
    with other.together() if why == "somebody writes" else nullcontext():
        assert isinstance(seal(plain, new_key(), Noon(), lambda _: None), Trouble)
    other.close()
    visit.close()
    assert (state(plain), (plain / RECORD).read_bytes()) == ("plain", before)


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")
