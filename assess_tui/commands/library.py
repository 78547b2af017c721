"""The knowledge: listed, shown, checked and drawn."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from assess_tui.commands.context import CLINIC_LIBRARY, data_folder, library
from assess_tui.commands.errors import BadInputError
from protocols.model import Exercise, Test

_Known = TypeVar("_Known", Test, Exercise)


def list_tests(options: argparse.Namespace) -> int:
    """One test a line: id, name, station, core or extended."""
    return _print(
        f"{test.id:<20} {test.name:<26} {test.station:<12} {'core' if test.core else 'extended'}"
        for test in library(options).tests.values()
    )


def list_exercises(options: argparse.Namespace) -> int:
    """One card a line: id, name, phase, the findings it answers."""
    return _print(
        f"{card.id:<6} {card.name:<40} {card.phase:<12} {' '.join(card.targets)}"
        for card in library(options).exercises.values()
    )


def show_tests(options: argparse.Namespace) -> int:
    """Everything about one test."""
    from assess_tui.commands.showing import test_lines

    return _print(test_lines(_one(library(options).tests, options.id, "test")))


def show_exercises(options: argparse.Namespace) -> int:
    """Everything about one card."""
    from assess_tui.commands.showing import exercise_lines

    return _print(exercise_lines(_one(library(options).exercises, options.id, "exercise")))


def check_tests(options: argparse.Namespace) -> int:
    """Every problem of a folder's tests; status 2 when there are any."""
    from protocols.check import check

    return _checked(problem.sentence for folder in _folders(options) for problem in check(folder, only="tests"))


def check_exercises(options: argparse.Namespace) -> int:
    """Every problem of a folder's exercises; status 2 when there are any."""
    from protocols.check import check

    return _checked(problem.sentence for folder in _folders(options) for problem in check(folder, only="exercises"))


def draw_exercise(options: argparse.Namespace) -> int:
    """The figures of a card as one SVG file."""
    from reports.drawing import svg

    card = _one(library(options).exercises, options.id, "exercise")
    drawn = svg(card.pose, label=card.name, description=" ".join(card.cues))
    if options.out == "-":
        return _print([drawn.rstrip("\n")])
    try:
        Path(options.out).write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{options.out}: {error.strerror}") from error
    return 0


def _one(known: Mapping[str, _Known], wanted: str, kind: str) -> _Known:
    if wanted not in known:
        raise BadInputError(f'unknown {kind} "{wanted}"; "assess-tui {kind}s list" names them all')
    return known[wanted]


def _folders(options: argparse.Namespace) -> list[Path]:
    """The folder named, else the bundled knowledge and the clinic's own."""
    from protocols.knowledge import DATA

    if options.path is not None:
        return [options.path]
    own = data_folder(options) / CLINIC_LIBRARY
    return [DATA, own] if own.is_dir() else [DATA]


def _checked(sentences: Iterator[str]) -> int:
    problems = list(sentences)
    if not problems:
        sys.stderr.write("no problems\n")
        return 0
    _print(problems)
    sys.stderr.write(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}\n")
    return 2


def _print(lines: Iterable[str]) -> int:
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in lines))
    return 0
