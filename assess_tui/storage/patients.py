"""Patients in the record: who they are, and finding them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from difflib import SequenceMatcher

import msgspec

from assess_tui.storage.errors import NotFoundError, StorageError
from assess_tui.storage.persons import Persons
from assess_tui.storage.store import Row
from protocols.model import Sex
from protocols.search import words
from protocols.visit import PatientDetails

_CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels, so no words; no letter that looks like a digit."""
_SALT_BYTES = 16
"""Of who a patient is: nobody can guess the row whole, and hold it against the digest left after an erasure."""
_LAST = "\U0010ffff"
_ALIKE = 0.8
"""From this likeness of two folded names with one birth date we ask whether they are the same person. Clinic rule."""
_DETAIL = "d.patient, d.code, d.family_name, d.given_name, d.birth_date, d.sex"
_FOUND = (
    "SELECT coalesce(p.head, s.patient) FROM patient_search s LEFT JOIN person p ON p.patient = s.patient"
    " WHERE s.key >= ? AND s.key < ?"
)
_SEEN = (
    "SELECT coalesce(p.head, v.patient) FROM visit v LEFT JOIN person p ON p.patient = v.patient"
    " ORDER BY v.started DESC, v.id DESC"
)
_ALL = "SELECT coalesce(p.head, id) FROM patient LEFT JOIN person p ON p.patient = id ORDER BY id DESC"
_OWN = "FROM visit v WHERE v.patient = d.patient"
_OTHERS = "FROM person p JOIN visit v ON v.patient = p.patient WHERE p.head = d.patient AND p.patient <> d.patient"
"""The visits of a person: on the record `d` they go by, and on others of theirs. Apart, for nearly all have one."""


class PatientSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the home screen."""

    id: str
    code: str
    name: str
    birth_date: dt.date
    sex: Sex
    last_visit: dt.date | None = None
    visits: int = 0


def search_keys(*names: str) -> set[str]:
    """Every key a patient is found by: each word, and each name written in one."""
    keys = {word for name in names for word in words(name)}
    return keys | {"".join(words(part)) for name in names for part in name.split()} - {""}


class Patients(Persons):
    """The part of the record that knows who the patients are."""

    # -- finding -------------------------------------------------------------------------------------------------------

    def patients(self, search: str = "", limit: int = 50) -> list[PatientSummary]:
        """Patients with every word of the search at the start of a name part or the code; without one, the latest."""
        wanted = words(search)
        if search.strip() and not wanted:
            return []
        found = self._matching(wanted) if wanted else self._latest()
        return self._summaries(_distinct(found, limit))

    def _matching(self, wanted: list[str]) -> Iterator[str]:
        """Ids that match, with repeats, in the order of the index. The rarest word leads, the others are looked up."""
        rarest, *others = sorted(wanted, key=self._how_many) if len(wanted) > 1 else wanted
        sql = _FOUND + " AND instr(s.keys, ?)" * len(others)
        found = self._stream(sql, [*_from(rarest), *(f" {word}" for word in others)])
        return (patient for (patient,) in found)

    def _how_many(self, word: str) -> int:
        """How many keys start with the word, counted up to 200."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM patient_search WHERE key >= ? AND key < ? LIMIT 200)"
        return self._number_of(sql, _from(word))

    def _latest(self) -> Iterator[str]:
        """Patients seen last come first, then those without a visit, the newest first."""
        for sql in (_SEEN, _ALL):
            yield from (patient for (patient,) in self._stream(sql))

    def _summaries(self, patients: list[str]) -> list[PatientSummary]:
        """The patients of these ids, in this order; one query for all of them."""
        places = ", ".join("?" * len(patients))
        rows = self._rows(
            f"SELECT {_DETAIL}, (SELECT count(*) {_OWN}) + (SELECT count(*) {_OTHERS}),"  # noqa: S608
            f" max(coalesce((SELECT max(started) {_OWN}), ''), coalesce((SELECT max(started) {_OTHERS}), ''))"
            f" FROM current_patient d WHERE d.patient IN ({places}) ORDER BY d.id",
            patients,
        )
        known = {row[0]: _summary(row) for row in rows}
        return [known[patient] for patient in patients]

    def patient(self, patient_id: str) -> PatientDetails:
        """Who the patient is now, as the record their person goes by has it. Raises StorageError for an unknown id."""
        return self.as_recorded(self.head(patient_id))

    def as_recorded(self, patient_id: str) -> PatientDetails:
        """What this very record of a patient says, whoever it is merged with."""
        row = self._row(f"SELECT {_DETAIL} FROM current_patient d WHERE d.patient = ? ORDER BY d.id DESC", [patient_id])  # noqa: S608
        if row is None:
            raise NotFoundError("No such patient", f"the record holds no patient with the id {patient_id}")
        return _details(row)

    def with_code(self, code: str) -> PatientDetails | None:
        """The patient of this code, letter case aside. Raises StorageError where several have it."""
        found = self.coded(code)
        if len(found) > 1:
            raise NotFoundError("Several patients have this code", shared_code(code.strip().upper(), found))
        return found[0] if found else None

    def coded(self, code: str) -> list[PatientDetails]:
        """Everybody one of whose records has this code: one at most, unless two laptops became one record."""
        rows = self._rows("SELECT patient FROM current_patient WHERE code = ? ORDER BY patient", [code.strip().upper()])
        return [self.as_recorded(one) for one in dict.fromkeys(self.head(patient) for (patient,) in rows)]

    def shared_codes(self) -> dict[str, list[PatientDetails]]:
        """Each code that more than one person has."""
        sql = "SELECT code FROM current_patient GROUP BY code HAVING count(*) > 1 ORDER BY code"
        found = {code: self.coded(code) for (code,) in self._rows(sql)}
        return {code: patients for code, patients in found.items() if len(patients) > 1}

    def similar(self, family_name: str, given_name: str, birth_date: dt.date) -> list[PatientDetails]:
        """Patients who may be the same person: a like name and the same birth date, or the same name."""
        name = _sorted_words(family_name, given_name)
        by_date = self._rows(
            f"SELECT {_DETAIL} FROM current_patient d WHERE d.birth_date = ?",  # noqa: S608
            [birth_date.isoformat()],
        )
        found = {row[0]: _details(row) for row in by_date}
        alike = [one for one in found.values() if _alike(name, _sorted_words(one.family_name, one.given_name))]
        if name:
            found_by = _distinct(self._matching(name.split()), 200)
            namesakes = (self.as_recorded(one) for patient in found_by for one in self.records_of(patient))
            same = (one for one in namesakes if _sorted_words(one.family_name, one.given_name) == name)
            alike += [one for one in same if one.id not in {known.id for known in alike}]
        return alike

    # -- writing -------------------------------------------------------------------------------------------------------

    def add_patient(
        self, *, family_name: str, given_name: str, birth_date: dt.date, sex: Sex, code: str = ""
    ) -> PatientDetails:
        """Store a new patient. Without a code one is made from the id. Raises StorageError when the code is taken."""
        patient = self._new_id()
        details = PatientDetails(
            id=patient,
            code=code.strip().upper() or self._free_code(patient),
            family_name=family_name.strip(),
            given_name=given_name.strip(),
            birth_date=birth_date,
            sex=sex,
        )
        self._refuse_taken(details)
        with self.together():
            self._add("patient", id=patient, site=self._site(), at=self._moment())
            self._tell(details, None, "")
        return details

    def revise_patient(self, details: PatientDetails, why: str = "") -> PatientDetails:
        """Store who the patient is from now on; what was known before stays in the record."""
        self._refuse_taken(details)
        with self.together():
            row = self._row("SELECT max(id) FROM current_patient WHERE patient = ?", [details.id])
            self._tell(details, row[0] if row else None, why)
        return details

    def _tell(self, details: PatientDetails, supersedes: str | None, why: str) -> None:
        self._add(
            "patient_detail",
            id=self._new_id(),
            patient=details.id,
            code=details.code,
            family_name=details.family_name,
            given_name=details.given_name,
            birth_date=details.birth_date.isoformat(),
            sex=details.sex,
            at=self._moment(),
            supersedes=supersedes,
            why=why,
            salt=os.urandom(_SALT_BYTES).hex(),
        )
        self._index(details)

    def _index(self, details: PatientDetails) -> None:
        """What the patient is found by, from now on."""
        self._db.execute("DELETE FROM patient_search WHERE patient = ?", [details.id])
        keys = sorted(search_keys(details.family_name, details.given_name, details.code))
        for key in keys:
            self._add("patient_search", key=key, patient=details.id, keys="".join(f" {one}" for one in keys))

    def _refuse_taken(self, details: PatientDetails) -> None:
        if any(other.id != self.head(details.id) for other in self.coded(details.code)):
            raise StorageError("This code is taken", f"{details.code} belongs to another patient; choose another code")

    def _free_code(self, patient: str) -> str:
        """A short code from the random end of the id, so that two laptops do not give the same one."""
        number = int(patient.replace("-", "")[-16:], 16)
        while True:
            number, letters = number // 2, _lettered(number)
            if not self.coded(letters):
                return letters


def shared_code(code: str, patients: list[PatientDetails]) -> str:
    """What to say of a code several patients have, and what to do; by their ids, for nobody is named."""
    ids = " and ".join(one.id for one in patients)
    return (
        f"the code {code} is that of {len(patients)} patients ({ids}): name one by its id, give one another code on its"
        " page, or merge them (assess-tui merge) if they are one person"
    )


def _lettered(number: int) -> str:
    letters = ""
    for _ in range(4):
        number, place = divmod(number, len(_CODE_LETTERS))
        letters += _CODE_LETTERS[place]
    return f"P{letters}"


def _from(word: str) -> tuple[str, str]:
    """The range of keys that start with the word."""
    return word, word + _LAST


def _details(row: Row) -> PatientDetails:
    patient, code, family_name, given_name, birth_date, sex = row
    return PatientDetails(
        id=patient,
        code=code,
        family_name=family_name,
        given_name=given_name,
        birth_date=dt.date.fromisoformat(birth_date),
        sex=sex,
    )


def _summary(row: Row) -> PatientSummary:
    details, visits, last = _details(row[:-2]), row[-2], row[-1]
    return PatientSummary(
        id=details.id,
        code=details.code,
        name=details.name,
        birth_date=details.birth_date,
        sex=details.sex,
        visits=visits,
        last_visit=dt.datetime.fromisoformat(last).date() if last else None,
    )


def _sorted_words(family_name: str, given_name: str) -> str:
    """Both names in one order, so that exchanged names are still the same."""
    return " ".join(sorted(words(f"{family_name} {given_name}")))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _distinct(ids: Iterator[str], limit: int) -> list[str]:
    seen: dict[str, None] = {}
    for patient in ids:
        if len(seen) >= limit:
            break
        seen[patient] = None
    return list(seen)
