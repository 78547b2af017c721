"""What an import leaves out: the rows of patients who were erased. An older copy does not bring anybody back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from assess_tui.storage.rows import Export, Row

Keys = Mapping[str, frozenset[str]]
"""Table -> the keys of rows that were erased."""
OF_VISITS: Final = ("measurement", "visit_event", "plan", "document")


def without(export: Export, erased: Keys) -> dict[str, tuple[Row, ...]]:
    """The rows of a file by table, without those of patients, visits and papers that were erased."""
    from assess_tui.storage.rows import ROWS

    gone = _rules(export, erased)
    return {table: tuple(row for row in getattr(export, table) if not gone[table](row)) for table in ROWS}


def _rules(export: Export, erased: Keys) -> dict[str, Callable[[Any], bool]]:
    from assess_tui.storage.rows import ROWS

    patients = {*erased["patient"], *(one for row in export.erasure for one in row.held.get("patient", ()))}
    # A visit begun on another laptop after the copy was made is no row that was erased; its patient is.
    visits = {row.id for row in export.visit if row.patient in patients or row.id in erased["visit"]}
    papers = {row.id for row in export.document if row.visit in visits or row.id in erased["document"]}
    return {
        **dict.fromkeys(ROWS, lambda _: False),
        **dict.fromkeys(OF_VISITS, lambda row: row.visit in visits or row.visit in erased["visit"]),
        "patient": lambda row: row.id in patients,
        "patient_detail": lambda row: row.patient in patients,
        "patient_union": lambda row: row.kept in patients or row.other in patients,
        "visit": lambda row: row.id in visits,
        "paper": lambda row: row.document in papers or row.document in erased["document"],
    }
