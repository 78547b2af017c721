"""One line in, one line out: strict reading by path and the shape of the answer."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from protocols.case import Taken
from protocols.errors import LineError
from protocols.interchange import read_line, read_visit
from tests.protocols.lines_in import FULL, LIBRARY, answer, answers


def test_the_answer_has_the_agreed_shape() -> None:
    found = answers(FULL)[0]
    assert list(found) == ["ref", "red_flags", "tests", "standing", "findings", "plan"]
    assert found["ref"] == "any"
    assert found["red_flags"] == {"level": 1, "stop": False, "plan_blocked": False, "because": ["night_pain"]}
    assert found["tests"]["mtt_hip_ext"] == {
        "left": {"class": "B", "pain_limited": False},
        "right": {"class": "R", "pain_limited": True},
        "asymmetry": False,
        "basis": "published cut-off",
        "change": {
            "left": {
                "delta": 6,
                "mdc": 7,
                "beyond_error": False,
                "say": "class changed, difference within measurement error",
            },
            "right": {"delta": 1, "mdc": 7, "beyond_error": False, "say": "within measurement error"},
        },
    }
    assert found["tests"]["sorensen"] == {"value": {"class": "B"}, "asymmetry": None, "basis": "published cut-off"}
    assert found["tests"]["reset3"] == {"value": {"class": "POS"}}
    assert found["tests"]["hip_ir_supine"]["right"] == {"absent": "pain"}
    assert found["standing"] == {
        "label": "POTS_PATTERN",
        "tags": ["incomplete_series", "stopped_early"],
        "delta_hr_max": 47,
        "noh_ratio": None,
        "stage": 2,
    }
    assert {"code": "OI2", "side": None, "severity": 2, "because": ["standing"], "pain_limited": False} in found[
        "findings"
    ]
    assert [one["code"] for one in found["findings"]] == ["OI2", "LBT", "PSO", "ANK", "APT", "SIT"]
    assert list(found["plan"]) == [
        "blocked", "minutes", "stage", "exercises", "snacks", "lifestyle", "parked", "messages",
    ]  # fmt: skip
    card = found["plan"]["exercises"][0]
    assert list(card) == ["id", "minutes", "dose", "side", "because", "limits"]
    assert list(card["dose"]) == ["sets", "reps", "sec_per_rep", "rest_s", "sides"]


def test_only_a_patient_is_needed() -> None:
    found = answers({"patient": {"age": 34}})[0]
    assert (found["ref"], found["tests"], found["standing"], found["findings"]) == (None, {}, None, [])
    assert found["plan"]["blocked"] is False


def test_the_permissive_row_is_said() -> None:
    assert answer(patient={"age": 34, "sex": "X"}, tests={"sorensen": {"value": 80}})["tests"]["sorensen"] == {
        "value": {"class": "B"},
        "asymmetry": None,
        "basis": "published cut-off",
        "sex_row": "permissive",
    }


def test_a_score_has_its_band_and_its_change() -> None:
    found = answer(
        date="2026-11-01",
        tests={"dhi": {"value": 42}},
        previous={"date": "2026-10-01", "same_rater": True, "tests": {"dhi": {"value": 60}}},
    )["tests"]["dhi"]
    assert found["value"] == {"class": "N"}
    assert found["band"] == "moderate"
    assert found["change"]["value"] == {"delta": -18, "mdc": 18, "beyond_error": True, "say": "improved"}


def test_a_test_of_one_side_takes_its_marks_with_and_without_its_name() -> None:
    for name in ("value_pain", "pain"):
        found = answer(tests={"sorensen": {"value": 80, name: 5}})["tests"]["sorensen"]
        assert found["value"] == {"class": "B", "pain_limited": True}
    for name in ("value_trials", "trials"):
        assert answer(tests={"cva": {name: [49, 50.1, 51]}})["tests"]["cva"]["value"] == {"class": "W"}


def test_a_half_of_a_before_and_after_test_left_out_was_not_tested() -> None:
    assert answer(tests={"reset3": {"pre": 6}})["tests"]["reset3"] == {"value": {"absent": "not_tested"}}


# -- numbers, days, ages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 5000, "181"])
def test_a_number_outside_the_limits_is_no_error(number: str) -> None:
    line = f'{{"patient":{{"age":34}},"tests":{{"hip_ir_supine":{{"left":{number},"right":20}}}}}}'
    assert answers(line)[0]["tests"]["hip_ir_supine"]["left"]["class"] == "INVALID"


def test_a_number_with_more_decimals_than_can_be_held_is_refused() -> None:
    line = '{"ref":1,"patient":{"age":34},"tests":{"hip_ir_supine":{"left":1e-999999999}}}'
    assert "at most 100 decimals" in answers(line)[0]["error"]


def test_decimals_are_read_as_printed() -> None:
    line = '{"patient":{"age":34},"tests":{"jpe":{"left":3.5,"right":3.50000000000000000000000000000001}}}'
    found = answers(line)[0]["tests"]["jpe"]
    assert (found["left"]["class"], found["right"]["class"]) == ("W", "B")


def test_a_birth_date_wins_over_the_age_and_a_leap_day_counts_on_1_march() -> None:
    patient = {"birth_date": "2008-02-29", "age": 50, "sex": "F"}
    classes = [
        answer(date=day, patient=patient, tests={"nprs": {"value": 3}, "sorensen": {"value": 150}})["tests"][
            "sorensen"
        ]["value"]
        for day in ("2026-02-28", "2026-03-01")
    ]
    assert classes == [{"class": "N"}, {"class": "W"}]


def test_a_day_left_out_is_today_and_needed_only_for_a_birth_date() -> None:
    born = {"birth_date": "1990-01-01", "sex": "F"}
    assert "error" not in answer(patient=born, today=dt.date(2026, 11, 1))
    assert answer(patient=born)["error"].startswith("line 1: date: expected a day")
    assert "error" not in answer(previous={"date": "2030-01-01", "tests": {}}, today=dt.date(2026, 1, 1))


def test_null_stands_for_left_out() -> None:
    line = {key: None for key in FULL if key not in ("patient", "ref")}
    assert answers({**line, "ref": 1, "patient": {"age": 34}}) == answers({"ref": 1, "patient": {"age": 34}})


def test_an_id_sent_twice_counts_once() -> None:
    found = answer(red_flags=["night_pain", "wt_loss", "night_pain"])
    assert found["red_flags"]["because"] == ["night_pain+wt_loss"]


# -- a named visit -----------------------------------------------------------------------------------------------------


NAMED = {
    **FULL,
    "clinician": "A. Berg",
    "patient": {"family_name": "Ruiz", "given_name": "Ana", "birth_date": "1992-03-04", "sex": "F", "code": "A7"},
}


def test_a_named_visit_is_the_same_case_with_a_name() -> None:
    found = read_visit(json.dumps(NAMED, indent=2), LIBRARY)
    assert (found.family_name, found.given_name, found.birth_date) == ("Ruiz", "Ana", dt.date(1992, 3, 4))
    assert (found.code, found.clinician) == ("A7", "A. Berg")
    assert found.case == read_line(json.dumps(NAMED), 1, LIBRARY)
    assert found.case.tests["hip_ir_supine"]["right"] == Taken(absent="pain", note="stopped")
    assert found.case.tests["sls_eo"]["left"].trials == (Decimal("31.0"), Decimal("28.5"), Decimal("30.1"))


@pytest.mark.parametrize("key", ["family_name", "given_name", "birth_date"])
def test_a_visit_without_a_name_is_refused(key: str) -> None:
    patient = {name: value for name, value in NAMED["patient"].items() if name != key} | {"age": 34}
    with pytest.raises(LineError, match=rf"line 1: patient\.{key}: expected a value, got nothing"):
        read_visit(json.dumps({**NAMED, "patient": patient}), LIBRARY)


def test_an_empty_name_and_broken_json_are_refused_with_their_place() -> None:
    with pytest.raises(LineError, match=r"line 1: patient\.family_name: expected a name, got nothing"):
        read_visit(json.dumps({**NAMED, "patient": {**NAMED["patient"], "family_name": "  "}}), LIBRARY)
    with pytest.raises(LineError, match="line 3: no JSON at column"):
        read_visit('{"ref": 1,\n"patient": {},\n"x" 3}', LIBRARY)
