"""Every number of the bundled tests against the clinical reference they were copied from.

The reference stands outside the product; where it is absent these tests are skipped.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
import pytest

from protocols.model import Basis, Test
from tests.protocols.reference import CLINICAL, DATA, bundled, needs_reference, numbers, reference

REFERENCE = CLINICAL / "musculoskeletal.md"
ENDURANCE_HOLDS = {"sorensen", "side_bridge", "flexor_hold"}
"""Their change says nothing about pain (Pairot de Fontenay 2023)."""

BASES: dict[str, Basis] = {"P": "published", "D": "derived", "C": "clinic_rule", "M": "memory"}

TABLE_AND_TEXT_SAY = {"frt": {"mdc_kind": "M"}}
"""The reference's machine copy says F here; its own text and master table say remembered, so that is what we say."""


def bases(cell: str) -> tuple[Basis, ...]:
    """The reference's basis column in our words: "P(0 deg)+C" -> published, clinic rule."""
    found: list[Basis] = []
    for part in cell.split("+"):
        found.append("clinic_rule" if part.startswith("P(clin") else BASES[part[0]])
        if "memory" in part:
            found.append("memory")
    return tuple(found)


@cache
def basis_column() -> dict[str, tuple[Basis, ...]]:
    if not REFERENCE.exists():
        return {}
    table = REFERENCE.read_text(encoding="utf-8").split("## J. ")[1].split("## K. ")[0]
    cells = [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if line.startswith("| ")]
    return {row[1]: bases(row[9]) for row in cells if row[1] in reference()}


@needs_reference
def test_the_reference_is_read_whole() -> None:
    assert len(reference()) == 58
    assert basis_column().keys() == reference().keys()


@needs_reference
def test_every_test_of_the_reference_is_bundled() -> None:
    assert sorted(reference().keys() - bundled().keys()) == []


@needs_reference
@pytest.mark.parametrize("test_id", sorted(reference().keys() & bundled().keys()))
def test_numbers_are_those_of_the_reference(test_id: str) -> None:
    ours = msgspec.structs.asdict(numbers(bundled()[test_id]))
    theirs = msgspec.structs.asdict(reference()[test_id]) | TABLE_AND_TEXT_SAY.get(test_id, {})
    assert sorted(ours.pop("bands")) == sorted(theirs.pop("bands"))
    assert ours == theirs


@needs_reference
@pytest.mark.parametrize("test_id", sorted(reference().keys() & bundled().keys()))
def test_the_basis_is_that_of_the_reference(test_id: str) -> None:
    assert bundled()[test_id].evidence.basis == basis_column()[test_id]


def test_holds_measure_capacity_never_pain() -> None:
    changes = {test_id: test.measure.change for test_id, test in bundled().items()}
    assert {test_id for test_id, change in changes.items() if change and change.capacity_only} == ENDURANCE_HOLDS


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_is_named_after_its_test_and_free_of_working_notes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)["id"] == path.stem
    assert not re.search(r"\[(found|memory|derived|constructed)|\bseeds?\b", text, re.IGNORECASE)


@pytest.mark.parametrize("test", bundled().values(), ids=lambda test: test.id)
def test_a_test_can_be_read_between_two_patients(test: Test) -> None:
    assert len(test.name) <= 24
    assert 2 <= len(test.steps) <= 5
    assert max(len(step.split()) for step in test.steps) <= 14
    assert max(map(len, test.steps)) <= 64
    assert len(test.position.split(". ")[0]) <= 80


@pytest.mark.parametrize("test", bundled().values(), ids=lambda test: test.id)
def test_one_norm_answers_for_a_person(test: Test) -> None:
    for row in ("F", "M"):
        spans = sorted(norm.ages for norm in test.norms if norm.sex in ("*", row))
        assert all(before[1] < after[0] for before, after in itertools.pairwise(spans)), row


@pytest.mark.parametrize("test", bundled().values(), ids=lambda test: test.id)
def test_a_reason_to_skip_names_a_pattern_never_a_syndrome(test: Test) -> None:
    assert not any(re.search(r"POTS(?! pattern)", reason) for reason in test.skip)


@pytest.mark.parametrize("test", bundled().values(), ids=lambda test: test.id)
def test_the_compensation_is_one_short_question(test: Test) -> None:
    assert not test.compensation or (test.compensation.endswith("?") and len(test.compensation) <= 38)
