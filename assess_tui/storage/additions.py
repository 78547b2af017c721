"""What was added to the record meanwhile, by whoever else has it open: told by the audit, which counts every row."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from assess_tui.storage.visits import Visits

_SINCE = """
    SELECT number, about, subject, coalesce(m.visit, e.visit, '') FROM audit
    LEFT JOIN measurement m ON about = 'measurement' AND m.id = subject
    LEFT JOIN visit_event e ON about = 'visit_event' AND e.id = subject AND e.kind = 'finished'
    WHERE audit.site = (SELECT json_extract(value, '$') FROM setting WHERE key = 'site') AND number > ? ORDER BY number
"""
_OPENED = "SELECT who, at FROM audit WHERE subject = ? AND about = '' AND action = 'opened' ORDER BY id DESC LIMIT 1"

_OPENINGS = "SELECT at FROM audit WHERE subject = ? AND about = '' AND action = 'opened' ORDER BY id"
_STORED = "SELECT at FROM measurement WHERE visit = ?1 UNION ALL SELECT at FROM visit_event WHERE visit = ?1"


class Added(NamedTuple):
    """The ids of the rows a visit was given since, in the order they were stored, and the number to ask from next."""

    measurements: tuple[str, ...]
    finished: bool
    number: int


class Opening(NamedTuple):
    """Who opened something last, and when; `who` is "" where that is not known."""

    who: str
    at: dt.datetime


class Additions(Visits):
    """The part of the record that tells one instance what another one stored."""

    def number(self) -> int:
        """How many entries the audit of this record has by now; every row that is added counts it on."""
        return self._number_of("SELECT coalesce(max(number), 0) FROM audit WHERE site = ?", [self._site()])

    def added_to(self, visit_id: str, since: int) -> Added:
        """What this visit was given after the audit had come to `since`, one's own rows too."""
        rows = self._rows(_SINCE, [since])
        of_visit = [(about, subject) for _, about, subject, visit in rows if visit == visit_id]
        return Added(
            tuple(subject for about, subject in of_visit if about == "measurement"),
            any(about == "visit_event" for about, _ in of_visit),
            rows[-1][0] if rows else since,
        )

    def measured_in(self, visit_id: str) -> set[str]:
        """The ids of the current measurements of a visit."""
        return {row for (row,) in self._rows("SELECT id FROM current_measurement WHERE visit = ?", [visit_id])}

    def sittings(self, visit_id: str) -> list[float]:
        """Seconds of each time the visit was open on a screen: from its opening to the last thing stored in it then."""
        opened, stored = self._moments(_OPENINGS, visit_id), self._moments(_STORED, visit_id)
        spans = []
        for begun, following in zip(opened, [*opened[1:], None], strict=False):
            last = max((at for at in stored if begun <= at and (following is None or at < following)), default=begun)
            spans.append((last - begun).total_seconds())
        return spans

    def _moments(self, sql: str, subject: str) -> list[dt.datetime]:
        return sorted(dt.datetime.fromisoformat(at) for (at,) in self._rows(sql, [subject]))

    def last_opened(self, subject: str) -> Opening | None:
        """Who opened a visit or a patient last, on a screen."""
        row = self._row(_OPENED, [subject])
        return None if row is None else Opening(row[0], dt.datetime.fromisoformat(row[1]))
