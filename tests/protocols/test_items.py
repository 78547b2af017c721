"""Questionnaires answered item by item: what is asked, what the answers make, and how they are kept."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Answered, Case, Entry, Patient, Previous, Taken
from protocols.check import check
from protocols.grading import grade_case
from protocols.library import DATA, load
from protocols.questionnaires import asked, hypermobile, item_change, of_test, score, still_open
from protocols.visit import Measurement, PatientDetails, Visit, from_case, record, to_case

LIBRARY = load()
SHIPPED = LIBRARY.questionnaires
DAY = dt.date(2026, 11, 2)
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
FORBIDDEN = {"odi_pct", "dhi", "startback_total", "startback_psych", "compass31", "ohq", "maps", "rmdq"}
"""Licensed, or taken from the author's own form: score entry only."""
COMPLAINTS = "pain tense sight dizz confused faster short tight bloated tingling deep stiff mouth cold heart anxious"
"""What each of the sixteen Nijmegen complaints is about, in the order of the form (Physiopedia; thrivehealth.co.uk)."""
HAKIM = ("floor", "thumb", "splits", "out_of_joint", "double_jointed")
"""Hakim & Grahame 2003, as printed in BJPsych Open (table 1) and World J Psychiatry 2021 (table 2)."""
ratings = st.integers(0, 10)


def rated(*values: int) -> dict[str, Answered]:
    return {str(n): Answered(value=Decimal(value), words=f"activity {n}") for n, value in enumerate(values, 1)}


def psfs(answers: dict[str, Answered]) -> Decimal | None:
    one = SHIPPED["psfs_mean"]
    return score(one, asked(one, LIBRARY, 40, answers), answers)


def beighton(points: int, age: int = 40, **more: Decimal | bool) -> Entry:
    items = [item for item in asked(SHIPPED["beighton"], LIBRARY, age) if item.scored]
    answers = {item.key: Answered(value=place < points) for place, item in enumerate(items)}
    answers |= {key: Answered(value=value) for key, value in more.items()}
    return {"value": Taken(value=Decimal(points), items=answers)}


def visit_of(entry: Entry, age: int) -> Case:
    return Case(patient=Patient(sex="F", age=age), date=DAY, tests={"beighton": entry})


# -- what is shipped -------------------------------------------------------------------------------------------------


def test_no_licensed_questionnaire_has_items() -> None:
    assert not {one.test for one in SHIPPED.values()} & FORBIDDEN
    assert all(of_test(LIBRARY, test) for test in ("psfs_mean", "noh10", "nijmegen", "beighton"))


@pytest.mark.parametrize("test_id", ["noh10", "beighton"])
def test_the_items_reach_exactly_the_scores_of_the_test(test_id: str) -> None:
    one, hard = SHIPPED[test_id], LIBRARY.tests[test_id].measure.hard
    items = asked(one, LIBRARY, 40)
    for value, limit in zip((False, True), hard or (), strict=True):
        assert score(one, items, {item.key: Answered(value=value) for item in items if item.scored}) == limit


@given(st.lists(st.booleans(), min_size=10, max_size=10), st.integers(0, 9))
def test_ten_questions_count_every_yes_once_and_need_all_ten(answers: list[bool], missing: int) -> None:
    one = SHIPPED["noh10"]
    items = asked(one, LIBRARY, 40)
    given_all = {item.key: Answered(value=value) for item, value in zip(items, answers, strict=True)}
    assert score(one, items, given_all) == answers.count(True)
    given_all.pop(items[missing].key)
    assert score(one, items, given_all) is None
    assert still_open(one, items, given_all) == (items[missing],)


def test_the_sixteen_complaints_are_those_of_the_form_each_zero_to_four() -> None:
    items = asked(SHIPPED["nijmegen"], LIBRARY, 40)
    assert [word for word, item in zip(COMPLAINTS.split(), items, strict=True) if word not in item.ask.lower()] == []
    assert {(item.answer, item.highest, item.scored) for item in items} == {("number", 4, True)}


@given(st.lists(st.integers(0, 4), min_size=16, max_size=16), st.integers(0, 15))
def test_sixteen_complaints_are_added_and_none_may_be_missing(answers: list[int], missing: int) -> None:
    one = SHIPPED["nijmegen"]
    items = asked(one, LIBRARY, 40)
    given_all = {item.key: Answered(value=Decimal(value)) for item, value in zip(items, answers, strict=True)}
    assert score(one, items, given_all) == sum(answers)
    given_all.pop(items[missing].key)
    assert score(one, items, given_all) is None


def test_one_yes_asks_for_the_pressure_on_standing() -> None:
    for points, band in ((0, "none"), (1, "measure standing pressure")):
        case = Case(
            patient=Patient(sex="F", age=40), date=DAY, tests={"noh10": {"value": Taken(value=Decimal(points))}}
        )
        assert grade_case(case, LIBRARY)["noh10"].band == band


def test_the_ratings_are_of_the_symptoms_of_the_stand_test_and_make_no_score() -> None:
    one = SHIPPED["upright"]
    items = asked(one, LIBRARY, 40)
    assert tuple(item.ask for item in items) == LIBRARY.stand.symptoms
    assert score(one, items, {item.key: Answered(value=Decimal(3)) for item in items}) is None


# -- own activities --------------------------------------------------------------------------------------------------


@given(st.lists(ratings, min_size=3, max_size=5))
def test_the_mean_of_activities_is_exact_to_six_places(values: list[int]) -> None:
    mean = psfs(rated(*values))
    assert mean is not None
    assert abs(Fraction(mean) - Fraction(sum(values), len(values))) <= Fraction(1, 2_000_000)
    assert "E" not in str(mean)


@given(st.lists(ratings, min_size=3, max_size=5), st.lists(ratings, min_size=3, max_size=5))
def test_no_rounding_decides_whether_a_rise_of_two_is_met(then: list[int], now: list[int]) -> None:
    before, after = psfs(rated(*then)), psfs(rated(*now))
    assert before is not None
    assert after is not None
    rise = Fraction(sum(now), len(now)) - Fraction(sum(then), len(then))
    case = Case(
        patient=Patient(sex="F", age=40),
        date=DAY,
        tests={"psfs_mean": {"value": Taken(value=after)}},
        previous=Previous(date=DAY, tests={"psfs_mean": {"value": Taken(value=before)}}),
    )
    grade = grade_case(case, LIBRARY)["psfs_mean"].sides["value"]
    assert not isinstance(grade, str)
    assert grade.change is not None
    assert (grade.change.say == "improved") == (rise >= 2)


def test_three_activities_are_needed_and_a_named_one_must_be_rated() -> None:
    assert psfs(rated(4, 5)) is None
    assert psfs(rated(4, 5, 6)) == 5
    assert psfs({**rated(4, 5, 6), "4": Answered(words="run")}) is None


def test_one_activity_changes_by_three_points_or_not_at_all() -> None:
    def change(then: int, now: int, words: str = "run") -> str:
        before = Answered(value=Decimal(then), words="run")
        return item_change(SHIPPED["psfs_mean"], before, Answered(value=Decimal(now), words=words))

    assert [change(4, 6), change(4, 7), change(7, 4), change(7, 5)] == ["", "improved", "worsened", ""]
    assert change(1, 9, words="swim") == "", "another activity is no change"


# -- Beighton, the lines of 2017 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "before_puberty", "line"),
    [(12, True, 6), (15, None, 5), (15, False, 5), (18, None, 5), (50, None, 5), (51, None, 4), (80, None, 4)],
)
def test_the_line_by_age_and_puberty_and_one_below_it_with_two_hakim_answers(
    age: int, before_puberty: bool | None, line: int
) -> None:
    puberty = {} if before_puberty is None else {"before_puberty": before_puberty}
    for points in range(10):
        for hakim in (None, *range(6)):
            told = puberty if hakim is None else {**puberty, "hakim": Decimal(hakim)}
            one_below = points == line - 1 and hakim is not None and hakim >= 2
            entry = beighton(points, age, **told)
            expected = points >= line or one_below
            assert hypermobile(Decimal(points), age, entry["value"].items) == expected
            blocks = assess(visit_of(entry, age), LIBRARY).blocks
            assert ("HYPER" in blocks) == expected


@pytest.mark.parametrize("yes", range(6))
def test_the_five_questions_are_asked_one_by_one_and_two_of_them_make_up_for_a_point(yes: int) -> None:
    keys_of_five = [item.key for item in SHIPPED["beighton"].items if item.key.startswith("hakim")]
    assert keys_of_five == [f"hakim_{one}" for one in HAKIM]
    told = {key: place < yes for place, key in enumerate(keys_of_five)}
    for points in (3, 4, 5):
        items = beighton(points, 40, **told)["value"].items
        assert hypermobile(Decimal(points), 40, items) == (points >= 5 or (points == 4 and yes >= 2))
        assert score(SHIPPED["beighton"], asked(SHIPPED["beighton"], LIBRARY, 40), items) == points


def test_a_total_alone_keeps_its_line() -> None:
    for age, line in ((0, 5), (40, 5), (50, 5), (51, 4)):
        met = [
            p for p in range(10) if "HYPER" in assess(visit_of({"value": Taken(value=Decimal(p))}, age), LIBRARY).blocks
        ]
        assert met == list(range(line, 10))


def test_puberty_is_asked_of_the_young_and_stays_out_of_the_score() -> None:
    one = SHIPPED["beighton"]
    young, grown = (asked(one, LIBRARY, age) for age in (17, 18))
    assert {item.key for item in young} - {item.key for item in grown} == {"before_puberty"}
    assert score(one, young, beighton(4, 17, before_puberty=True)["value"].items) == 4


# -- kept ------------------------------------------------------------------------------------------------------------

keys = st.sampled_from(["1", "2", "finger_left", "hakim", "hakim_floor"])
plain_answers = st.builds(Answered, value=st.booleans() | ratings.map(Decimal))
activities = st.builds(Answered, value=st.none() | ratings.map(Decimal), words=st.text(min_size=1, max_size=8))
takens = st.builds(
    Taken,
    value=st.none() | ratings.map(Decimal),
    items=st.dictionaries(keys, plain_answers | activities, min_size=1),
)


@given(takens, takens, takens)
def test_answers_read_back_as_they_were_given(one: Taken, before: Taken, after: Taken) -> None:
    patient = PatientDetails(
        id="p", code="P1", family_name="R", given_name="A", birth_date=dt.date(1992, 3, 4), sex="F"
    )
    visit = Visit(id="v", patient=patient, started=NOON, clinician="K", number=1, digest="")
    case = Case(
        patient=Patient(sex="F", birth_date=patient.birth_date),
        date=DAY,
        tests={"psfs_mean": {"value": one}},
        upright={"pre": before, "post": after},
        previous=Previous(date=DAY, tests={"psfs_mean": {"value": one}}),
    )
    numbers = count()
    for told in from_case(case):
        row = Measurement(
            id=str(next(numbers)),
            visit="v",
            **told.cell._asdict(),
            value=told.value,
            absent=told.absent,
            note=told.note,
            at=NOON,
            clinician="K",
        )
        visit = record(visit, row)
    assert to_case(visit, LIBRARY) == case


# -- checked ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("noh10", 'test = "noh10"', 'test = "noh11"', "unknown_test"),
        ("noh10", 'test = "noh10"', 'test = "beighton"', "score_limits"),
        ("noh10", 'key = "2"', 'key = "1"', "key_twice"),
        ("noh10", 'score = "sum"', 'score = "none"', "no_score"),
        ("noh10", 'id = "noh10"', 'id = "noh"', "id_file"),
        ("noh10", 'say = "', 'items_from = "patient"\nsay = "', "items"),
        ("noh10", 'sources = ["Gibbons 2017"]', "sources = []", "no_source"),
        ("nijmegen", "highest = 4", "highest = 0", "highest"),
        ("nijmegen", "highest = 4", "highest = 5", "score_limits"),
        ("beighton", "ages = [0, 17]", "ages = [17, 0]", "ages_order"),
        ("psfs_mean", "fewest = 3", "fewest = 6", "fewest"),
        ("psfs_mean", "item_change", "item_chaneg", "unknown_key"),
        ("upright", 'licence = "Our own ratings of the symptoms of the stand test."', 'licence = ""', "no_licence"),
    ],
)
def test_each_fault_of_a_questionnaire_is_found(tmp_path: Path, name: str, old: str, new: str, code: str) -> None:
    whole = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = whole / "questionnaires" / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = {problem.code for problem in check(whole) if problem.file == f"questionnaires/{name}.toml"}
    assert code in found
