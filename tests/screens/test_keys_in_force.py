"""What the settings say of keys, in the running instrument: the key line, the help, pedals, the settings screen."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

import assess_tui.screens
from assess_tui.keyboard.far_keys import NUMBERS, name_far_keys
from assess_tui.keyboard.keys import KEYS, TOGETHER
from assess_tui.keyboard.names import why_not
from assess_tui.screens.base import BaseScreen
from assess_tui.screens.dialog import Dialog
from assess_tui.screens.step import StepScreen
from assess_tui.settings import FILE, Settings, read
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, Opens

MINE = """\
[keys]
"home.new_patient" = "f8"
"home.cards" = "f10"
[pedals]
f13 = "next"
f14 = "app.help"
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / FILE).write_text(text)
    return folder / FILE


def key_line(it: Instrument) -> str:
    return it.shown("key-line")


def sheet(it: Instrument) -> str:
    contents = (static.content for static in it.app.screen.query(Static))
    return "\n".join(content.plain if isinstance(content, Content) else str(content) for content in contents)


def test_the_places_in_force_together_are_those_of_the_screens() -> None:
    for module in iter_modules(assess_tui.screens.__path__):
        import_module(f"assess_tui.screens.{module.name}")
    groups = [{key.id for place in group for key in KEYS[place]} for group in TOGETHER]
    screens = [kind for base in (BaseScreen, Dialog) for kind in _below(base) if not inspect.isabstract(kind)]
    assert len(screens) > 30
    for kind in screens:
        by_key = {
            key: binding.id
            for ancestor in reversed(kind.__mro__)
            for binding in ancestor.__dict__.get("BINDINGS", ())
            if getattr(binding, "id", None)
            for key in binding.key.split(",")
        }
        ids = set(by_key.values())
        assert any(ids <= group for group in groups), kind


def _below(kind: type[Screen[Any]]) -> list[type[Screen[Any]]]:
    return [one for child in kind.__subclasses__() for one in (child, *_below(child))]


def test_the_keys_of_pedals_arrive_by_their_names() -> None:
    name_far_keys()
    for number, key in NUMBERS.items():
        (event,) = (one for one in XTermParser().feed(f"\x1b[{number}~") if isinstance(one, events.Key))
        assert event.key == key
    (event,) = (one for one in XTermParser().feed("\x1b[1;2P") if isinstance(one, events.Key))
    assert why_not(event.key) == ""


async def test_the_keys_in_force_are_shown_and_act_and_what_cannot_hold_is_said(tmp_path: Path, opens: Opens) -> None:
    folder_with(tmp_path, MINE)
    async with opens() as it:
        assert any("keys.home.cards: F10 is quit" in note.message for note in it.app._notifications)
        await it.type("Kim")
        await it.press("f13")  # Enter on the typed line: the first use is agreed to
        line = key_line(it)
        assert "F8 new patient" in " ".join(line.split())
        assert line.index("F8") < line.index("F6") < line.index("F10")  # in the order they are declared
        await it.press("f1")
        assert "F8  A new patient." in sheet(it)
        await it.press("f13", "f8")
        assert type(it.app.screen).__name__ == "NewPatientDialog"


async def test_a_setting_is_changed_with_one_key_and_is_in_the_file(tmp_path: Path, opens: Opens) -> None:
    file = folder_with(tmp_path, "# mine\n[hands]\nlayout = 'both'  # for now\n")
    async with opens() as it:
        await it.type("Kim")
        await it.press("enter", "f9", "3")
        assert read(file.parent).settings == it.app.settings != Settings()
        assert file.read_text() == '# mine\n[hands]\nlayout = "left"  # for now\n'
        await it.press("p", "pagedown", "ctrl+h")
        assert 'PgDn      write it "pagedown"   does step.following' in sheet(it)
        await it.press("escape", "3", "3")
        assert it.app.settings == Settings()
        file.write_text("[hands")
        await it.press("1")
        assert "left as it is" in sheet(it)
        assert file.read_text() == "[hands"
        assert not it.app.settings.entry.auto_advance


async def test_f10_leaves_the_page_before_the_first_use(opens: Opens) -> None:
    async with opens() as it:
        await it.press("f10")
        assert it.app.return_value == 0
        assert it.app.record.setting("intended_use") is None


async def test_enter_out_of_habit_is_asked_once_and_the_key_of_this_hand_is_named(tmp_path: Path, opens: Opens) -> None:
    folder_with(tmp_path, '[hands]\nlayout = "left"\n')
    async with opens() as it:
        session = await at_the_tests(it)
        screen = it.app.screen
        assert isinstance(screen, StepScreen)
        screen.open_test("hilo")
        await it.press("1", "space")  # the digit kept its value and went on; Space is Enter of the left hand
        assert screen.is_current
        assert screen.walk.step.test == "@stand"
        assert it.shown("step-note") == "Kept already. Space again goes on from here."
        screen.open_test("trp")
        await it.press("1", "space")
        held = dict(session.visit.cells)
        assert (screen.walk.step.test, screen.entry and screen.entry.side) == ("trp", "right")
        await it.press("space")
        assert screen.walk.step.test != "trp"
        assert dict(session.visit.cells) == held
        await it.press("f1")
        assert "press Space: it is stored" in sheet(it)
        assert "F3 closes" not in sheet(it)
        assert "12 and F is 12.5" in sheet(it)


async def test_one_hand_moves_in_a_list_over_a_screen_and_takes_its_line(tmp_path: Path, opens: Opens) -> None:
    folder_with(tmp_path, '[hands]\nlayout = "left"\n')
    async with opens() as it:
        await at_the_tests(it)
        screen = it.app.screen
        assert isinstance(screen, StepScreen)
        await it.press("g")
        found = it.app.screen.query_one(OptionList)
        second = found.get_option_at_index(1).id
        await it.press("f5", "f5", "f4")
        assert found.highlighted == 1
        await it.press("down")
        assert found.highlighted == 2, "once, though a list has arrows of its own"
        await it.press("f4", "f3")
        assert screen.is_current
        assert screen.walk.step.test == second
