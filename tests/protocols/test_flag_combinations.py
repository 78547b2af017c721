"""Every combination of up to three red flags: the level, that it never falls, and every reason for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path

import msgspec

from protocols.interchange import interpret_lines
from protocols.library import load
from protocols.model import RedFlags
from protocols.red_flags import Concern, weigh
from tests.protocols.flag_table import CES, LEVEL, TOGETHER

DATA = Path(__file__).parents[2] / "protocols" / "data" / "red_flags.toml"
RED_FLAGS = msgspec.toml.decode(DATA.read_bytes(), type=RedFlags)
UP_TO_THREE = [chosen for size in range(4) for chosen in combinations(LEVEL, size)]


def by_the_book(chosen: tuple[str, ...]) -> Concern:
    """The highest of the singles and of the pairs whose two ids are both there, and all that give it."""
    singles = {one: LEVEL[one] for one in chosen}
    pairs = {"+".join(both): level for both, level in TOGETHER.items() if set(both) <= set(chosen)}
    level = max([*singles.values(), *pairs.values()], default=0)
    return Concern(level, tuple(reason for reason, at in (singles | pairs).items() if at == level))


def parts(chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return combinations(chosen, len(chosen) - 1) if chosen else iter(())


def test_there_are_all_of_them() -> None:
    assert len(UP_TO_THREE) == 1 + 38 + 38 * 37 // 2 + 38 * 37 * 36 // 6 == 9178


def test_level_and_reasons_of_every_combination() -> None:
    wrong = [chosen for chosen in UP_TO_THREE if weigh(chosen, (), RED_FLAGS) != by_the_book(chosen)]
    assert wrong == []


def test_no_combination_is_lower_than_a_part_of_it() -> None:
    level = {frozenset(chosen): weigh(chosen, (), RED_FLAGS).level for chosen in UP_TO_THREE}
    falls = [
        (part, chosen)
        for chosen in UP_TO_THREE
        for part in parts(chosen)
        if level[frozenset(part)] > level[frozenset(chosen)]
    ]
    assert falls == []


def test_tests_stop_and_the_plan_is_blocked_from_level_two() -> None:
    for chosen in UP_TO_THREE:
        concern = weigh(chosen, (), RED_FLAGS)
        assert concern.stop is concern.plan_blocked is (concern.level in (2, 3))


def test_the_order_of_the_answers_changes_only_the_order_of_the_reasons() -> None:
    apart = []
    for chosen in UP_TO_THREE[::7]:
        as_sent = weigh(chosen, (), RED_FLAGS)
        for other in permutations(chosen):
            found = weigh(other, (), RED_FLAGS)
            if (found.level, sorted(found.because)) != (as_sent.level, sorted(as_sent.because)):
                apart.append((chosen, other))
    assert apart == []


def test_of_the_unknown_only_cauda_equina_counts() -> None:
    for chosen in UP_TO_THREE:
        counted = by_the_book(tuple(one for one in chosen if one in CES))
        to_ask = tuple(one for one in chosen if one not in CES)
        assert weigh((), chosen, RED_FLAGS) == Concern(counted.level, counted.because, to_ask)


def test_one_of_two_known_answers_may_be_unknown() -> None:
    for known, unsure in permutations(LEVEL, 2):
        expected = by_the_book((known, unsure) if unsure in CES else (known,))
        assert weigh((known,), (unsure,), RED_FLAGS).level == expected.level


def test_interpret_answers_every_combination() -> None:
    lines = (json.dumps({"patient": {"age": 40}, "red_flags": chosen}) for chosen in UP_TO_THREE)
    wrong = []
    for chosen, (answer, _) in zip(UP_TO_THREE, interpret_lines(lines, load()), strict=True):
        told, book = json.loads(answer), by_the_book(chosen)
        stops = book.level >= 2
        expected = {"level": book.level, "stop": stops, "plan_blocked": stops, "because": list(book.because)}
        if told["red_flags"] != expected or told["plan"]["blocked"] is not stops:
            wrong.append(chosen)
    assert wrong == []
