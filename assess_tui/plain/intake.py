"""The intake: a page of numbered lines at a time, each answer on record as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.entry.intake import HIGHEST, IntakeEntry, held, line_words
from assess_tui.keyboard.words import with_keys
from assess_tui.plain.talk import sentence, up_to, whole

if TYPE_CHECKING:
    from assess_tui.entry.intake_pages import Choice
    from assess_tui.plain.room import Room

EXPLAINS: Final = (
    "Numbers tick lines, or untick them; several with spaces between. Enter goes on.",
    "Where each line is rated, type a number 0 to 3 for each line in turn.",
    "=: tick what was ticked at the last visit. b: the page before.",
    "device: what this visit is read with, new devices, last checks.",
)
ENTER: Final = {
    "consent": "1 is needed, Enter goes on",
    "problem": "Enter: something else, or nothing in particular",
    "kit": "0: nothing else, Enter: not asked",
    "length": "Enter: 45 minutes",
    "minutes": "",
}
"""What Enter alone means, where it is not none of the rest."""


def take(room: Room) -> str:
    """Ask every page from the first open one; returns the red flags."""
    intake = _Intake(room)
    while intake.page():
        pass
    return "flags"


class _Intake:
    """The pages, one of them open."""

    def __init__(self, room: Room) -> None:
        self.room, self.talk = room, room.talk
        self.entry = IntakeEntry(room.session)
        if room.about is not None:
            self.entry.open(room.about)
        room.about = None

    def page(self) -> bool:
        """Read one page out and take its answers; False once the intake is done."""
        entry, here = self.entry, self.entry.index
        asked = {choice.cell for choice in entry.page.choices}
        self.room.show(self._lines, {cell.test for cell in asked}, {cell.field for cell in asked})
        while entry.index == here:
            if self._line() and not entry.following():
                return False
        return True

    def _lines(self) -> Iterator[str]:
        entry, page = self.entry, self.entry.page
        yield sentence(f"Intake, page {entry.index + 1} of {len(entry.pages)}: {page.title}")
        yield from (f"{number}. {self._choice(choice)}" for number, choice in enumerate(page.choices, 1))
        yield with_keys(page.hint) if page.kind == "scale" else ""

    def _choice(self, choice: Choice) -> str:
        value = held(self.room.session, choice)
        if self.entry.page.kind == "scale":
            return f"{choice.text}: now {value or 0}."
        last = " Yes at the last visit, = takes it over." if self.entry.held_last(choice) else ""
        return f"{sentence(line_words(self.room.session, choice))}{' Yes.' if value else last}"

    def _question(self) -> str:
        page = self.entry.page
        ticked = any(held(self.room.session, choice) for choice in page.choices)
        none = f"Enter: none of {'the rest' if ticked else 'these'}"
        enter = ENTER.get(page.id, none if page.kind == "ticks" else "Enter goes on")
        takes = {
            "ticks": f"{up_to(len(page.choices))}, one or more",
            "one": up_to(len(page.choices)),
            "scale": f"0 to {HIGHEST} for each line in turn",
        }
        return "; ".join(part for part in (takes[page.kind], enter) if part) + "?"

    # -- answers -----------------------------------------------------------------------------------------------------

    def _line(self) -> bool:
        """Take one line; True once the page is done."""
        entry, kind = self.entry, self.entry.page.kind
        words = self.room.ask(self._question(), (*EXPLAINS, with_keys(entry.page.hint)))
        if words == ["device"]:
            self._devices()
        elif words == ["b"]:
            self.talk.say("" if entry.index else "This is the first page.")
            entry.previous()
        elif words == ["="]:
            return self._as_last()
        elif not words:
            typed = entry.accept()
            self.talk.say(typed.say)
            return typed.finished
        elif words == ["0"] and entry.page.id == "kit":
            self.talk.say("Nothing else at home.")
            return entry.none().finished
        else:
            return {"one": self._one, "scale": self._rate, "ticks": self._tick}[kind](words)
        return False

    def _devices(self) -> None:
        from assess_tui.plain.devices import talk_about

        talk_about(self.room)

    def _as_last(self) -> bool:
        typed = self.entry.as_last()
        self.talk.say(*(self._lines() if typed.stored else ("Nothing of this page was ticked at the last visit.",)))
        return typed.finished

    def _numbers(self, words: list[str], least: int, most: int) -> list[int]:
        """The numbers typed; none, and one sentence, where one of them cannot be."""
        typed = " ".join(words).replace(",", " ").split()
        numbers = [number for word in typed if (number := whole(word)) is not None and least <= number <= most]
        if len(numbers) == len(typed):
            return numbers
        self.talk.say(f"Type numbers from {least} to {most}, or ? for what can be typed.")
        return []

    def _one(self, words: list[str]) -> bool:
        if len(words) > 1:
            self.talk.say("One number only.")
            return False
        choices = self.entry.page.choices
        numbers = self._numbers(words, 1, len(choices))
        if not numbers:
            return False
        choice = choices[numbers[0] - 1]
        self.talk.say(sentence(choice.text))
        return self.entry.answer(choice).finished

    def _rate(self, words: list[str]) -> bool:
        choices, numbers = self.entry.page.choices, self._numbers(words, 0, HIGHEST)
        if len(numbers) > len(choices):
            self.talk.say(f"There are {len(choices)} lines.")
            return False
        for row, number in enumerate(numbers):
            self.entry.row = row
            self.entry.rate(number)
            self.talk.say(f"{choices[row].text}: {number}.")
        return False

    def _tick(self, words: list[str]) -> bool:
        choices = self.entry.page.choices
        for number in self._numbers(words, 1, len(choices)):
            choice = choices[number - 1]
            asked = self.entry.answer(choice)
            if asked.tone == "ask" and (by := self.talk.ask(f"{asked.say} A name, or Enter for nobody.")):
                self.entry.cleared(by, self.room.clock.now().date())
            self.talk.say(f"{sentence(choice.text)} {'Yes' if held(self.room.session, choice) else 'No'}.")
        return False
