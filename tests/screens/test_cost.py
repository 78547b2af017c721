"""What a key must not cost: rows drawn, layouts, widgets of a step, bytes of a Tab. Counts; bench has times."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyte
import pytest
from textual.content import Content
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from assess_tui.app import AssessApp
from assess_tui.screens.paint import tidy
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.rows import Looks, Rows
from bench.terminal import SIZE, Terminal
from protocols.model import Pose
from tests.end_to_end.test_instrument_trouble import a_visit
from tests.screens.conftest import TurnedClock, _opened

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = SIZE
TAB_BYTES = 4096
"""Of a Tab at 120x40 (design, section 6)."""
MOST_PIECES = 12
"""Of a row: each is drawn, and sent with its colours, by itself."""
MOST_LINES = 6_000
"""Painted and kept after 30 places; some 3,000 belong to the last one, and 15,000 were kept of those before."""
MOST_WIDGETS = 40
"""Mounted on a screen (design, section 1)."""


async def test_letters_and_steps_lay_nothing_out_and_a_step_is_painted_before_the_next_figure_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    refresh, prepare = Screen._compositor_refresh, Figure.prepare

    def refreshed(screen: Screen[object]) -> None:
        done.append("painted")
        refresh(screen)

    def prepared(figure: Figure, pose: Pose) -> None:
        done.append("prepared")
        prepare(figure, pose)

    monkeypatch.setattr(Screen, "_compositor_refresh", refreshed)
    monkeypatch.setattr(Figure, "prepare", prepared)
    asked = widgets_asked(monkeypatch)
    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter")
        laid_out = await at_rest(pilot)
        asked.clear()
        await pilot.press("a", "n", "backspace", "backspace")
        await pilot.pause()
        assert not laid_out
        assert set(asked) == {"home-search", "home-list"}
        for found in ("a", ""):
            app.screen.query_one(Input).value = found
            app.screen._compositor.render_strips()  # two letters may have been one frame
        drawn = rows_drawn(monkeypatch)
        await pilot.press("a", "backspace")
        await pilot.pause()
        assert not drawn  # all of them were found before
        await pilot.press("enter", "f4")
        while "prepared" not in done:
            await pilot.pause(0.05)
        laid_out = await at_rest(pilot)
        for _ in range(3):
            done.clear()
            await pilot.press("right")
            while "prepared" not in done:
                await pilot.pause(0.05)
            assert done[0] == "painted"
            assert done.count("prepared") == 1
        assert not laid_out


async def at_rest(pilot: Pilot[int]) -> list[object]:
    """What is laid out on this page from now on, once all that opening it lays out is over."""
    laid_out: list[object] = []
    pilot.app.screen.screen_layout_refresh_signal.subscribe(pilot.app.screen, laid_out.append, immediate=True)
    while True:
        laid_out.clear()
        await pilot.pause(0.3)
        if not laid_out:
            return laid_out


def widgets_asked(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The ids of the widgets that are asked for their rows from now on."""
    asked: list[str | None] = []
    for kind in (Widget, Rows):
        render = kind.render_lines

        def told(widget: Any, crop: Region, render: Callable[..., list[Strip]] = render) -> list[Strip]:
            asked.append(widget.id)
            return render(widget, crop)

        monkeypatch.setattr(kind, "render_lines", told)
    return asked


def rows_drawn(monkeypatch: pytest.MonkeyPatch) -> list[Strip]:
    """The rows that are drawn from now on; one that was drawn before is none."""
    drawn: list[Strip] = []
    row = Rows.row

    def told(rows: Rows, content: Content, looks: Looks) -> Strip:
        drawn.append(row(rows, content, looks))
        return drawn[-1]

    monkeypatch.setattr(Rows, "row", told)
    return drawn


async def test_a_digit_draws_its_side_alone_in_few_pieces_and_concludes_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter", "enter", "f4")
        await at_rest(pilot)
        assert app.session is not None
        concluded = app.session.assessment()
        drawn = rows_drawn(monkeypatch)
        asked = widgets_asked(monkeypatch)
        await pilot.press("1", "2")
        await pilot.pause()
        assert set(asked) - {"banner-clock"} == {"step-left"}
        assert max(len(strip) for strip in drawn) <= MOST_PIECES
        assert app.session.assessment() is concluded


async def test_twenty_steps_leave_no_widget_behind(tmp_path: Path) -> None:
    visit = a_visit(tmp_path / "clinic", TurnedClock())
    async with _opened(tmp_path / "clinic", TurnedClock(), (COLUMNS, ROWS)) as it:
        app, pilot = it.app, it.pilot
        app.open_visit(visit)
        app.go("tests")
        await pilot.pause()
        mounted = len(app.screen.walk_children())
        await pilot.press(*("right", "left") * 10)
        assert type(app.screen).__name__ == "StepScreen"
        assert len(app.screen.walk_children()) == mounted <= MOST_WIDGETS


async def test_places_gone_through_leave_nothing_painted_behind(tmp_path: Path) -> None:
    visit = a_visit(tmp_path / "clinic", TurnedClock())
    async with _opened(tmp_path / "clinic", TurnedClock(), (80, 24)) as it:
        it.app.open_visit(visit)
        for place in ("intake", "flags", "findings") * 10:
            it.app.go(place)
            await it.pilot.pause()
        tidy()
        assert sum(isinstance(one, Strip) for one in gc.get_objects()) < MOST_LINES


@pytest.fixture
def new_patient() -> Iterator[Terminal]:
    """The instrument in a terminal, on the page where a new patient is entered."""
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    terminal = Terminal([sys.executable, "-m", "assess_tui", "demo"], env, ROOT)
    try:
        terminal.until(b"Before the first use")
        terminal.go(b"\r", b"Resume")
        terminal.go(b"\x1bOQ", b"new patient")
        yield terminal
    finally:
        terminal.close()


def cells(terminal: Terminal, seen: int = 0) -> list[object]:
    """Every cell with its colours, after what the program painted from byte `seen` on."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(screen).feed(bytes(terminal.painted[seen:]))
    return [screen.buffer[row][column] for row in range(ROWS) for column in range(COLUMNS)]


def test_a_tab_paints_little_and_everything_that_changed(new_patient: Terminal) -> None:
    costs = [new_patient.press(b"\t").size for _ in range(15)]
    assert max(costs) <= TAB_BYTES
    quietly = cells(new_patient)
    before = len(new_patient.painted)
    for columns in (COLUMNS - 1, COLUMNS):  # a window that changes its size is painted as a whole
        new_patient.after(partial(new_patient.resize, ROWS, columns), b"new patient")
    assert cells(new_patient, before) == quietly
