"""The plan by keyboard: each change of a card, teach-back, check-in, earlier plans; and what the record holds of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from assess_tui.screens.ask import AskDialog
from assess_tui.screens.plan import PlanScreen
from assess_tui.visit.session import VisitSession
from protocols.case import Wanted
from protocols.library import load
from protocols.plans.dosing import minutes_of
from protocols.teaching import CHECK_IN, teach_cell
from protocols.visit import PLAN_CARDS, Cell, Told, Value, cards_of, told_row
from tests.screens.begun import all_precautions, at_home
from tests.screens.conftest import Instrument, Opens

MINUTES = Cell("@intake", field="minutes")
LIMITED = {"hip_ir_supine": "12", "ll_rot": "20"}
"""Two tests far outside reference on both sides."""


def told(precautions: tuple[str, ...] = ("HOLD",), minutes: int = 10) -> list[Told]:
    intake: dict[str, Value] = {
        "minutes": Decimal(minutes),
        "precautions": list(precautions),
        "precautions_asked": list(all_precautions(load())),
        "reported": {"SIT": Decimal(2)},
        "pem": False,
    }
    return [
        Told(Cell("@consent", field="consent"), True),
        *(Told(Cell("@intake", field=field), value) for field, value in intake.items()),
        Told(Cell("@stand", field="not_done"), "not tested"),
        *(Told(Cell(test, side), Decimal(value)) for test, value in LIMITED.items() for side in ("left", "right")),
    ]


async def on_the_plan(it: Instrument, *cells: Told) -> VisitSession:
    """A visit of a new patient with findings, on the plan's screen."""
    await at_home(it)
    record, library = it.app.record, it.app.library
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F", code="")
    visit = record.open_visit(patient.id, "Kim Lee", library)
    flags = (Told(Cell("@flags", field=flag.id), "no") for flag in library.red_flags.flags)
    with record.together():
        for one in (*flags, *told(), *cells):
            record.append(told_row(record.new_id(), visit, one, library, visit.started))
    return await open_plan(it, visit.id)


async def open_plan(it: Instrument, visit: str) -> VisitSession:
    it.app.open_visit(visit, "plan")
    await it.pilot.pause()
    await it.pilot.pause()
    assert isinstance(it.app.screen, PlanScreen)
    session = it.app.session
    assert session is not None
    return session


def cards(session: VisitSession) -> list[str]:
    """The plan on screen: the session's cards, then those through the day."""
    plan = session.assessment().plan
    assert plan.minutes == sum(minutes_of(given.dose) for given in plan.exercises)
    return [*(given.id for given in plan.exercises), *plan.snacks]


def held(session: VisitSession) -> tuple[Wanted, ...] | None:
    """What the record holds of it, read anew."""
    row = session._record.visit(session.visit.id).cells.get(PLAN_CARDS)
    return None if row is None else cards_of(row.value)


async def mark(it: Instrument, session: VisitSession, card: str) -> None:
    for _ in cards(session):
        await it.press("up")
    for _ in range(cards(session).index(card)):
        await it.press("down")


async def pick(it: Instrument, key: str, card: str) -> None:
    """Open the library with this key and take the card of this id."""
    await it.press(key)
    await it.pilot.pause()
    await it.type(card)
    await it.press("enter")
    await it.pilot.pause()


def with_a_rung_below(session: VisitSession) -> str:
    """The first card of the session whose easier card leads back to it."""
    library = session.library
    given = [library.exercises[one.id] for one in session.assessment().plan.exercises]
    return next(one.id for one in given if one.easier and library.exercises[one.easier].harder == one.id)


async def test_add_and_remove_a_card(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        before = cards(session)
        assert "S06" not in before
        await pick(it, "a", "S06")
        assert sorted(cards(session)) == sorted([*before, "S06"])
        assert it.shown("plan-note") == "Plan: added Heel raises"
        assert it.shown("plan-detail").startswith("Heel raises")
        assert [one.card for one in held(session) or ()] == cards(session)
        await it.press("d")
        assert cards(session) == before
        assert it.shown("plan-note") == "Plan: removed Heel raises"


async def test_the_first_change_keeps_every_other_card_as_it_was(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        before = session.assessment().plan.exercises
        await it.press("down", "delete")
        after = session.assessment().plan
        assert after.by_hand
        assert "Plan by hand" in it.shown("plan-summary")
        kept = [given for given in before if given.id != before[1].id]
        assert [(one.id, one.dose, one.side) for one in after.exercises] == [(k.id, k.dose, k.side) for k in kept]


async def test_swap_offers_what_answers_the_same_first(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        card = cards(session)[0]
        place = cards(session).index(card)
        await it.press("w")
        await it.pilot.pause()
        await it.press("enter")
        await it.pilot.pause()
        now = cards(session)
        assert card not in now
        instead = session.library.exercises[now[place]]
        assert set(instead.targets) & set(session.library.exercises[card].targets)
        assert f"-> {instead.name.partition(' (')[0]}" in it.shown("plan-note")


async def test_easier_and_harder_go_a_rung_and_undo_and_redo_all_the_way(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "A03")
        before = cards(session)
        card = with_a_rung_below(session)
        easier = session.library.exercises[card].easier
        await mark(it, session, card)
        await it.press("e")
        assert easier in cards(session)
        assert card not in cards(session)
        assert "->" in it.shown("plan-note")
        await it.press("greater_than_sign")
        assert cards(session) == before
        await it.press("less_than_sign", "u", "u")
        assert easier in cards(session)
        await it.press("u")
        assert cards(session) == before
        await it.press("u", "u")
        assert held(session) is None
        assert "Plan by hand" not in it.shown("plan-summary")
        await it.press("y", "y", "y", "y", "y")
        assert easier in cards(session)
        assert [one.card for one in held(session) or ()] == cards(session)


async def test_a_card_without_a_harder_form_says_so_and_nothing_is_stored(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        top = next(card for card in session.library.exercises.values() if not card.harder and card.upright == 0)
        await pick(it, "a", top.id)
        kept = held(session)
        await it.press("h")
        assert "no harder form" in it.shown("plan-note")
        assert held(session) == kept


async def test_move_a_card_and_the_mark_goes_with_it(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        first, second, *rest = cards(session)
        await it.press("right_square_bracket")
        assert cards(session) == [second, first, *rest]
        names = session.library.exercises
        assert it.shown("plan-detail").startswith(names[first].name)
        await it.press("shift+up")
        assert cards(session) == [first, second, *rest]
        await it.press("left_square_bracket")
        assert cards(session) == [first, second, *rest]


async def test_the_dose_is_typed_in_place_with_its_minutes(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        given = next(one for one in session.assessment().plan.exercises if one.dose.reps > 1 and one.dose.rest_s)
        await mark(it, session, given.id)
        await it.press("r", "1", "2", "shift+tab", "up", "tab", "tab", "tab", "0")
        assert "[0]" in it.shown("plan-detail")
        assert held(session) is None, "nothing is stored while it is typed"
        await it.press("enter")
        now = next(one for one in session.assessment().plan.exercises if one.id == given.id)
        assert (now.dose.sets, now.dose.reps, now.dose.rest_s) == (given.dose.sets + 1, 12, 0)
        assert now.dose.sec_per_rep == given.dose.sec_per_rep
        assert now.minutes == minutes_of(now.dose)
        assert f"{given.dose.reps} -> 12 times" in it.shown("plan-note")
        await it.press("r", "1", "1", "f8")
        now = next(one for one in session.assessment().plan.exercises if one.id == given.id)
        assert now.dose.reps == 11, "kept by the key of the paper, too"


async def test_escape_leaves_the_dose_and_an_impossible_one_stays_open(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await it.press("r", "9", "9", "9", "enter")
        assert "from 1 to 99" in it.shown("plan-note")
        assert "[" in it.shown("plan-detail")
        await it.press("d", "x", "escape")
        assert isinstance(it.app.screen, PlanScreen), "Esc leaves the dose, not the plan"
        assert "[" not in it.shown("plan-detail")
        assert held(session) is None


async def test_a_card_through_the_day_has_no_dose_of_its_own(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "M12")
        assert session.assessment().plan.snacks == ("M12",)
        await it.press("r")
        assert "through the day" in it.shown("plan-note")


async def test_the_side_to_begin_with_goes_round(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        card = next(one for one in session.assessment().plan.exercises if one.dose.sides == 2)
        await mark(it, session, card.id)
        sides = []
        for _ in range(3):
            await it.press("slash")
            now = next(one for one in session.assessment().plan.exercises if one.id == card.id)
            sides.append(now.side)
        assert sorted(sides, key=str) == ["both", "left", "right"]
        assert "left first" in it.shown("plan-list") or sides[-1] != "left"


async def test_a_barred_card_needs_a_reason_which_the_list_shows(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        before = cards(session)
        await pick(it, "a", "B03")
        assert isinstance(it.app.screen, AskDialog)
        await it.press("enter")
        assert isinstance(it.app.screen, AskDialog), "an empty reason is none"
        await it.press("escape")
        assert cards(session) == before
        assert held(session) is None
        await pick(it, "a", "B03")
        await it.type("knows it well")
        await it.press("enter")
        assert "B03" in cards(session)
        assert "given although barred: knows it well" in it.shown("plan-list")
        assert [one.forced for one in held(session) or () if one.card == "B03"] == ["knows it well"]


async def test_minutes_change_the_budget_and_keep_the_cards_made_by_hand(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "S06")
        mine = cards(session)
        await it.press("minus")
        assert session.visit.value(MINUTES) == 5
        assert cards(session) == mine
        assert "your cards stay" in it.shown("plan-note")
        assert "of 5 minutes" in it.shown("plan-summary")
        assert "more than the 5 at hand" in it.shown("plan-warnings")
        await it.press("u")
        assert session.visit.value(MINUTES) == 10
        assert isinstance(it.app.screen, PlanScreen)


async def test_where_fewer_cards_are_left_the_last_of_them_is_marked(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await on_the_plan(it)
        before = cards(session)
        await mark(it, session, before[-1])
        await it.press("minus")
        assert len(cards(session)) < len(before)
        (marked,) = [row for row in it.shown("plan-list").splitlines() if row.startswith("▸")]
        assert session.library.exercises[cards(session)[-1]].name[:20] in marked


async def test_back_to_the_rules_and_back_again(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        rules = cards(session)
        await it.press("x")
        assert "plan of the rules" in it.shown("plan-note")
        await it.press("d")
        mine = cards(session)
        await it.press("x")
        assert cards(session) == rules
        assert it.shown("plan-note").startswith("Back to the rules: added")
        await it.press("u")
        assert cards(session) == mine


async def test_undo_stops_where_the_plan_begins(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        session.put(Cell("hip_ir_supine", "left"), Decimal(13))
        await it.press("d", "u", "u")
        assert "the tests (F4)" in it.shown("plan-note")
        assert session.visit.value(Cell("hip_ir_supine", "left")) == 13


async def test_showed_me_with_so_many_cues(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        card = cards(session)[1]
        assert it.shown("plan-list").count("not yet practised") == len(cards(session))
        await it.press("down", "2")
        assert "showed, 2 cues" in it.shown("plan-list")
        stored = session._record.visit(session.visit.id).value(teach_cell(card))
        assert stored == {"showed": True, "cues": Decimal(2)}
        assert held(session) is None, "showing a card changes no card"
        await it.press("0")
        assert "showed, no cues" in it.shown("plan-list")
        await it.press("n")
        assert it.shown("plan-list").count("not yet practised") == len(cards(session))
        await it.press("u", "u")
        assert "showed, 2 cues" in it.shown("plan-list")


async def test_the_check_in_is_usual_until_another_day_is_agreed(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        session = await on_the_plan(it)
        assert session.visit.date == dt.date(2026, 11, 2)
        assert "16 Nov 2026, in 2 weeks as usual" in it.shown("plan-list")
        await it.press("c", "1")
        assert session.visit.value(CHECK_IN) == "2026-11-09"
        assert "9 Nov 2026 " in it.shown("plan-list")
        await it.press("c", "o")
        await it.type("31 11")
        await it.press("enter")
        assert "is not a date" in it.shown("check-in-note")
        await it.press("o")
        await it.type("1 12")
        await it.press("enter")
        assert session.visit.value(CHECK_IN) == "2026-12-01"
        await it.press("u")
        assert session.visit.value(CHECK_IN) == "2026-11-09"
        assert "1 Dec 2026 -> 9 Nov 2026" in it.shown("plan-note")


async def test_a_visit_taken_up_again_shows_the_same_plan(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "S06")
        await it.press("3", "r", "1", "1", "enter", "c", "1")
        mine, shown, visit = session.assessment().plan, it.shown("plan-list"), session.visit.id
    async with opens() as it:
        session = await open_plan(it, visit)
        assert session.assessment().plan == mine
        await mark(it, session, "S06")
        assert it.shown("plan-list") == shown


async def test_every_version_is_kept_and_an_earlier_one_can_be_taken_up(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        rules = cards(session)
        await it.press("enter", "f7")
        await it.pilot.pause()
        await it.press("d")
        mine = cards(session)
        await it.press("enter", "f7")
        await it.pilot.pause()
        kept = it.app.record.plans(session.visit.id)
        assert [stored.body["by_hand"] for stored in kept] == [False, True]
        await it.press("p", "down", "enter", "enter")
        await it.pilot.pause()
        assert cards(session) == rules
        await it.press("u")
        assert cards(session) == mine


async def test_what_is_taken_up_again_is_looked_at_again(opens: Opens) -> None:
    """A reason typed for a barred card does not come back with an earlier plan."""
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "B03")
        await it.type("knows it well")
        await it.press("enter", "enter", "f7")
        await it.pilot.pause()
        await it.press("x", "p", "enter", "enter")
        await it.pilot.pause()
        assert "B03" not in cards(session)
        assert "left out" in " ".join(session.assessment().plan.messages)


async def test_a_plan_kept_for_the_clinic_begins_another_patients_and_the_gates_hold(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        await pick(it, "a", "B03")
        await it.type("knows it well")
        await it.press("enter", "slash")
        mine = cards(session)
        assert "B03" in mine
        await it.press("m")
        await it.type("Desk worker")
        await it.press("enter")
        await it.pilot.pause()
        assert "Desk worker" in it.shown("plan-note")
        (template,) = it.app.record.templates()
        assert {one.side for one in template.cards} == {None}
        await it.press("x", "o", "enter")
        await it.pilot.pause()
        assert [one.card for one in held(session) or ()] == mine
        assert cards(session) == [card for card in mine if card != "B03"]
        assert "left out" in " ".join(session.assessment().plan.messages)


async def test_a_plan_that_may_not_be_made_is_not_changed(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it, Told(Cell("@flags", field="ces_bladder"), "yes"))
        for key in ("a", "d", "w", "e", "h", "r", "slash", "left_square_bracket", "5", "n", "o", "m"):
            await it.press(key)
            assert isinstance(it.app.screen, PlanScreen), key
        assert held(session) is None
        assert "F8" in it.shown("plan-summary")


async def test_all_that_counts_is_in_sight_on_the_smallest_screen(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await on_the_plan(it)
        for card in ("S06", "A04", "A10", "A12", "M12", "B07"):
            await pick(it, "a", card)
        await it.press("minus")
        assert len(cards(session)) > 8, "more than there are rows"
        listed = it.shown("plan-list").splitlines()
        listing = it.app.screen.query_one("#plan-list")
        assert len(listed) <= listing.size.height
        assert max(map(len, listed)) <= listing.size.width
        assert "check-in" in it.shown("plan-list")
        assert "more than the 5 at hand" in it.shown("plan-warnings")
        for card in cards(session):
            await mark(it, session, card)
            marked = [row for row in it.shown("plan-list").splitlines() if row.startswith("▸")]
            name = session.library.exercises[card].name
            assert len(marked) == 1
            assert name[:25] in marked[0]
            assert len(it.shown("plan-detail").splitlines()) <= it.app.screen.query_one("#plan-detail").size.height
