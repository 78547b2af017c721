"""The evidence behind every step and every grade is one key away."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.evidence import behind
from assess_tui.screens.evidence import EvidenceDialog
from assess_tui.views.findings import FindingsView
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_questionnaire import Clinic

LIBRARY = load()
STOOD = ["stand_dhr", "stand_time", "stand_pain_delta"]


def ids(test: str | None) -> list[str]:
    return [one.id for one in behind(LIBRARY, LIBRARY.tests[test] if test else None)]


def told(it: Instrument) -> str:
    contents = (static.content for static in it.app.screen.query(Static))
    return "\n".join(content.plain for content in contents if isinstance(content, Content))


def test_every_graded_or_computed_test_is_behind_a_step_of_its_own_or_of_its_parts() -> None:
    reached = {one for test in LIBRARY.tests for one in ids(test)} | set(ids(None))
    typed = {test for test in LIBRARY.tests if LIBRARY.tests[test].kind != "computed"}
    shown_with_parts = {one for test in typed for one in ids(test)} | set(ids(None))
    assert shown_with_parts == reached == set(LIBRARY.tests)
    assert ids("hip_er_seated") == ["hip_er_seated", "hip_arc_seated"]
    assert ids(None) == STOOD


async def test_the_stand_test_has_its_evidence_before_it_is_begun(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_tests(it)
        while "Ten minutes standing" not in it.shown("step-text"):
            await it.press("right")
        await it.press("e")
        assert isinstance(it.app.screen, EvidenceDialog)
        for test in STOOD:
            assert LIBRARY.tests[test].title in told(it)
        assert "clinic rule: no published cut-off" in told(it)


def test_findings_open_the_tests_behind_them_and_what_stands_below(tmp_path: Path) -> None:
    session = Clinic(tmp_path).visit()
    assert FindingsView(session).behind(0) == []
    session.put(Cell("tmj_open"), Decimal(50))
    session.put(Cell("hip_er_seated", "left"), Decimal(5))
    assert FindingsView(session).behind(0) == ["hip_er_seated"], "limited, and no home card"
    session.put(Cell("ybt_ant", "left", "trial.1"), Decimal(60))
    session.put(Cell("hip_ir_seated", "left"), Decimal(5))
    view = FindingsView(session)
    assert view.finding(0) is not None
    assert view.behind(0)[0] == "hip_ir_seated"
    assert "hip_er_seated" in view.behind(view.count - 1)


def test_a_standing_finding_opens_what_the_stand_test_gives(tmp_path: Path) -> None:
    session = Clinic(tmp_path).visit()
    lying = {"hr": Decimal(70), "sbp": Decimal(114), "dbp": Decimal(70)}
    session.put(Cell("@stand", field="supine.1"), lying)
    session.put(Cell("@stand", field="supine.2"), lying)
    session.put(Cell("@stand", field="minute.1"), {**lying, "symptoms": Decimal(6)})
    session.put(Cell("@stand", field="stopped"), {"minute": Decimal(2), "reason": ""})
    assert FindingsView(session).behind(0)[:3] == STOOD


def test_a_compensated_value_says_so_and_no_row_is_cut(tmp_path: Path) -> None:
    session = Clinic(tmp_path).visit()
    for side, seen in (("left", True), ("right", False)):
        session.put(Cell("hip_ir_supine", side), Decimal(12))
        session.put(Cell("hip_ir_supine", side, "pain"), Decimal(5))
        session.put(Cell("hip_ir_supine", side, "compensated"), seen)
    for width in (76, 96, 116, 156):
        rows = [row.plain for row in FindingsView(session).listing(0, width, 30).split()]
        measured = [row for row in rows if "12°" in row]
        assert ["compensated" in row for row in measured] == [True, False]
        assert all(len(row) <= width and "…" not in row for row in measured)
