"""A line that is wrong is refused by its path, and nothing stops the others."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.errors import LineError
from protocols.interchange import interpret_lines, read_line
from tests.protocols.lines_in import FULL, LIBRARY, answer, answers, put

# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("tests/mtt_hip_ext/left", "x", 'tests.mtt_hip_ext.left: expected a number, got "x"'),
        ("tests/mtt_hip_ext/left", True, "tests.mtt_hip_ext.left: expected a number, got true"),
        ("tests/mtt_hip_ext/left", None, "tests.mtt_hip_ext.left: expected a number, got null"),
        ("tests/mtt_hip_ext/left", [3], "tests.mtt_hip_ext.left: expected a number, got a list"),
        ("tests/mtt_hip_ext/value", 3, "tests.mtt_hip_ext.value: unknown key"),
        ("tests/mtt_hip_ext/left_pain", 11, "tests.mtt_hip_ext.left_pain: expected a number from 0 to 10, got 11"),
        ("tests/mtt_hip_ext/left_trials", [1, 2], "tests.mtt_hip_ext.left_trials: left is given twice"),
        ("tests/mtt_hip_ext/left_familiar", 1, "tests.mtt_hip_ext.left_familiar: expected true or false, got 1"),
        ("tests/mtt_hip_ext", 3, "tests.mtt_hip_ext: expected an object, got 3"),
        ("tests/sls_eo/left_trials", [], "tests.sls_eo.left_trials: expected one trial or more, got a list"),
        ("tests/sls_eo/left_trials/1", "x", 'tests.sls_eo.left_trials[1]: expected a number, got "x"'),
        ("tests/sls_eo/left_trials/1", {}, "tests.sls_eo.left_trials[1]: expected a number, got an object"),
        ("tests/nprs/value_trials", [3, 4], "tests.nprs.value_trials: value is given twice"),
        ("tests/hip_ir_supine/right/absent", "lazy", 'tests.hip_ir_supine.right.absent: expected "not_tested" or'),
        ("tests/hip_ir_supine/right", {"note": "x"}, "tests.hip_ir_supine.right.absent: expected a value, got nothing"),
        ("tests/lordosis_obs/value", "huge", 'tests.lordosis_obs.value: unknown category "huge"; known here: flat'),
        ("tests/lordosis_obs/value", 3, "tests.lordosis_obs.value: expected a category, got 3"),
        ("tests/reset3/value", 3, "tests.reset3.value: unknown key"),
        ("tests/mtt_hip", {"left": 3}, "tests.mtt_hip: unknown test"),
        ("tests", [], "tests: expected an object, got a list"),
        ("red_flags", ["night"], 'red_flags[0]: unknown red flag "night"'),
        ("red_flags", "night_pain", 'red_flags: expected a list, got "night_pain"'),
        ("red_flags_unknown", [3], "red_flags_unknown[0]: expected a text, got 3"),
        ("precautions", ["PREG"], 'precautions[0]: unknown precaution "PREG"'),
        ("reported", {"SIT": 4}, "reported.SIT: expected a whole number from 1 to 3, got 4"),
        ("reported", {"SITT": 1}, 'reported.SITT: unknown finding "SITT"'),
        ("main_problem", "BACK", 'main_problem: unknown finding "BACK"'),
        ("kit", ["rug"], 'kit[0]: unknown kit "rug"'),
        ("minutes", 10.5, "minutes: expected a whole number from 1 to 120, got 10.5"),
        ("minutes", "10", 'minutes: expected a whole number from 1 to 120, got "10"'),
        ("medical_clearance", {"by": "Dr"}, "medical_clearance.date: expected a value, got nothing"),
        ("medical_clearance", True, "medical_clearance: expected an object, got true"),
        ("pem", "no", 'pem: expected true or false, got "no"'),
        ("tests/sorensen/value", float("nan"), "tests.sorensen.value: expected a number, got NaN"),
        ("patient/age", float("-inf"), "patient.age: expected a whole number from 0 to 130, got -Infinity"),
        ("agreed", ["slat"], 'agreed[0]: unknown agreement "slat"'),
        ("taught", ["R99"], 'taught[0]: unknown exercise "R99"'),
        ("extra", 1, "extra: unknown key"),
        ("patient", {"sex": "F"}, "patient: expected an age or a birth_date"),
        ("patient", {"age": 34, "sex": "W"}, 'patient.sex: expected "F" or "M" or "X", got "W"'),
        ("patient/age", -1, "patient.age: expected a whole number from 0 to 130, got -1"),
        ("patient/age", 34.5, "patient.age: expected a whole number from 0 to 130, got 34.5"),
        ("patient/birth_date", "1990-02-30", 'patient.birth_date: expected a day as YYYY-MM-DD, got "1990-02-30"'),
        ("patient/birth_date", "2027-01-01", "patient.birth_date: expected an age from 0 to 130 on 2026-11-01"),
        ("date", "20261101", 'date: expected a day as YYYY-MM-DD, got "20261101"'),
        ("date", "1.11.2026", 'date: expected a day as YYYY-MM-DD, got "1.11.2026"'),
        ("standing/protocol", "tilt", 'standing.protocol: expected "lean" or "active_stand", got "tilt"'),
        ("standing/supine/0", [72, 114], "standing.supine[0]: expected [HR, SBP, DBP], got 2 values"),
        ("standing/supine/0/0", 24, "standing.supine[0].HR: expected a number from 25 to 250, got 24"),
        ("standing/standing/0/2", 261, "standing.standing[0].SBP: expected a number from 50 to 260, got 261"),
        ("standing/standing/0/3", 29, "standing.standing[0].DBP: expected a number from 30 to 160, got 29"),
        ("standing/standing/1/0", 1, "standing.standing[1].minute: minute 1 stands twice"),
        ("standing/standing/1/0", 1.5, "standing.standing[1].minute: expected a whole number from 0 to 60, got 1.5"),
        ("standing/beat_to_beat", [80, 50, 10], "standing.beat_to_beat: expected [nadir SBP, nadir DBP, nadir s"),
        ("standing/peak_symptoms", 11, "standing.peak_symptoms: expected a whole number from 0 to 10, got 11"),
        ("previous/tests/mtt_hip_ext/left", "x", 'previous.tests.mtt_hip_ext.left: expected a number, got "x"'),
        ("previous/date", "2026-12-01", "previous.date: expected a day up to 2026-11-01, got 2026-12-01"),
        ("previous/rater", "me", "previous.rater: unknown key"),
    ],
)  # fmt: skip
def test_a_refusal_names_line_path_what_and_what_was_expected(path: str, value: Any, said: str) -> None:
    found = answers("", put(path, value))
    assert list(found[0]) == ["ref", "error"]
    assert found[0]["ref"] == "any"
    assert found[0]["error"].startswith(f"line 2: {said}")
    with pytest.raises(LineError) as refused:
        read_line(json.dumps(put(path, value)), 2, LIBRARY)
    assert str(refused.value) == found[0]["error"]


def test_the_error_of_the_agreed_example_word_for_word() -> None:
    line = put("tests/mtt_hip_ext/left", "x")
    assert answers("", "", line)[0] == {
        "ref": "any",
        "error": 'line 3: tests.mtt_hip_ext.left: expected a number, got "x"',
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"ref": 5', "line 1: no JSON at column 10"),
        ("nonsense", "line 1: no JSON at column 1"),
        ("[]", "line 1: expected an object, got a list"),
        ("3", "line 1: expected an object, got 3"),
        ('{"ref": NaN, "patient": {"age": 34}}', "line 1: ref: expected a value, got NaN"),
        ('{"ref": 1, "patient": {"age": 34, "age": 35}}', 'line 1: "age" stands twice'),
        ('{"ref": "\\ud800", "patient": {"age": 34}}', "line 1: a text holds half a character"),
        ('{"ref": "\udc80", "patient": {"age": 34}}', "line 1: a text holds half a character"),
        ("[" * 100_000, "line 1: nested too deeply"),
        ('{"patient":' * 100_000, "line 1: nested too deeply"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read(text: str, said: str) -> None:
    found = answers(text)[0]
    assert found["ref"] is None
    assert found["error"].startswith(said)


def test_what_a_stranger_wrote_is_quoted_short_and_without_control_characters() -> None:
    long = answer(kit=["x" * 10_000])["error"]
    assert len(long) < 120
    assert "\x1b" not in answer(kit=["\x1b[31mred"])["error"]
    assert "\x1b" not in answers({**FULL, "\x1b[31m": 1})[0]["error"]


def test_one_answer_for_every_line_that_is_not_blank_in_order() -> None:
    lines = [
        json.dumps({**FULL, "ref": 1}),
        "",
        "broken",
        "  \n",
        json.dumps({**FULL, "ref": 2}),
        json.dumps({"ref": 3}),
    ]
    found = list(interpret_lines(lines, LIBRARY))
    assert [ok for _, ok in found] == [True, False, True, False]
    assert [json.loads(text)["ref"] for text, _ in found] == [1, None, 2, 3]
    assert "line 3:" in found[1][0]
    assert "line 6:" in found[3][0]
    assert all("\n" not in text for text, _ in found)


def test_any_ref_comes_back_as_it_was() -> None:
    for ref in ("1.50", "1e400", '{"a":[1,null,"é"]}', "true", "123456789012345678901234567890"):
        text = next(interpret_lines([f'{{"ref":{ref},"patient":{{"age":34}}}}'], LIBRARY))[0]
        given, back = (json.loads(one, parse_float=Decimal) for one in (ref, json.dumps(None)))
        assert back is None
        assert json.loads(text, parse_float=Decimal)["ref"] == given


# -- anything at all ---------------------------------------------------------------------------------------------------


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from([*FULL, *FULL["tests"], *FULL["standing"], "left", "right", "value", "absent", "age", "sex"])


def fault_free(text: str) -> Any:
    found = json.loads(text)
    assert "instrument failed" not in found.get("error", "")
    return found


@settings(max_examples=150)
@given(st.lists(st.text(max_size=30) | JSON.map(json.dumps), max_size=4))
def test_any_text_gets_one_answer_a_line(lines: list[str]) -> None:
    found = list(interpret_lines(lines, LIBRARY))
    assert len(found) == sum(1 for line in lines if line.strip())
    for text, ok in found:
        assert ("error" in fault_free(text)) is not ok


@settings(max_examples=200)
@given(
    st.dictionaries(
        KEYS, st.recursive(JSON, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6), max_size=5
    )
)
def test_any_object_gets_one_answer(changed: dict[str, Any]) -> None:
    (found,) = interpret_lines([json.dumps({**FULL, **changed})], LIBRARY)
    fault_free(found[0])


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, item in inner for place in places(item, (*path, key))]


@settings(max_examples=200)
@given(st.sampled_from(places(FULL)), JSON)
def test_one_place_of_a_full_line_may_hold_anything(place: tuple[Any, ...], value: Any) -> None:
    (found,) = interpret_lines([json.dumps(put("/".join(map(str, place)), value))], LIBRARY)
    fault_free(found[0])


def test_random_visits_are_answered_whole() -> None:
    """Every bundled test with plausible values: each is graded, and the same line gives the same answer."""
    chance = random.Random(7)  # noqa: S311 - samples, not secrets
    for _ in range(20):
        tests = {test.id: sample(test, chance) for test in LIBRARY.tests.values()}
        line = {"ref": 1, "patient": {"age": chance.randint(10, 90), "sex": chance.choice("FMX")}, "tests": tests}
        first, second = answers(line, line)
        assert first == second
        assert set(first["tests"]) == set(tests)


def sample(test: Any, chance: random.Random) -> dict[str, Any]:
    measure = test.measure
    sides = {"LR": ("left", "right"), "one": ("value",), "pre_post": ("pre", "post")}[measure.sides]
    if measure.categories:
        return {side: chance.choice(list(measure.categories)) for side in sides}
    low, high = measure.hard
    return {side: chance.randint(int(low), int(high)) for side in sides}
