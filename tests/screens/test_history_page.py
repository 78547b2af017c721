"""What was answered and what it replaced: every row of the visit, in words, the newest first."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from assess_tui.entry.history import history
from assess_tui.visit.session import VisitSession
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Opens
from tests.screens.test_lock_screen import shown

LEFT = Cell("hip_ir_supine", "left")


def told(session: VisitSession, *tests: str) -> list[tuple[str, list[tuple[str, bool, str]]]]:
    return [(one.place, [(a.said, a.counts, a.details) for a in one.answers]) for one in history(session, tests)]


def test_every_value_stands_there_with_what_became_of_it(session: VisitSession) -> None:
    session.put(LEFT, Decimal(24))
    session.put(LEFT, Decimal("30.5"), why="corrected", note="stiff", by="Mia Vogel")
    session.put(LEFT, absent="pain")
    session.undo()
    session.put(Cell("fpi6", "left"), Decimal(2))
    name = session.library.tests["hip_ir_supine"].name
    at = [f"{row.at.astimezone():%H:%M}" for row in session.rows_of(["hip_ir_supine"])]
    assert told(session, "hip_ir_supine") == [
        (
            f"{name}, left",
            [
                ("30.5°", True, "undo · note: stiff"),
                ("pain", False, f"taken back {at[3]}"),
                ("30.5°", False, f"a correction · note: stiff · replaced {at[2]}"),
                ("24°", False, f"replaced {at[1]}"),
            ],
        )
    ]
    assert [answer.by for answer in history(session, ["hip_ir_supine"])[0].answers] == [
        *("Mia Vogel", "Kim Lee"), *("Mia Vogel", "Kim Lee")
    ]  # fmt: skip


def test_a_withdrawn_answer_is_said_with_its_reason(session: VisitSession) -> None:
    session.put(Cell("@intake", field="kit"), ["mat", "band"])
    session.withdraw(Cell("@intake", field="kit"), "asked again")
    ((place, answers),) = told(session, "@intake", "@consent")
    assert place == "at home"
    assert [said for said, _, _ in answers] == ["empty", "Exercise mat, Resistance band"]
    assert answers[0][2] == "asked again"
    assert answers[1][2].startswith("withdrawn ")
    assert not any(counts for _, counts, _ in answers)


def test_a_red_flag_is_told_by_its_question(session: VisitSession) -> None:
    flag = session.library.red_flags.flags[0]
    session.put(Cell("@flags", field=flag.id), "yes")
    session.put(Cell("@flags", field=session.library.red_flags.flags[1].id), "no")
    assert [one.place for one in history(session, ["@flags"])] == [session.library.red_flags.flags[1].ask, flag.ask]
    (only,) = history(session, ["@flags"], {flag.id})
    assert (only.place, only.answers[0].said, only.answers[0].counts) == (flag.ask, "yes", True)


def test_an_answer_of_another_day_carries_its_day(session: VisitSession) -> None:
    session.put(LEFT, Decimal(24))
    session._now = lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    session.put(LEFT, Decimal(26))
    newest, first = history(session, ["hip_ir_supine"])[0].answers
    assert newest.at.startswith("20 Nov 2026 ")
    assert first.details.startswith("replaced 20 Nov 2026 ")


async def test_one_key_shows_it(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await it.press("4", "enter", "left", "6", "enter", "left", "w")
        page = shown(it.app.screen)
        assert re.search(r"✓ ..:..  6/10   Kim Lee", page)
        assert re.search(r"· ..:..  4/10   Kim Lee   replaced ..:..", page)
        await it.press("escape")
        assert it.shown("step-title")
