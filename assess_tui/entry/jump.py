"""Tests found by a few letters of their names. No screen."""

from __future__ import annotations

from assess_tui.visit.session import VisitSession
from protocols.model import Test

STAND_WORDS = "Stand test standing tolerance POTS lean pressure screen"
"""What the stand test is found by."""


def found(session: VisitSession, text: str) -> list[Test]:
    """Every test that can be typed and has these words: those of the route first, those left out last."""
    on_route = {step.test for step in session.way.route()}
    skipped = session.way.skipped(*session.library.tests)
    tests = [test for test in session.library.tests.values() if matches(test, text) and test.kind != "computed"]
    return sorted(tests, key=lambda test: (test.id not in on_route, test.id not in skipped))


def matches(test: Test, text: str) -> bool:
    """Every typed word begins a word of the test's name, title, id or region."""
    return begins(text, f"{test.name} {test.title} {test.id.replace('_', ' ')} {test.region}")


def begins(text: str, told: str = STAND_WORDS) -> bool:
    """Every word typed begins a word that is told; the stand test where nothing else is given."""
    words = told.casefold().replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in text.casefold().replace("-", " ").split())
