"""The guided tour of the sample clinic: what to try, and when it was done. No screen is needed to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Sight(NamedTuple):
    """What the tour sees of the instrument."""

    place: str
    """The screen at hand: "home", "patient", "tests", "plan" ...; of a dialog, its class."""
    answers: int = 0
    """Answers the open visit holds."""
    left_out: int = 0
    """Of them, those that say why there is none."""
    test: str = ""
    """The test on screen."""
    papers: int = 0
    """Papers of the open visit, where they are in sight."""


class Stop(NamedTuple):
    """One thing to try."""

    words: str
    done: Callable[[Sight, Sight], bool]
    """Whether it was done, by the sight when the stop began and the sight now."""


def _at(place: str) -> Callable[[Sight, Sight], bool]:
    return lambda _, now: now.place == place


def _more(what: str) -> Callable[[Sight, Sight], bool]:
    return lambda then, now: getattr(now, what) > getattr(then, what)


def _fewer(then: Sight, now: Sight) -> bool:
    return now.answers < then.answers


def _another_test(then: Sight, now: Sight) -> bool:
    return now.test not in ("", then.test)


STOPS = (
    Stop("An unfinished visit stands on top. {home.open} takes it up.", _at("tests")),
    Stop("Type a number, say 12, and watch its grade. {step.next} keeps it.", _more("answers")),
    Stop("The next cell opened by itself. {step.same} gives it the same value.", _more("answers")),
    Stop("{step.undo} takes the last answer back, any number of times.", _fewer),
    Stop("{step.redo} brings it back. Nothing is ever lost.", _more("answers")),
    Stop(
        "{step.not_tested} leaves a side out as not tested; "
        "{step.sore}, {step.refused} and {step.contraindicated} say why. Press {step.not_tested}.",
        _more("left_out"),
    ),
    Stop("{step.jump} goes to any test. Press {step.jump}, type hip ir, then {dialog.accept}.", _another_test),
    Stop("{step.evidence} shows where the cut-offs of a test come from. Press {step.evidence}.", _at("EvidenceDialog")),
    Stop("{dialog.close} closes it. Then {visit.findings}: what the tests show, worst first.", _at("findings")),
    Stop("Each finding names its tests. {findings.next} goes on to the plan.", _at("plan")),
    Stop("{plan.up} and {plan.down} mark a card. Press {plan.swap} for another in its place.", _at("CardsScreen")),
    Stop("Cards that answer the same stand first. {cards.take} takes one.", _at("plan")),
    Stop("Warnings and minutes were counted anew. {visit.paper} is the paper.", _at("paper")),
    Stop("What you read here is what is printed. {paper.make} writes the PDF.", _more("papers")),
    Stop("That was a visit. {app.help} lists the keys of a screen, {visit.home} goes home.", _at("home")),
)


class Tour:
    """Where in the tour one is. It only watches: every key does what it always does."""

    def __init__(self, sight: Sight) -> None:
        self._index = 0
        self._then = sight

    @property
    def over(self) -> bool:
        return self._index >= len(STOPS)

    @property
    def words(self) -> str:
        """What to try now, its keys by their ids; "" when it is over."""
        return "" if self.over else f"{self._index + 1}/{len(STOPS)}  {STOPS[self._index].words}"

    def look(self, now: Sight) -> bool:
        """Go on where the thing was done. Returns whether it was."""
        if self.over or not STOPS[self._index].done(self._then, now):
            return False
        self.skip(now)
        return True

    def skip(self, now: Sight) -> None:
        """Go on without it."""
        self._index += 1
        self._then = now
