"""Where a test or an exercise card comes from: bundled with the instrument, or the clinic's own folder."""

from __future__ import annotations

from protocols.model import Exercise, Library, Test

BUNDLED = "bundled"
OWN = "the clinic's own library"


def is_own(known: Test | Exercise, library: Library) -> bool:
    """Whether the clinic added it, or put it in the place of a bundled one."""
    return f"{'tests' if isinstance(known, Test) else 'exercises'}/{known.id}" in library.own


def origin(known: Test | Exercise, library: Library) -> str:
    """ "bundled, version 1", or "the clinic's own library, version 2"."""
    return f"{OWN if is_own(known, library) else BUNDLED}, version {known.version}"
