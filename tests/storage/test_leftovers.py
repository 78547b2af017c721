"""What a killed process left goes with the next opening of the record; what is still being written stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assess_tui.storage import erasing
from assess_tui.storage.backup import back_up
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.erasing import Reason, erase
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.keys import create
from assess_tui.storage.leftovers import BACKING_UP, RESTORING, clear, clear_stale
from assess_tui.storage.record import Record
from assess_tui.storage.sealing import Cost
from assess_tui.storage.wiping import wipe_away
from protocols.visit import Visit

DRAFTS = (
    ".clinic.db.erasing", ".clinic.db.erasing-journal", ".clinic.db.erased", "clinic.db.encrypting",
    "clinic.db.encrypting-journal", ".clinic.left-17",
)  # fmt: skip
AGED = (".restoring-abc/clinic.db", "backups/.clinic-20261101-090000.db.17.part")
STAYS = ("clinic.before-0003_audit.db", "clinic.replaced-20261101-090000.db", "backups/clinic-20261101-090000.db", "a")


def laid(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Zyxwitz")
    return paths


def there(paths: list[Path]) -> list[str]:
    return [path.name for path in paths if path.exists()]


def test_drafts_go_with_the_next_opening_and_nothing_else(
    record: Record, reopen: Callable[[], Record], folder: Path
) -> None:
    record.close()
    drafts, aged, stays = laid(folder, *DRAFTS), laid(folder, *AGED), laid(folder, *STAYS)
    for path in (aged[0].parent, aged[1]):
        os.utime(path, (0, 0))
    reopen()
    assert there([*drafts, *aged, aged[0].parent]) == []
    assert len(there(stays)) == len(STAYS)


def test_a_link_and_the_folder_of_somebody_else_stay_as_they_are(tmp_path: Path) -> None:
    notes, theirs = laid(tmp_path, "notes.txt", "shared/.my.db.of.other.part/a")
    link = notes.with_name("shared") / ".x.db.1.part"
    link.symlink_to(notes)
    for path in (theirs.parent, notes):
        os.utime(path, (0, 0))
    clear_stale(link.parent, BACKING_UP)
    wipe_away(link)
    assert (notes.read_text(), theirs.exists(), link.is_symlink()) == ("Zyxwitz", True, False)


def test_a_young_copy_may_still_be_written(record: Record, reopen: Callable[[], Record], folder: Path) -> None:
    record.close()
    aged = laid(folder, *AGED)
    reopen()
    assert len(there(aged)) == len(AGED)


def test_a_copy_taken_for_old_is_never_zeros_under_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two computers share a folder, the clock of one may be fast; the other misses its draft, and says so."""
    folder.mkdir()
    aged = laid(folder, *AGED)
    wiped: list[list[str]] = []
    monkeypatch.setattr("assess_tui.storage.leftovers.wipe_away", lambda _: wiped.append(there(aged)))
    monkeypatch.setattr("assess_tui.storage.leftovers.STALE_S", -1)
    clear_stale(folder, RESTORING)
    clear_stale(folder / "backups", BACKING_UP)
    assert wiped == [[aged[1].name], []]


def test_whoever_holds_the_record_keeps_the_draft(
    record: Record, reopen: Callable[[], Record], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess_tui.storage.connect.PATIENCE_S", 0)
    with record.together():
        drafts = laid(folder, *DRAFTS)
        reopen()
        assert len(there(drafts)) == len(DRAFTS)
    reopen()
    assert there(drafts) == []


def test_a_window_on_the_replaced_record_takes_no_draft_of_the_one_there_now(
    record: Record, visit: Visit, folder: Path
) -> None:
    back = back_up(folder, None, record.now())
    back.replace(folder / "clinic.db")
    drafts = laid(folder, *DRAFTS)
    clear(record)
    assert len(there(drafts)) == len(DRAFTS)


@pytest.mark.parametrize("deed", ["erase", "encrypt"])
def test_taken_away_under_ones_hands_nothing_happens_to_the_record(
    record: Record, visit: Visit, folder: Path, new_id: Ids, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """It cannot be, for both hold the record; if it were, the draft is missed and never half taken for the record."""
    record.close()
    before = (folder / "clinic.db").read_bytes()
    made = create("linden harbour seven", "", record.now(), new_id, Cost(memory_kib=8, passes=1, lanes=1))

    def under(*_: object) -> None:
        drafts = [*folder.glob(".clinic.db.*"), *folder.glob("*.encrypting")]
        for draft in drafts:
            draft.replace(draft.with_name("aside"))

    monkeypatch.setattr(erasing, "_refuse_unsound", under)
    monkeypatch.setattr("assess_tui.storage.encrypting._put_aside", under)
    does: dict[str, Callable[[], object]] = {
        "erase": lambda: erase(folder, None, visit.patient.id, Reason("asked", "K"), record.now, new_id),
        "encrypt": lambda: encrypt(folder, made, record.now()),
    }
    with pytest.raises(StorageError, match="as it was"):
        does[deed]()
    assert (folder / "clinic.db").read_bytes() == before
