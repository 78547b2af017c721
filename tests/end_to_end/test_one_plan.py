"""The plan command, the report command and the paper screen tell of the same plan of a visit."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from assess_tui.storage.ids import uuid7
from assess_tui.visit.session import VisitSession
from protocols.teaching import CHECK_IN, TeachBack, teach_cell, teach_value
from protocols.visit import Cell, Value
from tests.end_to_end.clinic import Clinic, changed, one_line
from tests.end_to_end.test_paper_commands import the_record
from tests.screens.conftest import TurnedClock, _opened


class Kept:
    """A visit of whose plan only the first card was kept, with something said of it."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.visit = clinic.stored(changed(red_flags=[]))["visit"]
        made = json.loads(clinic.run("plan", self.visit, "--json").stdout)["plan"]
        self.kept, *self.dropped = (one["id"] for one in made["exercises"])
        assert self.dropped
        self.answers((Cell("@consent", field="consent"), True))
        with the_record(clinic) as record:
            record.set_setting("clinician", "M. Vogel")
            record.set_setting("intended_use", "2026-11-01")
            record.save_plan(self.visit, {**made, "exercises": made["exercises"][:1]}, "M. Vogel")

    def answers(self, *told: tuple[Cell, Value]) -> None:
        """What is put on record after the plan was kept."""
        with the_record(self.clinic) as record:
            visit = record.visit(self.visit)
            session = VisitSession(record, visit, record.library(visit.digest), record.now, uuid7, "M. Vogel")
            for cell, value in told:
                session.put(cell, value)

    def names(self) -> tuple[str, list[str]]:
        with the_record(self.clinic) as record:
            cards = record.library(record.visit(self.visit).digest).exercises
        return cards[self.kept].name, [cards[one].name for one in self.dropped]

    async def told(self) -> dict[str, str]:
        """All there is to read of the plan, by where it is read."""
        read = {
            "plan": self.clinic.run("plan", self.visit, "--text").stdout,
            "report": self.clinic.run("report", self.visit, "--text").stdout,
        }
        async with _opened(self.clinic.data, TurnedClock(), (120, 40)) as it:
            it.app.open_visit(self.visit, "paper")
            await it.pilot.pause()
            read["plan on the screen"] = it.shown("paper-body")
            await it.press("k")
            read["report on the screen"] = it.shown("paper-body")
        return {where: " ".join(text.split()) for where, text in read.items()}


BESIDE: tuple[tuple[Cell, Value], ...] = (
    (CHECK_IN, "2030-01-01"),
    (teach_cell("B05"), teach_value(TeachBack(showed=True, cues=2))),
    (Cell("ll_rot", "left", "second"), Decimal(20)),
)
CARDS = Cell("@plan", field="cards")


async def test_what_was_kept_last_is_told_everywhere(clinic: Clinic) -> None:
    visit = Kept(clinic)
    visit.answers(*BESIDE)
    name, dropped = visit.names()
    for where, text in (await visit.told()).items():
        assert name in text, where
        assert not [one for one in dropped if one in text], where


@pytest.mark.parametrize("answer", [(Cell("@intake", field="minutes"), Decimal(5)), (CARDS, [{"card": "B04"}])])
async def test_an_answer_given_since_makes_the_plan_anew_everywhere(clinic: Clinic, answer: tuple[Cell, Value]) -> None:
    """A precaution ticked later may bar a card of the version kept, and cards changed by hand are to be printed."""
    visit = Kept(clinic)
    visit.answers(answer)
    now = json.loads(clinic.run("plan", visit.visit, "--json").stdout)["plan"]
    with the_record(clinic) as record:
        cards = record.library(record.visit(visit.visit).digest).exercises
    names = [cards[one["id"]].name for one in now["exercises"]]
    assert [one["id"] for one in now["exercises"]] != [visit.kept]
    for where, text in (await visit.told()).items():
        assert not [name for name in names if name not in text], where


async def test_a_plan_that_cannot_be_read_is_said_by_both_commands(clinic: Clinic) -> None:
    visit = Kept(clinic)
    with the_record(clinic) as record:
        record.save_plan(visit.visit, {"exercises": 7}, "M. Vogel")
    for command in ("plan", "report"):
        done = clinic.run(command, visit.visit, "--text")
        assert (done.returncode, "make it anew" in one_line(done.stderr)) == (2, True)
