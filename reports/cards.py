"""An exercise card as the patient reads it: name, drawings, numbered lines, dose, when to stop."""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from protocols.cues import cue_words
from protocols.figure import Frame, frames, mirrored_for
from protocols.follow_up import halved, raised
from protocols.model import Arrow, Dose, Exercise, Library
from protocols.planning import MID_RANGE, Bounds, Given, Plan, barred, limits_of
from reports.wording import change_words, dose_words, one_side, sentence

POSITIONS: Final = {
    "supine": "lying on the back",
    "prone": "lying face down",
    "quadruped": "on hands and knees",
    "lying to standing": "going from lying to standing",
}
"""Positions whose own name is no everyday word."""
MOTIONS: Final = {
    "up_down": "up and down",
    "over": "over in an arc",
    "arc_up": "up in an arc",
    "arc_down": "down in an arc",
    "arc_back": "back in an arc",
    "roll": "in a circle",
    "circle": "in a circle",
    "turn": "round",
    "nod": "in a small nod",
    "tilt": "in a small roll",
    "squeeze": "together",
    "square": "round a square",
}
LIMITS: Final = {MID_RANGE: "stay in the middle of the movement, do not go to the end"}
"""Limits whose own name is no everyday word."""
SIGNS: Final = frozenset({"clock", "tongue"})
"""Arrow kinds that are signs, not motions."""


class PlanCard(msgspec.Struct, frozen=True, kw_only=True):
    """One card, ready to print."""

    name: str
    side: str = ""
    """ "left side" where only one is trained."""
    dose: str
    often: str
    cues: tuple[str, ...]
    limits: tuple[str, ...] = ()
    stop: str
    less: str = ""
    """What to do of it where it is too hard: "5 times", "1 round"."""
    too_hard: str = ""
    """The name of the easier card to ask for."""
    more: str = ""
    """What to do first where it is too easy: "12 times"; empty where that is for the clinician."""
    too_easy: str = ""
    """The name of the harder card to ask for."""
    practised: bool = False
    """The patient has shown it."""
    frames: tuple[Frame, ...]
    alt: str

    @property
    def captions(self) -> tuple[str, ...]:
        return ("Start", "Finish") if len(self.frames) == 2 else ("Your position",)


class Deck(NamedTuple):
    """What a card is chosen from and printed beside."""

    library: Library
    bounds: Bounds
    plan: Plan
    practised: frozenset[str]
    """Ids of the cards the patient has shown."""

    def rung(self, card_id: str) -> str:
        """The name of an easier or harder card; nothing where it is barred or stands in the plan already."""
        card = self.library.exercises.get(card_id)
        here = {*(given.id for given in self.plan.exercises), *self.plan.snacks}
        return "" if card is None or card_id in here or barred(card, self.bounds, self.library) else card.name


def session_card(given: Given, deck: Deck) -> PlanCard:
    """A card of the session, as dosed."""
    card = deck.library.exercises[given.id]
    easier, harder = deck.rung(card.easier), "" if deck.bounds.pem else deck.rung(card.harder)
    told = _card(card, given.dose, given.side, one_side(given, card), given.limits)
    less, more = _less(card, given.dose), _more(card, given.dose, deck.bounds)
    told = msgspec.structs.replace(told, less=less, too_hard=easier, more=more, too_easy=harder)
    return msgspec.structs.replace(told, practised=card.id in deck.practised)


def day_card(card_id: str, deck: Deck) -> PlanCard:
    """A card done through the day, in its own dose."""
    card = deck.library.exercises[card_id]
    told = _card(card, card.dose, None, "", limits_of(card, deck.bounds.in_force))
    return msgspec.structs.replace(told, practised=card.id in deck.practised)


def _less(card: Exercise, dose: Dose) -> str:
    half = halved(dose, card)
    return change_words(card, dose, half) if half != dose else "it less often"


def _more(card: Exercise, dose: Dose, bounds: Bounds) -> str:
    """The next step up that needs no other card (exercises 7.8); at a standing stage, and after a crash, every step is
    for the clinician.
    """
    step = None if bounds.pem or isinstance(bounds.stage, int) else raised(card, dose)
    return change_words(card, dose, step.dose) if step is not None else ""


def _card(card: Exercise, dose: Dose, side: str | None, aside: str, limits: tuple[str, ...]) -> PlanCard:
    cues = tuple(cue_words(line, card, dose) for line in card.cues)
    return PlanCard(
        name=card.name,
        side=aside,
        dose=dose_words(card, dose, side),
        often=sentence(card.frequency),
        cues=cues,
        limits=tuple(sentence(LIMITS.get(limit, limit)) for limit in limits),
        stop=card.stop_if,
        frames=frames(card.pose, mirrored=mirrored_for(card.pose, side)),
        alt=_alt(card, aside, cues),
    )


def _alt(card: Exercise, aside: str, cues: tuple[str, ...]) -> str:
    """The drawing in words: what is done, in which position, which way it moves."""
    drawn = "Two drawings, start and finish" if card.pose.finish is not None else "A drawing"
    name = f"{card.name}, {aside}" if aside else card.name
    where = POSITIONS.get(card.position, card.position)
    motion = " ".join(_motion(arrow) for arrow in card.pose.arrows if arrow.kind not in SIGNS)
    return " ".join(part for part in (f"{drawn}: {name}, {where}.", motion, *cues) if part)


def _motion(arrow: Arrow) -> str:
    part = arrow.at.removeprefix("near_").removeprefix("far_").replace("_", " ")
    part = {"mid back": "middle of the back", "hip front": "front of the hip"}.get(part, part)
    way = MOTIONS.get(arrow.kind, {"in": "inward", "out": "outward"}.get(arrow.kind, arrow.kind))
    return f"An arrow shows the {part} going {way}." if part else ""
