"""The knowledge: listed, shown, checked and drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, library, record
from assess_tui.commands.errors import BadInputError
from assess_tui.storage.folder import LIBRARY
from protocols.knowledge import DATA
from protocols.model import Exercise, Library, Test
from protocols.origin import origin

if TYPE_CHECKING:
    from protocols.check import Kind

NO_PAIRS = "no pairs on record: on a step of the guided screen, b lets a second rater measure"
_Known = TypeVar("_Known", Test, Exercise)


def list_tests(options: Asked) -> int:
    """One test a line: id, name, station, core or extended, where it comes from."""
    known = library(options)
    return _print(
        f"{test.id:<20} {test.name:<26} {test.station:<12} {'core' if test.core else 'extended':<9} "
        f"{origin(test, known)}"
        for test in known.tests.values()
    )


def list_exercises(options: Asked) -> int:
    """One card a line: id, name, phase, the findings it answers, where it comes from; words choose and order them."""
    known = library(options)
    return _print(
        f"{card.id:<6} {card.name:<40} {card.phase:<12} {' '.join(card.targets):<40} {origin(card, known)}"
        for card in _found(known, " ".join(options.words))
    )


def _found(known: Library, words: str) -> Iterable[Exercise]:
    """The cards every word fits, best first; all of them without a word."""
    if not words.strip():
        return known.exercises.values()
    from protocols.cards import Catalogue

    found = Catalogue(known).find(words)
    if not found:
        sys.stderr.write("no card fits every word; fewer words find more\n")
    return found


def show_tests(options: Asked) -> int:
    """Everything about one test."""
    from assess_tui.commands.showing import test_lines

    known = library(options)
    test = _one(known.tests, options.id, "test")
    return _print(test_lines(test, origin(test, known)))


def show_exercises(options: Asked) -> int:
    """Everything about one card."""
    from assess_tui.commands.showing import exercise_lines
    from protocols.cards import shown

    known = library(options)
    return _print(exercise_lines(shown(_one(known.exercises, options.id, "exercise"), known)))


def errors_of_tests(options: Asked) -> int:
    """The clinic's own error of each test that two raters measured, beside the published one."""
    from protocols.agreement import own_error, pairs_of

    known = library(options)
    wanted = None if options.id is None else _one(known.tests, options.id, "test")
    with record(options) as opened:
        read = opened.tests_read_twice()
        tests = [test for test in known.tests.values() if test.id in read] if wanted is None else [wanted]
        pairs = [(test, pairs_of(test, opened.read_twice(test.id))) for test in tests]
    told = [f"{test.id:<20} {own_error(test, found)}" for test, found in pairs if found]
    if not told:
        sys.stderr.write(f"{NO_PAIRS}\n")
    return _print(told)


def check_tests(options: Asked) -> int:
    """Every problem of a folder's tests; status 2 when there are any."""
    return _check(options, "tests")


def check_exercises(options: Asked) -> int:
    """Every problem of a folder's exercises; status 2 when there are any."""
    return _check(options, "exercises")


def draw_exercise(options: Asked) -> int:
    """The figures of a card as one SVG file."""
    from assess_tui.storage.documents import write
    from reports.drawing import svg

    card = _one(library(options).exercises, options.id, "exercise")
    drawn = svg(card.pose, label=card.name, description=" ".join(card.cues))
    if str(options.out) == "-":
        return _print([drawn.rstrip("\n")])
    write(options.out, drawn.encode())
    return 0


def _one(known: Mapping[str, _Known], wanted: str, kind: str) -> _Known:
    if wanted not in known:
        raise BadInputError(f'unknown {kind} "{wanted}"; "assess-tui {kind}s list" names them all')
    return known[wanted]


def _folders(options: Asked, kind: Kind) -> list[Path]:
    """The folder named, else the bundled knowledge and the clinic's own."""
    if options.path is not None:
        if options.path.is_dir() and not _holds(options.path, kind):
            raise BadInputError(f"{options.path}: holds no {kind}; they are *.toml files in it or in its {kind}/")
        return [options.path]
    own = data_folder(options) / LIBRARY
    return [DATA, own] if own.exists() else [DATA]


def _holds(folder: Path, kind: Kind) -> bool:
    return any((*folder.glob("*.toml"), *folder.glob(f"{kind}/*.toml")))


def _check(options: Asked, kind: Kind) -> int:
    from protocols.check import check

    problems = [problem.sentence for folder in _folders(options, kind) for problem in check(folder, only=kind)]
    if not problems:
        sys.stderr.write("no problems\n")
        return 0
    _print(problems)
    sys.stderr.write(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}\n")
    return 2


def _print(lines: Iterable[str]) -> int:
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in lines))
    return 0
