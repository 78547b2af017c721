"""Makes the pictures of the README: screens of the sample clinic as SVG, a page of the handout as PNG.

    .venv/bin/python docs/make_pictures.py

The handout's page needs poppler's pdftoppm.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

from assess_tui.app import AssessApp
from protocols.visit import Cell

HERE = Path(__file__).parent / "pictures"
SIZE = (104, 32)
REMOTE_FONT = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)


class TurnedClock:
    """A clock that stands still until it is turned, so that a stand test takes no ten minutes."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.start = dt.datetime.now().astimezone()

    def seconds(self) -> float:
        return self.elapsed

    def now(self) -> dt.datetime:
        return self.start + dt.timedelta(seconds=self.elapsed)


async def opened(app: AssessApp, pilot: Pilot[int]) -> None:
    while not app.ready:
        await pilot.pause(0.05)
    await pilot.press("enter")  # the statement of use
    await pilot.pause(0.3)


async def picture(app: AssessApp, pilot: Pilot[int], name: str, theme: str) -> None:
    """One screen in one theme, without the remote fonts that a screenshot names."""
    await pilot.pause(0.4)
    app.theme = f"assess-{theme}"
    await pilot.pause(0.4)
    svg = REMOTE_FONT.sub("", app.export_screenshot())
    (HERE / f"{name}_{theme}.svg").write_text(svg)


STANDING = ("95112762", "102112764", "106114785")
"""Heart rate, pressure and symptoms of the first three minutes."""


def turn(app: AssessApp, clock: TurnedClock, seconds: int) -> None:
    """In small steps, each seen by the screen: one large step would be taken for a laptop that slept."""
    for _ in range(0, seconds, 4):
        clock.elapsed += 4
        app.screen._tick()  # type: ignore[attr-defined]  # the stand test was just opened


async def stand(app: AssessApp, pilot: Pilot[int], clock: TurnedClock) -> None:
    """The stand test of a new visit, in its fourth minute."""
    patient = app.record.patients("bjorn")[0]
    app.open_visit(app.record.open_visit(patient.id, "Sample Clinician", app.library).id)
    await pilot.pause(0.5)
    if app.session is None:
        raise RuntimeError("the visit was just opened")
    app.session.put(Cell("@consent", field="consent"), True)
    app.session.put(Cell("@intake", field="minutes"), Decimal(10))
    for flag in app.library.red_flags.flags:
        app.session.put(Cell("@flags", field=flag.id), "no")
    app.go("stand")
    await pilot.pause(0.5)
    await pilot.press(*["enter"] * 9)
    clock.elapsed += 600
    await pilot.press("enter", *"7011270", *"7011270", "enter", "enter", "m")
    for reading in STANDING:
        turn(app, clock, 60)
        await pilot.press(*reading)
    turn(app, clock, 36)
    await pilot.pause(0.3)
    await picture(app, pilot, "stand", "dark")
    await pilot.press("s")
    await pilot.pause(0.3)


async def screens(folder: Path) -> None:
    clock = TurnedClock()
    app = AssessApp(folder, clock=clock, demo=True)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot)
        await picture(app, pilot, "home", "light")
        latest = app.record.patients("ruiz")[0]
        visit = app.record.visits(latest.id)[0]
        app.open_visit(visit.id, "tests")
        await pilot.pause(0.5)
        app.screen.open_test("hip_ir_supine")  # type: ignore[attr-defined]  # the guided screen was just opened
        for theme in ("dark", "light"):
            await picture(app, pilot, "step", theme)
        await stand(app, pilot, clock)
        app.open_visit(visit.id, "findings")
        await picture(app, pilot, "findings", "dark")
        await pilot.press("t")
        await picture(app, pilot, "progress", "dark")
        await pilot.press("escape")
        app.open_visit(visit.id, "follow")
        await picture(app, pilot, "follow", "light")
        app.go("proposals")
        await picture(app, pilot, "proposals", "dark")
        app.go("plan")
        await picture(app, pilot, "plan", "light")
        app.go("paper")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(2.0)


def page(folder: Path) -> None:
    """The first page of the take-home plan."""
    made = sorted((folder / "documents").glob("*plan.pdf"))
    pdftoppm = shutil.which("pdftoppm")
    if made and pdftoppm:
        target = HERE / "handout"
        subprocess.run([pdftoppm, "-r", "60", "-png", "-singlefile", str(made[0]), str(target)], check=True)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(screens(Path(name)))
        page(Path(name))
    print(f"pictures in {HERE}")


if __name__ == "__main__":
    main()
