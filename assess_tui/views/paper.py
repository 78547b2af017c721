"""What stands above a paper on the screen: the papers there are, how this one is printed; and those kept so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from textual.content import Content

from assess_tui.text import Piece, clicked, line, lines, literal, short_day, tap_key

NAMES = {"handout": "Take-home plan", "report": "Report", "letter": "Letter"}
SHORT = {"handout": "Plan", "report": "Report", "letter": "Letter"}
IDENTITY = {"full": "full name", "first": "first name", "code": "code only"}


def papers_line(
    kinds: Sequence[str], shown: str, made: Mapping[str, dt.datetime], outdated: Collection[str], day: dt.date
) -> Content:
    """The papers of a visit on this day; when each was made, and which is due, or due again. A tap shows one."""
    told = []
    for kind in kinds:
        mark, look = ("▸", "$accent bold") if kind == shown else ("·", "$quiet")
        state: Piece = ""
        if kind in outdated:
            state = (", to make again", "$warning")
        elif kind in made:
            state = (f" ✓ made {_moment(made[kind], day)}", "$success")
        elif kind == "letter":
            state = (", due", "$warning")
        told.append(clicked(line((f"{mark} {SHORT[kind]}", look), state), f"screen.turn_to('{kind}')"))
    return Content("   ").join(told)


def _moment(made: dt.datetime, day: dt.date) -> str:
    """The time where it was made on the day itself, else the day."""
    local = made.astimezone()
    return f"{local:%H:%M}" if local.date() == day else f"{local.day} {local:%b}"


def as_read(text: str) -> Content:
    """A paper's text as it is read: a heading in bold instead of underlined with signs."""
    rows = text.split("\n")
    under = {place for place, row in enumerate(rows) if place and _underlines(row, rows[place - 1])}
    return lines(
        literal(row, ("$accent bold" if rows[place + 1][0] == "=" else "bold") if place + 1 in under else "")
        for place, row in enumerate(rows)
        if place not in under
    )


def _underlines(row: str, above: str) -> bool:
    """Whether this row is nothing but the line under the row above."""
    return len(row) == len(above) and bool(row) and row in (len(row) * "=", len(row) * "-")


def how_line(paper: str, size: int, identity: str, *, logo: bool, password: bool) -> Content:
    """How the paper is printed. A tap is the key that changes it."""
    told = {
        "paper": paper.upper(),
        "size": f"{size} pt",
        "identity": IDENTITY[identity],
        "logo": "logo" if logo else "no logo",
        "password": "with a password" if password else "no password",
    }
    shown = [tap_key(literal(words, "$quiet"), f"paper.{name}") for name, words in told.items()]
    return literal(" · ", "$quiet").join(shown)


def kept_line(kind: str, started: dt.datetime, made: dt.datetime, size: int | None, *, password: bool) -> Content:
    """One paper on record: the visit's day, what it is, when it was made, how large."""
    weight = "not kept" if size is None else f"{max(1, round(size / 1000))} kB"
    day = started.astimezone().date()
    return line(
        (short_day(day).ljust(13), "bold"),
        NAMES.get(kind, kind).ljust(16),
        (f"made {_moment(made, day)}".ljust(13), "$quiet"),
        (weight.rjust(8), "$quiet" if size is not None else "$warning"),
        ("  password" if password else "", "$quiet"),
    )
