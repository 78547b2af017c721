"""Where a patient with a low standing tolerance pauses: at each rise, and between two blocks of standing tests.

Clinic rule for standing stages 1 and 2: 1 to 2 minutes at each rise, the standing tests in two blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from protocols.model import Station

AT: Final = frozenset({"POTS1", "POTS2"})
"""The codes that ask for pauses."""
RISE: Final = "Pause 1 to 2 minutes before rising, then rise slowly."
SECOND_BLOCK: Final = "Second block of standing tests: sit 1 to 2 minutes first."
UPRIGHT: Final[dict[Station, int]] = {
    "questions": 1,
    "lying_rest": 0,
    "stand_test": 0,
    "sitting": 1,
    "supine": 0,
    "side": 0,
    "prone": 0,
    "kneeling": 1,
    "standing": 2,
    "endurance": 0,
}
"""How upright the patient is when leaving a station: 0 lying, 1 sitting or kneeling, 2 standing. The stand test ends
lying down."""


def pauses(stations: Sequence[Station]) -> Iterator[str]:
    """What to do before each step, for the stations of a route in order; "" where nothing."""
    second = _second_block(stations)
    before: Station | None = None
    for place, station in enumerate(stations):
        if place == second:
            yield SECOND_BLOCK
        elif before is not None and station != "stand_test" and UPRIGHT[station] > UPRIGHT[before]:
            yield RISE
        else:
            yield ""
        before = station


def _second_block(stations: Sequence[Station]) -> int | None:
    """The place where the second half of the standing tests begins; None where there are fewer than two."""
    standing = [place for place, station in enumerate(stations) if station == "standing"]
    return standing[-(len(standing) // 2)] if len(standing) > 1 else None
