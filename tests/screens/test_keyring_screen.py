"""The keys of the record on a screen: who has one, a person added by keyboard alone, a wrong passphrase answered."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Static

from assess_tui.screens.home import HomeScreen
from assess_tui.screens.keyring import ChangeDialog, CodeDialog, KeyringDialog
from assess_tui.screens.message import MessageDialog
from assess_tui.storage import keys
from assess_tui.storage.key_file import load
from tests.screens.conftest import Opens
from tests.screens.test_lock_screen import NOON, WORDS, encrypted, let_in, on, shown, started

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


async def test_a_plain_record_says_so_and_names_the_command(opens: Opens, tmp_path: Path) -> None:
    async with opens() as it:
        it.app.pop_screen()
        await it.press("f7")
        assert isinstance(it.app.screen, MessageDialog)
        words = " ".join(str(one.content) for one in it.app.screen.query(Static))
        assert "assess-tui keys encrypt" in words
