"""What stands above a paper on the screen: the papers there are, how this one is printed; and those kept so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from textual.content import Content

from assess_tui.text import Piece, line, literal, short_day

NAMES = {"handout": "Take-home plan", "report": "Report", "letter": "Letter to the doctor"}
IDENTITY = {"full": "full name", "first": "first name", "code": "code only"}


def papers_line(kinds: Sequence[str], shown: str, made: Mapping[str, dt.datetime]) -> Content:
    """The papers a visit offers; when each was made, and that a letter is due."""
    pieces: list[Piece] = []
    for kind in kinds:
        mark, look = ("▸", "$accent bold") if kind == shown else ("·", "$quiet")
        pieces.append((f"{mark} {NAMES[kind]}", look))
        if kind in made:
            pieces.append((f" ✓ made {made[kind].astimezone():%H:%M}", "$success"))
        elif kind == "letter":
            pieces.append((", due", "$warning"))
        pieces.append("   ")
    return line(*pieces)


def how_line(paper: str, size: int, identity: str, *, logo: bool, password: bool) -> Content:
    """How the paper is printed."""
    told = (
        paper.upper(),
        f"{size} pt",
        IDENTITY[identity],
        "logo" if logo else "no logo",
        "with a password" if password else "no password",
    )
    return literal(" · ".join(told), "$quiet")


def kept_line(kind: str, started: dt.datetime, made: dt.datetime, size: int | None, *, password: bool) -> Content:
    """One paper on record: the visit's day, what it is, when it was made, how large."""
    weight = "not kept" if size is None else f"{max(1, round(size / 1000))} kB"
    return line(
        (short_day(started.astimezone()).ljust(13), "bold"),
        NAMES.get(kind, kind).ljust(22),
        (f"made {short_day(made.astimezone())}, {made.astimezone():%H:%M}".ljust(26), "$quiet"),
        (weight.rjust(8), "$quiet" if size is not None else "$warning"),
        ("  password" if password else "", "$quiet"),
    )
