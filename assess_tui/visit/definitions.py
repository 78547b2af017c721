"""The tests and cards a visit was taken with, so that its grades stay what they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from protocols.model import Library
from protocols.visit import Visit

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

OLDER_MAKE = (
    "Today's definitions",
    "The definitions this visit was taken with are of an older make and cannot be read; today's are used.",
)


def definitions(record: Record, visit: Visit, today: Callable[[], Library]) -> Library:
    """Those stored with the visit; of `today` where they are of an older make, which this version cannot read."""
    try:
        return record.library(visit.digest)
    except msgspec.DecodeError:
        return today()


def definitions_in(library: Library, record: Record, visit: Visit) -> Library:
    """The same where a library is read already: nothing is read anew for a visit that was taken with it."""
    return library if visit.digest == library.digest else definitions(record, visit, lambda: library)
