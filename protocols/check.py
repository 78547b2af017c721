"""Everything wrong with a library, as a list: file, place, code, message. Bundled data or a clinic's folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

import msgspec

from protocols.checks.cards import CUE_WORDS, CUES, ladders, sound_card
from protocols.checks.contacts import POINTS
from protocols.checks.poses import LIMITS, sound_pose
from protocols.checks.problem import Fault, Problem
from protocols.checks.questionnaires import questionnaires
from protocols.checks.shape import shape
from protocols.checks.tests import sound_test
from protocols.checks.whole import WHOLE, crossed
from protocols.library import Table, load, parse
from protocols.model import Exercise, Library, Pose, Questionnaire, Test

__all__ = [
    "CUES",
    "CUE_WORDS",
    "LIMITS",
    "POINTS",
    "Fault",
    "Kind",
    "Problem",
    "check",
    "check_card",
]

Kind = Literal["tests", "exercises"]
KINDS: Final[dict[Kind, type[Test] | type[Exercise]]] = {"tests": Test, "exercises": Exercise}
_Known = TypeVar("_Known", Test, Exercise)
LINE: Final = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


class Known(NamedTuple):
    """The ids a card may name; None where their file could not be read, which is problem enough."""

    cards: Mapping[str, Exercise]
    findings: Container[str] | None
    precautions: Container[str] | None
    kit: Container[str] | None


def check(folder: Path, base: Library | None = None, only: Kind | None = None) -> list[Problem]:
    """Every problem of a library folder, sorted by file and place; an empty list is a sound library.

    `base` is the library a clinic's folder is laid over, the bundled one when left out. A folder that holds
    findings.toml is a whole library and is checked by itself. `only` checks the tests or the exercises alone; the
    folder may then hold their files directly.
    """
    if not folder.is_dir():
        why = "this is a file; name its folder" if folder.exists() else "there is no such folder"
        return [Problem(str(folder), "", "no_folder", why)]
    read = {name: _read(file, kind) for name, file, kind in _files(folder, only)}
    facts = {name: fact for name, (fact, _) in read.items() if fact is not None}
    problems = [Problem(name, *fault) for name, (_, faults) in read.items() for fault in faults]
    tests = {name: fact for name, fact in facts.items() if isinstance(fact, Test)}
    cards = {name: fact for name, fact in facts.items() if isinstance(fact, Exercise)}
    problems += [Problem(name, *fault) for name, test in tests.items() for fault in sound_test(test)]
    problems += chain(_ids(tests), _ids(cards), _poses(tests), _poses(cards))
    if _is_whole(folder) and only is None:
        named = _stems(read, "tests")
        problems += chain(crossed(facts, named, _stems(read, "exercises")), questionnaires(facts, named))
    below = None if _is_whole(folder) else base or load()
    if below:
        problems += chain(_versions(tests, below.tests), _versions(cards, below.exercises))
    if cards:
        known = _known_over(below, cards) if below else _known_in(folder, cards)
        problems += _cards(cards, _stems(read, "exercises"), known)
    return sorted(set(problems))


def check_card(card: Exercise, base: Library) -> list[Problem]:
    """Every problem of one card, as it would stand in a clinic's folder over the library in use; as `check` says it."""
    held = {f"exercises/{card.id}.toml": card}
    return sorted({*_versions(held, base.exercises), *_poses(held), *_cards(held, (), _known_over(base, held))})


# -- files ---------------------------------------------------------------------------------------------------------


def _files(folder: Path, only: Kind | None) -> Iterator[tuple[str, Path, Any]]:
    """(name, file, struct) of everything to read."""
    for name, kind in KINDS.items():
        if only in (None, name):
            held = folder / name
            direct = only is not None and not held.is_dir()
            for file in sorted((folder if direct else held).glob("*.toml")):
                yield file.name if direct else f"{name}/{file.name}", file, kind
    if only is None and _is_whole(folder):
        yield from ((name, folder / name, kind) for name, kind in WHOLE.items())
        asked = sorted(folder.glob("questionnaires/*.toml"))
        yield from ((f"questionnaires/{file.name}", file, Questionnaire) for file in asked)


def _is_whole(folder: Path) -> bool:
    return (folder / "findings.toml").exists()


def _stems(names: Iterable[str], kind: Kind) -> frozenset[str]:
    """The ids that files stand for, readable or not."""
    return frozenset(Path(name).stem for name in names if "/" not in name or name.startswith(f"{kind}/"))


def _read(file: Path, kind: Any) -> tuple[msgspec.Struct | None, list[Fault]]:
    """The struct of a file, or why there is none."""
    try:
        data = parse(file.read_bytes())
    except OSError as why:
        return None, [Fault("", "unreadable", f"cannot be read: {why.strerror}")]
    except UnicodeDecodeError:
        return None, [Fault("", "not_utf8", "is not UTF-8 text; save it as UTF-8")]
    except tomllib.TOMLDecodeError as why:
        return None, [_no_toml(str(why))]
    faults = list(shape(data, kind))
    return (None, faults) if faults else (msgspec.convert(data, kind), [])


def _no_toml(said: str) -> Fault:
    at = LINE.search(said)
    place = f"line {at[1]}" if at and at[1] else "last line" if at else ""
    what = LINE.sub("", said)
    return Fault(place, "toml", f"is no valid TOML: {what[:1].lower()}{what[1:]}")


def _poses(facts: Mapping[str, Test] | Mapping[str, Exercise]) -> Iterator[Problem]:
    for name, fact in facts.items():
        for fault in _faults_of_pose(fact.pose) if fact.pose else ():
            yield Problem(name, f"pose.{fault.place}", fault.code, fault.message)


@lru_cache(maxsize=8)
def _faults_of_pose(pose: Pose) -> tuple[Fault, ...]:
    """Remembered: while the words of a card are typed its pose stays, and looking at it takes longest."""
    return tuple(sound_pose(pose))


# -- versions, ids and ladders -------------------------------------------------------------------------------------


def _ids(facts: Mapping[str, Test] | Mapping[str, Exercise]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, fact in facts.items():
        if Path(name).stem != fact.id:
            yield Problem(name, "id", "id_file", f"the id {fact.id} is not the name of the file")
        if fact.id in first:
            yield Problem(name, "id", "id_twice", f"the id {fact.id} is also used in {first[fact.id]}")
        first.setdefault(fact.id, name)


def _versions(facts: Mapping[str, _Known], below: Mapping[str, _Known]) -> Iterator[Problem]:
    """A file that takes the place of another says so by a higher version; an exact copy takes no place."""
    for name, fact in facts.items():
        other = below.get(fact.id, fact)
        if fact.version < 1:
            yield Problem(name, "version", "version", f"versions begin at 1, got {fact.version}")
        elif fact != other and fact.version <= other.version:
            message = (
                f"version {fact.version} is not above version {other.version} of the bundled {fact.id} it takes the "
                f"place of; compare the two, then write version = {other.version + 1}"
            )
            yield Problem(name, "version", "version", message)


def _known_in(folder: Path, cards: Mapping[str, Exercise]) -> Known:
    """What the files of a whole library give."""
    return Known(
        {card.id: card for card in cards.values()},
        _codes(folder / "findings.toml", "finding", "code"),
        _codes(folder / "precautions.toml", "precaution", "code"),
        _codes(folder / "kit.toml", "kit", "id"),
    )


def _known_over(base: Library, cards: Mapping[str, Exercise]) -> Known:
    """What a clinic's own cards and the library below them give."""
    own = {card.id: card for card in cards.values()}
    return Known(base.exercises | own, base.findings, base.precautions, base.kit)


def _codes(file: Path, table: str, key: str) -> frozenset[str] | None:
    rows, _ = _read(file, Table)
    return None if rows is None else frozenset(getattr(row, key) for row in getattr(rows, table))


def _cards(cards: Mapping[str, Exercise], named: Container[str], known: Known) -> Iterator[Problem]:
    on_ladders = ladders(known.cards, named)
    for name, card in cards.items():
        faults = chain(sound_card(card), on_ladders.get(card.id, ()), _codes_of(card, known))
        yield from (Problem(name, *fault) for fault in faults)


def _codes_of(card: Exercise, known: Known) -> Iterator[Fault]:
    blocks = [block.code for block in card.blocks]
    yield from _unknown("targets[{}]", "finding", card.targets, known.findings)
    yield from _unknown("blocks[{}].code", "precaution", blocks, known.precautions)
    yield from _unknown("kit[{}]", "kit", card.kit, known.kit)


def _unknown(place: str, what: str, named: Sequence[str], known: Container[str] | None) -> Iterator[Fault]:
    for number, one in enumerate(named):
        if known is not None and one not in known:
            yield Fault(place.format(number), f"unknown_{what}", f"there is no {what} {one}")
