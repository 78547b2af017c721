"""The stand test from its first question to its result: the part open now, STOP, and where to go on. No screen."""

from __future__ import annotations

from collections.abc import MutableMapping
from decimal import Decimal
from typing import Final

from assess_tui.clock import Clock
from assess_tui.entry.stand.after import Interrupted, LeftOut, PainEnd, Recovery, Result, Standing, Upright
from assess_tui.entry.stand.before import Override, Questions, Refused
from assess_tui.entry.stand.live import Live
from assess_tui.entry.stand.lying import Lying, Oxygen, Rest, Up
from assess_tui.entry.stand.pages import against, at, count, lying
from assess_tui.entry.stand.part import Part
from assess_tui.entry.stand.row import Did, refused
from assess_tui.visit.session import VisitSession
from assess_tui.visit.waiting import STAND
from protocols.standing import StandRun, concordant
from protocols.visit import Cell

PARTS: Final[dict[str, type[Part]]] = {
    part.id: part
    for part in (
        *(Questions, Refused, Override),
        *(Rest, Lying, Oxygen, Up),
        *(Standing, Interrupted, Upright, PainEnd, Recovery, Result, LeftOut),
    )
}
SIGNS: Final = {
    "Faint or nearly faint": "presyncope",
    "Pale and sweating": "presyncope",
    "Chest pain or bad breathlessness": "chest_pain",
    "New nerve sign or jerking": "neuro_sign",
}
"""Reasons to stop that are a sign of their own on the record."""
NOT_STARTED: Final = "Stopped before standing"
KEPT: Final = frozenset(
    {"protocol", "screen", "contraindications", "medications", "confounders", "symptom_months", "override", "device"}
)
"""What holds for the visit, also when the test is begun anew."""


class StandEntry:
    """One visit's stand test."""

    def __init__(
        self,
        session: VisitSession,
        runs: MutableMapping[str, StandRun],
        clock: Clock,
        last_protocol: str = "",
        *,
        each_minute: bool = False,
    ) -> None:
        self.session = session
        self.live = Live(session, runs, clock, each_minute=each_minute)
        self.last_protocol = last_protocol
        self.accepted: frozenset[str] = frozenset()
        """What speaks against the test and was answered with a reason."""
        self._sign = ""
        """The sign the last reason to stop put on record."""
        self.part: Part = self._here()

    @property
    def standing(self) -> bool:
        """The patient is on their feet: nothing may take the screen away."""
        return self.live.run.phase == "standing"

    # -- from part to part ---------------------------------------------------------------------------------------

    def open(self, part: str) -> Did:
        self.part = PARTS[part](self)
        return Did(stored=True)

    def _here(self) -> Part:
        """Where the record and the run say the test is."""
        return PARTS[self._here_id()](self)

    def _here_id(self) -> str:
        phase = self.live.run.phase
        if self._holds("not_done"):
            return "left_out"
        if self._holds("completed") or self._holds("stopped"):
            return "result" if self._holds("upright_symptoms") else "upright"
        if phase == "standing":
            return "standing"
        if count(self.session, "minute"):
            return "interrupted"
        if phase == "over":
            self.live.begin_anew()
        if phase == "lying":
            return "up" if concordant(lying(self.session), self.session.library.stand) else "lying"
        return "rest" if phase == "rest" else "questions"

    def _holds(self, field: str) -> bool:
        return at(field) in self.session.visit.cells

    def object(self) -> Did | None:
        """Refuse for what forbids the test, ask a reason for what speaks against it; None when nothing does."""
        found = against(self.session)
        if found.absolute:
            return self.open("refused")
        return self.open("override") if set(found.relative) - self.accepted else None

    def past_lists(self) -> Did:
        """Go on with the questions after the lists of what speaks against the test."""
        pages = Questions(self).pages
        after = max(place for place, page in enumerate(pages) if page.id.startswith("unsafe")) + 1
        self.part = Questions(self, after)
        return Did(stored=True)

    def lie_down(self) -> Did:
        """The rest begins; readings of a test that was broken off before its first minute belong to another rest."""
        self._withdraw(KEPT | {"pain_start"}, "a new rest")
        self.live.begin_anew()
        self.live.run = self.live.run.lie_down(self.live.seconds)
        return self.open("rest")

    def _withdraw(self, but: frozenset[str], why: str) -> None:
        """Take back what the test holds, but these fields."""
        for cell in [cell for cell in self.session.visit.cells if cell.test == "@stand" and cell.field not in but]:
            self.session.withdraw(cell, why)

    def step_back(self) -> Did:
        """From a refusal to the answers that led to it."""
        if self.live.run.phase == "lying":
            return self.open("lying")
        self.past_lists()
        return self.part.back()

    # -- what was typed and not entered ----------------------------------------------------------------------------

    @property
    def waits(self) -> tuple[Cell, str]:
        """What is typed of a reading, in words."""
        digits = self.part.waits
        return Cell(STAND), f"{digits.name} {digits.text}" if digits is not None and digits.text else ""

    def left_typed(self) -> Did:
        """A reading belongs to its minute, which is gone by the next time: it is told then, never typed again."""
        text = self.session.waiting.take(STAND).text
        return Did(f"{text} was typed when this was left, and not entered.", "warn") if text else Did()

    # -- the clock -------------------------------------------------------------------------------------------------

    def look(self, every: float = 1.0) -> Did:
        """Look at the clock; `every` is how often that is done, in seconds of that clock."""
        beat = self.live.tick(every)
        return self.over(Did(beat.say, "warn", stored=beat.changed, bell=beat.bell))

    def over(self, did: Did) -> Did:
        """The same, or the end of the test where it has just come."""
        if self.part.id != "standing" or not self._holds("completed"):
            return did
        self.open("upright")
        return did._replace(
            say=f"{self.live.run.last_minute} minutes are over. Lie down now.", tone="good", stored=True, bell=True
        )

    # -- STOP ------------------------------------------------------------------------------------------------------

    def stop(self) -> Did:
        """The clock first, then the record, then the card. Asks nothing."""
        ended = self._holds("completed") or self._holds("stopped") or self._holds("not_done")
        if self.live.run.standing_from is not None and not ended:
            self.live.run = self.live.run.end(self.live.seconds)
            self.session.put(at("stopped"), {"minute": self.live.run.stopped_minute(), "reason": ""})
            self.open("upright")
        elif not ended:
            self.session.put(at("not_done"), NOT_STARTED)
            self.open("left_out")
        return Did(stored=True, card=True)

    def reason(self, place: int) -> str:
        """Why it was stopped; returns the sign this is, or ""."""
        reason = self.session.library.stand.stop_reasons[place]
        sign = SIGNS.get(reason, "")
        if self._holds("not_done"):
            self._never_stood(reason, sign)
        elif self._holds("stopped"):
            self.session.put(at("stopped"), {**self.session.visit.value(at("stopped")), "reason": reason})
        if sign != self._sign:
            for corrected in filter(None, (self._sign, self._sign and "syncope")):
                self.session.withdraw(at(corrected), "another reason was given")
        if sign:
            self.session.put(at(sign), True)
        self._sign = sign
        return sign

    def _never_stood(self, reason: str, sign: str) -> None:
        """A sign counts as a test stopped at once, so that it blocks what it must; anything else leaves it out."""
        if not sign:
            self.session.put(at("not_done"), f"{NOT_STARTED}: {reason}")
            return
        self.session.put(at("stopped"), {"minute": Decimal(0), "reason": reason})
        self.session.withdraw(at("not_done"), "a sign was recorded")
        self.open("upright")

    def lost_consciousness(self) -> None:
        self.session.put(at("syncope"), True)

    # -- back ------------------------------------------------------------------------------------------------------

    def undo(self) -> Did:
        """Take the last answer back. A test that ended stays ended: it cannot go on after a pause."""
        cell, said = self.session.to_undo(), self.session.undo()
        if cell is None or said is None:
            return refused("Nothing to take back.")
        if self.part.id == "standing":
            self.live.reopen(cell)
        elif not isinstance(self.part, Questions | Rest):
            self.part = self._here()
        return Did(said, stored=True)

    def start_anew(self, why: str) -> Did:
        """Everything measured is withdrawn, with why; the questions stay as answered."""
        self._withdraw(KEPT, why)
        self.live.begin_anew()
        self.accepted = frozenset()
        self.open("questions")
        return Did("The test starts anew; what was measured before stays in the record.", "warn", stored=True)
