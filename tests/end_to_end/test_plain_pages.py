"""What plain mode has besides the visit itself: pages heard again, trend, devices, a second rater, plans, cards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from assess_tui.keyboard.keys import KEYS
from assess_tui.plain import catalogue, devices, everywhere, findings, home, intake, patient, plan, second, step_pages
from assess_tui.settings import read
from assess_tui.storage.own_cards import own_file, version_on_disk
from assess_tui.storage.record import open_record
from protocols.devices import DEVICES
from protocols.visit import Cell, Visit
from tests.end_to_end.talking import Told, Typed, talk
from tests.end_to_end.test_plain import FLAGS, INTAKE, LIBRARY, PATIENT, begun, readable
from tests.screens.conftest import TurnedClock

TEST: Final = "hip_ir_seated"
HIP: Final[list[Typed]] = ["g hip ir sit", "30 31 31 30"]
LEFT_OUT: Final[list[Typed]] = ["paper", "f", "y"]
ANOTHER: Final[list[Typed]] = [*INTAKE, *FLAGS, "g hip ir sit", "40 41 41 40"]
DAY_S: Final = 86_400.0
LONG: Final = "9" * 5000
PAGE: Final = (Path(__file__).parents[2] / "docs" / "plain.md").read_text("utf-8")


def visits(folder: Path) -> list[Visit]:
    """The visits of the one patient, the newest first."""
    with closing(open_record(folder, TurnedClock().now, lambda: "")) as record:
        (known,) = record.patients("ruiz")
        return [record.visit(one.id) for one in record.visits(known.id)]


def after(told: Told, words: str) -> str:
    return told.said.partition(words)[2]


def test_none_of_these_is_no_answer_to_a_pressure_that_was_measured(tmp_path: Path) -> None:
    signs = [{"sbp": "150"}.get(vital.id, "") for vital in LIBRARY.red_flags.vitals]
    told = talk(tmp_path, [*PATIENT, *INTAKE, "vitals", *signs, "n", *["n"] * 9, "o 1", "", "n"])
    assert "Measured: systolic 150 mmHg. That is a yes to question 1. Type its number, or o" in told.said
    assert after(told, "or o and its number").count("Red flags, group") == 2, "the next two groups, once it is answered"


# -- heard again -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [".", "hear"])
def test_a_page_is_heard_again_as_it_is_now(tmp_path: Path, again: str) -> None:
    told = talk(tmp_path, [*PATIENT, "v", "2", again, "1", "", "b", again])
    assert told.text.count("Intake, page 1 of 11") == 4
    assert told.text.count("A chaperone was offered. Yes.") == 4
    readable(told)


def test_a_number_in_doubt_waits_whatever_command_comes_before_its_answer(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g one leg eyes open", "2", "p 4", "=", "/", "43"))
    assert told.said.count("2 still waits: Enter keeps it, or type the number anew.") == 3
    (visit,) = visits(tmp_path)
    assert {cell.field: row.value for cell, row in visit.cells.items() if cell.test == "sls_eo"} == {"trial.1": 43}


def test_what_is_over_a_page_is_heard_again_itself_and_then_the_page(tmp_path: Path) -> None:
    told = talk(tmp_path, begun(*HIP, "g hip ir sit", "stop", ".", "", "."))
    assert told.text.count("0. not stopped.") == 2
    assert told.text.count("Left: 30.5° from 30 and 31, within.") == 3, "once the line is through, then twice the page"


def test_the_answers_of_a_page_are_told_with_what_they_replaced(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("4", "g nprs", "6", "g nprs", "history"))
    said = after(told, "Answers of this visit")
    assert said.index("6 of 10, counts, at") < said.index("4 of 10, counts no more, at")


def test_a_number_that_is_asked_for_is_asked_with_its_limits(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g hip ir sit"))
    asked = [line for line in told.lines if "? " in line and line.startswith(tuple("0123456789"))]
    assert all(line[0] in "01" for line in asked)
    assert "1 to 9, one or more; Enter: none of these?" in told.text
    assert "1 for yes, n for none of these?" in told.text


def test_a_test_that_was_added_is_taken_back_by_its_name(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g hip add fadir", "u"))
    assert "Taken back: tests added: FADIR" in told.said


def test_a_sign_that_stops_the_tests_is_told_once_a_step(tmp_path: Path) -> None:
    signs = [{"sbp": "190", "dbp": "100"}.get(vital.id, "") for vital in LIBRARY.red_flags.vitals]
    told = talk(tmp_path, begun("vitals", *signs, "n", "n", "tests", "vitals", ".", "b", "n", "n"))
    assert told.said.count("v measures again") == 1
    assert "Systolic 190 mmHg. Diastolic 100 mmHg." in told.said
    assert "Stop: Stop" not in told.said


def test_only_the_side_outside_reference_is_said_to_be(tmp_path: Path) -> None:
    told = talk(tmp_path, begun("g hip er sit", "10 10 40 40", "findings"))
    outside = [line for line in told.said.split(". ") if "no home card" in line]
    assert any("sitting, left: 10° limited" in line for line in outside)
    assert not any("within" in line for line in outside)


# -- over the visits ---------------------------------------------------------------------------------------------------


def test_the_trend_is_told_measure_by_measure_and_visit_by_visit(tmp_path: Path) -> None:
    told = talk(tmp_path, begun(*HIP, *LEFT_OUT, 40 * DAY_S, *ANOTHER, "findings", "t", "1", "9", "", *LEFT_OUT, "t"))
    said = after(told, "Trend over 2 visits, 2 Nov 2026 to 12 Dec 2026.")
    assert "2 better, 0 worse beyond error, of 2 measures" in said
    assert "1. Hip turn-in, sitting, left: 30.5°, now 40.5°. Improved." in said
    assert "Visit 2, 12 Dec 2026: 40.5°, within, +10 since the first, improved." in said
    assert "Measures go from 1 to 2." in said
    assert told.said.count("Trend over 2 visits") == 2, "on the findings and on the patient's page"
    readable(told)


def test_a_kept_plan_and_one_of_the_clinic_are_read_before_they_are_taken_up(tmp_path: Path) -> None:
    lines = ["plan", "m desk worker", "1 d", "", "plan", "p", "1", "y", "o", "1", "n", "1 d", "y", ""]
    told = talk(tmp_path, begun(*HIP, *lines))
    assert "Kept for the clinic as “desk worker”; o begins with it." in told.said
    assert "1. 2 Nov 2026, visit 1, version 1, by hand, Kim Lee: " in told.said
    assert told.said.count("Take it up? Every card is looked at again for this patient.") == 2
    assert "The clinic keeps no plan yet" in told.said
    (visit,) = visits(tmp_path)
    assert visit.value(Cell("@plan", field="cards"))
    readable(told)


# -- devices, a second rater -------------------------------------------------------------------------------------------


def test_a_device_is_kept_and_chosen_and_stands_beside_the_values_read_with_it(tmp_path: Path) -> None:
    lines = ["device", "new", "Baseline", "tomorrow", "3 4 2026", "1", "30 31", "device", "1 x", ""]
    told = talk(tmp_path, begun("g hip ir sit", *lines))
    assert "The day of a check has a day, a month and a year" in told.said
    assert "Kept: Baseline, out of use." in told.said
    with closing(open_record(tmp_path, TurnedClock().now, lambda: "")) as record:
        (device,) = record.devices()
    (visit,) = visits(tmp_path)
    assert visit.cells[Cell(TEST, "left", "trial.1")].device == device.id
    assert not device.in_use
    readable(told)


@pytest.mark.parametrize(("typed", "field"), [("1", "inclinometer"), ("1 here", TEST)])
def test_a_device_is_chosen_for_its_kind_or_for_the_open_test_alone(tmp_path: Path, typed: str, field: str) -> None:
    talk(tmp_path, begun("g hip ir sit", "device", "new", "Baseline", "", typed))
    (visit,) = visits(tmp_path)
    assert [cell.field for cell in visit.cells if cell.test == DEVICES] == [field]


def test_a_second_rater_hears_no_value_before_every_side_is_read(tmp_path: Path) -> None:
    blind = ["g hip ir sit", "blind", "Kim Lee", "Ann Rater", "29 abc 30", "u", "29 30", "31", "30"]
    told = talk(tmp_path, begun(*HIP, *blind))
    meanwhile, _, result = after(told, "second rater: Ann Rater").partition("Left: first")
    assert "30.5" not in meanwhile
    assert '"abc" is not a number; Hip turn-in, sitting takes -10 to 90°. Not taken: 30.' in meanwhile
    assert result.startswith(" 30.5°, second 29.5°, difference -1°.")
    (visit,) = visits(tmp_path)
    assert visit.value(Cell(TEST, "left", "second")) == [Decimal(29), Decimal(30)]
    assert "a second rater is another person" in told.said


# -- cards, settings, leaving ------------------------------------------------------------------------------------------


def test_a_card_is_read_copied_changed_and_taken_in(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield from ("Kim Lee", "cards", "glute bridge", "1", "over 1", "over 1", "check", "own 99")
        (file,) = own_file(tmp_path, "x").parent.glob("*.toml")
        assert version_on_disk(file) == 2
        file.write_text("id = 1\n")
        yield from ("check", "", "q")

    told = talk(tmp_path, lines())
    assert "There is a file already" in told.said
    assert "Nothing is wrong in your own cards." in told.said
    assert "Nothing of them is in use until this is put right." in told.said
    readable(told)


def test_settings_hold_at_once_and_are_in_the_file(tmp_path: Path) -> None:
    told = talk(tmp_path, ["Kim Lee", "settings", "2", "4", "7", "", *PATIENT[1:], *INTAKE, *FLAGS, "g hip ir sit"])
    held = read(tmp_path).settings
    assert (held.entry.right_first, held.looks.borders) == (True, "ascii")
    assert "Right, trial 1 of 2, -10 to 90 deg?" in told.text
    assert after(told, "Right side first, yes").isascii()
    assert "Settings go from 1 to 6." in told.said


def test_who_began_a_patient_by_mistake_goes_back(tmp_path: Path) -> None:
    told = talk(tmp_path, ["Kim Lee", "+", "Ana", "", "b", "+", "Ana", "", "3 4 1992", "b", "q"])
    assert told.said.count("Nothing was kept. No patients yet.") == 2


# -- every key of the screens ------------------------------------------------------------------------------------------


def told_of() -> set[str]:
    """The ids the page's table has a line for; `place.*` is every key of a place."""
    table = PAGE[PAGE.index("## Every key of the screens") :]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {name for row in rows for name in row.split("`") if "." in name}
    whole = {name.partition(".")[0] for name in named if name.endswith(".*")}
    known = {key.id: place for place, keys in KEYS.items() for key in keys}
    assert not {name for name in named if not name.endswith(".*")} - known.keys()
    return {name for name, place in known.items() if name in named or name.partition(".")[0] in whole or place in whole}


def test_every_key_of_the_screens_is_done_here_or_left_out_with_a_reason() -> None:
    assert {key.id for keys in KEYS.values() for key in keys} - told_of() == set()


def test_what_can_be_typed_is_explained_where_it_is_asked_and_on_the_page() -> None:
    explained = {
        "device": intake.EXPLAINS + step_pages.COMMANDS,
        "blind": step_pages.COMMANDS,
        "leave": second.EXPLAINS,
        "none": devices.EXPLAINS,
        "hear": everywhere.EVERYWHERE,
        "history": everywhere.EVERYWHERE,
        "why": plan.EXPLAINS,
        "cards": home.HOME,
        "settings": home.HOME,
        "own": (catalogue.EXPLAINS,),
        "over": (catalogue.EXPLAINS,),
        "check": (catalogue.EXPLAINS,),
    }
    assert [word for word, where in explained.items() if word not in " ".join(where)] == []
    assert [word for word in explained if word != "none" and f"`{word}" not in PAGE] == []
    for letter in "vtpxcf":
        assert f"{letter}: " in " ".join(patient.EXPLAINS)
        assert f"`{letter}`" in PAGE
    assert "t: the trend" in " ".join(findings.EXPLAINS)


def test_a_number_longer_than_any_is_refused_at_every_question(tmp_path: Path) -> None:
    """As a reader of barcodes may type, or a page that was pasted."""
    over = ("g", "g hip ir sit", "device", "new", "", "", "p", "stop", "blind", "")
    places = ("intake", "flags", "tests", *over, "findings", "t", "", "plan", "a", "", "e", "", "paper", "h", "follow")
    asked = [line for place in places for line in (place, LONG, f"{place} {LONG}")]
    told = talk(tmp_path, [LONG, *PATIENT, LONG, *INTAKE, *FLAGS, *asked, "stand", *[LONG, ""] * 20, "home", LONG, "q"])
    assert (told.status, told.typed[-1]) == (0, "q")
