"""A clinic card being written: its fields, the marked one, what is wrong, and undo. No screen, nothing on disk."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import msgspec

from assess_tui.entry.card_fields import CHOICES, STEP, Field, Kind, fields, known_words, postures, range_of
from assess_tui.entry.card_places import field_of, sentence
from assess_tui.entry.card_texts import SEPARATORS, card_of, choice_after, id_fault, proposed_id, texts_of
from protocols.check import Fault, Problem, check_card
from protocols.figure import frames
from protocols.model import Exercise, Library, Pose
from protocols.search import words as folded

LONGEST: Final = 400
"""Letters of one field."""
DIGITS: Final = 4
"""Characters of one number."""
NEAR: Final = 6
"""Known ids offered at once."""
NUMBERS: Final = ("whole", "angle")
_MOVES: Final = {"tab": 1, "enter": 1, "shift+tab": -1}
_NUDGES: Final = {"up": 1, "down": -1}
_PAGES: Final = {"pagedown": 1, "pageup": -1}
_ENDS: Final = {"home": 0, "end": LONGEST}
_STEPS: Final = {"left": -1, "right": 1}
_RUBS: Final = {"backspace": -1, "delete": 1}


class Kept(NamedTuple):
    """What undo goes back to."""

    texts: dict[str, str]
    key: str


class CardEntry:
    """Texts are what there is; the card, its figure and its faults follow from them at every change."""

    def __init__(self, copied: Exercise, library: Library, *, new: bool) -> None:
        self.copied, self.library, self.new = copied, library, new
        self.taken = frozenset(known.casefold() for known in library.exercises)
        self.texts = texts_of(copied)
        begun = msgspec.structs.replace(copied, version=copied.version + 1)
        if new:
            self.texts = {key: text for key, text in self.texts.items() if not key.startswith("evidence.")}
            self.texts["id"] = proposed_id(copied.name, self.taken)
            begun = msgspec.structs.replace(copied, version=1, source="standard")
        self.card = begun
        self.problems: list[Problem] = []
        self.drawn: Pose = copied.pose
        """The last pose that can be drawn."""
        self.cursor = self._place = 0
        self._fields: tuple[Field, ...] = ()
        self._fresh = True
        self._typing = ""
        self._past: list[Kept] = []
        self._future: list[Kept] = []
        self._begun = dict(self.texts)
        self._read()
        self._mark("name")

    # -- what is there -----------------------------------------------------------------------------------------------

    @property
    def fields(self) -> tuple[Field, ...]:
        return self._fields

    @property
    def field(self) -> Field:
        """The marked one."""
        return self._fields[self._place]

    @property
    def changed(self) -> bool:
        """Whether anything was filled in otherwise than it was copied."""
        return {key: text for key, text in self.texts.items() if text} != {
            key: text for key, text in self._begun.items() if text
        }

    @property
    def when(self) -> Literal["start", "finish", ""]:
        """The posture the marked field belongs to."""
        key = self.field.key
        return "start" if key.startswith("pose.start") else "finish" if key.startswith("pose.finish") else ""

    def text(self, field: Field) -> str:
        return self.texts.get(field.key, "")

    def shown(self, field: Field) -> str:
        """What stands in a field: a choice in its words."""
        text = self.text(field)
        return CHOICES[field.key][text] if field.kind == "choice" else text

    @property
    def fresh(self) -> bool:
        """Whether the next character takes the place of the number."""
        return self._fresh and self.field.kind in NUMBERS

    def near(self) -> tuple[str, ...]:
        """Ids the last word of the marked field may mean, with their names; the first ones where nothing is typed."""
        field = self.field
        known = self._known(field)
        typed = "" if field.kind == "one" and not self.text(field) else _last_word(self.text(field), field.kind)
        if known.get(typed):
            return (f"{typed} {known[typed]}",)
        wanted = folded(typed)
        fits = [
            f"{code} {name}".strip()
            for code, name in known.items()
            if all(any(word.startswith(one) for word in folded(f"{code} {name}")) for one in wanted)
        ]
        found = sorted(fits, key=lambda one: not one.casefold().startswith(typed.casefold()))
        return (*found[:NEAR], *(["…"] if len(found) > NEAR else []))

    def _known(self, field: Field) -> dict[str, str]:
        library = self.library
        return {
            "findings": {one.code: one.name for one in library.findings.values()},
            "precautions": {one.code: one.name for one in library.precautions.values()},
            "kit": {one.id: one.name for one in library.kit.values()},
            "cards": {one.id: one.name for one in library.exercises.values()},
        }.get(field.words) or dict.fromkeys(known_words(field), "")

    @property
    def range(self) -> tuple[float, float] | None:
        """The degrees the marked joint can be drawn at."""
        return range_of(self.field, self.copied.pose.view)

    # -- keys --------------------------------------------------------------------------------------------------------

    def press(self, key: str, character: str | None) -> bool:
        """What a key does to the marked field, or which field it marks. Says whether it belongs to the card."""
        if key in _MOVES:
            self.move(_MOVES[key])
        elif key in _PAGES:
            self.turn(_PAGES[key])
        elif key in _NUDGES:
            self._up_or_down(_NUDGES[key])
        elif key in _STEPS and self.field.kind in (*NUMBERS, "choice"):
            self.move(_STEPS[key])
        elif key in _STEPS:
            self._go(self.cursor + _STEPS[key])
        elif key in _ENDS:
            self._go(_ENDS[key])
        elif key in _RUBS:
            self._rub(_RUBS[key])
        elif key == "ctrl+u":
            self._clear()
        elif character is not None and character.isprintable():
            self.type(character)
        else:
            return False
        return True

    def move(self, by: int) -> None:
        """To the next field or the one before, round and round."""
        self._mark(self._fields[(self._place + by) % len(self._fields)].key)

    def turn(self, by: int) -> None:
        """To the first field under the next heading or the one before."""
        parts = list(dict.fromkeys(field.part for field in self._fields))
        part = parts[(parts.index(self.field.part) + by) % len(parts)]
        self._mark(next(field.key for field in self._fields if field.part == part))

    def type(self, text: str) -> None:
        """Letters at the cursor; a number is typed anew. What cannot be printed is left out, line breaks are spaces."""
        typed = "".join(letter for letter in " ".join(text.split("\n")) if letter.isprintable())
        field, held = self.field, self.text(self.field)
        if field.kind == "choice":
            self._choose(typed)
        elif field.kind in NUMBERS:
            self._type_number("" if self._fresh else held, typed)
        else:
            typed = typed[: max(0, LONGEST - len(held))]
            at = self.cursor + len(typed)
            self._put(held[: self.cursor] + typed + held[self.cursor :], cursor=at)

    def nudge(self, by: int) -> None:
        """An angle by 5 degrees, another number by 1, a choice to the next; nothing else."""
        field, held = self.field, self.text(self.field)
        if field.kind == "choice":
            self._put(choice_after(field.key, held, by), run=False)
        elif field.kind in NUMBERS:
            self._nudge_number(field, by)
        self._fresh = True

    def undo(self) -> str:
        """Take back the last change; says what."""
        return self._back(self._past, self._future, "Taken back")

    def redo(self) -> str:
        return self._back(self._future, self._past, "Brought back")

    def other_posture(self) -> None:
        """From an angle of the start to the same one of the finish, or back."""
        key, when = self.field.key, self.when
        if when and "finish" in postures(self.texts):
            other = "finish" if when == "start" else "start"
            self._mark(key.replace(f"pose.{when}.", f"pose.{other}."))

    def to_fault(self) -> None:
        """Mark the field of the first problem."""
        places = (field_of(problem.place, self._fields, self.texts) for problem in self.problems)
        if field := next((field for field in places if field is not None), None):
            self._mark(field.key)

    def said(self) -> list[str]:
        """Every problem on a line of its own, its place by the name of its field."""
        return [sentence(problem, self._fields, self.texts) for problem in self.problems]

    # -- inside ------------------------------------------------------------------------------------------------------

    def _up_or_down(self, by: int) -> None:
        if self.field.kind in (*NUMBERS, "choice"):
            self.nudge(-by if self.field.kind == "choice" else by)
        else:
            self.move(-by)

    def _mark(self, key: str) -> None:
        keys = [field.key for field in self._fields]
        self._place = keys.index(key) if key in keys else min(self._place, len(keys) - 1)
        self.cursor, self._fresh, self._typing = len(self.text(self.field)), True, ""

    def _go(self, cursor: int) -> None:
        self.cursor, self._fresh = max(0, min(cursor, len(self.text(self.field)))), False

    def _rub(self, by: int) -> None:
        held = self.text(self.field)
        if self.field.kind == "choice":
            return
        if self.field.kind in NUMBERS:
            self._put(held[:-1])
        elif by < 0 < self.cursor:
            self._put(held[: self.cursor - 1] + held[self.cursor :], cursor=self.cursor - 1)
        elif by > 0:
            self._put(held[: self.cursor] + held[self.cursor + 1 :], cursor=self.cursor)

    def _clear(self) -> None:
        if self.field.kind != "choice":
            self._put("", run=False)

    def _choose(self, typed: str) -> None:
        """The next choice whose words begin so."""
        choices = CHOICES[self.field.key]
        values = list(choices)
        here = values.index(self.text(self.field))
        for value in (*values[here + 1 :], *values[:here]):
            if typed and choices[value].startswith(typed.casefold()):
                self._put(value, run=False)
                return

    def _type_number(self, held: str, typed: str) -> None:
        angle = self.field.kind == "angle"
        for letter in typed:
            if letter.isdecimal() and letter.isascii() and len(held.lstrip("-")) < DIGITS:
                held += letter
            elif letter == "-" and angle:
                held = held.removeprefix("-") if held.startswith("-") else f"-{held}"
        self._put(held)

    def _nudge_number(self, field: Field, by: int) -> None:
        try:
            now = float(self.text(field).replace(",", "."))
        except ValueError:
            now = 0.0
        to = now + by * STEP if field.kind == "angle" else max(0.0, now + by)
        self._put(repr(to + 0.0).removesuffix(".0"), run=False)

    def _put(self, text: str, cursor: int | None = None, *, run: bool = True) -> None:
        """A run of letters in one field is one step of undo."""
        field = self.field
        if text != self.text(field):
            if not (run and self._typing == field.key):
                self._past.append(Kept(dict(self.texts), field.key))
            self._future.clear()
            self._typing = field.key if run else ""
            self._set(field.key, text)
        self.cursor, self._fresh = len(text) if cursor is None else cursor, False

    def _set(self, key: str, text: str) -> None:
        """The proposed id follows the name until another one is typed."""
        follows = self.new and key == "name" and self.texts["id"] == proposed_id(self.texts["name"], self.taken)
        self.texts[key] = text
        if follows:
            self.texts["id"] = proposed_id(text, self.taken)
        self._read()

    def _back(self, from_: list[Kept], to: list[Kept], lead: str) -> str:
        if not from_:
            return "Nothing more here."
        kept = from_.pop()
        to.append(Kept(dict(self.texts), kept.key))
        self.texts = dict(kept.texts)
        self._read()
        self._mark(kept.key)
        return f"{lead}: {self.field.line}."

    def _read(self) -> None:
        """The card of the texts, what is wrong with it, and its figure where it can be drawn."""
        self._fields = fields(self.texts, self.copied.pose.view, new=self.new)
        self._place = min(self._place, len(self._fields) - 1)
        self.card, faults = card_of(self.texts, self.card)
        if self.new and (why := id_fault(self.card.id, self.taken)):
            faults.insert(0, Fault("id", "id", why))
        found = check_card(self.card, self.library)
        self.problems = [*(Problem("", *fault) for fault in faults), *found]
        try:
            frames(self.card.pose)
        except KeyError:  # a word that is not known; the problems say which
            return
        self.drawn = self.card.pose


def _last_word(text: str, kind: Kind) -> str:
    """What is being typed of an id."""
    if kind in ("block", "arrow"):
        text = text.partition(":")[0]
    return text if kind == "block" else (SEPARATORS.split(text) or [""])[-1]
