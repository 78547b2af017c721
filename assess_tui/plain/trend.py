"""Each measure over a patient's visits, what changed beyond its error first: said, then by number visit by visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.entry.progress import ProgressEntry, change_say
from assess_tui.plain.talk import Talk, row_of, spoken, up_to
from assess_tui.plain.words import amount
from protocols.grading import grade_word, plain_number, reference_words
from protocols.trend import FOR_THE_BETTER, FOR_THE_WORSE

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.model import Library
    from protocols.trend import Point, Series

EXPLAINS: Final = (
    "Each line is one side of one test that was measured in two visits or more: the first value, the latest, and what "
    "may be said. What got worse beyond its error comes first, then what got better. A number tells the visits one by "
    "one. Leaning and standing free are never compared. Enter: back."
)


def talk_about(talk: Talk, record: Record, library: Library, patient: str) -> None:
    """Say every measure, then those asked for visit by visit, until Enter."""
    visits = [record.visit(one.id) for one in record.visits(patient)]
    entry = ProgressEntry(visits, library) if visits else None
    if entry is None or not entry.series:
        talk.say("Nothing was measured in two visits yet.")
        return
    asks = f"{up_to(len(entry.series))} tells a measure visit by visit, Enter goes back?"
    with talk.over(lambda: _all(entry)):
        while typed := talk.ask(asks, explains=EXPLAINS):
            if (series := row_of(typed, entry.series)) is not None:
                talk.say(*_one(entry, series))
            else:
                talk.say(f"Measures go from {up_to(len(entry.series))}.")


def _all(entry: ProgressEntry) -> Iterator[str]:
    first, last = entry.visits[0], entry.visits[-1]
    says = [change_say(one) for one in entry.series]
    better, worse = (sum(say in words for say in says) for words in (FOR_THE_BETTER, FOR_THE_WORSE))
    once = f", {entry.once} measured once" if entry.once else ""
    yield f"Trend over {len(entry.visits)} visits, {short_day(first.date)} to {short_day(last.date)}."
    yield f"{better} better, {worse} worse beyond error, of {len(says)} measures{once}."
    for number, series in enumerate(entry.series, 1):
        unit = entry.test(series).measure.unit
        was, now = (amount(point.value, unit) for point in (series.points[0], series.points[-1]))
        yield f"{number}. {entry.name(series)}: {was}, now {now}. {change_say(series).capitalize()}."


def _one(entry: ProgressEntry, series: Series) -> Iterator[str]:
    test, latest = entry.test(series), entry.visits[-1]
    yield f"{entry.name(series)}."
    yield from (_point(entry, series, point) for point in series.points)
    error = series.error
    yield (
        "No error figure: a change is only described."
        if error is None
        else f"Smallest real change {amount(error, test.measure.unit)}."
    )
    age = latest.patient.graded.age_on(latest.date)
    yield f"Reference {reference_words(test, latest.patient.sex, age)}."


def _point(entry: ProgressEntry, series: Series, point: Point) -> str:
    change = point.since_first
    since = ""
    if change is not None:
        delta = f"{'+' if change.delta > 0 else ''}{plain_number(change.delta)}"
        since = f"{delta} since the first, {change.say}"
    value = amount(point.value, entry.test(series).measure.unit)
    parts = (value, grade_word(point.grade), since)
    when = f"Visit {entry.number(point)}, {short_day(point.date)}"
    return spoken(f"{when}: {', '.join(part for part in parts if part)}.")
