"""Earlier values told with the visit itself, from their cells."""

from __future__ import annotations

import datetime as dt

from protocols.case import Previous
from protocols.visits.cells import Cell, Cells, Told, holds
from protocols.visits.stand import stand
from protocols.visits.taken import entries


def told_previous(cells: Cells) -> Previous | None:
    """Earlier values that came with the visit itself, from a practice that keeps another record."""
    day = holds(cells, "@previous", "date")
    if day is None:
        return None
    rows = holds(cells, "@previous", "cells", [])
    held = {Cell(*where): Told(Cell(*where), value, absent, note) for *where, value, absent, note in rows}
    return Previous(
        date=dt.date.fromisoformat(day),
        same_rater=holds(cells, "@previous", "same_rater"),
        same_device=holds(cells, "@previous", "same_device"),
        other_device=frozenset(holds(cells, "@previous", "other_device", ())),
        same_position=holds(cells, "@previous", "same_position"),
        protocol=holds(cells, "@previous", "protocol"),
        tests=entries(held),
        standing=stand(held),
    )
