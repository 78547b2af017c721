"""A card as the texts of its fields, and those texts read back as a card, with everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from assess_tui.entry.card_fields import ALONE, BOTH, CHOICES, JOINTS, MOVES, WHOLE_BODY, Texts, filled
from protocols.check import Fault
from protocols.model import Arrow, Block, Dose, Exercise, Pose, Posture

OWN_EVIDENCE: Final = "The clinic's own card."
"""What stands for a source where none is named."""
OWN_ID: Final = re.compile(r"own_[a-z0-9_]{1,32}")
SEPARATORS: Final = re.compile(r"[\s,;]+")
ARROW: Final = re.compile(r"([^\s:]+)(?:\s+at\s+([^\s:]+))?\s*(?::\s*(.*))?")
ANCHOR: Final = re.compile(r"(\S+)\s+on\s+(\S+)")
WHOLE: Final = re.compile(r"\d{1,4}")
SECONDS: Final = re.compile(r"\d{1,4}(?:[.,]\d)?")
DEGREES: Final = re.compile(r"-?\d{1,6}(?:[.,]\d+)?")
PRINTED: Final = ("name", "position", "equipment", "frequency", "tempo")
WHOLES: Final = ("hold_s", "per_day", "days_per_week")
DOSE: Final = ("sets", "reps", "sec_per_rep", "sides", "rest_s")


def texts_of(card: Exercise) -> dict[str, str]:
    """What each field of a card says. Nothing is left out that `card_of` needs to make the same card again."""
    return {
        **{name: getattr(card, name) for name in (*PRINTED, "phase", "dose_unit", "stop_if", "easier", "harder")},
        **{name: str(getattr(card, name)) for name in ("upright", *WHOLES)},
        **{f"dose.{name}": str(getattr(card.dose, name)) for name in DOSE},
        "id": card.id,
        "pace": " ".join(f"{seconds:g}" for seconds in card.pace),
        "snack": "yes" if card.snack else "no",
        "targets": " ".join(card.targets),
        "kit": " ".join(card.kit),
        **_rows("cues", card.cues),
        **_rows("blocks", [f"{one.code}: {one.limit}" if one.limit else one.code for one in card.blocks]),
        **_rows("evidence", [one for one in card.evidence if one != OWN_EVIDENCE]),
        **_pose_texts(card.pose),
    }


def _rows(name: str, held: Any) -> dict[str, str]:
    return {f"{name}.{number}": one for number, one in enumerate(held)}


def _pose_texts(pose: Pose) -> dict[str, str]:
    """A posture that is not there yet begins as the start."""
    return {
        MOVES: ALONE if pose.finish is None else BOTH,
        "pose.props": " ".join(pose.props),
        **_rows("pose.arrows", [_arrow_text(one) for one in pose.arrows]),
        **_posture_texts("start", pose.start, pose),
        **_posture_texts("finish", pose.finish or pose.start, pose),
    }


def _arrow_text(arrow: Arrow) -> str:
    at = f" at {arrow.at}" if arrow.at else ""
    return f"{arrow.kind}{at}{f': {arrow.label}' if arrow.label else ''}"


def _posture_texts(when: str, posture: Posture, pose: Pose) -> dict[str, str]:
    texts = {f"pose.{when}.anchor": " on ".join(posture.anchor or ())}
    for joint in JOINTS[pose.view]:
        held = getattr(posture, joint)
        for number, angle in enumerate((held,) if joint in WHOLE_BODY else held):
            texts[f"pose.{when}.{joint}.{number}"] = repr(angle).removesuffix(".0")
    return texts


def card_of(texts: Texts, last: Exercise) -> tuple[Exercise, list[Fault]]:
    """The card the texts say, and what cannot be read; there the card keeps what it held in `last`.

    What has no field (lengths seen at a slant, a measured angle) stays as it is in `last`.
    """
    reading = _Reading(texts)
    card = msgspec.structs.replace(
        last,
        **{name: reading.printed(name) for name in PRINTED},
        **{name: texts[name] for name in ("phase", "dose_unit")},
        **{name: texts[name].strip() for name in ("stop_if", "easier", "harder")},
        **{name: reading.whole(name, getattr(last, name)) for name in WHOLES},
        id=texts["id"].strip(),
        upright=int(texts["upright"]),
        pace=reading.seconds("pace", last.pace),
        snack=texts["snack"] == "yes",
        targets=reading.codes("targets"),
        kit=reading.codes("kit"),
        dose=Dose(**{name: reading.whole(f"dose.{name}", getattr(last.dose, name)) for name in DOSE}),
        cues=reading.rows("cues"),
        blocks=tuple(_block(row) for row in reading.rows("blocks")),
        evidence=reading.rows("evidence") or (OWN_EVIDENCE,),
        pose=_pose(reading, last.pose),
    )
    if not card.targets:
        reading.refuse("targets", "name the finding it answers")
    return card, reading.faults


def _block(row: str) -> Block:
    code, _, limit = row.partition(":")
    return Block(code=code.strip(), limit=limit.strip())


def _pose(reading: _Reading, last: Pose) -> Pose:
    both = reading.texts[MOVES] == BOTH
    return msgspec.structs.replace(
        last,
        props=reading.codes("pose.props"),
        arrows=tuple(reading.arrows()),
        start=_posture(reading, "start", last.start, last),
        finish=_posture(reading, "finish", last.finish or last.start, last) if both else None,
    )


def _posture(reading: _Reading, when: str, last: Posture, pose: Pose) -> Posture:
    angles: dict[str, Any] = {}
    for joint in JOINTS[pose.view]:
        held, place = getattr(last, joint), f"pose.{when}.{joint}"
        if joint in WHOLE_BODY:
            angles[joint] = reading.angle(f"{place}.0", held)
        else:
            angles[joint] = tuple(reading.angle(f"{place}.{number}", one) for number, one in enumerate(held))
    return msgspec.structs.replace(last, anchor=reading.anchor(f"pose.{when}.anchor"), **angles)


class _Reading:
    """Reads fields and collects what cannot be read."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.faults: list[Fault] = []

    def refuse(self, key: str, why: str) -> None:
        self.faults.append(Fault(key, "not_read", why))

    def printed(self, key: str) -> str:
        if not (said := self.texts[key].strip()):
            self.refuse(key, "is empty, and the card prints it")
        return said

    def whole(self, key: str, last: int) -> int:
        text = self.texts[key].strip()
        if WHOLE.fullmatch(text):
            return int(text)
        self.refuse(key, "type a whole number")
        return last

    def seconds(self, key: str, last: tuple[float, ...]) -> tuple[float, ...]:
        parts = self.texts[key].split()
        if all(SECONDS.fullmatch(part) for part in parts):
            return tuple(float(part.replace(",", ".")) for part in parts)
        self.refuse(key, "type seconds with spaces between, for example 3 2 3 0")
        return last

    def angle(self, key: str, last: float) -> float:
        text = self.texts[key].strip()
        if DEGREES.fullmatch(text):
            return float(text.replace(",", ".")) + 0.0
        self.refuse(key, "type degrees, for example 45 or -10")
        return last

    def codes(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for code in SEPARATORS.split(self.texts[key]) if code))

    def rows(self, name: str) -> tuple[str, ...]:
        return tuple(self.texts[f"{name}.{number}"].strip() for number in filled(self.texts, name))

    def arrows(self) -> Iterator[Arrow]:
        for number in filled(self.texts, "pose.arrows"):
            key = f"pose.arrows.{number}"
            if found := ARROW.fullmatch(self.texts[key].strip()):
                kind, at, label = (part or "" for part in found.groups())
                yield Arrow(kind=kind, at=at, label=label.strip())
            else:
                self.refuse(key, "type a way and a place, for example up at pelvis")

    def anchor(self, key: str) -> tuple[str, str] | None:
        row = self.texts[key].strip()
        found = ANCHOR.fullmatch(row)
        if row and not found:
            self.refuse(key, "type a point and a surface, for example pelvis on mat")
        return (found[1], found[2]) if found else None


def id_fault(card: str, taken: frozenset[str]) -> str:
    """Why a new card may not have this id; "" where it may. It becomes the name of a file."""
    if not OWN_ID.fullmatch(card):
        return "type own_ and then small letters, digits and _, for example own_heel_raise"
    return f"there is a card {card} already; choose another" if card.casefold() in taken else ""


def proposed_id(name: str, taken: frozenset[str]) -> str:
    """An id out of a name: "own_glute_bridge"; numbered where it is taken."""
    words = re.findall(r"[a-z0-9]+", name.casefold())
    made = f"own_{'_'.join(words) or 'card'}"[:32].rstrip("_")
    numbered = (made if number == 1 else f"{made}_{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


def choice_after(key: str, now: str, by: int) -> str:
    """The value of a choice so many places further, round and round."""
    values = list(CHOICES[key])
    return values[(values.index(now) + by) % len(values)]
