"""The exercise editor by keyboard: copied, changed, drawn, checked, written, and in use at once."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from assess_tui.cli import main
from assess_tui.screens.card_editor import CardEditorScreen, OwnCardDialog
from assess_tui.screens.cards import CardsScreen
from assess_tui.screens.message import MessageDialog
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.rows import Rows
from protocols.library import load
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_plan_screen import cards, on_the_plan, pick

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
MOST_WIDGETS = 14


@asynccontextmanager
async def editing(
    opens: Opens, card: str = "A03", size: tuple[int, int] = (120, 40), how: str = "n"
) -> AsyncIterator[Instrument]:
    async with opens(size) as it:
        await it.type("Kim Lee")
        await it.press("enter")
        await edit(it, card, how)
        yield it


async def edit(it: Instrument, card: str, how: str) -> None:
    """From home: the library, the card, own card."""
    await it.press("f6")
    await it.pilot.pause()
    await it.type(card)
    await it.press("f2")
    assert isinstance(it.app.screen, OwnCardDialog)
    await it.press(how)
    await it.pilot.pause()
    await it.pilot.pause()
    assert isinstance(it.app.screen, CardEditorScreen)


def editor(it: Instrument) -> CardEditorScreen:
    assert isinstance(it.app.screen, CardEditorScreen)
    return it.app.screen


async def go(it: Instrument, key: str) -> None:
    """To the heading of a field, then Tab to it."""
    entry = editor(it).entry
    wanted = next(field for field in entry.fields if field.key == key)
    while entry.field.part != wanted.part:
        await it.press("pagedown")
    while entry.field != wanted:
        await it.press("tab")


def rows(it: Instrument, widget: str) -> list[str]:
    return [row.plain for row in it.app.screen.query_one(f"#card-{widget}", Rows).rows]


def picture(it: Instrument, widget: str) -> list[str]:
    """The figure as it is drawn, in styles."""
    figure = it.app.screen.query_one(f"#card-{widget}", Figure)
    return [repr(figure.render_line(y)) for y in range(figure.size.height)]


def message(it: Instrument) -> str:
    assert isinstance(it.app.screen, MessageDialog)
    return f"{it.app.screen._title}: {it.app.screen._message}"


def own(it: Instrument, card: str) -> Path:
    return it.app.folder / "library" / "exercises" / f"{card}.toml"


async def test_a_card_is_copied_changed_written_found_planned_and_drawn(
    opens: Opens, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with editing(opens) as it:
        await it.press("ctrl+u")
        await it.type("Bridge [b]ours[/]")
        await go(it, "pose.finish.hip.0")
        before = picture(it, "finish")
        await it.press("up", "tab", "5")
        assert picture(it, "finish") != before
        assert rows(it, "verdict") == [" ✓ sound: F5 writes it"]
        await it.press("f5")
        assert "own_bridge_b_ours is in the library" in message(it)
        assert "Visits already begun keep the cards of their day" in message(it)
        await it.press("enter")
        assert isinstance(it.app.screen, CardsScreen)
        listed = it.app.screen.query_one("#cards-list", Rows).rows[0].plain
        assert listed.startswith("▸ own_bridge_")
        assert "68 cards" in it.shown("cards-head")
        detail = it.app.screen.query_one("#cards-detail", Rows)
        await it.until(lambda: detail.rows[0].plain.startswith("Bridge [b]ours[/]   own_bridge_b_ours"))
        assert it.app.library.exercises["own_bridge_b_ours"].evidence == ("The clinic's own card.",)
    made = load(tmp_path / "clinic" / "library").exercises["own_bridge_b_ours"]
    assert made.pose.finish is not None
    assert made.pose.finish.hip == (5.0, 5.0)
    async with opens((120, 40)) as it:
        session = await on_the_plan(it)
        await pick(it, "a", made.id)
        assert made.id in cards(session)
    drawing = tmp_path / "own.svg"
    assert main(["--data", str(tmp_path / "clinic"), "exercises", "draw", made.id, "-o", str(drawing)]) == 0
    assert "Bridge [b]ours[/]" in drawing.read_text(encoding="utf-8")
    assert main(["--data", str(tmp_path / "clinic"), "exercises", "check"]) == 0


async def test_a_card_written_now_is_in_the_next_visit_and_not_in_one_already_begun(opens: Opens) -> None:
    async with opens((120, 40)) as it:
        begun = await on_the_plan(it)
        await it.press("escape")
        await edit(it, "A03", "n")
        await it.press("f5", "enter", "escape", "escape")
        card = "own_glute_bridge"
        assert card in it.app.library.exercises
        it.app.open_visit(begun.visit.id, "plan")
        await it.pilot.pause()
        assert it.app.session is not None
        assert card not in it.app.session.library.exercises
        record = it.app.record
        following = record.open_visit(begun.visit.patient.id, "Kim Lee", it.app.library)
        assert card in it.app.session_of(following.id).library.exercises


async def test_a_card_in_its_place_has_the_next_version_and_its_older_file_is_asked_about(opens: Opens) -> None:
    async with editing(opens, "A03", how="p") as it:
        assert "In place of A03, version 2" in it.shown("card-head")
        await it.type("!")
        await it.press("f5", "enter", "f2")
        assert "your own card A03 gives way to version 3" in " ".join(
            str(one.render()) for one in it.app.screen.query("Static")
        )
        await it.press("p")
        await it.pilot.pause()
        await it.type("!")
        before = own(it, "A03").read_bytes()
        await it.press("f5")
        assert "A03.toml, version 2, is there already" in message(it)
        await it.press("escape")
        assert own(it, "A03").read_bytes() == before
        await it.press("f5", "enter")
        assert "is in the library" in message(it)
        assert it.app.library.exercises["A03"].name == "Glute bridge!!"
        assert it.app.library.exercises["A03"].version == 3


async def test_a_refused_card_is_listed_and_leaves_no_file(opens: Opens) -> None:
    async with editing(opens) as it:
        await it.press("ctrl+u")
        await go(it, "pose.start.hip.0")
        await it.type("200")
        assert rows(it, "verdict") == [
            " ! name: is empty, and the card prints it",
            "   and 1 more; F5 lists them",
        ]
        await it.press("f5")
        told = message(it)
        assert "Not written yet" in told
        assert "- name: is empty, and the card prints it" in told
        assert "- start hip: 200 lies beyond -30 to 150" in told
        assert not (it.app.folder / "library").exists()
        await it.press("enter", "f4")
        assert editor(it).entry.field.key == "name"


async def test_a_disk_that_fails_is_said_and_the_card_stays_on_screen(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing(opens) as it:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            await it.press("f5")
        assert "No space left on device" in message(it)
        assert not list(own(it, "x").parent.iterdir())
        assert "own_glute_bridge" not in it.app.library.exercises
        await it.press("enter", "f5")
        assert "own_glute_bridge is in the library" in message(it)


async def test_another_file_that_is_unsound_is_said_after_writing(opens: Opens) -> None:
    async with editing(opens) as it:
        other = own(it, "own_other")
        other.parent.mkdir(parents=True)
        other.write_text("id = ", encoding="utf-8")
        await it.press("f5")
        told = message(it)
        assert "own_glute_bridge.toml is written, but not in use yet" in told
        assert "own_other.toml" in told


@SIZES
async def test_the_marked_field_is_in_sight_and_says_what_it_means(opens: Opens, size: tuple[int, int]) -> None:
    async with editing(opens, size=size) as it:
        entry = editor(it).entry
        for key in (*["pagedown"] * 8, "shift+tab", "shift+tab"):
            await it.press(key)
            assert any(row.startswith("▸ ") and entry.field.line in row for row in rows(it, "rows"))
            assert " ".join(row.strip() for row in rows(it, "means")).startswith(entry.field.means)
        assert len(it.app.screen.walk_children()) <= MOST_WIDGETS
        keys = [shown[2] for shown in it.app.screen.query_one(KeyLine)._shown]
        assert keys[:2] == ["card_editor.keep", "card_editor.other"]


async def test_one_figure_on_a_small_screen_and_a_key_for_the_other(opens: Opens) -> None:
    async with editing(opens, size=(80, 24)) as it:
        start, finish = (it.app.screen.query_one(f"#card-{name}", Figure) for name in ("start", "finish"))
        assert (start.display, finish.display) == (True, False)
        await it.press("f3")
        assert (start.display, finish.display) == (False, True)
        assert it.shown("card-when").startswith("finish")
        await go(it, "pose.start.hip.1")
        assert (start.display, finish.display) == (True, False)
        await it.press("f3")
        assert (start.display, finish.display) == (False, True)
        assert editor(it).entry.field.key == "pose.finish.hip.1"
        await it.pilot.resize_terminal(120, 40)
        await it.pilot.pause()
        await it.pilot.pause()
        assert (start.display, finish.display) == (True, True)


async def test_undo_and_redo_say_what_they_did(opens: Opens) -> None:
    async with editing(opens) as it:
        await it.type("xy")
        await it.press("f7")
        assert "Taken back: name." in it.shown("card-head")
        assert editor(it).entry.card.name == "Glute bridge"
        await it.press("ctrl+y")
        assert "Brought back: name." in it.shown("card-head")
        assert editor(it).entry.card.name == "Glute bridgexy"


async def test_nothing_typed_is_lost_without_a_question(opens: Opens) -> None:
    async with editing(opens) as it:
        await it.type("x?")
        assert editor(it).entry.card.name == "Glute bridgex?"
        for key in ("escape", "f10"):
            await it.press(key)
            assert "What was changed here is not written" in message(it)
            await it.press("escape")
            assert editor(it).entry.changed
        for over in (it.app.action_lock, it.app.action_help):
            over()
            await it.pilot.pause()
            await it.press("f10")
            assert it.app.return_value is None, "from what lies over it, too"
            await it.press("enter")
        await it.press("escape", "enter")
        assert isinstance(it.app.screen, CardsScreen)
        assert not (it.app.folder / "library").exists()


async def test_a_paste_lands_in_the_marked_field(opens: Opens) -> None:
    async with editing(opens) as it:
        it.app.screen.post_message(Paste(" [b]\nof two"))
        await it.pilot.pause()
        assert editor(it).entry.card.name == "Glute bridge [b] of two"
        assert any("Glute bridge [b] of two" in row for row in rows(it, "rows"))


async def test_no_card_is_written_from_within_a_plan(opens: Opens) -> None:
    async with opens((120, 40)) as it:
        await on_the_plan(it)
        await it.press("a")
        await it.pilot.pause()
        await it.press("f2")
        assert isinstance(it.app.screen, CardsScreen)
