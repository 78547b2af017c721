"""What the patient takes home: one message, the cards as dosed, when to stop, whom to call."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import msgspec
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.planning import Given, Plan, minutes_of
from reports.content import PAPERS, SIZES, Options, Subject
from reports.documents import Document, plan_document
from reports.handout_content import Handout, handout
from tests.reports.papers import STIFF, known, limited, nothing_found, pages, read_back, stiff, subject


def told(about: Subject) -> Handout:
    return handout(about, known(), Options())


def with_cards(about: Subject, ids: list[str], **plan: Any) -> Subject:
    """The same visit with these cards in its plan, in their own doses."""
    cards = [known().exercises[one] for one in ids]
    given = tuple(
        Given(id=card.id, minutes=minutes_of(card.dose), dose=card.dose, side=None, because=()) for card in cards
    )
    minutes = sum((one.minutes for one in given), Decimal(0))
    changed = msgspec.structs.replace(about.assessment.plan, exercises=given, minutes=minutes, **plan)
    return with_plan(about, changed)


def with_plan(about: Subject, plan: Plan) -> Subject:
    return msgspec.structs.replace(about, assessment=msgspec.structs.replace(about.assessment, plan=plan))


def printed(about: Subject, **options: Any) -> Document:
    return plan_document(about, known(), Options(**options))


def test_one_main_message_counts_cards_and_minutes() -> None:
    plan = stiff().assessment.plan
    assert (
        told(stiff()).message
        == f"Do these {len(plan.exercises)} exercises, about {-(-plan.minutes // 1)} minutes, most days."
    )
    alone = "Do this exercise, about 3 minutes, once a day, 3 to 5 days a week."
    assert told(with_cards(stiff(), ["A03"])).message == alone


def test_without_cards_the_plan_says_so_and_whom_to_call() -> None:
    text = printed(nothing_found()).text
    assert "No exercises for now." in text
    assert known().lifestyle["L13"].say not in text, "there are no two things to pick from"
    assert "1 [ ]" not in text
    assert "Call for help today if:" in text


def test_a_card_tells_all_of_itself_in_text_and_in_print() -> None:
    document = printed(with_cards(stiff(), ["A03"]))
    card = known().exercises["A03"]
    for page_text in (" ".join(document.text.split()), read_back(document.pdf())):
        for line in (card.name, *card.cues, card.stop_if, "10 times. 2 rounds, rest 30 seconds between."):
            assert line in page_text
        assert "Once a day, 3 to 5 days a week." in page_text
        assert known().exercises["A03e"].name in page_text
        assert known().exercises["A03h"].name in page_text


def test_times_in_the_lines_come_from_the_card() -> None:
    text = printed(with_cards(stiff(), ["M05", "B07"])).text
    assert "Hold for 30 seconds." in text
    assert "Take 3 slow belly breaths." in text
    assert "{" not in text


def test_low_stages_open_with_getting_up_and_do_not_say_it_twice() -> None:
    text = printed(limited()).text
    assert text.index("Each time you get up") < text.index("1. ")
    assert text.count("pump your ankles for 60 seconds") == 1
    assert "Each time you get up" not in printed(stiff()).text


def test_the_standing_stop_rule_is_for_stages_only() -> None:
    assert "6 out of 10 unwell" in printed(limited()).text
    assert "6 out of 10 unwell" not in printed(stiff()).text


def test_salt_is_named_only_when_agreed_and_never_as_a_number() -> None:
    reported = {"HYD": 2}
    without = printed(limited(reported=reported)).text
    agreed = printed(limited(reported=reported, agreed=["salt"])).text
    assert "alt" not in without.replace("salty", "")
    assert re.search(r"Salt, as agreed with your doctor: _+ a\s+day", agreed)


def test_without_clearance_a_stage_plan_is_called_a_starter_set() -> None:
    assert "starter set" in printed(limited(medical_clearance=None)).text
    assert "starter set" not in printed(limited()).text


def test_after_a_crash_nothing_is_called_too_easy() -> None:
    text = printed(limited(pem=True)).text
    assert "Too easy" not in text
    assert "Do not push on" in text


def test_a_barred_card_is_never_offered_as_easier_or_harder() -> None:
    free = told(with_cards(stiff(), ["A03"])).cards[0]
    barred = told(with_cards(stiff(precautions=["VALS"]), ["A03"])).cards[0]
    assert free.too_easy == known().exercises["A03h"].name
    assert barred.too_easy == ""


def test_a_card_of_the_plan_is_not_offered_again() -> None:
    assert told(with_cards(stiff(), ["A03e", "A03"])).cards[1].too_hard == ""


@pytest.mark.parametrize(
    ("side", "sides", "says"), [("right", 2, "each side, right side first"), ("left", 1, "left side")]
)
def test_the_side_is_said_in_words_and_the_drawing_is_turned(side: Any, sides: int, says: str) -> None:
    plain, turned = (with_cards(stiff(), ["M20"]) for _ in range(2))
    given = turned.assessment.plan.exercises[0]
    dose = msgspec.structs.replace(given.dose, sides=sides)
    plan = msgspec.structs.replace(
        turned.assessment.plan, exercises=(msgspec.structs.replace(given, side=side, dose=dose),)
    )
    turned = with_plan(turned, plan)
    assert says in printed(turned).text
    shown = "left"  # what an unturned front figure shows working
    assert (told(turned).cards[0].frames == told(plain).cards[0].frames) is (side == shown)


def test_limits_are_printed() -> None:
    about = with_cards(stiff(), ["A03"])
    given = msgspec.structs.replace(about.assessment.plan.exercises[0], limits=("on your bed",))
    about = with_plan(about, msgspec.structs.replace(about.assessment.plan, exercises=(given,)))
    assert "For you: On your bed." in printed(about).text


def test_a_sore_region_is_told_in_everyday_words() -> None:
    about = with_cards(stiff(), ["A03"])
    given = msgspec.structs.replace(about.assessment.plan.exercises[0], limits=("mid-range",))
    text = printed(with_plan(about, msgspec.structs.replace(about.assessment.plan, exercises=(given,)))).text
    assert "mid-range" not in text
    assert "For you: Stay in the middle of the movement" in text


def test_the_message_for_one_exercise_says_how_often_that_one_is_done() -> None:
    text = printed(with_cards(stiff(), ["S03"])).text
    assert f"minutes, {known().exercises['S03'].frequency}." in text
    assert "most days" not in text


def test_two_things_are_to_be_picked_only_where_there_are_two() -> None:
    say = known().lifestyle["L13"].say
    for cards in (["A03"], ["A03", "S01e"]):
        about = with_cards(stiff(), cards)
        plan = msgspec.structs.replace(about.assessment.plan, lifestyle=("L13",), snacks=())
        assert (say in printed(with_plan(about, plan)).text) is (len(cards) > 1)


def test_findings_are_said_in_plain_words() -> None:
    text = " ".join(printed(stiff()).text.split())
    assert known().findings["HIR"].plain.replace("{side}", ", on the right") in text


def test_the_retest_is_the_earliest_of_the_findings_worked_on() -> None:
    assert told(limited()).next_days == "We check in and test again on or about 6 December 2026."
    assert told(stiff()).next_days.endswith("We test again on or about 20 December 2026.")


def test_blanks_are_left_for_the_hand() -> None:
    text = printed(stiff()).text
    for words in ("After I ____", "phone ____", "Emergency number: ____"):
        assert words in text


@pytest.mark.parametrize("paper", PAPERS)
def test_the_clinics_phone_number_stands_on_one_line_at_the_largest_size(paper: Any) -> None:
    """40 characters are the most a number may have; those of a link would be markup."""
    number = "+43 (0)512 <a href=1>123</a> 45-67, ext. 89"[:40]
    about = msgspec.structs.replace(stiff(clinic="Praxis am Berg " * 4), phone=number)
    sheets = pypdf.PdfReader(io.BytesIO(printed(about, paper=paper, size=18).pdf())).pages
    lines = [" ".join(line.split()) for sheet in sheets for line in sheet.extract_text().splitlines()]
    assert f"Phone: {number}" in lines
    assert "Phone:" not in printed(stiff()).text


def test_words_are_careful() -> None:
    text = printed(limited()).text.lower()
    for banned in ("diagnos", "cure", "fix", "disease", "damage", "seed"):
        assert banned not in text


# -- on paper ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
def test_at_the_largest_size_drawings_give_way_where_that_saves_a_page(
    paper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, usual = printed(stiff(), paper=paper, size=18), printed(stiff(), paper=paper)
    few, as_ever = len(pages(plan.pdf())), usual.pdf()
    monkeypatch.setattr("reports.pdf.arrangement.VERY_LARGE", 99)
    assert few < len(pages(plan.pdf()))
    assert usual.pdf() == as_ever, "drawings of the usual size stay"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", SIZES)
def test_no_card_is_parted(paper: Any, size: Any) -> None:
    ids = ["B01", "M01", "A03", "S07", "M20", "S01"]
    sheets = pages(printed(with_cards(stiff(), ids), paper=paper, size=size).pdf())
    for number, one in enumerate(ids, 1):
        card = known().exercises[one]
        (sheet,) = [text for text in sheets if f"{number}. {card.name}" in text]
        assert card.stop_if in sheet
        start = sheet.index(card.stop_if)
        assert re.search(r"1 2 3 4 5 6 7 8 9 10 11 12 13 14", sheet[start:])


def test_a_card_too_long_for_a_page_is_printed_whole() -> None:
    about = with_cards(stiff(), ["A03"])
    limits = tuple(f"Limit {number} is said at some length so that it takes a line" for number in range(60))
    given = msgspec.structs.replace(about.assessment.plan.exercises[0], limits=limits)
    about = with_plan(about, msgspec.structs.replace(about.assessment.plan, exercises=(given,)))
    whole = pages(printed(about, size=18).pdf())
    assert all(any(limit in sheet for sheet in whole) for limit in limits)
    assert max(sheet.count("Limit") for sheet in whole) < 60


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(known().exercises)), max_size=8, unique=True),
    st.sampled_from(SIZES),
    st.sampled_from(PAPERS),
)
def test_any_cards_fit_their_pages(ids: list[str], size: Any, paper: Any) -> None:
    document = printed(with_cards(stiff(), ids), size=size, paper=paper)
    sheets = pages(document.pdf())
    assert f"Page {len(sheets)} of {len(sheets)}" in sheets[-1]
    assert all(f"{n}. {known().exercises[one].name}" in " ".join(sheets) for n, one in enumerate(ids, 1))
    most = 3 + len(ids) if size == 18 else 3 + (len(ids) + 1) // 2 + (size == 16) * 2
    assert len(sheets) <= most


def test_a_plan_of_three_cards_takes_four_pages_at_most() -> None:
    assert len(pages(printed(limited()).pdf())) <= 4


def test_the_youngest_visit_prints_too() -> None:
    young = subject(patient={"age": 11, "sex": "X"}, tests=STIFF)
    assert printed(young).pdf().startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", [14, 16, 18])
def test_no_page_of_a_plan_holds_the_help_box_alone(paper: str, size: int) -> None:
    for about in (limited(), stiff(), with_cards(stiff(), ["A03", "S01e", "M07"])):
        first, *_, last = pages(printed(about, paper=paper, size=size).pdf())
        page = next(page for page in (last, first) if "Call for help today if" in page)
        before = page.split("Get help")[0]
        assert len(before.split()) > 12, "only the head of the page stands before it"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_plan_of_one_card_is_one_sheet_even_in_very_large_type(paper: str) -> None:
    about = stiff()
    plan = msgspec.structs.replace(about.assessment.plan, exercises=about.assessment.plan.exercises[:1])
    about = msgspec.structs.replace(about, assessment=msgspec.structs.replace(about.assessment, plan=plan))
    made = printed(about, paper=paper, size=18)
    assert len(pages(made.pdf())) == 2
    assert "This exercise may help." in " ".join(made.text.split())
    assert "do my exercise in" in made.text
