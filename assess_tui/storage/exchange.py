"""The record told in full and taken in again: the rows of a clinic, a patient or a visit, as a union by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from assess_tui.storage.erased import without
from assess_tui.storage.patients import Patients
from assess_tui.storage.persons import PERSON
from assess_tui.storage.shape import key_of
from protocols.hashing import sha256

if TYPE_CHECKING:
    from assess_tui.storage.rows import ErasureRow, Export, Row, Scope

_VISITS: Final = {"patient": f"SELECT id FROM visit WHERE patient IN {PERSON}", "visit": "SELECT ?1"}  # noqa: S608
_PATIENTS: Final = {
    "patient": f"SELECT id FROM patient WHERE id IN {PERSON}",  # noqa: S608
    "visit": "SELECT patient FROM visit WHERE id = ?1",
}
_IN_SCOPE: Final = {
    "library": "digest IN (SELECT library FROM visit WHERE id IN ({visits}))",
    "device": "device IN (SELECT device FROM measurement WHERE visit IN ({visits}) UNION "
    "SELECT json_extract(value, '$') FROM measurement WHERE visit IN ({visits}) AND test = '@devices')",
    "template": "FALSE",
    "erasure": "FALSE",
    "patient": "id IN ({patients})",
    "patient_detail": "patient IN ({patients})",
    "patient_union": "kept IN ({patients}) AND other IN ({patients})",
    "visit": "id IN ({visits})",
    "measurement": "visit IN ({visits})",
    "visit_event": "visit IN ({visits})",
    "plan": "visit IN ({visits})",
    "document": "visit IN ({visits})",
    "paper": "document IN (SELECT id FROM document WHERE visit IN ({visits}))",
}
"""Which rows belong to a patient, on whichever record, or to a visit; to the clinic, all of them do."""
_NAMING: Final = {"patient_union": "kept IN ({patients}) OR other IN ({patients})"}
"""Where more rows name a patient than are told with them: who they are no longer one person with."""
_REFERS: Final = {
    "device": {"device": "device", "supersedes": "device"},
    "template": {"template": "template", "supersedes": "template"},
    "patient_detail": {"patient": "patient", "supersedes": "patient_detail"},
    "patient_union": {"kept": "patient", "other": "patient"},
    "visit": {"patient": "patient", "library": "library"},
    "measurement": {"visit": "visit", "device": "device", "supersedes": "measurement"},
    "visit_event": {"visit": "visit"},
    "plan": {"visit": "visit"},
    "document": {"visit": "visit"},
    "paper": {"document": "document"},
}
_SUPERSEDES_WITHIN: Final = {
    "device": ("device",),
    "template": ("template",),
    "patient_detail": ("patient",),
    "measurement": ("visit", "test", "side", "field"),
}
"""What a row shares with the one it supersedes; else a correction of one patient could empty a cell of another."""
_NAMELESS: Final = {
    "patient": "SELECT id FROM patient p WHERE NOT EXISTS (SELECT 1 FROM current_patient c WHERE c.patient = p.id)",
    "device": "SELECT id FROM device d WHERE id = device "
    "AND NOT EXISTS (SELECT 1 FROM current_device c WHERE c.device = d.id)",
}
"""A patient or a device of whom nothing is said could not be shown."""


_LONGEST = 300
"""Letters that are told of a file."""


class NotTakenError(ValueError):
    """A file was not taken in, and nothing of it was; the text names the row and what is wrong with it, on one line
    whatever a stranger wrote there."""

    def __init__(self, said: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in said[:_LONGEST]))


class Taken(NamedTuple):
    """What a file brought: rows that are new, rows that were there already, and the visits that have something new."""

    new: int
    known: int
    visits: tuple[str, ...]
    left_out: int = 0
    """Rows of patients who were erased from this record: they are not taken in again."""
    to_erase: tuple[str, ...] = ()
    """Patients here who were erased from the record the file comes from."""


class Exchange(Patients):
    """The part of the record that is told in full, and takes in what another record told."""

    def told(self, table: str, scope: Scope, of: str = "") -> Iterator[dict[str, object]]:
        """The rows of a table that belong to the scope, by id; of a visit or a patient, `of` is the whole id."""
        from assess_tui.storage.row_forms import told
        from assess_tui.storage.rows import ROWS

        columns = ROWS[table].__struct_fields__
        where = "TRUE" if scope == "clinic" else _IN_SCOPE[table]
        within = {} if scope == "clinic" else {"visits": _VISITS[scope], "patients": _PATIENTS[scope]}
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where.format(**within)} ORDER BY {key_of(table)}"  # noqa: S608  names of this package
        for row in self._stream(sql, [of] if "?1" in sql else []):
            yield told(table, dict(zip(columns, row, strict=True)))

    def keys_of(self, table: str, patient_id: str) -> list[str]:
        """The keys of all rows of a table that are of this patient, on whichever record, or say something of them."""
        where = _NAMING.get(table, _IN_SCOPE[table]).format(visits=_VISITS["patient"], patients=_PATIENTS["patient"])
        sql = f"SELECT {key_of(table)} FROM {table} WHERE {where} ORDER BY {key_of(table)}"  # noqa: S608
        return [str(key) for (key,) in self._rows(sql, [patient_id])]

    def keys_in(self, table: str) -> list[str]:
        """The keys of all rows of a table, by key."""
        return [str(key) for (key,) in self._rows(f"SELECT {key_of(table)} FROM {table} ORDER BY 1")]  # noqa: S608

    def take_in(self, export: Export) -> Taken:
        """Add every row that is not there yet, in one transaction. Nothing that is there is changed.

        Raises NotTakenError, which names the row: one that is there with other content, that refers to nothing, or that
        supersedes what is not its own.
        """
        from assess_tui.storage.rows import ROWS

        with self.together():
            # A row may stand before the one it supersedes where a clock was set back.
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            export, to_erase = self._leave_standing(export)
            wanted = without(export, self.erased())
            new = {table: self._take_table(table, rows) for table, rows in wanted.items()}
            for table, rows in new.items():
                for row in rows:
                    self._refuse_adrift(table, row)
            self._refuse_nameless()
            for patient in {row["patient"]: None for row in new["patient_detail"]}:
                self._index(self.as_recorded(patient))
            if new["patient_union"]:
                self._regroup()
        told, added = (sum(map(len, tables.values())) for tables in (wanted, new))
        in_file = sum(len(getattr(export, table)) for table in ROWS)
        return Taken(added, told - added, _visits_of(new), in_file - told, to_erase)

    def erased(self) -> dict[str, frozenset[str]]:
        """The keys of patients, visits and papers that were erased, here or on a laptop whose rows were taken in."""
        sql = "SELECT each.value FROM erasure, json_each(erasure.held, ?) AS each"
        return {
            table: frozenset(key for (key,) in self._rows(sql, [f"$.{table}"]))
            for table in ("patient", "visit", "document")
        }

    def _leave_standing(self, export: Export) -> tuple[Export, tuple[str, ...]]:
        """The file without erasures of patients who are here, and who these are: an import erases nobody."""
        standing = {row.id: self._standing(row) for row in export.erasure}
        settled = tuple(row for row in export.erasure if not standing[row.id])
        patients = dict.fromkeys(patient for some in standing.values() for patient in some)
        return msgspec.structs.replace(export, erasure=settled), tuple(patients)

    def _standing(self, row: ErasureRow) -> list[str]:
        """The patients of an erasure who are here. Raises NotTakenError where other rows it names are."""
        patients = [one for one in row.held.get("patient", ()) if self.row("patient", one)]
        for table, keys in row.held.items():
            if not patients and (key := next((one for one in keys if self.row(table, one)), None)):
                raise NotTakenError(f"erasure {row.id}: it names {table} {key}, which is here and of nobody it erased")
        return patients

    def _take_table(self, table: str, rows: tuple[Row, ...]) -> list[dict[str, Any]]:
        """Add those that are not there; gives them as they are kept."""
        from assess_tui.storage.row_forms import kept

        new = []
        for row in rows:
            columns = kept(row)
            held = self.row(table, columns[key_of(table)])
            if held is None:
                self._add(table, **columns, **({"at": self._moment()} if table == "library" else {}))
                new.append(columns)
            elif table != "library":  # its digest is that of the knowledge, whichever make wrote it down
                _refuse_other(table, columns, held)
        return new

    def row(self, table: str, key: str) -> dict[str, Any] | None:
        """The row of this key as it is kept, or None."""
        from assess_tui.storage.rows import ROWS

        columns = ROWS[table].__struct_fields__
        row = self._row(f"SELECT {', '.join(columns)} FROM {table} WHERE {key_of(table)} = ?", [key])  # noqa: S608
        return None if row is None else dict(zip(columns, row, strict=True))

    def _refuse_adrift(self, table: str, row: Mapping[str, Any]) -> None:
        """What a row refers to must be there by now, and what it supersedes must be its own."""
        where = f"{table} {row[key_of(table)]}"
        for field, other in _REFERS.get(table, {}).items():
            if row[field] is None:
                continue
            held = self.row(other, row[field])
            if held is None:
                raise NotTakenError(f"{where}: its {field} {row[field]} is neither in the file nor in this record")
            if field == "supersedes" and any(held[one] != row[one] for one in _SUPERSEDES_WITHIN[table]):
                raise NotTakenError(f"{where}: it supersedes {row[field]}, which is not its own")
            if table == "paper" and sha256(row["body"]).hexdigest() != held["sha256"]:
                raise NotTakenError(f"{where}: it is not the paper that was handed over (its sha256 differs)")

    def _refuse_nameless(self) -> None:
        for table, sql in _NAMELESS.items():
            if row := self._row(f"{sql} LIMIT 1"):
                raise NotTakenError(f"{table} {row[0]}: nothing is said of it")


def _refuse_other(table: str, row: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    from assess_tui.storage.row_forms import same

    differs = next((name for name in row if not same(row[name], held[name])), None)
    if differs is not None:
        raise NotTakenError(
            f"{table} {row[key_of(table)]}: this record holds it with another {differs}; nothing was taken in"
        )


def _visits_of(new: Mapping[str, list[dict[str, Any]]]) -> tuple[str, ...]:
    """The visits that have something new."""
    begun = [row["id"] for row in new["visit"]]
    told = [row["visit"] for table in ("measurement", "visit_event", "plan", "document") for row in new[table]]
    return tuple(dict.fromkeys((*begun, *told)))
