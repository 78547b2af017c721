"""One patient from an empty folder to a plan on disk, by keyboard alone; then the rows and the paper are read back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pypdf import PdfReader

from assess_tui.places import flags_done
from assess_tui.screens.step import StepScreen
from assess_tui.storage.record import open_record
from protocols.visit import Cell
from tests.screens.begun import new_patient, through_intake
from tests.screens.conftest import Instrument, TurnedClock, _opened

TYPED = {
    "nprs": "4!",
    "psfs_mean": "5!",
    "reset3": "0!0!",
    "hip_ir_seated": "30!!31!!",
    "hip_er_seated": "30!!31!!",
    "hip_ir_supine": "24!!12!!",
    "mtt_hip_ext": "-3!!-8!!",
    "sh_flex_supine": "168!!167!!",
    "supine_twist_gap": "0!12!",
    "ll_rot": "40!!26!!",
    "posture_hip_offset": "-3!",
    "pelvic_tilt": "9!!9!!",
    "wall_hinge": "168!166!",
    "fpi6": "3!3!",
    "wblt_cm": "10!!10!!",
    "sls_eo": "42!!41!!",
    "gait_foot": "11",
    "hip_pinch": "0!0!",
}
"""What the therapist types for each test; ! is Enter."""


async def stand_test(it: Instrument) -> None:
    """A lean test that is completed without the heart-rate criterion, readings at 1, 3, 5 and 10 minutes."""
    await it.press("enter")
    for _ in range(9):
        await it.press("enter")
    it.clock.turn(600)
    await it.press("enter", *"7011270", *"7011270", "enter", "enter")
    for wait in (60, 120, 120, 300):
        it.clock.turn(wait)
        await it.press(*"84112742")
    for key in ("n", "enter", "enter", "enter", "enter"):
        if isinstance(it.app.screen, StepScreen):
            return
        await it.press(key)


async def all_tests(it: Instrument, typed: Mapping[str, str] = TYPED) -> None:
    """Answer whatever step is open until the route is walked."""
    session = it.app.session
    assert session is not None
    for _ in range(40):
        still_open = session.way.progress().open
        if not still_open:
            return
        screen = it.app.screen
        assert isinstance(screen, StepScreen)
        step = screen.walk.step.test
        if step == "@stand":
            await stand_test(it)
        else:
            await it.press(*({"!": "enter", "-": "minus"}.get(character, character) for character in typed[step]))
    raise AssertionError(f"still open: {session.way.progress().open}")


async def test_from_an_empty_folder_to_a_plan_on_disk(tmp_path: Path) -> None:
    folder, clock = tmp_path / "clinic", TurnedClock()
    async with _opened(folder, clock, (100, 30)) as it:
        await new_patient(it)
        await through_intake(it)
        session = it.app.session
        assert session is not None
        while not flags_done(session):
            await it.press("n")
        await it.press("enter")
        await all_tests(it)
        await it.press("f6")
        assert "Hip internal rotation" in it.shown("findings-list")
        await it.press("enter")
        assert "minutes" in it.shown("plan-summary")
        await it.press("enter", "enter")
        await it.until(lambda: "✓" in it.shown("paper-note"))
        await it.press("f")
        assert not it.app.record.unfinished()
    the_rows(folder, clock)
    the_paper(folder)


def the_rows(folder: Path, clock: TurnedClock) -> None:
    """What was typed is what is stored, and nothing else is open."""
    record = open_record(folder, clock.now, lambda: "")
    patient = record.patients("ruiz")[0]
    summary = record.visits(patient.id)[0]
    visit = record.visit(summary.id)
    assert visit.finished
    assert visit.value(Cell("mtt_hip_ext", "right", "trial.1")) == Decimal(-8)
    assert visit.value(Cell("gait_foot", "left")) == "neutral"
    assert visit.value(Cell("@stand", field="completed")) is True
    assert visit.value(Cell("@stand", field="minute.5"))["hr"] == 84
    assert visit.clinician == "Kim Lee"
    assert [plan.version for plan in record.plans(summary.id)] == [1]
    record.close()


def the_paper(folder: Path) -> None:
    """One file, named by code and date, readable by its owner alone; its text is the plan."""
    (path,) = (folder / "documents").glob("*.pdf")
    assert "Ruiz" not in path.name
    assert "2026-11-02" in path.name
    assert path.stat().st_mode & 0o777 == 0o600
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Ana Ruiz" in text
    assert "Your exercise plan" in text
    assert "How much" in text
