"""Papers in the record: what was handed over, byte for byte, so that last year's sheet prints the same."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from assess_tui.storage.errors import NotFoundError, StorageError
from assess_tui.storage.persons import PERSON
from assess_tui.storage.store import Row, Store, from_json, to_json
from protocols.hashing import sha256

_COLUMNS = """d.id, d.visit, v.started, d.kind, d.options, d.sha256, d.file_name, d.at,
    (SELECT length(p.body) FROM paper p JOIN document same ON same.id = p.document
     WHERE same.visit = d.visit AND same.sha256 = d.sha256),
    EXISTS (SELECT 1 FROM measurement m WHERE m.visit = d.visit AND m.id > d.id AND m.test != '@finish'
            AND NOT (m.absent IS 'not_tested' AND m.supersedes IS NULL))"""


class KeptPaper(NamedTuple):
    """One paper that was made. `size` in bytes is None where only a note of it was kept."""

    id: str
    visit: str
    started: dt.datetime
    """When its visit began."""
    kind: str
    options: dict[str, Any]
    sha256: str
    file_name: str
    made: dt.datetime
    size: int | None
    answered_since: bool
    """Whether the visit was answered after it was made, not only closed: it may say something else today."""


class Papers(Store):
    """The part of the record that keeps papers."""

    def add_document(self, visit_id: str, kind: str, options: dict[str, Any], file_name: str, body: bytes) -> None:
        """Note a paper that was made and keep its bytes; those of one made twice in a visit are kept once."""
        digest, document = sha256(body).hexdigest(), self._new_id()
        with self.together():
            kept = self._body(visit_id, digest)
            self._add(
                "document",
                id=document,
                visit=visit_id,
                kind=kind,
                options=to_json(options),
                sha256=digest,
                file_name=file_name,
                at=self._moment(),
            )
            if kept is None:
                self._add("paper", document=document, body=body)

    def papers(self, visit_id: str) -> list[KeptPaper]:
        """Every paper made in a visit, oldest first."""
        return self._papers("d.visit = ?1", visit_id)

    def papers_of(self, patient_id: str) -> list[KeptPaper]:
        """Every paper made for a patient, oldest first, on whichever record of theirs."""
        return self._papers(f"v.patient IN {PERSON}", patient_id)

    def paper(self, kept: KeptPaper) -> bytes:
        """The bytes as they were handed over (before any password).

        Raises StorageError where they were not kept, or are no longer those that were noted.
        """
        body = self._body(kept.visit, kept.sha256)
        if body is None:
            raise NotFoundError("The paper was not kept", f"only a note of {kept.file_name} is on record; make it anew")
        if sha256(body).hexdigest() != kept.sha256:
            said = f"{kept.file_name} on record is not what was handed over (its sha256 differs); it was not written"
            raise StorageError("The paper is damaged", said)
        return body

    def _papers(self, where: str, value: str) -> list[KeptPaper]:
        sql = f"SELECT {_COLUMNS} FROM document d JOIN visit v ON v.id = d.visit WHERE {where} ORDER BY v.started, d.id"  # noqa: S608  constants
        return [_kept(row) for row in self._rows(sql, [value])]

    def _body(self, visit_id: str, digest: str) -> bytes | None:
        sql = "SELECT p.body FROM paper p JOIN document d ON d.id = p.document WHERE d.visit = ? AND d.sha256 = ?"
        row = self._row(sql, [visit_id, digest])
        return None if row is None else row[0]


def _kept(row: Row) -> KeptPaper:
    identifier, visit, started, kind, options, sha256, file_name, at, size, since = row
    return KeptPaper(
        identifier,
        visit,
        dt.datetime.fromisoformat(started),
        kind,
        from_json(options),
        sha256,
        file_name,
        dt.datetime.fromisoformat(at),
        size,
        bool(since),
    )
