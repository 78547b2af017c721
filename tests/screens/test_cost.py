"""What must not grow: modules before the first frame, widgets of a step, bytes of a Tab. Counts; bench has times."""

from __future__ import annotations

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from textual.screen import Screen
from textual.strip import Strip

from assess_tui.app import AssessApp
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.rows import Rows
from bench.terminal import SIZE, Terminal
from protocols.model import Pose

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = SIZE
LOADED = "import json, sys, assess_tui.app; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
DATABASE = ("sqlite_utils", "sqlcipher3", "sqlite3", "cryptography")
LATER = (*DATABASE, "reportlab", "PIL", "msgspec", "tomllib", "reports", "protocols")
TAB_BYTES = 4096
"""Of a Tab at 120x40 (design, section 6)."""
MOST_WIDGETS = 40
"""Mounted on a screen (design, section 1)."""


def test_the_first_frame_waits_for_no_database_no_knowledge_and_no_paper() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    assert "textual" in loaded
    assert not set(LATER) & set(loaded)


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
    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause(0.3)
        laid_out: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append, immediate=True)
        await pilot.press("a", "n", "backspace", "backspace")
        await pilot.pause()
        assert not laid_out
        await pilot.press("enter", "f4")
        while "prepared" not in done:
            await pilot.pause(0.05)
        await pilot.pause(0.3)  # what opening the page lays out is over
        laid_out.clear()
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append, immediate=True)
        for _ in range(3):
            done.clear()
            await pilot.press("right")
            while "prepared" not in done:
                await pilot.pause(0.05)
            assert done[0] == "painted"
            assert done.count("prepared") == 1
        assert not laid_out


async def test_a_digit_draws_its_side_alone_and_concludes_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str | None] = []
    row = Rows.render_line

    def told(rows: Rows, y: int) -> Strip:
        drawn.append(rows.id)
        return row(rows, y)

    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter", "enter", "f4")
        await pilot.pause(0.2)
        assert app.session is not None
        concluded = app.session.assessment()
        monkeypatch.setattr(Rows, "render_line", told)
        await pilot.press("1", "2")
        await pilot.pause()
        assert set(drawn) == {"step-left"}
        assert app.session.assessment() is concluded


async def test_twenty_steps_leave_no_widget_behind(tmp_path: Path) -> None:
    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter", "enter", "f4")
        await pilot.pause()
        mounted = len(app.screen.walk_children())
        for key in ("right", "left") * 10:
            await pilot.press(key)
        assert type(app.screen).__name__ == "StepScreen"
        assert len(app.screen.walk_children()) == mounted <= MOST_WIDGETS


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
    pyte.ByteStream(screen).feed(terminal.painted[seen:])
    return [screen.buffer[row][column] for row in range(ROWS) for column in range(COLUMNS)]


def test_a_tab_paints_little_and_everything_that_changed(new_patient: Terminal) -> None:
    costs = [new_patient.press(b"\t").size for _ in range(15)]
    assert max(costs) <= TAB_BYTES
    quietly = cells(new_patient)
    before = len(new_patient.painted)
    for columns in (COLUMNS - 1, COLUMNS):  # a window that changes its size is painted as a whole
        fcntl.ioctl(new_patient.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        new_patient.settle(0.4)
    assert cells(new_patient, before) == quietly
