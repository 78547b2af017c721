"""The tests to go to, a row each: done, still open, not on the route yet, or left out for this patient and why."""

from __future__ import annotations

from textual.content import Content

from assess_tui.entry.jump import begins, found
from assess_tui.keyboard.words import key_of
from assess_tui.text import fit, line
from assess_tui.visit.session import VisitSession
from protocols.model import Test
from protocols.route import STAND, is_done, step_done

STATE, NAME = 10, 26
"""Cells of what became of a test, and of its name."""
DONE, OPEN, ADDED, LEFT_OUT = ("✓ done", "$success"), ("· open", "$warning"), ("add", "$quiet"), ("left out", "$quiet")


def jump_rows(session: VisitSession, text: str) -> list[tuple[str, Content]]:
    """Id and row of every test that fits what was typed, the stand test first, as on the route."""
    steps = {step.test: step for step in session.way.route()}
    skipped = session.way.skipped(*session.library.tests)
    rows = [(test.id, _row(session, test, test.id in steps, skipped.get(test.id, ""))) for test in found(session, text)]
    if not begins(text):
        return rows
    done = STAND in steps and step_done(steps[STAND], session.visit)
    told = (f"live; {key_of('visit.stand')} begins it at once", "$quiet")
    return [(STAND, _told(DONE if done else OPEN, ("Stand test", "bold"), told)), *rows]


def _row(session: VisitSession, test: Test, on_route: bool, why_left_out: str) -> Content:
    if why_left_out:
        return _told(LEFT_OUT, (test.name, "$quiet"), (why_left_out, "$warning"))
    state = DONE if is_done(test, session.visit) else OPEN
    return _told(state if on_route else ADDED, (test.name, "bold"), (test.title, "$quiet"))


def _told(state: tuple[str, str], name: tuple[str, str], told: tuple[str, str]) -> Content:
    return line((fit(state[0], STATE), state[1]), (fit(name[0], NAME), name[1]), told)
