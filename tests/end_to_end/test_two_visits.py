"""Two visits four weeks apart, by keyboard alone: the plan taken home is followed up and changed accordingly."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from assess_tui.places import flags_done
from assess_tui.screens.follow import FollowScreen
from assess_tui.screens.message import MessageDialog
from assess_tui.screens.plan import PlanScreen
from assess_tui.screens.progress import ProgressScreen
from assess_tui.screens.proposals import ProposalsScreen
from assess_tui.screens.step import StepScreen
from assess_tui.storage.record import open_record
from protocols.kept import kept_plan
from protocols.library import load
from protocols.visit import CRASH, PLAN_CARDS, cards_of, follow_cell
from tests.end_to_end.test_whole_visit import TYPED, all_tests
from tests.screens.begun import new_patient, through_intake
from tests.screens.conftest import Instrument, TurnedClock, _opened

FOUR_WEEKS = 28 * 86_400
LATER = TYPED | {"hip_ir_supine": "24!!24!!", "mtt_hip_ext": "-3!!-5!!"}
"""Hip turn-in gained 12 degrees on the right, beyond its error of 8; the Thomas test 3, within its 7."""


async def measured(it: Instrument, typed: dict[str, str]) -> None:
    """From the red flags to the findings."""
    session = it.app.session
    assert session is not None
    while not flags_done(session):
        await it.press("n")
    await it.press("enter")
    if isinstance(it.app.screen, FollowScreen):
        await followed(it)
    await all_tests(it, typed)
    await it.press("f6")


async def followed(it: Instrument) -> None:
    """No crash; two of three cards were easy, the first was done as planned."""
    assert [row.split()[0] for row in it.shown("question-lines").splitlines()[3:]] == ["▸", "Lying", "Clam"]
    await it.press("n", *"91", *"91", "s", *"82", "s")
    assert "All asked. Enter goes on." in it.shown("question-note")
    await it.press("enter")
    await it.pilot.pause()
    assert isinstance(it.app.screen, StepScreen)


async def printed(it: Instrument, folder: Path, papers: int) -> None:
    """The take-home plan as PDF, and the visit finished."""
    await it.press("enter")
    await it.until(lambda: "✓" in it.shown("paper-note"))
    assert len(list((folder / "documents").glob("*plan.pdf"))) == papers
    await it.press("f")
    assert not it.app.record.unfinished()


@pytest.mark.soak
async def test_a_plan_is_followed_up_after_four_weeks(tmp_path: Path) -> None:
    folder, clock = tmp_path / "clinic", TurnedClock()
    async with _opened(folder, clock, (100, 30)) as it:
        await new_patient(it)
        await through_intake(it)
        await measured(it, TYPED)
        assert "follow" not in it.shown("banner-places"), "a first visit has nothing to follow up"
        await it.press("enter")
        assert isinstance(it.app.screen, PlanScreen)
        await it.press("enter")
        await printed(it, folder, 1)
    clock.turn(FOUR_WEEKS)
    async with _opened(folder, clock, (100, 30)) as it:
        await it.type("ruiz")
        await it.press("enter")
        await through_intake(it)
        await measured(it, LATER)
        await the_progress(it)
        await it.press("enter")
        await the_proposals(it)
        await it.press("enter")
        assert isinstance(it.app.screen, PlanScreen)
        assert "Plan by hand" in it.shown("plan-summary")
        await it.press("enter")
        await printed(it, folder, 2)
    the_rows(folder, clock)
    the_papers(folder)


async def the_progress(it: Instrument) -> None:
    """What changed stands first."""
    await it.press("t")
    await it.pilot.pause()
    await it.pilot.pause()
    assert isinstance(it.app.screen, ProgressScreen)
    rows = it.shown("progress-list").splitlines()
    assert rows[0].startswith("▸ Hip turn-in, lying, right")
    assert "12 → 24°" in rows[0]
    assert "+12" in rows[0]
    assert rows[0].rstrip().endswith("improved")
    thomas = next(row for row in rows if "Modified Thomas, right" in row)
    assert "-8 → -5°" in thomas
    assert thomas.rstrip().endswith("within error, new class")
    await it.press("escape")


async def the_proposals(it: Instrument) -> None:
    """What is no longer found goes, what was easy grows; a card for what no card answers is added."""
    await it.press("f8")
    assert isinstance(it.app.screen, MessageDialog), "no paper before it is said what becomes of the last plan"
    await it.press("escape")
    assert isinstance(it.app.screen, ProposalsScreen)
    assert it.shown("proposals-summary").startswith("From the last plan: 1 progress, 2 cut")
    first, second, third = (block.split("\n")[0] for block in it.shown("proposals-list").split("\n\n")[:3])
    assert first.startswith("▸ cut       Lying knee drop-in")
    assert second.strip() == "progress  Lying knee roll -> Open book"
    assert third.split() == ["cut", "Clam"]
    assert "measured within reference now" in it.shown("proposals-list")
    assert "No card yet for: Low-back tension" in it.shown("proposals-note")
    await it.press("a")
    await it.pilot.pause()
    await it.press("enter")
    await it.pilot.pause()
    assert "Low-back tension" not in it.shown("proposals-note")


def the_rows(folder: Path, clock: TurnedClock) -> None:
    """The answers as they were given, and the plan that follows from them."""
    record = open_record(folder, clock.now, lambda: "")
    patient = record.patients("ruiz")[0]
    second, first = (record.visit(one.id) for one in record.visits(patient.id))
    before, after = (kept_plan(record.plans(one.id)[-1].body) for one in (first, second))
    home = [given.id for given in before.exercises]
    answers = [[second.value(follow_cell(asked, card)) for asked in ("done", "pain", "spare", "red")] for card in home]
    assert answers == [[9, 1, None, None], [9, 1, True, None], [8, 2, True, None]]
    assert second.value(CRASH) is False
    kept = cards_of(second.value(PLAN_CARDS))
    assert [(given.id, given.dose) for given in after.exercises] == [
        (one.card, one.dose or load().exercises[one.card].dose) for one in kept
    ]
    assert (len(home), kept[0].card, len(kept)) == (3, load().exercises[home[1]].harder, 2)
    assert kept[1].card not in home
    assert after.by_hand
    assert not before.by_hand
    assert (second.date - first.date).days == 28
    record.close()


def the_papers(folder: Path) -> None:
    """Each visit has its sheet; the second one has the harder card and nothing of what was cut."""
    first, second = (
        " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
        for path in sorted((folder / "documents").glob("*plan.pdf"))
    )
    assert "How much: 6 times each side" in first
    assert "2. Lying knee roll (gentle twist)" in first
    assert "3. Clam" in first
    assert "1. Open book" in second
    for gone in ("1. Lying knee", "2. Lying knee", "Clam", "knee drop-in"):
        assert gone not in second
