"""The keys of the record on a screen: who has one, a person added by keyboard alone, a wrong passphrase answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assess_tui.screens.home import HomeScreen
from assess_tui.screens.keyring import ChangeDialog, CodeDialog, KeyringDialog
from assess_tui.storage import keys
from assess_tui.storage.backup import backups
from assess_tui.storage.errors import ReplacedError
from assess_tui.storage.folder import BACKUPS, KEYS, RECORD, state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.key_file import load
from assess_tui.storage.open_visits import OpenVisit
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import verify
from tests.screens.begun import CLINICIAN, at_home
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_lock_screen import NOON, WORDS, code, encrypted, let_in, on, shown, started, unlocked
from tests.screens.test_stand import a_visit

__all__ = ["encrypted"]


async def test_a_person_is_added_and_a_new_code_shown(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, _, created = encrypted
    async with started(folder) as it:
        await let_in(it)
        await it.press("f7")
        assert on(it, KeyringDialog)
        await it.press("a")
        for line in ("not this one", "Kim Lee", "quiet river stone", "quiet river stone"):
            await it.type(line)
            await it.press("enter")
        await it.until(lambda: "does not fit" in it.shown("key-note"))
        assert on(it, ChangeDialog)
        await it.type(WORDS)
        await it.press("enter")
        await it.until(lambda: on(it, KeyringDialog))
        assert "Kim Lee" in shown(it.app.screen)
        assert keys.unlock(folder, "quiet river stone", NOON).key == created.key
        await it.press("r")
        await it.type(WORDS)
        await it.press("enter")
        await it.until(lambda: on(it, CodeDialog))
        code = next(slot for slot in load(folder).slots if slot.kind == "recovery")
        assert code != created.file.slots[-1]
        await it.press("enter", "escape")
        assert on(it, HomeScreen)
        done = it.app.record._rows(
            "SELECT action, subject, who FROM audit WHERE action LIKE '%key' OR action LIKE '%code'"
        )
        assert [action for action, _, _ in done] == ["added a key", "made a new recovery code"]


# -- a record that anyone can read -------------------------------------------------------------------------------------


async def to_the_code(it: Instrument) -> str:
    """F7 on a plain record, the passphrase twice, the name that is known; the code."""
    await at_home(it)
    it.app.record.set_setting("clinician", CLINICIAN)
    await it.press("f7")
    for typed in (WORDS, WORDS, ""):
        await it.type(typed)
        await it.press("enter")
    await it.until(lambda: code(it) != "")
    return code(it)


async def test_a_plain_record_is_encrypted_on_the_page_and_the_work_goes_on(opens: Opens, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    a_visit(folder)
    shutil.copy(folder / RECORD, folder / "clinic.before-0003_audit.db")
    async with opens((80, 24)) as it:
        await it.app.workers.wait_for_complete()
        seen = await to_the_code(it)
        assert state(folder) == "plain"
        assert not (folder / KEYS).exists()
        other = open_record(folder, it.clock.now, uuid7)
        await it.type(seen[-4:])
        await it.press("enter")
        await it.until(lambda: "is encrypted" in it.shown("door-title"))
        assert "clinic.before-0003_audit.db" in it.shown("door-note")
        with pytest.raises(ReplacedError):
            other.set_setting("clinic", "too late")
        other.close()
        await it.press("enter")
        assert on(it, HomeScreen)
        await it.app.workers.wait_for_complete()
        assert "encrypted, Ctrl+L locks" in it.shown("home-state")
        assert "Ruiz" in shown(it.app.screen)
        assert (it.app.who, it.app.record.replaced()) == (CLINICIAN, False)
        assert it.app.record._rows("SELECT who FROM audit WHERE action = 'encrypted the record'") == [(CLINICIAN,)]
        await it.press("ctrl+l")
        await unlocked(it)
        await it.press("f7")
        assert on(it, KeyringDialog)
    key = keys.unlock(folder, WORDS, NOON).key
    assert keys.unlock(folder, seen, NOON).key == key
    assert verify(folder / RECORD, key).problems == ()
    assert verify(backups(folder / BACKUPS)[0].path, key).problems == ()


async def test_nothing_is_encrypted_before_the_code_is_on_paper(opens: Opens, tmp_path: Path) -> None:
    async with opens((80, 24)) as it:
        seen = await to_the_code(it)
        await it.type("AAAA")
        await it.press("enter")
        assert "not the last group" in it.shown("door-note")
        visit = OpenVisit(tmp_path / "clinic", "in another window")
        await it.app.workers.wait_for_complete()
        await it.type(seen[-4:])
        await it.press("enter")
        await it.until(lambda: "another window" in it.shown("door-note"))
        visit.close()
        await it.press("escape")
        assert on(it, HomeScreen)
        assert it.app.record.setting("clinician") == CLINICIAN
        assert "not encrypted" in it.shown("home-state")
    assert state(tmp_path / "clinic") == "plain"
