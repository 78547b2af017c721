"""The plan as a numbered list, changed card by card; then the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.days import coming_day, short_day
from assess_tui.entry.plan import Changed, PlanEntry
from assess_tui.plain import plan_words as told
from assess_tui.plain.kept import earlier, keep, template
from assess_tui.plain.talk import row_of
from protocols.planning import why_not
from protocols.teaching import CHECK_IN_WEEKS, TEACH_BACK, weeks_after

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

EXPLAINS: Final = (
    "A number marks a card and reads it; a number and a letter does it to that card: 3 d.",
    "a and words: add a card. d: take it out. w: another in its place. e: easier. h: harder.",
    "r: its dose, as r 2 rounds of 8 is r 2 8; r alone asks. /: the side to begin with. [ and ]: earlier, later.",
    "t and a number: the patient showed it, with so many cues; n: not yet practised.",
    "+ and -: more or fewer minutes a day. c: the day of the check-in. x: back to the plan of the rules.",
    "why: all the plan says, and why other cards are not in it. l: what is proposed for the last plan's cards.",
    "p: the plans kept so far. o: begin with a plan of the clinic. m and a name: keep these cards as one.",
    "Enter: keep the plan and go on to the paper. b: back to the findings.",
)
"""The letters of the screen; b goes back everywhere, so that why not is a word here."""


def take(room: Room) -> str:
    """Say the plan, take its changes; returns the paper."""
    plan = _Plan(room)
    room.show(lambda: told.whole(plan.entry), ("@plan", TEACH_BACK))
    while not (place := plan.line()):
        pass
    return place


class _Plan:
    """The plan of the open visit, one of its cards marked."""

    def __init__(self, room: Room) -> None:
        self.room, self.session, self.talk = room, room.session, room.talk
        self.entry = PlanEntry(room.session)
        if (about := room.about) is not None and about.field in self.entry.cards:
            self.entry.row = self.entry.cards.index(about.field)
        room.about = None

    def line(self) -> str:
        """Ask once; returns the place to go to, "" to stay."""
        card = self.entry.card
        marked = f"Marked: {card.name.partition(' (')[0]}. " if card is not None else ""
        words = self.room.ask(f"{marked}A letter changes it, Enter goes on to the paper?", EXPLAINS)
        if not words:
            return self._keep()
        if words[0] == "b" or words == ["l"]:
            return "findings" if words[0] == "b" else "proposals"
        if words[0].isdecimal() and not self._mark(words[0]):
            return ""
        if words[0].isdecimal():
            words = words[1:]
            if not words:
                self.talk.say(*told.card(self.entry))
                return ""
        self._do(words)
        return ""

    def _keep(self) -> str:
        if not self.entry.plan.blocked:
            self.session.save_plan(self.entry.plan)
        return "paper"

    def _mark(self, number: str) -> bool:
        if row_of(number, self.entry.cards) is not None:
            self.entry.row = int(number) - 1
            return True
        self.talk.say(f"The plan has cards 1 to {len(self.entry.cards)}." if self.entry.cards else "No card yet.")
        return False

    # -- changes -----------------------------------------------------------------------------------------------------

    def _do(self, words: list[str]) -> None:
        """One command with what belongs to it."""
        head, rest, entry = words[0].casefold(), words[1:], self.entry
        longer: dict[str, Callable[[list[str]], None]] = {
            "a": self._add,
            "w": self._swap,
            "r": self._dose,
            "t": self._showed,
            "c": self._check_in,
            "m": lambda rest: keep(self.room, entry, " ".join(rest)),
        }
        plain: dict[str, Callable[[], Changed]] = {
            "d": entry.remove,
            "[": lambda: entry.move(-1),
            "]": lambda: entry.move(1),
            "/": entry.side,
            "n": entry.not_yet,
            "+": lambda: entry.change_minutes(1),
            "-": lambda: entry.change_minutes(-1),
            "x": entry.by_rules,
        }
        if head in longer:
            longer[head](rest)
        elif head in ("e", "h") and not rest:
            self._try(entry.easier if head == "e" else entry.harder)
        elif head in plain and not rest:
            self._after(plain[head]())
        elif head in ("o", "p") and not rest:
            self._begin_with(head)
        elif words == ["why"]:
            self.talk.say(*self._why_not())
        else:
            self.room.not_known(words)

    def _begin_with(self, head: str) -> None:
        """Another plan's cards in place of these: one of the clinic, or one kept before."""
        if cannot := self.entry.cannot(marked=False):
            self._after(cannot)
        elif head == "o" and (one := template(self.room)) is not None:
            self._after(self.entry.take_up(one.cards, f"template {one.name}"))
        elif head == "p" and (kept := earlier(self.room)) is not None:
            self._after(self.entry.take_up(kept.cards, "taken up again"))

    def _after(self, changed: Changed) -> None:
        self.room.said(changed.say)
        if changed.tone != "refused":
            self.talk.say(told.summary(self.entry), *(f"Warning: {one}" for one in self.entry.plan.warnings))

    def _try(self, change: Callable[[str], Changed]) -> None:
        """A barred card asks for a reason first; without one nothing happens."""
        changed = change("")
        if changed.barred:
            self.talk.say(f"Barred for this patient: {changed.barred}")
            why = self.talk.ask("To give it all the same, say why; the clinic's copy prints it. Enter: no.")
            changed = change(why) if why else Changed("Nothing was changed.", "refused")
        self._after(changed)

    def _add(self, rest: list[str]) -> None:
        from assess_tui.plain.cards import chosen

        if cannot := self.entry.cannot(marked=False):
            self._after(cannot)
        elif card := chosen(self.room, " ".join(rest)):
            self._try(lambda forced: self.entry.add(card, forced))

    def _swap(self, rest: list[str]) -> None:
        from assess_tui.plain.cards import chosen

        if cannot := self.entry.cannot():
            self._after(cannot)
        elif card := chosen(self.room, " ".join(rest), self.entry.nearest()):
            self._try(lambda forced: self.entry.swap(card, forced))

    def _dose(self, rest: list[str]) -> None:
        """All the numbers of the dose in turn; a number left out stays."""
        opened = self.entry.open_dose()
        if isinstance(opened, Changed):
            self._after(opened)
            return
        typed = rest
        if not typed:
            names = ", ".join(f"{number.name} {opened.value(number)}" for number in opened.numbers)
            typed = self.talk.ask(f"New numbers in this order: {names}? Enter changes nothing.").split()
        if not typed:
            return
        if len(typed) > len(opened.numbers) or not all(one.isdecimal() and one.isascii() for one in typed):
            names = ", ".join(number.name for number in opened.numbers)
            self.talk.say(f"A dose has up to {len(opened.numbers)} whole numbers: {names}. Nothing was changed.")
            return
        for place, number in enumerate(typed):
            opened.index = place
            opened.move(0)
            for digit in number:
                opened.type(digit)
        self._after(self.entry.dose(opened.dose))

    def _showed(self, rest: list[str]) -> None:
        if len(rest) == 1 and rest[0].isdecimal() and len(rest[0]) == 1:
            self.room.said(self.entry.showed(int(rest[0])).say)
        else:
            self.talk.say("t and a number from 0 to 9: so many cues were needed.")

    def _check_in(self, rest: list[str]) -> None:
        visit = self.session.visit.date
        usual = short_day(weeks_after(visit, CHECK_IN_WEEKS))
        asks = f"Check-in: 1 in one week, 2 in two weeks, or a day as 4 12. Enter: {usual}?"
        typed = " ".join(rest) or self.talk.ask(asks)
        weeks = {"1": 1, "2": 2, "": CHECK_IN_WEEKS}.get(typed)
        day = weeks_after(visit, weeks) if weeks is not None else coming_day(typed, visit)
        self.room.said(day if isinstance(day, str) else self.entry.agree_check_in(day).say)

    def _why_not(self) -> Iterator[str]:
        now, library = self.session.assessment(), self.session.library
        yield from (*self.entry.plan.messages, *self.entry.plan.warnings)
        asked = (self.session.case(), now.findings, now.blocks, now.concern, now.verdict, library)
        reasons = why_not(*asked)
        yield from (f"Not in it: {library.exercises[card].name}, {reason}." for card, reason in reasons.items())
        if not reasons:
            yield "Every likely card is in it."
