"""What the library screen shows, as Content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from assess_tui.text import fit, hanging, line, literal, tinted
from protocols.cards import PHASES, Shown, shown
from protocols.model import Exercise, Library

Barred = Callable[[Exercise], str | None]
"""Why a card may not be given to this patient, in words; None where it may."""
LEAST_NAME = 16
LEAST_ASIDE = 18
"""Cells a name, and what stands beside it, keep where both are long."""
LONGEST_ID = 14


class CardsView:
    """The cards of one library, for one patient where there is one; what was drawn once is remembered."""

    def __init__(self, library: Library, barred: Barred | None, within: Collection[str] = ()) -> None:
        self.library = library
        self._barred = barred
        self._within = within
        self._told: dict[str, Shown] = {}
        self._rows: dict[tuple[str, bool, int], Content] = {}
        self._details: dict[tuple[str, int], list[Content]] = {}
        self._id_room = min(LONGEST_ID, max(map(len, library.exercises), default=0))

    def shown(self, card: Exercise) -> Shown:
        """The card in words, worked out once."""
        if card.id not in self._told:
            self._told[card.id] = shown(card, self.library)
        return self._told[card.id]

    def why_barred(self, card: Exercise) -> str:
        """Why the card is barred for this patient; empty where it is not."""
        why = self._barred(card) if self._barred else None
        return (why or "").removeprefix("barred by ")

    # -- the list ----------------------------------------------------------------------------------------------------

    def listing(self, found: Sequence[Exercise], first: int, row: int, room: tuple[int, int]) -> list[Content]:
        """The rows from `first` on, as many as there is room for (cells across, rows down)."""
        width, height = room
        shown = enumerate(found[first : first + height], first)
        return [self._row(card, at == row, width) for at, card in shown]

    def _row(self, card: Exercise, here: bool, width: int) -> Content:
        if (card.id, here, width) not in self._rows:
            self._rows[card.id, here, width] = self._new_row(card, here, width)
        return self._rows[card.id, here, width]

    def _new_row(self, card: Exercise, here: bool, width: int) -> Content:
        aside, style = self._aside(card)
        room = width - self._id_room - 5
        beside = min(cell_len(aside), max(LEAST_ASIDE, room - cell_len(card.name)), room - LEAST_NAME)
        name, said = fit(card.name, room - beside), (f"  {fit(aside, beside)}", style)
        if here:
            lead = (("▸ ", "$accent bold"), (f"{fit(card.id, self._id_room)} ", "$accent"))
            return tinted(line(*lead, (name, "bold"), said), width)
        return line((f"  {fit(card.id, self._id_room)} ", "$quiet"), name, said)

    def _aside(self, card: Exercise) -> tuple[str, str]:
        """In the plan already, barred and why, or its minutes: always a word."""
        if card.id in self._within:
            return "in the plan", "$success"
        if why := self.why_barred(card):
            return f"barred: {why}", "$warning"
        return self.shown(card).minutes.partition(",")[0], "$quiet"

    # -- one card ----------------------------------------------------------------------------------------------------

    def detail(self, card: Exercise, width: int) -> list[Content]:
        """Everything about one card, as rows of this width."""
        if (card.id, width) not in self._details:
            self._details[card.id, width] = self._new_detail(card, width)
        return self._details[card.id, width]

    def _new_detail(self, card: Exercise, width: int) -> list[Content]:
        told = self.shown(card)
        rows = [
            line((told.name, "$accent bold"), (f"   {told.id}", "$quiet")),
            *self._for_this_patient(card, width),
            hanging(Content(""), told.dose, width, "bold"),
            hanging(Content(""), f"{told.minutes}; {told.often}", width, "$quiet"),
            *(hanging(line((f"{number}  ", "$quiet")), cue, width) for number, cue in enumerate(told.cues, 1)),
            hanging(line(("!  ", "$error bold")), told.stop_if, width, "$error"),
            *(_named(name, said, width) for name, said in _facts(told, PHASES[card.phase]) if said),
        ]
        return [part for row in rows for part in row.split("\n", allow_blank=True)]

    def _for_this_patient(self, card: Exercise, width: int) -> Iterator[Content]:
        if card.id in self._within:
            yield literal("in the plan", "$success")
        elif why := self.why_barred(card):
            yield hanging(line(("barred  ", "$warning bold")), why, width, "$warning")


def _facts(told: Shown, phase: str) -> Iterator[tuple[str, str]]:
    """Label and text, the clinician's side of the card."""
    yield "for", "; ".join(told.targets)
    yield "ladders", "; ".join(told.ladders)
    yield "easier", told.easier
    yield "harder", told.harder
    yield "not with", "; ".join(told.blocks)
    yield "limits", "; ".join(told.limits)
    yield "phase", phase
    yield "position", told.position
    yield "needs", told.equipment
    yield "tempo", told.tempo
    yield "evidence", " ".join(told.evidence)
    yield "from", told.origin


def _named(name: str, said: str, width: int) -> Content:
    return hanging(line((name.ljust(10), "$accent")), said, width)
