"""The clinician's report gives everything with its because; the letter gives the answers and asks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from protocols.grades.words import grade_word
from reports.content import Options, Tick
from reports.documents import letter_document, plan_document, report_document
from reports.intended_use import STATEMENT
from tests.reports.papers import UPRIGHT, flagged, known, limited, pages, read_back, stiff, subject


def flat(text: str) -> str:
    return " ".join(text.split())


def report(about: Any) -> str:
    return flat(report_document(about, known()).text)


def letter(about: Any) -> str:
    return flat(plan_document(about, known()).text)


def test_the_report_names_every_test_its_value_class_reference_and_basis() -> None:
    text = report(limited())
    assert "Hip turn-in, lying: Left 24° within; Right 12° limited; Reference 22° and up; Remarks derived" in text
    assert "12° apart, beyond error" in text
    assert "clinic rule" in text
    for test, grade in limited().assessment.grades.items():
        assert known().tests[test].name in text
        assert grade.basis in text


def test_the_report_says_pain_compensation_and_what_was_left_out() -> None:
    tests = {
        "mtt_hip_ext": {"left": 2, "right": -8, "right_pain": 4, "left_compensated": True, "right_familiar": True},
        "hip_ir_supine": {"left": 24, "right": {"absent": "pain", "note": "sharp </b> & groin"}},
    }
    text = report(subject(tests=tests))
    assert "pain-limited" in text
    assert "compensated" in text
    assert "the patient's own pain" in text
    assert "Hip turn-in, lying, right: not tested for pain" in text
    assert "“sharp </b> & groin”" in text


def test_the_report_names_the_devices_on_record() -> None:
    read = {"hip_ir_supine": ("Easy<b>Angle",), "sls_eo": ("Watch",), "mtt_hip_ext": ("Easy<b>Angle",), "gone": ("X",)}
    text = report(msgspec.structs.replace(limited(), read_with=read | {"stand_dhr": ("Omron M3",)}))
    first = next(line for line in text.split("Read with: ")[1].split(". ") if line.startswith("Easy<b>Angle: "))
    names = {known().tests[test].name for test in ("hip_ir_supine", "mtt_hip_ext")}
    assert set(first.removeprefix("Easy<b>Angle: ").split("; ")) == names
    assert f"Watch: {known().tests['sls_eo'].name}." in text
    assert "read with Omron M3" in text.partition("Standing test ---")[2].partition("Tests ---")[0]
    assert "ead with" not in report(limited())


def test_the_report_gives_the_change_since_the_last_visit() -> None:
    previous = {"date": "2026-10-01", "same_rater": True, "tests": {"hip_ir_supine": {"left": 24, "right": 3}}}
    text = report(limited(previous=previous))
    assert "since last visit left no real change; right +9°, improved" in text


def test_the_report_holds_the_stand_test_with_label_tags_stage_and_readings() -> None:
    text = report(limited())
    pattern = next(one for one in known().stand.patterns if one.label == "POTS_PATTERN")
    assert flat(pattern.say) in text
    assert "stage 2" in text
    assert "Systolic: lying 1 114; lying 2 112; 1 min 112;" in text
    assert "Curve of the stand test: lying heart rate 71; +30 101;" in text


def test_the_report_gives_findings_and_cards_with_because() -> None:
    text = report(limited())
    said = "Side right; Severity marked; Because Hip turn-in, lying; Re-test about 20 December 2026"
    assert f"Hip internal rotation low: {said}" in text
    for given in limited().assessment.plan.exercises:
        assert f"({given.id})" in text
    for parked in limited().assessment.plan.parked:
        assert f"{known().findings[parked.code].name}, re-test about" in text


def test_the_report_states_use_and_knowledge() -> None:
    text = report(stiff())
    for sentence in STATEMENT:
        assert sentence in text
    assert f"Knowledge {known().version}, {known().digest}." in text


def test_a_response_is_shown_before_and_after() -> None:
    assert "eased (6/10 before, 3/10 after)" in report(subject(tests={"reset3": {"pre": 6, "post": 3}}))


def test_a_test_outside_reference_without_a_finding_is_named() -> None:
    text = report(subject(tests={"lordosis_obs": {"value": "pronounced"}}))
    assert "Measured outside reference, no home card: Low-back arch, seen." in text


def test_the_report_of_a_blocked_plan_says_why() -> None:
    text = report(flagged())
    assert "Level 3, high concern." in text
    assert "No exercise plan was given." in text


@pytest.mark.parametrize("about", [subject(), subject(patient={"age": 9, "sex": "X"}, standing={"standing": []})])
def test_an_empty_visit_has_a_report(about: Any) -> None:
    assert report_document(about, known()).pdf()
    assert "No test was taken." in report(about)


def test_a_source_is_named_only_where_it_graded_something() -> None:
    measured = {"hip_ir_supine": {"left": 24, "right": 12}}
    assert "Sources of the cut-offs" in report(subject(tests=measured))
    assert "Sources of the cut-offs" not in report(subject(tests=measured, patient={"age": 9, "sex": "X"}))


def test_every_class_has_a_word_in_print() -> None:
    printed = read_back(report_document(limited(), known()).pdf())
    for grade in limited().assessment.grades.values():
        for given in grade.sides.values():
            assert isinstance(given, str) or given.grade == "N" or grade_word(given.grade) in printed


# -- the letter ----------------------------------------------------------------------------------------------------


def test_the_letter_states_answers_urgency_and_no_exercise() -> None:
    text = letter(flagged())
    questions = {flag.id: flag.ask for flag in known().red_flags.flags}
    assert f"{flat(questions['ces_bladder'])} Yes." in text
    assert f"{flat(questions['night_pain'])} Yes." in text
    assert f"{flat(questions['ces_sex'])} Not known, counted as yes." in text
    assert flat(questions["wt_loss"]) not in text
    assert "Emergency: to be seen now" in text
    assert "To: the emergency department" in text
    assert "Do not drive yourself, and do not go alone." in text
    assert flat(known().red_flags.actions[3].letter) in text
    assert not any(card.name in text for card in known().exercises.values())


def test_a_moderate_concern_asks_for_two_weeks() -> None:
    noted = {"hip_ir_supine": {"left": 24, "right": {"absent": "pain", "note": "sharp at the <end>"}}}
    text = letter(subject(red_flags=["cad_new"], tests=noted))
    assert "Hip turn-in, lying, right: sharp at the <end>" in text, "a note is told with what it stands beside"
    assert "Urgent: to be seen within two weeks" in text
    assert "To: the family doctor, ____" in text
    assert "emergency department" not in text
    assert flat(known().red_flags.actions[2].letter) in text


@pytest.mark.parametrize(
    ("event", "words"),
    [("syncope", "Fainting"), ("chest_pain", "Chest pain"), ("neuro_sign", "A new neurological sign")],
)
def test_an_event_while_standing_asks_for_the_same_day(event: str, words: str) -> None:
    text = letter(limited(standing={**UPRIGHT, event: True}))
    assert f"{words} during the standing test." in text
    assert "medical review on the same day" in text
    assert "within two weeks" not in text
    assert "Heart rate: lying 1 72;" in text


def test_the_most_urgent_request_stands_alone() -> None:
    text = letter(flagged(standing={**UPRIGHT, "syncope": True}))
    assert "Emergency: to be seen now" in text
    assert "same day" not in text


def test_an_event_comes_before_a_moderate_concern() -> None:
    text = letter(limited(standing={**UPRIGHT, "syncope": True}, red_flags=["cad_new"]))
    assert "Urgent: medical review on the same day" in text
    assert "within two weeks" not in text


def test_the_letter_is_for_the_patient_too() -> None:
    assert "Call for help today if:" in letter(flagged())


def test_a_value_without_a_side_is_not_called_left() -> None:
    text = report(limited())
    assert "Standing time: 600 s within" in text
    assert "or only" not in text


@pytest.mark.parametrize(
    ("ticks", "says"),
    [
        (("consent", "chaperone", "copy_to"), "Agreed to the assessment and its record; chaperone offered; a copy may"),
        (("consent",), "chaperone not recorded as offered; a copy to the doctor not agreed."),
        ((), "Consent: Not recorded;"),
    ],
)
def test_what_was_agreed_is_said_and_what_was_not(ticks: tuple[Tick, ...], says: str) -> None:
    assert says in report(msgspec.structs.replace(limited(), ticks=ticks))


def test_the_letter_says_whether_the_patient_agreed_and_what_wrote_it() -> None:
    about = flagged()
    assert "Consent to send this letter: not recorded." in letter(about)
    agreed = letter(msgspec.structs.replace(about, ticks=("consent", "copy_to")))
    assert "The patient agreed to this letter." in agreed
    assert f"{known().digest[:16]}" in agreed


def test_no_word_over_the_readings_is_parted_and_they_stand_on_one_page() -> None:
    options = Options(size=18, paper="letter")
    for made in (letter_document(limited(), known(), options), report_document(limited(), known(), options)):
        page = next(page for page in pages(made.pdf()) if "Minute" in page)
        assert "lying lying 1 2 3" in page
        assert all(row in page for row in ("Heart rate 7", "Systolic 1", "Diastolic", "Symptoms")), page
