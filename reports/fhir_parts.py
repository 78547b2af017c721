"""Small parts every FHIR resource is made of."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

Part = dict[str, Any]
URN: Final = "urn:uuid:"
MARKUP: Final = frozenset("\\`*_{}[]<>()#+-.!|~&>")
"""Signs that mean something in Markdown; a note is Markdown in FHIR, and what people type is never markup."""


def coding(system: str, code: str, display: str) -> Part:
    return {"system": system, "code": code, "display": display}


def reference(identifier: str) -> Part:
    return {"reference": URN + identifier}


def entry(part: Part) -> Part:
    return {"fullUrl": URN + str(part["id"]), "resource": part}


def derived(visit: str, what: str) -> str:
    """The id of what follows from a visit: the same one each time (UUID version 5)."""
    return str(uuid5(UUID(visit), what))


def note(text: str) -> Part:
    """What was typed, as an annotation that shows it letter by letter."""
    return {"text": "".join(f"\\{sign}" if sign in MARKUP else sign for sign in text)}


def dropped_empty(part: Part) -> Part:
    """Without members that hold nothing: FHIR knows no empty text, list or object."""
    held = ((key, _dropped(value)) for key, value in part.items())
    return {key: value for key, value in held if not _nothing(value)}


def _dropped(value: Any) -> Any:
    if isinstance(value, dict):
        return dropped_empty(value)
    if isinstance(value, list):
        return [kept for one in value if not _nothing(kept := _dropped(one))]
    return value


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)
