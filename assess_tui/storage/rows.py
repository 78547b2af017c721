"""The rows of a record as an export file tells them: what each holds, how it is kept, what cannot be taken.

The format is documented in docs/data.md. What is empty is left out; JSON stands as it is kept, so that every number is
as it was typed.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec

from assess_tui.storage.store import from_json, to_json
from protocols.case import Absent, Wanted
from protocols.lines.reading import shown
from protocols.model import DeviceKind, Sex, Side
from protocols.visit import cards_of

FORMAT: Final = "assess-tui-export"
VERSION: Final = 1
Scope = Literal["clinic", "patient", "visit"]

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT: Final = re.compile(
    r"(19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]([01]\d|2[0-3]):\d\d(:\d\d)?", re.ASCII
)
_DAY: Final = re.compile(r"(1[89]|2\d)\d\d-\d\d-\d\d", re.ASCII)
_LARGEST: Final = 100
"""Digits a number may have, and places before or behind its point: what is beyond was never measured."""
_DEEPEST: Final = 20
"""Lists within lists; the record's own are three deep."""
_LONGEST: Final = 20_000
"""Letters of one text."""
_NOTHING: Final = msgspec.Raw(b"")


# -- what is looked at in every row ------------------------------------------------------------------------------------


def _an_id(text: str) -> str:
    return "" if _ID.fullmatch(text) else "an id"


def _a_moment(text: str) -> str:
    return "" if _MOMENT.fullmatch(text) and _is(dt.datetime.fromisoformat, text) else "a moment with its zone"


def _a_day(text: str) -> str:
    return "" if _DAY.fullmatch(text) and _is(dt.date.fromisoformat, text) else "a day, as in 2026-11-01"


def _is(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _a_word(text: str) -> str:
    return "" if text else "a word"


_EXPECTED: Final[dict[str, Callable[[str], str]]] = {
    **dict.fromkeys(
        ("id", "patient", "visit", "device", "template", "document", "supersedes", "kept", "other"), _an_id
    ),
    **dict.fromkeys(("at", "started"), _a_moment),
    **dict.fromkeys(("birth_date", "checked"), _a_day),
    **dict.fromkeys(("digest", "library", "code", "name", "test", "field", "kind"), _a_word),
}
"""What a field of this name holds, in whichever row: says what was expected, or nothing."""


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row. Raises ValueError for what no record holds."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            held = getattr(self, name)
            if isinstance(held, str) and (why := _refused(name, held)):
                raise ValueError(f"{name}: {why}")


def _refuse_without_reason(why: str) -> None:
    if not why:
        raise ValueError("why: expected a reason")


def _refused(name: str, held: str) -> str:
    if len(held) > _LONGEST:
        return f"expected at most {_LONGEST} letters, got {len(held)}"
    expected = _EXPECTED[name](held) if name in _EXPECTED else ""
    return f"expected {expected}, got {shown(held)}" if expected else ""


# -- the tables, in the order in which they refer to each other --------------------------------------------------------


class LibraryRow(Row, frozen=True, kw_only=True):
    """Without the moment it was kept, which is each record's own."""

    digest: str
    version: str = ""
    body: msgspec.Raw

    def __post_init__(self) -> None:
        super().__post_init__()
        body = _parsed("body", self.body)
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
            cards_of(_checked("body", self.body))


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
            if table not in ROWS or not all(map(_ID.fullmatch, keys)):
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
            _checked("value", self.value)


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
        _an_object("body", self.body)
        if not 1 <= self.version <= _LONGEST:
            raise ValueError(f"version: expected 1 to {_LONGEST}, got {shown(self.version)}")


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
        _an_object("options", self.options)


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


# -- between file and record -------------------------------------------------------------------------------------------


def _raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())


_TOLD: Final[dict[tuple[str, str], Callable[[Any], object]]] = {
    ("library", "body"): lambda body: msgspec.Raw(zlib.decompress(body)),
    ("device", "in_use"): bool,
    ("patient_union", "one"): bool,
    ("erasure", "held"): _raw,
    ("template", "body"): _raw,
    ("measurement", "value"): _raw,
    ("plan", "body"): _raw,
    ("document", "options"): _raw,
}


def told(table: str, kept: Mapping[str, object]) -> dict[str, object]:
    """A row of the record as it stands in a file; what is empty is left out."""
    held = ((name, value) for name, value in kept.items() if value is not None and value != "")
    return {name: _TOLD[table, name](value) if (table, name) in _TOLD else value for name, value in held}


def kept(row: Row) -> dict[str, Any]:
    """A row of a file as the record keeps it, by column."""
    return {name: _kept(row, getattr(row, name)) for name in row.__struct_fields__}


def _kept(row: Row, held: object) -> object:
    if isinstance(held, msgspec.Raw):
        text = text_of(held)
        return zlib.compress(text.encode()) if isinstance(row, LibraryRow) and text is not None else text
    if isinstance(held, dict):
        return to_json(held)
    return int(held) if isinstance(held, bool) else held


def text_of(raw: msgspec.Raw) -> str | None:
    """JSON without the space between its parts, numbers as they stand; None where there is nothing."""
    written = msgspec.json.format(bytes(raw), indent=-1).decode() if bytes(raw) else "null"
    return None if written == "null" else written


def same(one: object, other: object) -> bool:
    """Whether two columns hold the same: JSON may spell a letter in more than one way, and a number in one."""
    if one == other or not (isinstance(one, str) and isinstance(other, str)):
        return one == other
    try:
        return to_json(from_json(one)) == to_json(from_json(other)) if one[:1] in '[{"' else False
    except (msgspec.DecodeError, RecursionError, ArithmeticError):
        return False


# -- JSON within a row -------------------------------------------------------------------------------------------------


def _an_object(name: str, raw: msgspec.Raw) -> None:
    if not isinstance(_checked(name, raw), dict):
        raise ValueError(f"{name}: expected an object")


def _parsed(name: str, raw: msgspec.Raw) -> Any:
    try:
        return from_json(bytes(raw))
    except ArithmeticError:
        raise ValueError(f"{name}: expected a number that can be measured") from None


def _checked(name: str, raw: msgspec.Raw) -> Any:
    held = _parsed(name, raw)
    _look_through(name, held, _DEEPEST)
    return held


def _look_through(name: str, held: object, depth: int) -> None:
    if not depth:
        raise ValueError(f"{name}: nested too deeply")
    if isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            _look_through(name, one, depth - 1)
    elif isinstance(held, int | Decimal) and not _measurable(Decimal(held)):
        raise ValueError(f"{name}: expected a number that can be measured, got {shown(held)}")


def _measurable(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(digits) <= _LARGEST and abs(exponent) <= _LARGEST
