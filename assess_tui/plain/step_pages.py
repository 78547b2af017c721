"""What is told of a test when it is asked for, and what a test is left for and comes back from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.plain import words as told

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Test

COMMANDS: Final = (
    "Type the number, then Enter. Several answers fit in one line: 30 31, or l 32 p 4 r 30.",
    "l and r before a number: left, right. h after it: a half. Enter alone goes on.",
    "n: not tested. o: too painful. x: the patient prefers not to. c: not safe.",
    "p and 0 to 10: pain at end range. k: compensated. f: the pain the patient came with.",
    "= the same value on the other side. / on to the other side, or to the next test. start: the clock.",
    "stop and a number: this side was stopped, and why.",
    "t and words: a note beside the value. i: the questions of a questionnaire.",
    "e: the evidence. device: what it is read with. blind: a second rater measures, without the first values.",
    "b: the test before. next: the test after, leaving this one open.",
)
PAGES: Final = ("e", "device", "blind")
"""What opens a page over a test."""


def open_page(word: str, room: Room, test: Test) -> None:
    """Each is loaded when it is opened."""
    if word == "e":
        from assess_tui.plain.evidence import tell

        tell(room, test)
    elif word == "device":
        from assess_tui.plain.devices import talk_about

        talk_about(room, test)
    else:
        from assess_tui.plain.second import measure

        measure(room, test)


def explains(room: Room, test: Test) -> tuple[str, ...]:
    """How a test is done, and what can be typed."""
    return (
        f"{test.title}. {test.purpose}",
        f"Position: {test.position}",
        *(f"Step {number}: {step}" for number, step in enumerate(test.steps, 1)),
        *(f"Watch for: {one}" for one in test.watch),
        f"k notes the compensation: {test.compensation}" if test.compensation else "",
        *(f"Skip or stop: {one}" for one in test.skip),
        told.reference(room.session, test),
        *COMMANDS,
    )
