"""What can be tapped on a screen, read off its painted cells as the mouse reads it; and one row of it, tapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets import Input

from assess_tui.app import AssessApp
from assess_tui.keyboard.keymap import DECLARED
from assess_tui.screens.marked import MarkedRows
from assess_tui.widgets.key_line import ids_of
from assess_tui.widgets.listing import Listing
from assess_tui.widgets.rows import Rows
from tests.screens.tour import Tour

ROWS = {
    "home": "a line of the list",
    "home_nothing_found": "app.key('home.new_patient')",
    "help": "screen.through('home.new_patient')",
    "stand_help": "screen.through('stand.stop')",
    **dict.fromkeys(("keyring", "plans", "devices", "jump", "patient"), "option 1"),
    **dict.fromkeys(("papers", "templates"), "option 0"),
    **dict.fromkeys(("settings", "intake", "flags", "stand_before", "faint"), "app.press('2')"),
    "own_card": "app.key('own_card.in_place')",
    "check_in": "app.key('check_in.two')",
    **dict.fromkeys(("step", "step_done", "step_clock"), "app.key('step.other')"),
    "step_questions": "app.key('step.evidence')",
    "stand_rest": "app.key('visit.tests')",
    "stand_lying": "app.key('stand.missing')",
    "stand_after": "app.key('stand.yes')",
    "paper": "screen.turn_to('report')",
    **dict.fromkeys(("cards", "plan_add", "plan", "proposals", "findings", "progress", "vitals"), "screen.tap(1)"),
    **dict.fromkeys(("card_editor", "items", "follow"), "screen.tap(1)"),
    "stand": "screen.tap(2)",
}
"""One row of each screen that has rows, by what a tap on it does; `screen.tap(1)` is tapped, and the mark put back."""
NO_ROWS = {
    **dict.fromkeys(("intended_use", "first_key", "unlock", "lock"), "a line to type on"),
    **dict.fromkeys(
        ("new_patient", "keyring_change", "encrypt", "level", "ask", "save_template", "password"), "lines to type on"
    ),
    **dict.fromkeys(("message", "keyring_code", "press", "papers_none"), "a page with its keys"),
    **dict.fromkeys(("kept_plan", "evidence", "answers_before", "why_not"), "a page that scrolls"),
    **dict.fromkeys(("patient_step", "patient_stand", "along"), "for the patient; its keys are in the key line"),
    "second": "one side, and that is open",
    "too_small": "nothing: keys reach nothing that cannot be seen",
}
"""The others, and what they are."""
READ = {
    *("step-text", "cards-detail", "plan-detail", "patient-words", "faint-lines", "pressed", "help-about", "page-list"),
    *("second question-lines", "stand_lying stand-says"),
}
"""Places with numbered lines, or names of keys, that are read; of one screen, or of all."""
SAYS = "Enter opens the marked"
"""A sentence about a list."""
NAMED = re.compile(r"▸|⏎|\b(?:Esc|Enter|Space|PgDn|F1?\d)\b")
LETTERED = re.compile(r"^[\s│]*[0-9a-z?/=]  \w")


class Cell(NamedTuple):
    """One painted cell, and what a tap there does; "" where it does nothing."""

    letter: str
    does: str


def painted(app: AssessApp) -> list[list[Cell]]:
    """Every cell, row by row."""
    return [
        [
            Cell(letter, _does(segment.style.meta if segment.style is not None else {}))
            for segment in strip
            for letter in segment.text
        ]
        for strip in app.screen._compositor.render_strips()
    ]


def _does(meta: dict[str, object]) -> str:
    return str(meta.get("@click", "")) or (f"option {meta['option']}" if "option" in meta else "")


async def untapped(tour: Tour, name: str) -> list[str]:
    """What is wrong with the taps of a screen, in sentences."""
    rows = painted(tour.app)
    wrong = [f"{name}: {said}" for said in (*_not_reached(tour.app, rows, name), *_not_known(tour.app, rows))]
    if (name in ROWS) == (name in NO_ROWS):
        return [*wrong, f"{name}: put one of its rows into ROWS, or into NO_ROWS what it is (tests/screens/taps.py)"]
    wanted = ROWS.get(name, "")
    done = {cell.does for row in rows for cell in row} | {one.does.format(row=1) for one in tour.screen.query(Rows)}
    if wanted and not wanted.startswith("a line") and wanted not in done:
        wrong.append(f"{name}: nothing does {wanted}")
    if isinstance(tour.screen, MarkedRows) and wanted == "screen.tap(1)":
        wrong += [f"{name}: {said}" for said in [await _tap_and_back(tour)] if said]
    return wrong


async def _tap_and_back(tour: Tour) -> str:
    """Tap a row that is not marked, then the one that was."""
    screen = tour.screen
    assert isinstance(screen, MarkedRows)
    was = screen.marked_row
    for wanted in (1 if was != 1 else 2, was):
        place = _place_of(tour.app, f"screen.tap({wanted})", wanted)
        if place is None:
            return f"row {wanted} is not in sight"
        await tour.pilot.click(offset=place)
        await tour.rest()
        if tour.screen is not screen or screen.marked_row != wanted:
            return f"a tap on row {wanted} marks {screen.marked_row}"
    return ""


def _place_of(app: AssessApp, does: str, row: int) -> tuple[int, int] | None:
    for one in app.screen.query(Rows):
        if one.does.format(row=row) == does:
            return one.content_region.x, one.content_region.y + row - one.first
    found = ((x, y) for y, cells in enumerate(painted(app)) for x, cell in enumerate(cells) if cell.does == does)
    return next(found, None)


def _not_reached(app: AssessApp, rows: list[list[Cell]], name: str) -> Iterator[str]:
    """Marked rows, and keys named on this screen, on which a tap does nothing."""
    for y, row in enumerate(rows):
        text = "".join(cell.letter for cell in row)
        places = [found.start() for found in NAMED.finditer(text)]
        places += [found.end() - 4 for found in [LETTERED.match(text)] if found]
        for x in places:
            widget, _ = app.screen.get_widget_at(x, y)
            if not row[x].does and _is_tapped(app, widget, name) and SAYS not in text:
                yield f"a tap on {text[x : x + 30].strip()!r} does nothing ({widget.id})"


def _is_tapped(app: AssessApp, widget: Widget, name: str) -> bool:
    """Not what shows through from below, nor what takes taps anywhere on it, nor what is only read."""
    anywhere = isinstance(widget, Input | Listing) or bool(getattr(widget, "does", ""))
    return widget is not app.screen and not anywhere and not READ & {widget.id, f"{name} {widget.id}"}


def _not_known(app: AssessApp, rows: list[list[Cell]]) -> Iterator[str]:
    """Taps that would do nothing: keys of another screen, actions that are none."""
    known = ids_of(app.screen)
    for does in sorted({cell.does for row in rows for cell in row if cell.does}):
        what, _, named = does.rstrip("')").partition("(")
        named = named.strip("'")
        if (what == "app.key" and named not in known) or (what == "screen.through" and named not in DECLARED):
            yield f"{named} is no key of this screen"
        if what.startswith("screen.") and not hasattr(app.screen, f"action_{what[7:]}"):
            yield f"{does} is no action of this screen"
