"""What must not grow: modules before the first frame, widgets of a step, bytes of a Tab. Counts; bench has times."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pyte
import pytest
from textual.content import Content
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from assess_tui.app import AssessApp
from assess_tui.clock import SystemClock
from assess_tui.loading import load
from assess_tui.screens.paint import tidy
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.rows import Looks, Rows
from bench.terminal import SIZE, Terminal
from protocols.model import Pose
from tests.end_to_end.test_instrument_trouble import a_visit
from tests.screens.conftest import TurnedClock, _opened

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = SIZE
BARE = "import textual.app, textual.widgets._static"
OURS = """
import assess_tui.cli
from assess_tui.commands.screens import load_screens
load_screens()
import assess_tui.screens.home, assess_tui.screens.too_small
"""
OPENED = """
import sys
from pathlib import Path
from assess_tui.clock import SystemClock
from assess_tui.opening import open_all
from assess_tui.storage.backup import is_due
opened = open_all(Path("{folder}"), SystemClock(), demo=False)
opened.record.note("opened the record", "", "M. Vogel")
is_due(Path("{folder}"), None, SystemClock().now())
assert opened.library is None
"""
DATABASE = ("sqlite_utils", "sqlcipher3", "sqlite3", "cryptography")
OPENSSL = {"_hashlib", "_ssl", "cryptography"}
"""What loads OpenSSL, 3 to 9 MB: a plain record needs none of it."""
LATER = (*DATABASE, "argparse", "ssl", "reportlab", "PIL", "msgspec", "tomllib", "reports")
MOST_MODULES = 55
"""Loaded before the first paint, beside those of a bare Textual app."""
TAB_BYTES = 4096
"""Of a Tab at 120x40 (design, section 6)."""
MOST_PIECES = 12
"""Of a row: each is drawn, and sent with its colours, by itself."""
MOST_LINES = 6_000
"""Painted and kept after 30 places; some 3,000 belong to the last one, and 15,000 were kept of those before."""
MOST_WIDGETS = 40
"""Mounted on a screen (design, section 1)."""


def started(code: str) -> tuple[set[str], bool]:
    """What a fresh Python has loaded after this, and whether it looks for garbage."""
    told = "import gc, json, sys; print(json.dumps([list(sys.modules), gc.isenabled()]))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules, collects = json.loads(run.stdout)
    return set(modules), collects


def test_the_first_frame_waits_for_no_database_no_knowledge_no_paper_and_no_network() -> None:
    (ours, collects), (bare, _) = started(OURS), started(BARE)
    assert "textual.app" in ours
    assert "ssl" in bare  # else nothing need be left out of asyncio
    assert not set(LATER) & {name.split(".")[0] for name in ours}
    assert {name for name in ours if name.startswith("protocols.")} == {"protocols.errors"}
    assert len(ours - bare) <= MOST_MODULES
    assert not collects


def test_a_plain_record_opens_without_openssl_and_without_what_makes_or_verifies_one(tmp_path: Path) -> None:
    open_record(tmp_path, SystemClock().now, uuid7).close()
    opened, _ = started(OPENED.format(folder=tmp_path))
    assert not opened & {*OPENSSL, "sqlite_utils", "tomllib", "assess_tui.storage.verify"}


@pytest.mark.parametrize(("asks", "has"), [("try:\n    {}\nexcept ImportError:\n    pass", False), ("{}", True)])
def test_a_module_is_left_out_only_meanwhile_and_only_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks: str, has: bool
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "liked_by_few.py").touch()
    (tmp_path / "asks_for_it.py").write_text(asks.format("import liked_by_few"))
    for name in ("liked_by_few", "asks_for_it"):
        monkeypatch.setitem(sys.modules, name, sys)  # so that both are gone again afterwards
        monkeypatch.delitem(sys.modules, name)
    assert hasattr(load("asks_for_it", without="liked_by_few"), "liked_by_few") is has
    assert import_module("liked_by_few") is load("liked_by_few", without="liked_by_few")


def test_a_module_that_is_missing_is_missed() -> None:
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        load("nowhere", without="ssl_of_nobody")
    assert "ssl_of_nobody" not in sys.modules


async def test_a_start_reads_the_styles_once_and_looks_for_garbage_again_once_it_has_painted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", read_again.append)
    app = AssessApp(tmp_path / "clinic", demo=True)
    gc.disable()
    try:
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            while not app.ready:
                await pilot.pause(0.02)
            assert gc.isenabled()
            assert app.theme == "assess-dark"
            assert app.theme_variables["quiet"] == "#8a9ca4"
            assert not read_again
    finally:
        gc.enable()


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
        await pilot.pause(0.3)
        laid_out: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append, immediate=True)
        asked.clear()
        await pilot.press("a", "n", "backspace", "backspace")
        await pilot.pause()
        assert not laid_out
        assert set(asked) == {"home-search", "home-list"}
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


async def test_a_digit_draws_its_side_alone_in_few_pieces_and_concludes_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Strip] = []
    row = Rows.row

    def told(rows: Rows, content: Content, looks: Looks) -> Strip:
        drawn.append(row(rows, content, looks))
        return drawn[-1]

    app = AssessApp(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        await pilot.pause()
        await pilot.press("enter", "enter", "f4")
        await pilot.pause(0.2)
        assert app.session is not None
        concluded = app.session.assessment()
        monkeypatch.setattr(Rows, "row", told)
        asked = widgets_asked(monkeypatch)
        await pilot.press("1", "2")
        await pilot.pause()
        assert set(asked) - {"banner-clock"} == {"step-left"}
        assert max(len(strip) for strip in drawn) <= MOST_PIECES
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
