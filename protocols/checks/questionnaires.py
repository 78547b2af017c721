"""Whether a questionnaire is sound: its items can be told apart, and its score fits the test it is the value of."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from pathlib import Path

import msgspec

from protocols.checks.problem import Fault, Faults, Problem
from protocols.model import Questionnaire, Test
from protocols.questionnaires import RULES


def questionnaires(facts: Mapping[str, msgspec.Struct], named: Container[str]) -> Iterator[Problem]:
    """Every problem of the questionnaires of a whole library, by file name; `named` are its tests, readable or not."""
    tests = {fact.id: fact for fact in facts.values() if isinstance(fact, Test)}
    for file, one in facts.items():
        if isinstance(one, Questionnaire):
            if Path(file).stem != one.id:
                yield Problem(file, "id", "id_file", f"the id {one.id} is not the name of the file")
            yield from (Problem(file, *fault) for fault in chain(_sound(one), _fitting(one, tests, named)))


def _sound(one: Questionnaire) -> Faults:
    keys = [item.key for item in one.items]
    for place, item in enumerate(one.items):
        if item.key in keys[:place]:
            yield Fault(f"items[{place}].key", "key_twice", f"the key {item.key} is used twice")
        if item.highest < 1 or (item.answer == "yes_no" and item.highest != 1):
            yield Fault(f"items[{place}].highest", "highest", "a number needs 1 or more; yes or no has none")
        if item.ages[0] > item.ages[1]:
            yield Fault(f"items[{place}].ages", "ages_order", "the first age is the older one")
    if bool(one.items) == (one.items_from != "file"):
        yield Fault("items", "items", "items stand in the file, or items_from says where they come from: not both")
    if (one.items_from == "patient") != (0 < one.fewest <= one.most):
        yield Fault("fewest", "fewest", "activities of the patient need fewest and most, and nothing else has them")
    if bool(one.test) == (one.score == "none"):
        yield Fault(
            "score", "no_score", "a questionnaire of a test needs a score rule, and one without a test has none"
        )
    if not one.basis or not any(source.strip() for source in one.sources):
        yield Fault("sources", "no_source", "name a basis and at least one source")
    if not one.licence.strip():
        yield Fault("licence", "no_licence", "say why the items may be printed")


def _fitting(one: Questionnaire, tests: Mapping[str, Test], named: Container[str]) -> Faults:
    """Whether its score can be the value of its test."""
    test = tests.get(one.test)
    if one.test and one.test not in named:
        yield Fault("test", "unknown_test", f"there is no test {one.test}")
    elif test is not None and (test.kind != "score" or test.measure.hard != (Decimal(0), _highest(one))):
        yield Fault("test", "score_limits", f"scores from 0 to {_highest(one)} are no values of {one.test}")


def _highest(one: Questionnaire) -> Decimal:
    """The highest score its answers can make."""
    highest = [item.highest for item in one.items if item.scored] or [one.highest] * one.most
    return RULES[one.score]([*map(Decimal, highest)]) or Decimal(0)
