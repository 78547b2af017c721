"""The list of steps beside the guided screen: by station, what is done with its values, the open one in sight."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from textual.content import Content

from assess_tui.text import clicked, fit, line
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.side import TONE
from protocols.grading import SideGrade, grade_word, plain_number
from protocols.model import Station, Test
from protocols.route import Step, step_done

STATIONS: dict[Station, str] = {
    "questions": "questions",
    "lying_rest": "lying, at rest",
    "stand_test": "stand test",
    "sitting": "sitting",
    "supine": "on the back",
    "side": "on the side",
    "prone": "face down",
    "kneeling": "kneeling",
    "standing": "standing",
    "endurance": "endurance",
}
LETTERS = 7
"""Of a category in the list: "neutral" in full."""


def step_list(session: VisitSession, steps: tuple[Step, ...], here: str, height: int, width: int) -> list[Content]:
    """As many rows as fit, around the open step; the stations apart where all fit so."""
    stations = [(station, list(members)) for station, members in groupby(steps, key=lambda step: step.station)]
    apart = len(steps) + 2 * len(stations) - 1 <= height
    rows: list[Content] = []
    at = 0
    for station, members in stations:
        rows += [Content("")] * (apart and bool(rows))
        rows.append(line((STATIONS[station], "$quiet")))
        for step in members:
            at = len(rows) if step.test == here else at
            rows.append(_row(session, step, step.test == here, width))
    start = max(0, min(at - height // 2, len(rows) - height))
    return rows[start : start + height]


def _row(session: VisitSession, step: Step, now: bool, width: int) -> Content:
    test = session.library.tests.get(step.test)
    done = step_done(step, session.visit)
    mark, style = ("▸", "$accent bold") if now else ("✓", "$success") if done else ("·", "$quiet")
    name = test.name if test is not None else "Standing tolerance"
    values = _values(session, test) if test is not None and done else Content("")
    room = max(8, width - 3 - values.cell_length)
    row = line((f"{mark} ", style), (fit(name, room), "bold" if now else "" if done else "$quiet"), values)
    return clicked(row, f"screen.open('{step.test}')")


def _values(session: VisitSession, test: Test) -> Content:
    grade = session.grade(test.id)
    given = list(grade.sides.values()) if grade is not None else []
    return Content.assemble(*((f" {_short(one)}", _tone(one)) for one in given))


def _tone(given: SideGrade | str) -> str:
    return TONE.get(given.grade, "$quiet") if isinstance(given, SideGrade) else "$quiet"


def _short(given: SideGrade | str) -> str:
    if isinstance(given, str):
        return "–"
    if isinstance(given.value, Decimal):
        return plain_number(given.value)
    return grade_word(given.grade) if given.value is None else str(given.value)[:LETTERS]
