"""The intake: a page of numbered lines at a time, each answer on record as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.entry.intake import (
    Choice,
    Page,
    first_open,
    held,
    held_last,
    none_of,
    pages,
    pass_over,
    rate,
    take_over,
    toggle,
)
from assess_tui.key_words import with_keys
from assess_tui.places import intake_done
from assess_tui.plain.talk import sentence
from protocols.visit import Cell

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

CLEARANCE: Final = Cell("@intake", field="clearance")
CONSENT: Final = Cell("@consent", field="consent")
MINUTES: Final = Cell("@intake", field="minutes")
NEEDED: Final = {
    "consent": (CONSENT, "Without the patient's agreement nothing can be recorded. Type 1 when it is given."),
    "minutes": (MINUTES, "Type 1 to 4."),
}
"""Pages that cannot be passed over without their answer."""
EXPLAINS: Final = (
    "Numbers tick lines, or untick them; several with spaces between. Enter goes on.",
    "Where each line is rated, type a number 0 to 3 for each line in turn.",
    "=: tick what was ticked at the last visit. b: the page before.",
)
ASKS: Final = {
    "ticks": "Numbers of what applies, or Enter to go on?",
    "one": "One number, or Enter to go on?",
    "scale": "0 to 3 for each line in turn, or Enter to go on?",
}


def take(room: Room) -> str:
    """Ask every page from the first open one; returns the red flags."""
    asked = pages(room.library)
    index = first_open(room.session, asked)
    while index < len(asked) or not intake_done(room.session):
        index = index if index < len(asked) else 0
        index = max(0, index + _page(room, asked[index], f"Intake, page {index + 1} of {len(asked)}: "))
    return "flags"


def _page(room: Room, page: Page, lead: str) -> int:
    """Read one page out and take its answers; returns the step to the next page."""
    room.talk.say(sentence(f"{lead}{page.title}"), *_lines(room, page))
    while True:
        words = room.ask(ASKS[page.kind], (*EXPLAINS, with_keys(page.hint), *_lines(room, page)))
        if words == ["b"]:
            return -1
        if words == ["="]:
            words = [] if _as_last(room, page) else ["="]
            if page.kind != "one" and not words:
                continue
        if not words:
            if _may_go_on(room, page):
                return 1
        elif page.kind == "one":
            if _one(room, page, words):
                return 1
        elif page.kind == "scale":
            _rate(room, page, words)
        elif words == ["0"] and page.id == "kit":
            none_of(room.session, page)
            room.talk.say("Nothing else at home.")
            return 1
        else:
            _tick(room, page, words)


def _lines(room: Room, page: Page) -> list[str]:
    return [
        sentence(f"{number}. {choice.text}{_state(room, page, choice)}")
        for number, choice in enumerate(page.choices, 1)
    ]


def _state(room: Room, page: Page, choice: Choice) -> str:
    value = held(room.session, choice)
    if page.kind == "scale":
        return f": now {value or 0}"
    last = " Yes at the last visit, = takes it over." if held_last(room.session, page, choice) else ""
    return " Yes." if value else last


def _may_go_on(room: Room, page: Page) -> bool:
    cell, why = NEEDED.get(page.id, (None, ""))
    if cell == CONSENT and room.session.visit.value(CONSENT) is not True:
        room.talk.say(why)
        return False
    if cell == MINUTES and MINUTES not in room.session.visit.cells:
        room.talk.say(why)
        return False
    pass_over(room.session, page)
    return True


def _as_last(room: Room, page: Page) -> bool:
    count = take_over(room.session, page)
    room.talk.say(*(_lines(room, page) if count else ("Nothing of this page was ticked at the last visit.",)))
    return bool(count)


def _numbers(room: Room, words: list[str], least: int, most: int) -> list[int]:
    """The numbers typed; none, and one sentence, where one of them cannot be."""
    typed = " ".join(words).replace(",", " ").split()
    if all(word.isdecimal() and word.isascii() and least <= int(word) <= most for word in typed):
        return [int(word) for word in typed]
    room.talk.say(f"Type numbers from {least} to {most}, or ? for what can be typed.")
    return []


def _one(room: Room, page: Page, words: list[str]) -> bool:
    numbers = _numbers(room, words[:1], 1, len(page.choices)) if len(words) == 1 else []
    if len(words) > 1:
        room.talk.say("One number only.")
    if not numbers:
        return False
    choice = page.choices[numbers[0] - 1]
    room.session.put(choice.cell, choice.value)
    room.talk.say(f"{choice.text}.")
    return True


def _rate(room: Room, page: Page, words: list[str]) -> None:
    numbers = _numbers(room, words, 0, 3)
    if len(numbers) > len(page.choices):
        room.talk.say(f"There are {len(page.choices)} lines.")
        return
    for choice, number in zip(page.choices, numbers, strict=False):
        rate(room.session, choice, number)
        room.talk.say(f"{choice.text}: {number}.")


def _tick(room: Room, page: Page, words: list[str]) -> None:
    for number in _numbers(room, words, 1, len(page.choices)):
        choice = page.choices[number - 1]
        if choice.cell == CLEARANCE:
            _clearance(room)
        else:
            toggle(room.session, choice)
        room.talk.say(f"{sentence(choice.text)} {'Yes' if held(room.session, choice) else 'No'}.")


def _clearance(room: Room) -> None:
    if room.session.visit.value(CLEARANCE):
        room.session.withdraw(CLEARANCE)
    elif by := room.talk.ask("Who cleared the programme? A name, or Enter for nobody."):
        room.session.put(CLEARANCE, {"by": by, "date": room.clock.now().date().isoformat()})
