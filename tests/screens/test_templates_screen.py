"""Plans of the clinic by keyboard: kept from one patient's plan, started from for the next, the gates as ever."""

from __future__ import annotations

from assess_tui.screens.plan import PlanScreen
from assess_tui.screens.templates import SaveTemplateDialog, TemplateDialog
from assess_tui.storage.templates import LONGEST_NAME
from protocols.case import Wanted
from protocols.model import Dose
from protocols.visit import Cell, Told
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_plan_screen import on_the_plan

NOT_ON_THE_BACK = Told(Cell("@intake", field="precautions"), ["HOLD", "PREG_SUP"])
BRIDGE, NOD = Wanted(card="A03", dose=Dose(sets=1, reps=6, sec_per_rep=6)), Wanted(card="M11")


def place(it: Instrument) -> type[object]:
    return type(it.app.screen)


def given(it: Instrument) -> list[str]:
    session = it.app.session
    assert session is not None
    return [one.id for one in session.assessment().plan.exercises]


async def test_a_plan_is_kept_as_it_stands_under_a_name_as_it_is_typed(opens: Opens) -> None:
    async with opens((120, 40)) as it:
        await on_the_plan(it)
        first = given(it)
        await it.press("m")
        assert place(it) is SaveTemplateDialog
        await it.type("Hips [b]10[/]")
        await it.press("enter")
        assert place(it) is PlanScreen
        (kept,) = it.app.record.templates()
        assert (kept.name, kept.by) == ("Hips [b]10[/]", "Kim Lee")
        assert [one.card for one in kept.cards if not it.app.library.exercises[one.card].snack] == first


async def test_a_card_that_is_barred_for_this_patient_is_left_out_and_the_plan_says_so(opens: Opens) -> None:
    async with opens((120, 40)) as it:
        session = await on_the_plan(it, NOT_ON_THE_BACK)
        it.app.record.save_template("Back", [BRIDGE, Wanted(card="M09")], "M. Vogel")
        await it.press("o")
        assert "Glute bridge" in it.shown("template-held")
        await it.press("enter")
        assert given(it) == ["M09"]
        said = [message for message in session.assessment().plan.messages if "Glute bridge" in message]
        assert len(said) == 1
        assert "pregnant" in said[0].casefold()
        await it.press("u")
        assert session.case().by_hand is None


async def test_a_template_shows_its_cards_with_the_doses_kept_and_minutes(opens: Opens) -> None:
    async with opens((80, 24)) as it:
        await on_the_plan(it)
        it.app.record.save_template("Bridges", [BRIDGE, Wanted(card="own_gone")], "Łoś [b]")
        it.app.record.save_template("Angels", [NOD], "Kim Lee")
        await it.press("o")
        assert it.shown("template-held").strip().startswith("Floor angels")
        await it.press("down")
        held = " ".join(it.shown("template-held").split())
        assert held == "Glute bridge 1.5 min: 6 times, 6 s each own_gone not in the library any more; it is left out"
        await it.press("escape")
        assert place(it) is PlanScreen


async def test_taking_a_template_out_of_use_asks_first(opens: Opens) -> None:
    async with opens() as it:
        await on_the_plan(it)
        record = it.app.record
        for name in ("Angels", "Bridges"):
            record.save_template(name, [NOD], "M. Vogel")
        await it.press("o", "d")
        assert "d again takes “Angels” out of use" in it.shown("template-note")
        await it.press("down", "d", "up", "d")
        assert len(record.templates()) == 2
        await it.press("d")
        assert [one.name for one in record.templates()] == ["Bridges"]
        await it.press("d", "d")
        assert "None yet" in it.shown("template-held")
        await it.press("d", "enter")
        assert place(it) is TemplateDialog


async def test_a_name_that_cannot_be_is_refused_and_one_that_is_taken_asks(opens: Opens) -> None:
    async with opens() as it:
        await on_the_plan(it)
        record = it.app.record
        record.save_template("Desk", [BRIDGE], "M. Vogel")
        await it.press("m", "enter")
        assert "needs a name" in it.shown("template-note")
        await it.type("x" * (LONGEST_NAME + 1))
        await it.press("enter")
        assert f"at most {LONGEST_NAME}" in it.shown("template-note")
        await it.press("ctrl+u")
        await it.type("desk")
        await it.press("enter")
        assert "“Desk” was kept by M. Vogel on 2 Nov 2026" in it.shown("template-note")
        assert record.templates()[0].cards == (BRIDGE,)
        await it.press("s", "backspace", "enter")
        assert place(it) is SaveTemplateDialog
        await it.press("enter")
        assert place(it) is PlanScreen
        (kept,) = record.templates()
        assert (kept.name, kept.by) == ("desk", "Kim Lee")
        assert kept.cards != (BRIDGE,)


async def test_escape_keeps_nothing(opens: Opens) -> None:
    async with opens() as it:
        await on_the_plan(it)
        await it.press("m")
        await it.type("Desk")
        await it.press("escape")
        assert place(it) is PlanScreen
        assert it.app.record.templates() == []
