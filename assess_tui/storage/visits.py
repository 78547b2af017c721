"""Visits in the record: their measurements, their course and their plans."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from assess_tui.storage.errors import NotFoundError
from assess_tui.storage.patients import Patients, PatientSummary
from assess_tui.storage.persons import PERSON
from assess_tui.storage.store import Row, from_json, to_json
from protocols.devices import STAND
from protocols.model import Library
from protocols.visit import Cell, Measurement, Visit, plain

_MEASURED = "id, visit, test, side, field, value, unit, absent, note, at, clinician, supersedes, why, device"
_START_OF_ID = re.compile(r"[0-9a-f-]+")
_PROGRESS = re.compile(r"^(?P<step>\S*) (?P<done>\d+)/(?P<total>\d+)$")


class VisitSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One visit in a list. `hint` is the step it was left at; done and total are as of then."""

    id: str
    patient: PatientSummary
    recorded_as: str
    """The record of the patient it was entered on, where a person has more than one."""
    started: dt.datetime
    number: int
    finished: bool
    done: int = 0
    total: int = 0
    hint: str = ""


class Event(NamedTuple):
    """Something that happened in a visit."""

    kind: str
    detail: str
    at: dt.datetime


class StoredPlan(NamedTuple):
    """One version of a visit's plan."""

    version: int
    body: dict[str, Any]
    clinician: str
    at: dt.datetime
    id: str


class EarlierPlan(NamedTuple):
    """The plan of an earlier visit, with the day and the id of that visit."""

    day: dt.date
    plan: StoredPlan
    visit: str = ""


class KeptLibrary(NamedTuple):
    """A library visits were taken with: how many, and the days of the first and the last."""

    digest: str
    version: str
    visits: int
    first: dt.date
    last: dt.date


class Visits(Patients):
    """The part of the record that keeps visits."""

    def open_visit(
        self, patient_id: str, clinician: str, library: Library, started: dt.datetime | None = None
    ) -> Visit:
        """Begin a visit, now or at the moment given, and keep the library it is taken with."""
        visit = self._new_id()
        with self.together():
            self._keep(library)
            self._add(
                "visit",
                id=visit,
                patient=patient_id,
                site=self._site(),
                started=(started or self._now()).isoformat(),
                clinician=clinician,
                library=library.digest,
            )
        return self.visit(visit)

    def visit(self, visit_id: str) -> Visit:
        """The visit with its current measurements. An unambiguous start of its id is enough.

        Raises StorageError when no visit, or more than one, has an id that starts so.
        """
        visit, patient, started, clinician, library = self._found(visit_id)
        return Visit(
            id=visit,
            patient=self.patient(patient),
            started=dt.datetime.fromisoformat(started),
            clinician=clinician,
            number=self._number(patient, started, visit),
            finished=self._finished(visit),
            digest=library,
            cells=self._cells(visit),
        )

    def _found(self, visit_id: str) -> Row:
        start = visit_id.strip().lower()
        sql = "SELECT id, patient, started, clinician, library FROM visit WHERE id >= ? AND id < ? LIMIT 2"
        found = self._rows(sql, [start, start + "g"]) if _START_OF_ID.fullmatch(start) else []
        if not found:
            raise NotFoundError("No such visit", f'the record holds no visit with the id "{visit_id}"')
        if len(found) > 1:
            raise NotFoundError("More than one visit", f'several visit ids start with "{visit_id}"; give more of it')
        return found[0]

    def _number(self, patient: str, started: str, visit: str) -> int:
        sql = f"SELECT count(*) FROM visit WHERE patient IN {PERSON} AND (started, id) <= (?2, ?3)"  # noqa: S608  constants
        return self._number_of(sql, [patient, started, visit])

    def _finished(self, visit: str) -> bool:
        return self._row("SELECT 1 FROM visit_event WHERE visit = ? AND kind = 'finished'", [visit]) is not None

    def _cells(self, visit: str, test: str | None = None) -> dict[Cell, Measurement]:
        """The current measurements of a visit, or those of one test of it."""
        only = "" if test is None else "AND test = ? "
        sql = f"SELECT {_MEASURED} FROM current_measurement WHERE visit = ? {only}ORDER BY id"  # noqa: S608
        measured = (_measurement(row) for row in self._rows(sql, [visit] if test is None else [visit, test]))
        return {row.cell: row for row in measured}

    def history(self, visit_id: str) -> list[Measurement]:
        """Every row of the visit, superseded and withdrawn ones too, oldest first."""
        sql = f"SELECT {_MEASURED} FROM measurement WHERE visit = ? ORDER BY id"  # noqa: S608
        return [_measurement(row) for row in self._rows(sql, [visit_id])]

    def read_twice(self, test_id: str) -> Iterator[dict[Cell, Measurement]]:
        """The current cells of the test in every visit in which a second rater read it, oldest visit first."""
        sql = (
            "SELECT DISTINCT v.id FROM current_measurement m JOIN visit v ON v.id = m.visit "
            "WHERE m.field = 'second' AND m.test = ? ORDER BY v.started, v.id"
        )
        for (visit,) in self._rows(sql, [test_id]):
            yield self._cells(visit, test_id)

    def tests_read_twice(self) -> frozenset[str]:
        """The ids of all tests a second rater has read."""
        sql = "SELECT DISTINCT test FROM current_measurement WHERE field = 'second'"
        return frozenset(test for (test,) in self._rows(sql))

    def visits(self, patient_id: str) -> list[VisitSummary]:
        """The patient's visits, newest first; those on another record of the same person, too."""
        sql = f"SELECT id FROM visit WHERE patient IN {PERSON} ORDER BY started DESC, id DESC"  # noqa: S608  constants
        return [self._visit_summary(visit) for (visit,) in self._rows(sql, [patient_id])]

    def unfinished(self) -> list[VisitSummary]:
        """Every visit not finished yet, newest first."""
        sql = "SELECT v.id FROM visit_open o JOIN visit v ON v.id = o.visit ORDER BY v.started DESC, v.id DESC"
        return [self._visit_summary(visit) for (visit,) in self._rows(sql)]

    def _visit_summary(self, visit: str) -> VisitSummary:
        _, patient, started, _, _ = self._found(visit)
        sql = "SELECT detail FROM visit_event WHERE visit = ? AND kind = 'at' ORDER BY id DESC LIMIT 1"
        left = self._row(sql, [visit])
        where = _PROGRESS.match(left[0]) if left else None
        return VisitSummary(
            id=visit,
            patient=self._summaries([self.head(patient)])[0],
            recorded_as=patient,
            started=dt.datetime.fromisoformat(started),
            number=self._number(patient, started, visit),
            finished=self._finished(visit),
            done=int(where["done"]) if where else 0,
            total=int(where["total"]) if where else 0,
            hint=where["step"] if where else "",
        )

    def previous(self, visit: Visit) -> Visit | None:
        """The patient's newest visit before this one."""
        before = next(iter(self._before(visit, 1)), None)
        return None if before is None else self.visit(before[0])

    # -- writing -------------------------------------------------------------------------------------------------------

    def append(self, measurement: Measurement) -> None:
        """Add one row. It is on disk when this returns."""
        row = msgspec.structs.asdict(measurement)
        row["value"] = None if measurement.value is None else to_json(measurement.value)
        self._add("measurement", **row | {"at": measurement.at.isoformat()})

    def event(self, visit_id: str, kind: str, detail: str = "") -> None:
        """Note something that happened in a visit; "finished" closes it."""
        self._add("visit_event", id=self._new_id(), visit=visit_id, kind=kind, detail=detail, at=self._moment())

    def events(self, visit_id: str) -> list[Event]:
        """What happened in a visit, oldest first."""
        sql = "SELECT kind, detail, at FROM visit_event WHERE visit = ? ORDER BY id"
        return [Event(kind, detail, dt.datetime.fromisoformat(at)) for kind, detail, at in self._rows(sql, [visit_id])]

    def save_plan(self, visit_id: str, body: dict[str, Any], clinician: str) -> int:
        """Keep a plan as the visit's next version; returns its number."""
        with self.together():
            version = self._number_of("SELECT coalesce(max(version), 0) + 1 FROM plan WHERE visit = ?", [visit_id])
            self._add(
                "plan",
                id=self._new_id(),
                visit=visit_id,
                version=version,
                body=to_json(body),
                clinician=clinician,
                at=self._moment(),
            )
        return version

    def plans(self, visit_id: str) -> list[StoredPlan]:
        """Every version of the visit's plan, oldest first; two copies of a record may both have one of a number."""
        sql = "SELECT version, body, clinician, at, id FROM plan WHERE visit = ? ORDER BY version, id"
        return [
            StoredPlan(version, from_json(body), clinician, dt.datetime.fromisoformat(at), plan_id)
            for version, body, clinician, at, plan_id in self._rows(sql, [visit_id])
        ]

    def last_plan(self, visit: Visit) -> EarlierPlan | None:
        """The plan the patient took home last."""
        return next(self.plans_before(visit), None)

    def plans_before(self, visit: Visit) -> Iterator[EarlierPlan]:
        """The plans the patient took home before this visit, of each visit the newest version, newest first.

        Visits whose plan was blocked gave none to take home.
        """
        for one, started in self._before(visit):
            for plan in self.plans(one)[-1:]:
                if not plan.body.get("blocked"):
                    yield EarlierPlan(dt.datetime.fromisoformat(started).date(), plan, one)

    def stands_before(self, visit: Visit) -> Iterator[dict[Cell, Measurement]]:
        """The current cells of the stand test of every visit before this one, newest first, read one by one."""
        return (self._cells(one, STAND) for one, _ in self._before(visit))

    def _before(self, visit: Visit, limit: int = -1) -> list[Row]:
        """Id and start of the patient's visits before this one, newest first."""
        earlier = f"SELECT id, started FROM visit WHERE patient IN {PERSON} AND (started, id) < (?2, ?3)"  # noqa: S608
        before = [visit.patient.id, visit.started.isoformat(), visit.id, limit]
        return self._rows(f"{earlier} ORDER BY started DESC, id DESC LIMIT ?4", before)

    def _keep(self, library: Library) -> None:
        if self._row("SELECT 1 FROM library WHERE digest = ?", [library.digest]) is None:
            body = zlib.compress(to_json(library).encode())
            self._add("library", digest=library.digest, version=library.version, body=body, at=self._moment())

    def library(self, digest: str) -> Library:
        """The definitions as they were. Raises StorageError when no visit was taken with them."""
        row = self._row("SELECT body FROM library WHERE digest = ?", [digest])
        if row is None:
            raise NotFoundError("No such knowledge", f"no visit was taken with the library {digest}")
        return msgspec.json.decode(zlib.decompress(row[0]), type=Library)

    def libraries(self) -> list[KeptLibrary]:
        """Every library a visit was taken with, the one used first first."""
        sql = (
            "SELECT l.digest, l.version, count(*), min(v.started), max(v.started) FROM library l "
            "JOIN visit v ON v.library = l.digest GROUP BY l.digest ORDER BY min(v.started)"
        )
        return [
            KeptLibrary(digest, version, count, *(dt.datetime.fromisoformat(at).date() for at in (first, last)))
            for digest, version, count, first, last in self._rows(sql)
        ]

    def visits_with(self, digest: str) -> Iterator[Visit]:
        """Every visit taken with this library, oldest first."""
        sql = "SELECT id FROM visit WHERE library = ? ORDER BY started, id"
        return (self.visit(visit) for (visit,) in self._rows(sql, [digest]))


def _measurement(row: Row) -> Measurement:
    named = dict(zip(Measurement.__struct_fields__, row, strict=True))
    value = named["value"]
    named["value"] = None if value is None else plain(from_json(value))
    named["at"] = dt.datetime.fromisoformat(named["at"])
    return Measurement(**named)
