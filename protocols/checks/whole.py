"""Whether the files of a whole library fit each other: every id that is named exists, every rule has its source."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from protocols.checks.problem import Problem
from protocols.library import Table
from protocols.model import FindingRule, RedFlags, StandProtocol

WHOLE: Final[dict[str, Any]] = {
    "findings.toml": Table,
    "precautions.toml": Table,
    "lifestyle.toml": Table,
    "kit.toml": Table,
    "red_flags.toml": RedFlags,
    "stand_test.toml": StandProtocol,
}
"""The files of a library beside its tests and exercises, and what they are read into."""


def crossed(facts: Mapping[str, msgspec.Struct], tests: Container[str], cards: Container[str]) -> Iterator[Problem]:
    """Every id of the small files that names nothing, every id used twice, every missing source."""
    if not facts.keys() >= WHOLE.keys():
        return  # a file that cannot be read is problem enough; its ids would all look unknown
    findings = _table(facts, "findings.toml")
    codes = [rule.code for rule in findings.finding]
    precautions = [one.code for one in _table(facts, "precautions.toml").precaution]
    lifestyle = _table(facts, "lifestyle.toml").lifestyle
    yield from _twice("findings.toml", codes)
    yield from _twice("precautions.toml", precautions)
    yield from _twice("lifestyle.toml", [card.id for card in lifestyle])
    yield from _twice("kit.toml", [one.id for one in _table(facts, "kit.toml").kit])
    yield from _rules(findings, tests, cards)
    for card in lifestyle:
        yield from _unknown("lifestyle.toml", card.id, "finding", card.targets, codes)
    red_flags = facts.get("red_flags.toml")
    if isinstance(red_flags, RedFlags):
        yield from _red_flags(red_flags, precautions)
    stand = facts.get("stand_test.toml")
    if isinstance(stand, StandProtocol):
        yield from _stand(stand)


def _table(facts: Mapping[str, msgspec.Struct], file: str) -> Table:
    fact = facts.get(file)
    return fact if isinstance(fact, Table) else Table()


def _rules(findings: Table, tests: Container[str], cards: Container[str]) -> Iterator[Problem]:
    file = "findings.toml"
    for rule in findings.finding:
        yield from _unknown(file, rule.code, "test", rule.tests, tests)
        yield from _unknown(file, rule.code, "card", _named_cards(rule), cards)
    for family in findings.families:
        yield from _unknown(file, "families", "card", family, cards)
    yield from _unknown(file, "last_resort", "card", findings.last_resort, cards)


def _named_cards(rule: FindingRule) -> tuple[str, ...]:
    ladder = rule.ladder
    return rule.companions + (ladder.easier + ladder.default + ladder.harder if ladder else ())


def _red_flags(red_flags: RedFlags, precautions: Container[str]) -> Iterator[Problem]:
    file = "red_flags.toml"
    ids = [flag.id for flag in red_flags.flags]
    groups = [group.id for group in red_flags.groups]
    yield from _twice(file, ids)
    for flag in red_flags.flags:
        yield from _unknown(file, flag.id, "group", [flag.group], groups)
        yield from _unknown(file, flag.id, "precaution", flag.sets, precautions)
        if not flag.source.strip():
            yield Problem(file, flag.id, "no_source", "a question needs its source")
        if not 0 <= flag.level <= 3:
            yield Problem(file, flag.id, "level", f"the level is 0 to 3, got {flag.level}")
    for pair in red_flags.pairs:
        yield from _unknown(file, "pairs", "red flag", pair.both, ids)
    yield from _vitals(red_flags, ids)
    missing = {0, 1, 2, 3} - {action.level for action in red_flags.actions}
    if missing:
        yield Problem(file, "actions", "level", f"no action for level {', '.join(map(str, sorted(missing)))}")


def _vitals(red_flags: RedFlags, flags: list[str]) -> Iterator[Problem]:
    file = "red_flags.toml"
    known = [vital.id for vital in red_flags.vitals]
    yield from _twice(file, known)
    for rule in red_flags.vital_rules:
        yield from _unknown(file, "vital_rules", "vital sign", [rule.vital], known)
        yield from _unknown(file, "vital_rules", "red flag", rule.answers, flags)
        if sum(border is not None for border in (rule.at_least, rule.above, rule.below)) != 1:
            yield Problem(file, f"vital_rules.{rule.vital}", "border", "a rule has one of at_least, above and below")
    sourced = [(f"stops.{name}", one.source) for name, one in red_flags.stops.items()]
    sourced += [(f"vital_rules.{rule.vital}", rule.source) for rule in red_flags.vital_rules]
    for place, source in sourced:
        if not source.strip():
            yield Problem(file, place, "no_source", "a number needs its source")


def _stand(stand: StandProtocol) -> Iterator[Problem]:
    sourced = [(f"thresholds.{name}", one.source) for name, one in stand.thresholds.items()]
    sourced += [(f"contraindications.{one.id}", one.source) for one in stand.contraindications]
    for place, source in sourced:
        if not source.strip():
            yield Problem("stand_test.toml", place, "no_source", "a number needs its source")
    yield from _twice("stand_test.toml", [pattern.label for pattern in stand.patterns])


def _unknown(file: str, place: str, what: str, ids: Iterable[str], known: Container[str]) -> Iterator[Problem]:
    for one in ids:
        if one not in known:
            yield Problem(file, place, f"unknown_{what.replace(' ', '_')}", f"there is no {what} {one}")


def _twice(file: str, ids: list[str]) -> Iterator[Problem]:
    for one in {one for one in ids if ids.count(one) > 1}:
        yield Problem(file, one, "id_twice", f"{one} stands twice")
