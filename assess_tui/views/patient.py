"""What a patient sees when the screen is turned: a word, a number and a count, large. No name, no value, no grade."""

from __future__ import annotations

from math import ceil
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.entry.along import LONG_S, Along, Moment
from assess_tui.entry.timer import Timer
from assess_tui.text import hanging, line, lines, literal
from assess_tui.views.timer import Timed, figures_of
from assess_tui.widgets.big import huge
from protocols.model import Test

HUGE: Final = {
    "go": "GO",
    "stay": "HOLD",
    "back": "BACK",
    "wait": "WAIT",
    "in": "IN",
    "pause": "WAIT",
    "out": "OUT",
    "steady": "SLOW",
    "rest": "REST",
}
"""The word of each part of a card, large."""
SMALL: Final = {"in": "breathe in", "pause": "wait", "out": "breathe out", "wait": "wait"}
ONE_MOMENT = "One moment, please."
GAP: Final = 1
WORD_SHARE: Final = 0.4
"""Of the height, for the word above the number."""
MINUTE: Final = 60


def face(word: str, number: str, small: str, width: int, height: int, tone: str = "$accent") -> Content:
    """A word and a number below each other as large as they fit, and a line of plain words."""
    room = height - GAP - 1
    above = huge(word, width, max(1, int(room * WORD_SHARE if number else room))) if word else ()
    below = huge(number, width, max(1, room - len(above) - GAP * bool(above))) if number else ()
    gap = [Content("")] * (GAP if above and below else 0)
    return lines(
        [
            *(literal(row, "bold" if number else f"{tone} bold") for row in above),
            *gap,
            *(literal(row, f"{tone} bold") for row in below),
            Content(""),
            literal(small, "bold").truncate(width, ellipsis=True),
        ]
    )


# -- a test --------------------------------------------------------------------------------------------------------


def step_title(test: Test, entry: Timed | None) -> Content:
    """The test by its short name, and the side."""
    side = entry.turn.partition(" · ")[0] if entry is not None else ""
    return line((test.name, "$accent bold"), (f"   {side} side" if side in ("left", "right") else "", "bold"))


def timer_words(timer: Timer, entry: Timed, now: float, width: int, height: int) -> Content:
    """The running clock."""
    number = figures_of(timer, entry, now)
    if timer.phase == "rest":
        return face("REST", number, "rest before the other side", width, height, "$quiet")
    if timer.phase == "kept":
        return face("READY", "", f"next: {entry.turn}", width, height, "$quiet")
    if timer.kind == "breath":
        beat, _ = timer.breath(now)
        of = f"breath {beat.number} of {timer.test.timing.breaths}"
        return face(HUGE[beat.part], number, f"{SMALL[beat.part]} · {of}", width, height)
    if timer.kind == "count":
        beats = timer.test.timing.beats
        word = ("UP" if timer.beat_up(now) else "DOWN") if beats else ""
        small = f"{timer.shown(now)} left" if timer.length else "times"
        return face(word, number, small, width, height)
    trials = [part for part in entry.turn.split(" · ") if part.startswith("trial")]
    does = "hold" if timer.kind == "up" else "stay like this"
    return face("", number, " · ".join([does, *trials]), width, height)


# -- exercising along ----------------------------------------------------------------------------------------------


def along_title(along: Along, width: int) -> Content:
    """Which card, and how many there are."""
    place = f"{along.index + 1} of {len(along.turns)}"
    name = literal(along.turn.card.name, "$accent bold").truncate(max(8, width - len(place) - 3), ellipsis=True)
    gap = width - name.cell_length - len(place)
    return line(name, " " * max(2, gap), (place, "$quiet"))


def along_count(along: Along, now: float, width: int, height: int) -> Content:
    """What to do now, for how long, and how often."""
    if along.phase == "done":
        then = "That was the last one." if along.over else f"Next: {along.turns[along.index + 1].card.name}"
        return face("DONE", "", then, width, height, "$success")
    moment = along.moment(now)
    if along.phase == "ready":
        return face("READY", "", _turn_words(along, moment), width, height, "$quiet")
    word = "PAUSE" if along.phase == "paused" else _word(along, moment)
    tone = "$quiet" if along.phase == "paused" or moment.beat.part == "rest" else "$accent"
    return face(word, _number(moment), _turn_words(along, moment), width, height, tone)


def _word(along: Along, moment: Moment) -> str:
    resting = moment.beat.part == "steady" and along.turn.card.dose_unit == "hold"
    return "STAY" if resting else HUGE[moment.beat.part]


def _number(moment: Moment) -> str:
    """Seconds left where there is time to read them, else which repetition it is."""
    beat = moment.beat
    if beat.seconds < LONG_S and beat.part not in ("in", "out"):
        return str(beat.number)
    left = ceil(moment.left)
    return minutes_seconds(left) if left >= MINUTE else str(left)


def _turn_words(along: Along, moment: Moment) -> str:
    """ "left side · 3 of 10 · round 1 of 2"."""
    beat, dose = moment.beat, along.turn.dose
    unit = "breath " if along.turn.card.dose_unit == "breaths" else ""
    counted = f"{unit}{beat.number} of {dose.reps}" if dose.reps > 1 and beat.part != "rest" else ""
    if along.phase == "ready":
        counted = f"{dose.reps} {'breaths' if unit else 'times'}" if dose.reps > 1 else ""
    rounds = f"round {beat.round} of {dose.sets}" if dose.sets > 1 else ""
    then = "then " if beat.part == "rest" else ""
    side = f"{beat.side} side" if beat.side else ""
    return then + " · ".join(words for words in (side, counted, rounds) if words)


def breath_bar(along: Along, now: float, width: int) -> Content:
    """A bar that grows with the breath in and shrinks with the breath out; nothing for a movement."""
    moment = along.moment(now)
    if along.turn.card.dose_unit != "breaths" or along.phase not in ("running", "paused"):
        return Content("")
    full = moment.way if moment.beat.part in ("in", "pause", "out", "wait") else 0.0
    row = literal("█" * round(width * full), "$accent")
    return lines([row, row])


def along_words(along: Along, width: int, height: int) -> Content:
    """The lines of the card, its limits, and when to stop; the last lines give way, limits and stop line never."""
    told = (*along.turn.limits, along.turn.card.stop_if)
    kept = [hanging(line(("!  ", "$warning bold")), words, width, "$warning") for words in told]
    rows: list[Content] = []
    room = height - sum(row.plain.count("\n") + 1 for row in kept)
    for number, cue in enumerate(along.turn.cues, 1):
        row = hanging(line((f"{number}  ", "$quiet")), cue, width)
        room -= row.plain.count("\n") + 1
        if room < 0:
            break
        rows.append(row)
    return lines([*rows, *kept])
