"""The worked example of docs/own_tests.md is sound, graded, planned and drawn as the page says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from protocols.checks.shape import shape
from protocols.library import load, parse
from protocols.model import Exercise, Test
from protocols.origin import origin
from tests.end_to_end.clinic import LINE, ROOT, Clinic, changed, one_line

PAGE = (ROOT / "docs" / "own_tests.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(re.findall(r"```toml file=(\S+)\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture
def taught(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A clinic that did what the page says, standing in its data folder."""
    for name, text in FILES.items():
        file = clinic.data / "library" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(clinic.data)
    return clinic


def commands() -> list[str]:
    return re.findall(r"^assess-tui (.*)$", PAGE, re.MULTILINE)


def test_the_page_has_one_test_and_one_exercise() -> None:
    assert sorted(FILES) == ["exercises/own_heel_raise.toml", "tests/own_step_down.toml"]


def test_every_command_of_the_page_works(taught: Clinic) -> None:
    taught.stored(LINE)
    assert len(commands()) == 10
    for command in commands():
        words, _, into = command.partition(" > ")
        done = taught.run(*shlex.split(words))
        assert done.returncode == 0, (command, done.stderr)
        if into:
            Path(into).write_text(done.stdout, encoding="utf-8")
    assert Path("heel_raise.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", FILES)
def test_the_schema_named_in_the_first_line_is_where_the_page_puts_it(taught: Clinic, name: str) -> None:
    (named,) = re.findall(r"^#:schema (\S+)$", FILES[name], re.MULTILINE)
    placed = [into for command in commands() for _, sign, into in [command.partition(" > ")] if sign]
    held = (taught.data / "library" / name).parent / named
    assert held.resolve() in [(taught.data / one).resolve() for one in placed]


def test_the_own_test_is_graded_by_its_bands(taught: Clinic) -> None:
    line = changed(tests={"own_step_down": {"left": 15, "right": 9}})
    told = json.loads(taught.run("interpret", taught.file(line)).stdout)["tests"]["own_step_down"]
    assert (told["left"]["class"], told["right"]["class"], told["asymmetry"]) == ("W", "R", True)
    line = changed(tests={"own_step_down": {"left": 61}})
    assert json.loads(taught.run("interpret", taught.file(line)).stdout)["tests"]["own_step_down"]["left"]["class"] == (
        "INVALID"
    )


def test_the_own_card_can_be_in_a_plan(taught: Clinic) -> None:
    """Weak ankle control, and minutes left beside the cards of its ladder."""
    line: dict[str, Any] = {
        "date": "2026-11-01",
        "patient": {"age": 34, "sex": "F"},
        "minutes": 20,
        "main_problem": "ANK",
        "reported": {"ANK": 2},
        "tests": {"sls_eo": {"left": 5, "right": 5}, "calf_raise": {"left": 3, "right": 3}},
    }
    told = json.loads(taught.run("interpret", taught.file(line)).stdout)
    assert "own_heel_raise" in [given["id"] for given in told["plan"]["exercises"]]


def test_both_are_the_clinics_own(taught: Clinic) -> None:
    known = load(taught.data / "library")
    assert known.own == ("exercises/own_heel_raise", "tests/own_step_down")
    both = known.tests["own_step_down"], known.exercises["own_heel_raise"]
    assert {origin(one, known) for one in both} == {"the clinic's own library, version 1"}


def test_the_shapes_are_those_of_the_model() -> None:
    for name, text in FILES.items():
        assert not list(shape(parse(text.encode()), Test if name.startswith("tests") else Exercise))


def test_copying_a_bundled_test_without_a_new_version_is_refused_with_what_to_do(taught: Clinic) -> None:
    own = taught.data / "library" / "tests" / "nprs.toml"
    bundled = (ROOT / "protocols" / "data" / "tests" / "nprs.toml").read_text(encoding="utf-8")
    own.write_text(bundled.replace('name = "Pain 0-10"', 'name = "Our pain"'), encoding="utf-8")
    done = taught.run("tests", "list")
    assert done.returncode == 2
    assert "compare the two, then write version = 2" in one_line(done.stderr)
