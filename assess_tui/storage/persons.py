"""Which records of patients are of one person. Nothing is moved: a row says so, and a later one may say otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from assess_tui.storage.store import Store

PERSON: Final = "(SELECT ?1 UNION SELECT patient FROM person WHERE head = (SELECT head FROM person WHERE patient = ?1))"
"""Every record of the person of whom ?1 is one."""
_EDGES: Final = "SELECT kept, other, one FROM patient_union ORDER BY id"


class Union(NamedTuple):
    """That two records are of one person (`one`), or of two again."""

    kept: str
    other: str
    one: bool
    why: str
    at: dt.datetime
    clinician: str


def heads(said: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Record -> the record its person goes by, for everybody with more than one.

    `said` is (kept, other, one), oldest first. Of each pair the last word counts; a person goes by
    the record that was kept last.
    """
    last: dict[frozenset[str], tuple[str, str]] = {}
    for kept, other, one in said:
        last.pop(pair := frozenset((kept, other)), None)  # so that a later word takes a later place
        if one:
            last[pair] = kept, other
    groups: dict[str, set[str]] = {}
    found: dict[str, str] = {}
    for kept, other in last.values():
        group = groups.get(kept, {kept}) | groups.get(other, {other})
        groups.update(dict.fromkeys(group, group))
        found.update(dict.fromkeys(group, kept))
    return found


class Persons(Store):
    """The part of the record that knows which records of patients are of one person."""

    def head(self, patient_id: str) -> str:
        """The record its person goes by: itself, for most."""
        row = self._row("SELECT head FROM person WHERE patient = ?", [patient_id])
        return patient_id if row is None else str(row[0])

    def records_of(self, patient_id: str) -> list[str]:
        """Every record of the same person, the one it goes by first."""
        sql = f"SELECT id FROM patient WHERE id IN {PERSON} ORDER BY id"  # noqa: S608  constants
        head = self.head(patient_id)
        return sorted((str(one) for (one,) in self._rows(sql, [patient_id])), key=lambda one: one != head)

    def unions(self, patient_id: str) -> list[Union]:
        """What was said of this record and another, oldest first."""
        sql = "SELECT kept, other, one, why, at, clinician FROM patient_union WHERE kept = ?1 OR other = ?1 ORDER BY id"
        return [
            Union(kept, other, bool(one), why, dt.datetime.fromisoformat(at), clinician)
            for kept, other, one, why, at, clinician in self._rows(sql, [patient_id])
        ]

    def say_one(self, kept: str, other: str, *, one: bool, why: str, who: str) -> None:
        """Say that two records are of one person from now on, or of two again."""
        with self.together():
            self._add(
                "patient_union",
                id=self._new_id(),
                kept=kept,
                other=other,
                one=int(one),
                why=why,
                site=self._site(),
                at=self._moment(),
                clinician=who,
            )
            self._regroup()

    def _regroup(self) -> None:
        """Derive anew who has more than one record."""
        self._db.execute("DELETE FROM person")
        for patient, head in heads(self._rows(_EDGES)).items():
            self._add("person", patient=patient, head=head)
