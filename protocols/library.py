"""The only reader of the knowledge: the bundled TOML and the clinic's own folder -> Library.

The bundled TOML may be compiled once, when the package is built (hatch_build.py). The compiled file is used only while
its seal equals that of the files beside it; edit one of them and the TOML is read again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec

from protocols import knowledge, model
from protocols.errors import LibraryError
from protocols.hashing import blake2b
from protocols.knowledge import DATA, Edition
from protocols.model import Exercise, Library, Questionnaire, Station, Test

__all__ = [
    "COMPILED",
    "DATA",
    "LibraryError",
    "Table",
    "compile_bundled",
    "edition_of",
    "load",
    "model_sources",
    "parse",
    "with_clinic",
]

COMPILED = DATA / "compiled.msgpack"
STATIONS = get_args(Station)
CARD_GROUPS = "BRMASP"
"""The first letters of card ids in the order of the phases they serve."""
OWN = ("tests/", "exercises/")
"""What a clinic may add to."""
TITLE = "The knowledge cannot be read"
CLINIC_TITLE = "The clinic's own folder cannot be used"

_Known = TypeVar("_Known", Test, Exercise, Questionnaire)
_Read = TypeVar("_Read")


def load(clinic: Path | None = None) -> Library:
    """The bundled library, with the clinic's own tests and exercises over it.

    The clinic need have none. Raises `LibraryError` (titled, one line) when it cannot be read or holds an unsound file.
    """
    try:
        files = knowledge.named_bytes(DATA)
        bundled = _compiled(files) or _bundled(files)
    except OSError as why:
        raise LibraryError(TITLE, f"{why.filename}: {why.strerror}; install the program again.") from None
    return bundled if clinic is None else with_clinic(bundled, clinic)


def compile_bundled() -> None:
    """Write the compiled library beside the data files it was made from."""
    files = knowledge.named_bytes(DATA)
    COMPILED.write_bytes(_seal(files) + msgspec.msgpack.encode(_bundled(files)))


def with_clinic(bundled: Library, clinic: Path) -> Library:
    """The library with a clinic's tests and exercises added, or put in place of those with the same id."""
    try:
        for own in (clinic, *(clinic / name for name in OWN)):
            if own.exists():
                next(own.iterdir(), None)  # raises where glob would pass in silence over what it cannot read
        files = {name: raw for name, raw in knowledge.named_bytes(clinic).items() if name.startswith(OWN)}
    except OSError as why:
        raise LibraryError(CLINIC_TITLE, f"{why.filename}: {why.strerror}; make it readable or move it away.") from None
    if not files:
        return bundled
    from protocols.check import check  # only a clinic with a folder of its own pays for the checks

    problems = check(clinic, bundled)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise LibraryError(CLINIC_TITLE, f"{problems[0].sentence}{more}")
    return msgspec.structs.replace(
        bundled,
        digest=knowledge.digest_of(files.items(), before=bundled.digest),
        own=tuple(name.removesuffix(".toml") for name in files),
        tests=_in_order_of_tests([*(bundled.tests | _by_id(_folder(files, "tests", Test))).values()]),
        exercises=_in_order_of_cards([*(bundled.exercises | _by_id(_folder(files, "exercises", Exercise))).values()]),
    )


def edition_of(library: Library) -> Edition:
    """The edition a library is of: the bundled one's, with a clinic's own files over it or not."""
    return Edition(library.version, library.reviewed, library.next_review)


def parse(raw: bytes) -> dict[str, Any]:
    """A TOML document with exact decimals. Raises `tomllib.TOMLDecodeError` or `UnicodeDecodeError`."""
    import tomllib  # a compiled library needs no TOML

    return tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)


# -- the bundled files ---------------------------------------------------------------------------------------------


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The small files that hold a list of one kind, and what stands beside it."""

    finding: tuple[model.FindingRule, ...] = ()
    families: tuple[tuple[str, ...], ...] = ()
    last_resort: tuple[str, ...] = ()
    lifestyle: tuple[model.Lifestyle, ...] = ()
    precaution: tuple[model.Precaution, ...] = ()
    kit: tuple[model.Kit, ...] = ()


def _bundled(files: dict[str, bytes]) -> Library:
    findings = _read(files, "findings.toml", Table)
    edition = knowledge.edition()
    return Library(
        version=edition.version,
        digest=knowledge.digest_of(files.items()),
        reviewed=edition.reviewed,
        next_review=edition.next_review,
        tests=_in_order_of_tests(_folder(files, "tests", Test)),
        exercises=_in_order_of_cards(_folder(files, "exercises", Exercise)),
        lifestyle={one.id: one for one in _read(files, "lifestyle.toml", Table).lifestyle},
        findings={one.code: one for one in findings.finding},
        families=findings.families,
        last_resort=findings.last_resort,
        precautions={one.code: one for one in _read(files, "precautions.toml", Table).precaution},
        kit={one.id: one for one in _read(files, "kit.toml", Table).kit},
        red_flags=_read(files, "red_flags.toml", model.RedFlags),
        stand=_read(files, "stand_test.toml", model.StandProtocol),
        questionnaires={one.id: one for one in _folder(files, "questionnaires", Questionnaire)},
    )


def _folder(files: dict[str, bytes], folder: str, kind: type[_Known]) -> list[_Known]:
    return [_read(files, name, kind) for name in files if name.startswith(f"{folder}/")]


def _read(files: dict[str, bytes], name: str, kind: type[_Read]) -> _Read:
    try:
        return msgspec.convert(parse(files[name]), kind)
    except KeyError:
        raise LibraryError("The knowledge is incomplete", f"{name} is missing; install the program again.") from None
    except ValueError as why:  # TOML, UTF-8 and shape are all told as a ValueError
        raise LibraryError(TITLE, f"{name}: {why}") from None


def model_sources() -> list[Path]:
    """The files in which the structs stand that the data are read into, by name."""
    return sorted(one for one in Path(model.__file__).parent.iterdir() if one.suffix == ".py")


# -- compiled ------------------------------------------------------------------------------------------------------


def _seal(files: dict[str, bytes]) -> bytes:
    """Changes with any byte of the data and with the structs they are read into."""
    seal = blake2b((DATA / "VERSION").read_bytes(), key=knowledge.digest_of(files.items()).encode(), digest_size=16)
    for source in model_sources():
        seal.update(source.read_bytes())
    return seal.digest()


def _compiled(files: dict[str, bytes]) -> Library | None:
    try:
        raw = COMPILED.read_bytes()
    except OSError:
        return None
    seal = _seal(files)
    if not raw.startswith(seal):
        return None
    try:
        return msgspec.msgpack.decode(memoryview(raw)[len(seal) :], type=Library)
    except msgspec.DecodeError:
        return None


# -- order ---------------------------------------------------------------------------------------------------------


def _by_id(known: list[_Known]) -> dict[str, _Known]:
    return {one.id: one for one in known}


def _in_order_of_tests(tests: list[Test]) -> dict[str, Test]:
    """By the station the patient is in, then by the place inside it."""
    return {test.id: test for test in sorted(tests, key=lambda one: (STATIONS.index(one.station), one.order, one.id))}


def _in_order_of_cards(cards: list[Exercise]) -> dict[str, Exercise]:
    return {card.id: card for card in sorted(cards, key=lambda one: _card_place(one.id))}


def _card_place(card: str) -> tuple[int, int, int, str]:
    """A02e before A02 before A03; cards a clinic names otherwise come last, by name."""
    parts = re.fullmatch(rf"([{CARD_GROUPS}])(\d+)(\w*)", card)
    if parts is None:
        return (len(CARD_GROUPS), 0, 0, card)
    group, number, rung = parts.groups()
    return (CARD_GROUPS.index(group), int(number), {"e": 0, "": 1}.get(rung, 2), card)
