"""A plan changed by hand, taught, followed up: the clinic's copy tells all of it, the patient's sheet what helps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from protocols.assessment import assess
from protocols.case import LastPlan, Practice, Wanted
from protocols.model import Dose
from protocols.plans.dosing import minutes_of
from reports.content import Options, Subject
from reports.documents import plan_document, report_document
from reports.handout_content import Handout, handout
from tests.reports.papers import known, limited, nothing_found, stiff

WHY = "the doctor </b> agreed\nby phone"


def flat(text: str) -> str:
    return " ".join(text.split())


def report(about: Subject) -> str:
    return flat(report_document(about, known()).text)


def sheet(about: Subject) -> str:
    return flat(plan_document(about, known()).text)


def told(about: Subject) -> Handout:
    return handout(about, known(), Options())


def changed(about: Subject, **case: Any) -> Subject:
    """The same visit with this in its case, concluded anew."""
    replaced = msgspec.structs.replace(about.case, **case)
    return msgspec.structs.replace(about, case=replaced, assessment=assess(replaced, known()))


def by_hand(about: Subject, *cards: Wanted) -> Subject:
    return changed(about, by_hand=cards)


def dosed(card: str, **dose: int) -> Wanted:
    return Wanted(card=card, dose=msgspec.structs.replace(known().exercises[card].dose, **dose))


# -- overrides -----------------------------------------------------------------------------------------------------


def test_a_forced_card_prints_its_reason_on_the_clinics_copy_alone() -> None:
    about = by_hand(limited(), Wanted(card="S04", forced=WHY), Wanted(card="A03"))
    text = report(about)
    assert "Changed by hand." in text
    assert "Single-leg kicks (S04): given although barred by standing stage 2 (POTS2)" in text
    assert "The doctor </b> agreed by phone." in text
    assert "agreed" not in sheet(about)
    assert "although" not in sheet(about)
    assert "1. Single-leg kicks" in sheet(about)


def test_a_forced_card_done_through_the_day_prints_its_reason_too() -> None:
    about = by_hand(stiff(pem=True), Wanted(card="B05"), Wanted(card="B07", forced=WHY))
    assert "Posture reset: roll back and breathe (B07): given although not with a crash after effort:" in report(about)
    assert "agreed" not in sheet(about)


def test_a_card_barred_without_a_reason_is_left_out_and_the_report_says_so() -> None:
    text = report(by_hand(limited(), Wanted(card="S04"), Wanted(card="A03")))
    assert "Single-leg kicks left out: barred by" in text
    assert "Given although barred" not in text


def test_what_speaks_against_a_plan_by_hand_stands_on_the_report() -> None:
    about = by_hand(stiff(), *(Wanted(card=card) for card in ("A03", "A03e", "M07", "M13")))
    assert about.assessment.plan.warnings
    assert all(flat(warning) in report(about) for warning in about.assessment.plan.warnings)
    assert not any(flat(warning) in sheet(about) for warning in about.assessment.plan.warnings)


def test_a_plan_of_the_rules_is_not_called_changed() -> None:
    assert "by hand" not in report(stiff())


# -- an edited dose ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "lines", "never"),
    [
        (dosed("M05", sec_per_rep=48), ["Hold for 45 seconds.", "hold 45 seconds each time"], "30 seconds"),
        (dosed("A08", sec_per_rep=9), ["Hold for 5 seconds. Swap.", "hold 5 seconds each time"], "Hold for 3"),
        (dosed("R04", reps=6), ["Stop after 6 nods.", "6 times."], "10 nods"),
        (dosed("B05", reps=12), ["easy for 12 breaths", "12 slow breaths, about 2 minutes"], "30 breaths"),
        (dosed("M22", reps=5), ["Do it 5 times on each side.", "5 times each side"], "10 times"),
        (dosed("A03e", sec_per_rep=2), ["Hold for 1 second", "hold 1 second each time"], "Hold for 5"),
    ],
    ids=lambda one: one.card if isinstance(one, Wanted) else "",
)
def test_words_never_contradict_an_edited_dose(wanted: Wanted, lines: list[str], never: str) -> None:
    about = by_hand(stiff(), wanted)
    card = next(one for one in told(about).cards if one.name == known().exercises[wanted.card].name)
    words = " ".join((*card.cues, card.dose))
    for line in lines:
        assert line in words
    assert never not in words


def test_a_snack_of_several_holds_shares_its_time_among_them() -> None:
    card = known().exercises["P02"]
    from protocols.cues import hold_seconds

    assert hold_seconds(card, card.dose) == 60
    assert hold_seconds(card, msgspec.structs.replace(card.dose, sec_per_rep=240)) == 80


# -- too hard, too easy --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "half"),
    [
        (Wanted(card="A03"), "Do 1 round,"),
        (dosed("A03", sets=1), "Do 5 times,"),
        (dosed("B05", reps=12), "Do 6 slow breaths"),
        (dosed("B05", reps=2), "Do 1 slow breath."),
        (dosed("B05", reps=1), "Do it less often."),
        (Wanted(card="B06"), "Do 2 minutes"),
        (Wanted(card="M05"), "Do it once,"),
    ],
    ids=lambda one: one.card if isinstance(one, Wanted) else "",
)
def test_half_is_worked_out_for_the_patient(wanted: Wanted, half: str) -> None:
    assert f"Too hard? {half}" in sheet(by_hand(stiff(), wanted))


def test_the_first_step_up_is_said_before_the_harder_card() -> None:
    text = sheet(by_hand(stiff(), Wanted(card="A03")))
    assert (
        "Too easy twice in a row, with pain 2 or less? Do 12 times. Then ask us for “Bridge with one-leg reach”."
        in text
    )
    assert "Too easy twice in a row" not in sheet(by_hand(limited(), Wanted(card="A03"))), "a stage is for the clinic"


def test_the_pulse_to_stop_at_is_worked_out_from_the_lying_one() -> None:
    assert "Your pulse is still above 91 after 5 minutes of rest." in sheet(limited())
    unmeasured = limited(standing={**limited_standing(), "supine": []})
    assert "Your pulse is still above ____" in sheet(unmeasured)


def limited_standing() -> dict[str, Any]:
    from tests.reports.papers import UPRIGHT

    return dict(UPRIGHT)


# -- teach-back, check-in, re-tests --------------------------------------------------------------------------------


def test_a_card_not_shown_yet_says_so_small_and_plain_and_a_shown_one_does_not() -> None:
    about = by_hand(stiff(), Wanted(card="A03"), Wanted(card="M07"))
    about = msgspec.structs.replace(about, practised={"A03": 2})
    assert [card.practised for card in told(about).cards] == [True, False]
    assert sheet(about).count("Not yet practised together.") == 1
    assert "Teach-back: Glute bridge shown with 2 cues; not yet practised: Open book." in report(about)
    assert "shown with no cue" in report(msgspec.structs.replace(about, practised={"A03": 0}))
    assert "cue" not in sheet(about)


@pytest.mark.parametrize(
    ("check_in", "retest", "says"),
    [
        (None, None, "We check in on or about 6 December 2026. We test again on or about 20 December 2026."),
        (dt.date(2026, 11, 30), None, "We check in on 30 November 2026. We test again on or about 20 December 2026."),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1), "We check in and test again on 1 December 2026."),
    ],
)
def test_check_in_and_retest_stand_beside_each_other(
    check_in: dt.date | None, retest: dt.date | None, says: str
) -> None:
    about = msgspec.structs.replace(stiff(), check_in=check_in, retest=retest)
    assert told(about).next_days == says
    assert says in sheet(about)


def test_without_exercises_nothing_is_planned_but_what_was_agreed() -> None:
    assert "We see each other again on ____" in sheet(nothing_found())
    agreed = msgspec.structs.replace(nothing_found(), check_in=dt.date(2026, 12, 1))
    assert "We check in on 1 December 2026." in sheet(agreed)


def test_the_report_gives_the_check_in_and_a_retest_for_every_finding() -> None:
    text = report(stiff())
    assert "Next: check-in 6 December 2026; first re-test 20 December 2026." in text
    assert text.count("Re-test about ") == len(stiff().assessment.findings)


# -- the last plan -------------------------------------------------------------------------------------------------


def followed_up() -> Subject:
    last = LastPlan(
        date=dt.date(2026, 10, 25),
        stage="none",
        cards=(Wanted(card="A03"), Wanted(card="M07"), Wanted(card="removed_by_the_clinic"), Wanted(card="B07")),
        because={"A03": ("PSO",)},
        practice={"A03": Practice(done=9, pain=1, spare=True), "M07": Practice(done=3, red_days=True)},
        crash=False,
    )
    return changed(by_hand(stiff(), dosed("A03", reps=12)), last_plan=last)


def test_the_report_tells_of_each_card_of_the_last_plan_what_was_proposed_and_done() -> None:
    text = report(followed_up())
    assert "Since the last plan" in text
    assert "Plan of 25 October 2026, no stage. No crash after effort." in text
    assert "At home done 9 of 10 times, pain 1/10, repetitions to spare; Proposed Progress." in text
    assert "Now 12 times. 2 rounds, rest 30 seconds between." in text
    assert "At home done 3 of 10 times, red days; Proposed" in text
    assert "removed_by_the_clinic: At home not asked;" in text
    assert text.count("Now not given") == 3


def test_a_first_visit_tells_of_no_last_plan() -> None:
    assert "last plan" not in report(stiff())


def test_what_changed_beyond_error_opens_the_findings_and_the_summary() -> None:
    previous = {"date": "2026-10-01", "same_rater": True, "tests": {"hip_ir_supine": {"left": 24, "right": 3}}}
    text = report(limited(previous=previous))
    said = "Changed beyond error since the last visit: Hip turn-in, lying, right +9°, improved."
    assert text.count(said) == 2
    assert "beyond error since" not in report(limited())


def test_the_reports_text_begins_with_a_paragraph_that_stands_alone() -> None:
    first = report_document(limited(), known()).text.split("\n\n")[0]
    opening = flat(first)
    assert opening.startswith("Ana Ruiz · P0007, 34 years, F, was seen on 22 November 2026 by Sam Lee, visit 2.")
    for words in ("Red flags: Level 0", "Standing test: POTS pattern.", "Hip internal rotation low (right, marked)"):
        assert words in opening
    assert opening.endswith("A screening record, not a diagnosis.")
    assert report(limited()).count("A screening record, not a diagnosis.") == 1


def test_doses_in_the_plan_are_those_that_count_its_minutes() -> None:
    """The report's own check on `by_hand`: minutes on paper are the sum of the doses printed."""
    plan = by_hand(stiff(), dosed("A03", reps=12), Wanted(card="M07")).assessment.plan
    doses: list[Dose] = [given.dose for given in plan.exercises]
    assert plan.minutes == sum((minutes_of(dose) for dose in doses), Decimal(0))
