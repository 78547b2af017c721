"""The fields of an exercise card as a therapist fills them in: what each is called, means and takes. No screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from protocols.cards import PHASES
from protocols.check import CUE_WORDS, CUES, LIMITS, POINTS
from protocols.figure import ALONG, PROPS, SIGNS, SURFACES
from protocols.model import View
from protocols.planning import LEVEL_WORDS

Kind = Literal["text", "maybe", "codes", "one", "whole", "angle", "choice", "block", "arrow", "anchor", "id"]
"""`maybe` is a text that may stay empty, `codes` several ids, `one` a single id or none."""
Words = Literal["", "findings", "precautions", "kit", "cards", "props", "arrows", "points"]
"""Which ids a field takes."""
Texts = Mapping[str, str]
"""What stands in each field, by its key."""

STEP: Final = 5
"""Degrees of one press of Up or Down."""
MOVES: Final = "pose.moves"
BOTH, ALONE = "both", "start"
CHOICES: Final[dict[str, dict[str, str]]] = {
    "phase": dict(PHASES),
    "upright": {str(level): f"{level} {words}" for level, words in enumerate(LEVEL_WORDS)},
    "dose.sides": {"1": "both sides at once", "2": "each side in turn"},
    "dose_unit": {"times": "times", "breaths": "breaths", "hold": "one hold"},
    "snack": {"no": "in the session", "yes": "through the day"},
    MOVES: {BOTH: "start and finish", ALONE: "start alone"},
}
"""Field -> value -> its words."""


class Field(NamedTuple):
    """One place to type. Fields of one `line` stand beside each other under that name."""

    key: str
    kind: Kind
    line: str
    means: str
    part: str
    """The heading it stands under."""
    words: Words = ""


def fields(texts: Texts, view: View, *, new: bool) -> tuple[Field, ...]:
    """Every field of a card as it is filled in now; lists end with an empty row. A new card has an id to type."""
    return (*_card(new), *_dose(), *_said(), *_safety(texts), *_ladder(texts), *_figure(texts), *_angles(texts, view))


def known_words(field: Field) -> tuple[str, ...]:
    """The ids a field of the figure takes; those of a library are asked of it."""
    return {"props": tuple(PROPS), "arrows": tuple(sorted(ALONG | SIGNS)), "points": tuple(sorted(POINTS))}.get(
        field.words, ()
    )


def range_of(field: Field, view: View) -> tuple[float, float] | None:
    """The degrees a joint can be drawn at; None for what is no angle."""
    return LIMITS[view].get(field.key.split(".")[2]) if field.kind == "angle" else None


def _card(new: bool) -> Iterator[Field]:
    part = "The card"
    if new:
        yield Field(
            "id", "id", "id", "Its name among files: own_, then small letters, digits and _; stays for ever.", part
        )
    yield Field("name", "text", "name", "What patient and therapist call it.", part)
    yield Field("phase", "choice", "phase", "Where it stands in a session. Up and Down change it.", part)
    yield Field("targets", "codes", "for", "Codes of the findings it answers, the main one first.", part, "findings")
    yield Field("position", "text", "position", "How the patient lies, sits or stands, in a word or two.", part)
    yield Field("upright", "choice", "upright", "The load of being upright, for standing stages. Up and Down.", part)
    yield Field("kit", "codes", "kit", "What has to be at home. Bed, chair, wall and pillow need no word.", part, "kit")
    yield Field("equipment", "text", "needs", "What is needed, as the plan prints it.", part)


def _dose() -> Iterator[Field]:
    part = "The dose"
    yield Field("dose.sets", "whole", "rounds", "Rounds, 1 or more.", part)
    yield Field("dose.reps", "whole", "times", "Repetitions in a round, 1 or more; 1 for a single hold.", part)
    yield Field("dose.sec_per_rep", "whole", "seconds each", "Seconds of one repetition, hold or breath.", part)
    yield Field("dose.sides", "choice", "sides", "Whether each side has its own turn. Up and Down.", part)
    yield Field("dose.rest_s", "whole", "rest, s", "Seconds of rest between rounds and sides; 0 for none.", part)
    yield Field("dose_unit", "choice", "counted in", "What is counted. Up and Down.", part)
    yield Field("hold_s", "whole", "hold, s", "Seconds that {hold} in a line stands for; 0 where there is none.", part)
    yield Field("frequency", "text", "how often", "As the plan prints it: once a day, 3 to 5 days a week.", part)
    yield Field("per_day", "whole", "times a day", "For the 14-day grid: once a day or more.", part)
    yield Field("days_per_week", "whole", "days a week", "For the 14-day grid: 1 to 7.", part)
    yield Field("tempo", "text", "tempo", "How fast: up 2 seconds, hold 2, down 2.", part)
    yield Field("pace", "maybe", "pace, s", "Seconds there, staying, back, waiting: 3 2 3 0. Empty: evenly.", part)
    yield Field("snack", "choice", "when", "Through the day is not counted in the session's minutes.", part)


def _said() -> Iterator[Field]:
    part = "Words for the patient"
    told = f"A line of at most {CUE_WORDS} words; {{reps}} and {{hold}} are filled in from the dose."
    for number in range(CUES):
        yield Field(f"cues.{number}", "maybe", f"line {number + 1}", told, part)
    yield Field("stop_if", "text", "stop", "When to stop, in one sentence. It is printed on every plan.", part)


def _safety(texts: Texts) -> Iterator[Field]:
    told = "A precaution with which it is not given; with a limit after a colon, FLOOR: on your bed, it is given so."
    for number, line in _list(texts, "blocks", "not with"):
        yield Field(f"blocks.{number}", "block", line, told, "When it is not given", "precautions")


def _ladder(texts: Texts) -> Iterator[Field]:
    part = "Ladder and evidence"
    yield Field("easier", "one", "easier", "The id of the next easier card, if there is one.", part, "cards")
    yield Field("harder", "one", "harder", "The id of the next harder card, if there is one.", part, "cards")
    told = "Where it is from, one source a row. Left empty, it says: The clinic's own card."
    for number, line in _list(texts, "evidence", "evidence"):
        yield Field(f"evidence.{number}", "maybe", line, told, part)


def _figure(texts: Texts) -> Iterator[Field]:
    part = "The figure"
    yield Field(MOVES, "choice", "drawn", "Start and finish, or the start alone. Up and Down.", part)
    yield Field("pose.props", "codes", "things", "What the person rests on, leans on or holds.", part, "props")
    told = "How the body moves: up at pelvis. A label after a colon: up at belly: in."
    for number, line in _list(texts, "pose.arrows", "arrow"):
        yield Field(f"pose.arrows.{number}", "arrow", line, told, part, "arrows")
    for when in postures(texts):
        told = f"What touches what at the {when}: pelvis on mat. Surfaces: {', '.join(sorted(SURFACES))}."
        yield Field(f"pose.{when}.anchor", "anchor", f"{when} rests", told, part, "points")


def postures(texts: Texts) -> tuple[str, ...]:
    """The postures a card draws."""
    return ("start", "finish") if texts.get(MOVES) == BOTH else ("start",)


def _list(texts: Texts, prefix: str, line: str) -> Iterator[tuple[int, str]]:
    """The rows of a list: those filled in and one more."""
    for number in range(max(filled(texts, prefix), default=-1) + 2):
        yield number, f"{line} {number + 1}"


def filled(texts: Texts, prefix: str) -> list[int]:
    """The rows of a list that hold a text."""
    rows = (
        key.removeprefix(f"{prefix}.") for key, text in texts.items() if key.startswith(f"{prefix}.") and text.strip()
    )
    return sorted(int(row) for row in rows)


# -- angles --------------------------------------------------------------------------------------------------------

SIDE_WORDS: Final = {
    "trunk": ("trunk", "The whole body: 0 upright, 90 face down, -90 on the back."),
    "spine": ("upper back", "The upper half of the back on the lower; forwards is positive."),
    "neck": ("neck", "The head on the back; forwards is positive."),
    "shoulder": ("shoulder", "The arm; 0 hangs down, forwards and up is positive."),
    "elbow": ("elbow", "Bending is positive."),
    "hip": ("hip", "The thigh; forwards is positive."),
    "knee": ("knee", "Bending is positive."),
    "ankle": ("ankle", "Toes up is positive."),
}
FRONT_WORDS: Final = {
    "trunk": ("trunk", "The whole body leans; 0 is upright."),
    "spine": ("upper back", "The upper half of the back leans on the lower."),
    "neck": ("neck", "The head leans on the back."),
    "shoulder": ("shoulder", "The arm; out to the side and up is positive."),
    "elbow": ("elbow", "The forearm; out to the side is positive."),
    "hip": ("hip", "The thigh; out to the side is positive."),
    "knee": ("knee", "The shin; out to the side is positive."),
    "foot": ("foot", "Turns the toes; out is positive."),
}
TOP_WORDS: Final = {
    "pelvis_yaw": ("pelvis", "Turned as a clock goes round is positive."),
    "shoulder_yaw": ("shoulders", "The chest; turned as a clock goes round is positive."),
    "head_yaw": ("head", "Turned as a clock goes round is positive."),
    "shoulder": ("arm", "0 straight out to the side, 90 straight ahead."),
    "elbow": ("elbow", "Bends further the way the arm turns."),
}
JOINTS: Final[dict[View, dict[str, tuple[str, str]]]] = {
    "side": SIDE_WORDS,
    "front": FRONT_WORDS,
    "top": TOP_WORDS,
    "face": {},
}
"""View -> angle of a posture -> what it is called and means."""
LIMBS: Final[dict[View, tuple[str, str]]] = {
    "side": ("near", "far"),
    "front": ("left", "right"),
    "top": ("right", "left"),
    "face": ("", ""),
}
"""What the two of a pair are: nearer to who looks, or a side of the patient."""
WHOLE_BODY: Final = frozenset({"trunk", "spine", "neck", "pelvis_yaw", "shoulder_yaw", "head_yaw"})
"""Angles there is one of."""


def _angles(texts: Texts, view: View) -> Iterator[Field]:
    for joint, (called, means) in JOINTS[view].items():
        for when in postures(texts):
            for number in range(1 if joint in WHOLE_BODY else 2):
                limb = "" if joint in WHOLE_BODY else f", {LIMBS[view][number]}"
                yield Field(f"pose.{when}.{joint}.{number}", "angle", called, f"{when}{limb}: {means}", "Joint angles")
