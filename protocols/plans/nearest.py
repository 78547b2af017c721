"""The cards nearest to one on the ladders: what may take its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from protocols.findings import Finding
from protocols.model import Exercise, Library
from protocols.plans.aims import covers, too_painful


class _Rung(NamedTuple):
    elsewhere: bool
    """Whether the ladder is one that the card to be replaced does not stand on."""
    away: int
    """Columns of a ladder between the two cards."""
    card: str


def nearest(
    exercise: Exercise, legal: Mapping[str, Exercise], findings: tuple[Finding, ...], library: Library
) -> tuple[Exercise, ...]:
    """Those of the `legal` cards that answer the same findings, each once, the nearest first.

    Nearest is the rung of a ladder the card stands on, then those of the other findings; of equals the higher-ranked
    finding, the easier card, the order printed. What is painful is neither pressed nor stretched instead.
    """
    rungs = [
        rung
        for code, finding in _aims(exercise, findings)
        for rung in _rungs(code, exercise, library)
        if rung.card in legal and not (finding and too_painful(legal[rung.card], finding))
    ]
    near_first = sorted(rungs, key=lambda rung: (rung.elsewhere, rung.away))
    return tuple(legal[card] for card in dict.fromkeys(rung.card for rung in near_first))


def _aims(exercise: Exercise, findings: tuple[Finding, ...]) -> list[tuple[str, Finding | None]]:
    """The findings the card answers, else what it is made for."""
    found = [(one.code, one) for one in findings if covers(exercise, one)]
    return [*found] or [(code, None) for code in exercise.targets]


def _rungs(code: str, exercise: Exercise, library: Library) -> Iterator[_Rung]:
    """The cards of a ladder, from easier to harder. From a card that is not on it, the middle is nearest."""
    ladder = library.findings[code].ladder if code in library.findings else None
    if ladder is None:
        return
    columns = (ladder.easier, ladder.default, ladder.harder)
    own = next((number for number, column in enumerate(columns) if exercise.id in column), None)
    for number, column in enumerate(columns):
        away = abs(number - (1 if own is None else own))
        yield from (_Rung(own is None, away, card) for card in column)
