"""The exercise cards as a therapist looks for them: found by words, best first, and told in plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from protocols.cues import cue_words
from protocols.grades.words import plain_number
from protocols.model import Block, Dose, Exercise, Library
from protocols.origin import origin
from protocols.plans.dosing import minutes_of
from protocols.plans.gates import LEVEL_WORDS
from protocols.search import words

PHASES: Final = {
    "breathe": "breathe",
    "release": "release",
    "mobilise": "move",
    "activate": "activate",
    "strengthen": "strengthen",
    "integrate": "put together",
}
"""The phases of a session in everyday words."""
RUNGS: Final = ("easier", "default", "harder")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What one card shows a therapist, as plain texts; "" and () where there is nothing to say."""

    id: str
    name: str
    origin: str
    """ "bundled, version 1", or "the clinic's own library, version 2"."""
    targets: tuple[str, ...]
    """The findings it answers, the main one first: "Hip internal rotation low (HIR)"."""
    phase: str
    position: str
    equipment: str
    dose: str
    """ "2 rounds of 10, 6 s each, 30 s rest between"."""
    minutes: str
    """ "3 min", "2.5 min, through the day"."""
    often: str
    tempo: str
    cues: tuple[str, ...]
    stop_if: str
    ladders: tuple[str, ...]
    """ "Trunk control low (COR): easier"."""
    easier: str
    harder: str
    blocks: tuple[str, ...]
    """Precautions with which it is not given, by name."""
    limits: tuple[str, ...]
    """Precautions with which it is given under a limit: "Cannot get to the floor (FLOOR): on your bed"."""
    evidence: tuple[str, ...]


def shown(card: Exercise, library: Library) -> Shown:
    """One card in words."""
    return Shown(
        id=card.id,
        name=card.name,
        origin=origin(card, library),
        targets=tuple(_finding(code, library) for code in card.targets),
        phase=card.phase,
        position=f"{card.position}; {LEVEL_WORDS[card.upright]} (upright level {card.upright})",
        equipment=card.equipment,
        dose=dose_words(card, card.dose),
        minutes=f"{plain_number(minutes_of(card.dose))} min{', through the day' if card.snack else ''}",
        often=card.frequency,
        tempo=card.tempo,
        cues=tuple(cue_words(cue, card, card.dose) for cue in card.cues),
        stop_if=card.stop_if,
        ladders=tuple(_ladders(card.id, library)),
        easier=_card(card.easier, library),
        harder=_card(card.harder, library),
        blocks=tuple(_precaution(block, library) for block in card.blocks if not block.limit),
        limits=tuple(f"{_precaution(block, library)}: {block.limit}" for block in card.blocks if block.limit),
        evidence=card.evidence,
    )


def dose_words(card: Exercise, dose: Dose) -> str:
    """A dose as therapists write it: "2 rounds of 10 each side, 6 s each, 30 s rest between"."""
    if dose.reps > 1:
        breaths = " breaths" if card.dose_unit == "breaths" else ""
        amount = f"{dose.sets} rounds of {dose.reps}{breaths}" if dose.sets > 1 else f"{dose.reps}{breaths or ' times'}"
        each = f", {dose.sec_per_rep} s each"
    else:
        amount, each = f"{dose.sets} x {_time(dose)}" if dose.sets > 1 else _time(dose), ""
    sides = " each side" if dose.sides > 1 else ""
    rest = f", {dose.rest_s} s rest between" if dose.rest_s and dose.sets * dose.sides > 1 else ""
    return amount + sides + each + rest


def _time(dose: Dose) -> str:
    minutes, seconds = divmod(dose.sec_per_rep, 60)
    return f"{minutes} min" if minutes > 1 and not seconds else f"{dose.sec_per_rep} s"


def _finding(code: str, library: Library) -> str:
    rule = library.findings.get(code)
    return f"{rule.name} ({code})" if rule else code


def _card(card: str, library: Library) -> str:
    known = library.exercises.get(card)
    return f"{known.name} ({card})" if known else card


def _precaution(block: Block, library: Library) -> str:
    known = library.precautions.get(block.code)
    return f"{known.name} ({block.code})" if known else block.code


def _ladders(card: str, library: Library) -> Iterator[str]:
    """Where the card stands: the finding and the rung."""
    for rule in library.findings.values():
        if rule.ladder is None:
            continue
        for rung in RUNGS:
            if card in getattr(rule.ladder, rung):
                yield f"{rule.name} ({rule.code}): {rung}"


# -- searching -----------------------------------------------------------------------------------------------------


class _Indexed(NamedTuple):
    """A card with the folded words it is found by, the best place to be found in first."""

    card: Exercise
    places: tuple[str, ...]
    """The words of each, with a space before every one: a text is looked through quicker than word by word."""


class Catalogue:
    """The cards of a library, ready to be searched at every letter typed."""

    def __init__(self, library: Library) -> None:
        self._indexed = [_Indexed(card, _places(card, library)) for card in library.exercises.values()]

    def find(self, text: str) -> tuple[Exercise, ...]:
        """Every card in which each word typed begins a word; best first, then in the order of the library.

        A word counts where it is found best: the id, the start of the name, the name, the main finding (code or name),
        other findings, then cues, position, phase, kit, equipment and origin. Without a word, all cards. Words are
        searched without letter case, accents and punctuation.
        """
        wanted = words(text)
        found = [(rank, one.card) for one in self._indexed if (rank := _rank(wanted, one))]
        return tuple(card for _, card in sorted(found, key=lambda pair: pair[0]))


def _places(card: Exercise, library: Library) -> tuple[str, ...]:
    main, *others = (_finding(code, library) for code in card.targets) if card.targets else ("",)
    name = words(card.name)
    kit = (library.kit[one].name if one in library.kit else one for one in card.kit)
    rest = (
        *card.cues,
        card.position,
        LEVEL_WORDS[card.upright],
        card.phase,
        PHASES[card.phase],
        *kit,
        card.equipment,
        origin(card, library),
        "in the day" if card.snack else "",
    )
    told = (name[:1], name[1:], words(main), words(" ".join(others)), words(" ".join(rest)))
    return (_together(words(card.id)), *(_together(dict.fromkeys(place)) for place in told))


def _together(found: Iterable[str]) -> str:
    return "".join(f" {word}" for word in found)


def _rank(wanted: list[str], one: _Indexed) -> tuple[int, ...]:
    """Whether more than the id was typed, then the places of the words, the worst first; () where one is not found."""
    found = []
    for word in wanted:
        place = next((n for n, held in enumerate(one.places) if f" {word}" in held), None)
        if place is None:
            return ()
        found.append(place)
    return (_together(wanted) != one.places[0], *sorted(found, reverse=True))
