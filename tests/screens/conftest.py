"""The instrument on a record of its own, with a clock the test turns."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from assess_tui.app import AssessApp
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.rows import Rows
from protocols.library import load
from tests.brief import seal_cheaply, wait_briefly
from tests.screens.stand_bench import Bench

Driver = Pilot[int]
Opens = Callable[..., AbstractAsyncContextManager["Instrument"]]
ZONE = dt.timezone(dt.timedelta(hours=1))


class TurnedClock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.start = dt.datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)

    def seconds(self) -> float:
        return self.elapsed

    def now(self) -> dt.datetime:
        return self.start + dt.timedelta(seconds=self.elapsed)

    def turn(self, seconds: float) -> None:
        self.elapsed += seconds


class Instrument:
    """The running app, its pilot and its clock."""

    def __init__(self, app: AssessApp, pilot: Driver, clock: TurnedClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    async def press(self, *keys: str) -> None:
        """Keys by name, until what they change is painted."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Text, letter by letter."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait for what comes from behind the screen: a thread, a timer, a new size."""
        for _ in range(1500):
            if there():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came; {self.app.screen} is on screen")

    def shown(self, widget_id: str) -> str:
        """The plain text of a Static or of Rows."""
        widget = self.app.screen.query_one(f"#{widget_id}")
        if isinstance(widget, Rows):
            return "\n".join(row.plain for row in widget.rows)
        assert isinstance(widget, Static)
        content = widget.content
        return content.plain if isinstance(content, Content) else str(content)


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_briefly(monkeypatch)
    seal_cheaply(monkeypatch)


@asynccontextmanager
async def _opened(folder: Path, clock: TurnedClock, size: tuple[int, int]) -> AsyncIterator[Instrument]:
    app = AssessApp(folder, clock=clock)
    async with app.run_test(size=size) as pilot:
        for _ in range(1500):
            if app.ready:
                break
            await pilot.pause(0.02)
        await pilot.pause()
        yield Instrument(app, pilot, clock)


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    """`async with opens() as it:` runs the instrument; the same test may open the same record again."""
    clock = TurnedClock()

    def begin(size: tuple[int, int] = (100, 30)) -> AbstractAsyncContextManager[Instrument]:
        return _opened(tmp_path / "clinic", clock, size)

    return begin


@pytest.fixture
def session(tmp_path: Path) -> Iterator[VisitSession]:
    """A visit just begun in a record of its own, with a clock that moves a second each time it is read."""
    library = load()
    seconds = count()

    def now() -> dt.datetime:
        return dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=next(seconds))

    record = open_record(tmp_path, now, uuid7)
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
    visit = record.open_visit(patient.id, "Kim Lee", library)
    yield VisitSession(record, visit, library, now, uuid7, "Kim Lee")
    record.close()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A visit at its stand test, without a screen."""
    return Bench(tmp_path)
