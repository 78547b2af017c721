"""The rows of a record as an export file tells them, a class a table.

The format is documented in docs/data.md. What is empty is left out; JSON stands as it is kept, so that every number is
as it was typed.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from assess_tui.storage.row_values import ID, LONGEST, an_object, checked, parsed, refused, text_of
from protocols.case import Absent, Wanted
from protocols.interchange import shown
from protocols.model import DeviceKind, Sex, Side
from protocols.visit import cards_of

FORMAT: Final = "assess-tui-export"
VERSION: Final = 1
Scope = Literal["clinic", "patient", "visit"]
_NOTHING: Final = msgspec.Raw(b"")


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row. Raises ValueError for what no record holds."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            held = getattr(self, name)
            if isinstance(held, str) and (why := refused(name, held)):
                raise ValueError(f"{name}: {why}")


def _refuse_without_reason(why: str) -> None:
    if not why:
        raise ValueError("why: expected a reason")


# -- the tables, in the order in which they refer to each other --------------------------------------------------------


class LibraryRow(Row, frozen=True, kw_only=True):
    """Without the moment it was kept, which is each record's own."""

    digest: str
    version: str = ""
    body: msgspec.Raw

    def __post_init__(self) -> None:
        super().__post_init__()
        body = parsed("body", self.body)
        if not isinstance(body, dict) or body.get("digest") != self.digest:
            raise ValueError(f"body: expected the library {shown(self.digest)}")


class DeviceRow(Row, frozen=True, kw_only=True):
    id: str
    device: str
    site: str = ""
    kind: DeviceKind
    name: str
    checked: str | None = None
    in_use: bool
    at: str
    clinician: str = ""
    supersedes: str | None = None


class TemplateRow(Row, frozen=True, kw_only=True):
    id: str
    template: str
    site: str = ""
    name: str
    body: msgspec.Raw = _NOTHING
    at: str
    clinician: str = ""
    supersedes: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (body := text_of(self.body)) is not None:
            msgspec.json.decode(body, type=list[Wanted])
            cards_of(checked("body", self.body))


class PatientRow(Row, frozen=True, kw_only=True):
    id: str
    site: str = ""
    at: str


class PatientUnionRow(Row, frozen=True, kw_only=True):
    id: str
    kept: str
    other: str
    one: bool
    why: str
    site: str = ""
    at: str
    clinician: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse_without_reason(self.why)
        if self.kept == self.other:
            raise ValueError("other: expected another patient than the one kept")


class ErasureRow(Row, frozen=True, kw_only=True):
    """That a patient was erased: the keys of the rows by table, and nothing that stood in them."""

    id: str
    held: dict[str, tuple[str, ...]]
    why: str
    site: str = ""
    at: str
    clinician: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse_without_reason(self.why)
        for table, keys in self.held.items():
            if table not in ROWS or not all(map(ID.fullmatch, keys)):
                raise ValueError("held: expected the ids of rows, by table")


class PatientDetailRow(Row, frozen=True, kw_only=True):
    id: str
    patient: str
    code: str
    family_name: str = ""
    given_name: str = ""
    birth_date: str
    sex: Sex
    at: str
    supersedes: str | None = None
    why: str = ""
    salt: str | None = None


class VisitRow(Row, frozen=True, kw_only=True):
    id: str
    patient: str
    site: str = ""
    started: str
    clinician: str = ""
    library: str


class MeasurementRow(Row, frozen=True, kw_only=True):
    id: str
    visit: str
    test: str
    side: Side
    field: str
    value: msgspec.Raw = _NOTHING
    unit: str = ""
    absent: Absent | None = None
    note: str = ""
    at: str
    clinician: str = ""
    supersedes: str | None = None
    why: str = ""
    device: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if text_of(self.value) is not None:
            checked("value", self.value)


class VisitEventRow(Row, frozen=True, kw_only=True):
    id: str
    visit: str
    kind: str
    detail: str = ""
    at: str


class PlanRow(Row, frozen=True, kw_only=True):
    id: str
    visit: str
    version: int
    body: msgspec.Raw
    clinician: str = ""
    at: str

    def __post_init__(self) -> None:
        super().__post_init__()
        an_object("body", self.body)
        if not 1 <= self.version <= LONGEST:
            raise ValueError(f"version: expected 1 to {LONGEST}, got {shown(self.version)}")


class DocumentRow(Row, frozen=True, kw_only=True):
    id: str
    visit: str
    kind: str
    options: msgspec.Raw
    sha256: str
    file_name: str = ""
    at: str

    def __post_init__(self) -> None:
        super().__post_init__()
        an_object("options", self.options)


class PaperRow(Row, frozen=True, kw_only=True):
    document: str
    body: bytes


class Export(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an export file holds."""

    format: Literal["assess-tui-export"]
    version: Literal[1]
    scope: Scope
    of: str = ""
    """The id of the patient or the visit; "" for the whole clinic."""
    papers: bool = True
    """Whether the bytes of the papers are in it."""
    library: tuple[LibraryRow, ...] = ()
    erasure: tuple[ErasureRow, ...] = ()
    device: tuple[DeviceRow, ...] = ()
    template: tuple[TemplateRow, ...] = ()
    patient: tuple[PatientRow, ...] = ()
    patient_detail: tuple[PatientDetailRow, ...] = ()
    patient_union: tuple[PatientUnionRow, ...] = ()
    visit: tuple[VisitRow, ...] = ()
    measurement: tuple[MeasurementRow, ...] = ()
    visit_event: tuple[VisitEventRow, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    document: tuple[DocumentRow, ...] = ()
    paper: tuple[PaperRow, ...] = ()


ROWS: Final[dict[str, type[Row]]] = {
    "library": LibraryRow,
    "erasure": ErasureRow,
    "device": DeviceRow,
    "template": TemplateRow,
    "patient": PatientRow,
    "patient_detail": PatientDetailRow,
    "patient_union": PatientUnionRow,
    "visit": VisitRow,
    "measurement": MeasurementRow,
    "visit_event": VisitEventRow,
    "plan": PlanRow,
    "document": DocumentRow,
    "paper": PaperRow,
}
