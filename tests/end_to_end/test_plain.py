"""A visit line by line: the same cells as by the screens, nothing lost at the end of input, nothing but plain lines."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.step import StepEntry
from assess_tui.plain.talk import WIDTH
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell, Value
from tests.end_to_end.talking import Told, Typed, talk
from tests.end_to_end.typed_visit import GIVEN, LYING, PERSON, READING, Given, Part
from tests.screens.conftest import TurnedClock

LIBRARY: Final = load()
PAGE: Final = (Path(__file__).parents[2] / "docs" / "plain.md").read_text("utf-8")
PATIENT: Final[list[Typed]] = ["Kim Lee", "+", "Ana", "Ruiz", "3 4 1992", "f", ""]
INTAKE: Final[list[Typed]] = ["v", "1", "", "1", *[""] * 8, "2"]
FLAGS: Final[list[Typed]] = ["n"] * len(LIBRARY.red_flags.groups)
BEFORE_STANDING: Final = ("nprs", "psfs_mean")
"""Asked before the stand test."""
QUESTIONS: Final[list[Typed]] = ["", *[""] * 9, 600.0, ""]
WAITS: Final = (60.0, 120.0, 120.0, 300.0)
ROWS: Final[list[Typed]] = [one for wait in WAITS for one in (wait, "84 112 74 2")]
READINGS: Final[list[Typed]] = ["70 112 70", "70 112 70", "", "", *ROWS]
STAND: Final[list[Typed]] = [*QUESTIONS, *READINGS, "n", "", "", ""]
FIRST: Final[list[Typed]] = [GIVEN[test] for test in BEFORE_STANDING]
OTHERS: Final[list[Typed]] = [values for test, values in GIVEN.items() if test not in BEFORE_STANDING]
VISIT: Final[list[Typed]] = [*PATIENT, *INTAKE, *FLAGS, *FIRST, *STAND, *OTHERS]
END: Final[list[Typed]] = ["", "1", "1 t 0", "", "", "f", "q"]


def begun(*lines: Typed) -> list[Typed]:
    """A visit up to the first test, and what is typed then."""
    return [*PATIENT, *INTAKE, *FLAGS, *lines]


def cells(folder: Path) -> dict[Cell, Value]:
    """Every cell of the one visit on record, with what it holds."""
    with closing(open_record(folder, TurnedClock().now, lambda: "")) as record:
        (patient,) = record.patients("ruiz")
        (summary,) = record.visits(patient.id)
        held = record.visit(summary.id).cells
        return {cell: row.value if row.absent is None else row.absent for cell, row in held.items()}


# -- the same as by the screens ----------------------------------------------------------------------------------------


def by_keys(session: VisitSession, clock: TurnedClock) -> None:
    """The same values key by key, as the screens hand them to their entries."""
    for test, values in GIVEN.items():
        entry = StepEntry(session, LIBRARY.tests[test])
        for value in values.split():
            for key in value:
                entry.type(key)
            entry.accept() if entry.buffer else None
    stand = StandEntry(session, {}, clock)
    for _ in range(9):
        stand.part.accept()
    clock.turn(600)
    stand.part.accept()
    for key in LYING * 2:
        stand.part.type(key)
    stand.part.accept()
    stand.part.accept()
    for wait in WAITS:
        clock.turn(wait)
        for key in READING:
            stand.part.type(key)
    stand.part.missing()


def keyed(folder: Path) -> dict[Cell, Value]:
    """What those keys leave on the record."""
    clock = TurnedClock()
    with closing(open_record(folder, clock.now, uuid7)) as record:
        patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
        visit = record.open_visit(patient.id, "Kim Lee", LIBRARY)
        by_keys(VisitSession(record, visit, LIBRARY, clock.now, uuid7, "Kim Lee"), clock)
    return cells(folder)


def test_a_visit_by_lines_leaves_the_cells_the_screens_leave(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = talk(tmp_path / "plain", [*VISIT, *END])
    typed = keyed(tmp_path / "keyed")
    spoken = cells(tmp_path / "plain")
    assert {cell: value for cell, value in spoken.items() if cell.test == "@stand" or cell.test in GIVEN} == typed
    assert (told.status, told.typed[-1]) == (0, "q")
    assert "The visit is finished." in told.text
    readable(told)
    paper(tmp_path / "plain")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(map(str, parts())) + "\n")
    the_strokes()


def readable(told: Told) -> None:
    """No sign a terminal would obey; no long line, but where the answer stands behind its question, or a path."""
    assert not re.search(r"[^\n -~\u00a0-\uffff]", told.text)
    assert not [line for line in told.lines if len(line) > WIDTH + 2 and "/" not in line and "? " not in line]


def paper(folder: Path) -> None:
    (path,) = (folder / "documents").glob("*.pdf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Your exercise plan" in " ".join(page.extract_text() for page in PdfReader(path).pages)


def parts() -> Iterator[Part]:
    """The parts of the visit above, with the lines that were typed and what was given with them, as on the screens."""
    tests = [line for line in (*FIRST, *OTHERS, *READINGS) if isinstance(line, str)]
    pages, groups = len(INTAKE) - 2, len(FLAGS)
    given = Given().plus(" ".join(tests)).plus("1 " * len(QUESTIONS[1:-2]) + "n")
    yield part("patient", [*PATIENT, "v"], Given(len("Kim Lee") + sum(map(len, PERSON)), 1 + len(PERSON)))
    yield part("intake", INTAKE[1:], Given(pages, pages))
    yield part("red flags", FLAGS, Given(groups, groups))
    yield part("tests", [*FIRST, *STAND, *OTHERS], given)
    yield part("papers", ["", "", "", "f"], Given())


def part(name: str, lines: list[Typed], given: Given) -> Part:
    """Every line counts with its Enter."""
    return Part(name, sum(len(line) + 1 for line in lines if isinstance(line, str)), given)


def the_strokes() -> None:
    """Within what the screens may need: 1.3 for each character of data and one for each value, and so is the whole."""
    told = list(parts())
    assert all(one.keys <= one.most for one in told if one.given.values)
    keys, characters, values = (sum(one) for one in zip(*((one.keys, *one.given) for one in told), strict=True))
    assert keys <= sum(one.most for one in told)
    assert f"{keys} for {characters} characters in {values} values" in PAGE


# -- the end of input --------------------------------------------------------------------------------------------------

LYING_OR_STANDING: Final = range(VISIT.index(600.0), VISIT.index(300.0) + 1)
"""Lines between which the patient rests or stands: the stand test begins anew after a break."""


@settings(max_examples=6, deadline=None)
@given(st.sampled_from([mark for mark in range(len(PATIENT) + 1, len(VISIT)) if mark not in LYING_OR_STANDING]))
def test_a_visit_broken_off_anywhere_goes_on_where_it_was(mark: int) -> None:
    with TemporaryDirectory() as place:
        folder, clock = Path(place) / "clinic", TurnedClock()
        first = talk(folder, VISIT[:mark], clock)
        kept = cells(folder)
        assert "Everything is kept" in first.text
        second = talk(folder, ["1", "s"], clock)
        assert "Ana Ruiz, 34, F. Visit 1." in second.text
        assert cells(folder) == kept, "to look takes nothing away"
        readable(second)


def test_a_stand_test_broken_off_says_so_and_offers_both_ways(tmp_path: Path) -> None:
    clock = TurnedClock()
    upto = VISIT.index(120.0)
    talk(tmp_path, VISIT[:upto], clock)
    told = talk(tmp_path, ["1", "", "2", "y", "", ""], clock)
    assert "The last reading is minute 1." in told.said
    assert cells(tmp_path)[Cell("@stand", field="stopped")] == {"minute": Decimal(1), "reason": "Interrupted"}


# -- the stand test ----------------------------------------------------------------------------------------------------


FAINT: Final = "Faint or nearly faint"


def standing(*lines: Typed) -> list[Typed]:
    """A visit up to the moment both feet are on the floor, and what is typed then."""
    return begun(*FIRST, *QUESTIONS, "70 112 70", "70 112 70", "", "", *lines)


def test_stop_asks_nothing_before_it_stops_and_takes_the_reason_later(tmp_path: Path) -> None:
    faint = str(1 + LIBRARY.stand.stop_reasons.index(FAINT))
    told = talk(tmp_path, standing(40.0, "s", "?", "99", faint, "y", "y"))
    held = cells(tmp_path)
    assert "STOPPED at 0:40." in told.text
    assert told.text.index("STOPPED") < told.text.index("flat, legs up") < told.text.index("Why?")
    stopped = held[Cell("@stand", field="stopped")]
    assert isinstance(stopped, dict)
    assert stopped["reason"] == FAINT
    assert held[Cell("@stand", field="syncope")] is True


def test_nobody_leaves_while_the_patient_stands(tmp_path: Path) -> None:
    told = talk(tmp_path, standing("q", "f4", "home", "s 3"))
    assert told.text.count("s stops the test, then you can leave") == 3
    assert "STOPPED at 0:00." in told.text


def test_an_alert_is_a_line_of_its_own_and_a_number_belongs_to_one_cell(tmp_path: Path) -> None:
    told = talk(tmp_path, standing("95", 60.0, "300", "165 112 76 2"))
    assert "No reading yet. The next one is due in 1:00." in told.text
    assert "Heart rate 300 is not possible: 25 to 250. Type it again." in told.text
    assert any(line.startswith("STOP?") for line in told.lines)
    first = cells(tmp_path)[Cell("@stand", field="minute.1")]
    assert isinstance(first, dict)
    assert first["hr"] == Decimal(165)


# -- what is typed wrongly ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("500", "Hip turn-in, sitting takes -10 to 90°."),
        ("abc", '"abc" is not a number; Hip turn-in, sitting takes -10 to 90°.'),
        ("p 11", "Pain goes from 0 to 10; nothing was changed."),
        ("stop 9", "Reasons go from 1 to 5; nothing was changed."),
        ("i", "This test has no questions of its own."),
        ("30 abc 31", '"abc" is not a number; Hip turn-in, sitting takes -10 to 90°.'),
        ("u", "Taken back"),
    ],
)
def test_wrong_input_is_answered_in_one_sentence(tmp_path: Path, typed: str, said: str) -> None:
    told = talk(tmp_path, begun("g hip ir sit", typed))
    assert said in " ".join(told.lines)
    assert told.status == 0
    readable(told)


def test_a_value_leads_to_the_next_open_test_and_a_strong_pain_says_what_it_leaves_out(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("7", "5", "b", "b", "6"))
    assert "no deep squat, no endurance hold. Left out: Hip pinch, squat & lunge." in told.said
    assert "Test 3 of 19: Standing tolerance test" in told.said, "the one between is answered"


def test_the_clock_ends_in_its_own_cell_and_what_else_was_typed_is_named(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g one leg eyes open", "start", 31.0, "/"))
    assert "Enter stopped the clock; “/” was not taken." in told.said
    assert cells(tmp_path)[Cell("sls_eo", "left", "trial.1")] == Decimal(31)


def test_a_number_asked_about_and_left_waits_as_on_the_screens(tmp_path: Path) -> None:
    asked = talk(tmp_path, begun("g hip ir sit", "89"))
    assert "keeps it" in asked.said
    assert Cell("hip_ir_seated", "left", "trial.1") not in cells(tmp_path)
    assert "Enter keeps 89?" in talk(tmp_path, ["1", "g hip ir sit"]).said


def test_what_follows_a_refused_word_is_not_obeyed(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g hip ir sit", "30 abc 31 p 4"))
    held = {cell: value for cell, value in cells(tmp_path).items() if cell.test == "hip_ir_seated"}
    assert held == {Cell("hip_ir_seated", "left", "trial.1"): Decimal(30)}
    assert "Not taken: 31 p 4." in told.text


def test_remarks_belong_to_the_side_named_or_typed_last(tmp_path: Path) -> None:
    line = "l 32 p 4 k r30 p 2 f t slow today"
    talk(tmp_path, begun("g hip ir sup", line))
    held = {(cell.side, cell.field): value for cell, value in cells(tmp_path).items() if cell.test == "hip_ir_supine"}
    assert held == {
        ("left", "trial.1"): Decimal(32),
        ("left", "pain"): Decimal(4),
        ("left", "compensated"): True,
        ("right", "trial.1"): Decimal(30),
        ("right", "pain"): Decimal(2),
        ("right", "familiar"): True,
    }


def test_a_name_with_signs_a_terminal_obeys_is_read_without_them(tmp_path: Path) -> None:
    readable(talk(tmp_path, ["Kim Lee", "new", "A\x1b[31mna\x07", "Ru\x9biz", "3 4 1992", "f", "", "?"]))


# -- questionnaires, vital signs, the level ----------------------------------------------------------------------------


def test_a_questionnaire_is_answered_by_its_items(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("4", "", "Stairs", "4", "Sitting", "6", "Lifting", "5"))
    assert "Score 5." in told.text
    assert cells(tmp_path)[Cell("psfs_mean", "value")] == Decimal(5)


def test_a_pressure_asks_its_red_flag_and_the_tests_stop(tmp_path: Path) -> None:
    names = [vital.id for vital in LIBRARY.red_flags.vitals]
    given = {"hr": "80", "sbp": "190", "dbp": "100"}
    signs = [given.get(name, "") for name in names]
    told = talk(tmp_path, begun("v", *signs, "y", "", "+", "3", "clear signs", "f8", "s"))
    assert "The tests stop here" in told.text
    assert "Papers: Letter, due; Report." in told.text
    assert cells(tmp_path)[Cell("@flags", field="bp_180")] == "yes"
    readable(told)
