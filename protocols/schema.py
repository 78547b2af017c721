"""A JSON Schema of a test file and of an exercise file, made from the model, for editors that check while one types.

`python -m protocols.schema` writes both into the data folder. What no schema can say (that bands leave no age out, that
a cue is short enough, that a figure rests on its prop) `check` says.
"""

from __future__ import annotations

import ast
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec

from protocols.library import DATA, model_sources
from protocols.model import Exercise, Test

SCHEMAS: Final = DATA / "schema"
KINDS: Final[dict[str, type[msgspec.Struct]]] = {"test": Test, "exercise": Exercise}
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
NULL: Final = {"type": "null"}
DECIMAL: Final = {"type": "string", "format": "decimal"}
NUMBER: Final = {"type": "number"}
"""How TOML writes what the model reads as an exact decimal."""


def schema_path(kind: str) -> Path:
    """The schema shipped for a "test" or an "exercise"."""
    return SCHEMAS / f"{kind}.schema.json"


def schema_text(kind: str) -> str:
    """The schema of a "test" or an "exercise" file, as it is shipped."""
    made = {"$schema": DRAFT, **_as_toml(msgspec.json.schema(KINDS[kind]))}
    for name, fields in _told_in_the_model().items():
        for field, words in fields.items():
            if (struct := made["$defs"].get(name)) is not None:
                struct["properties"][field]["description"] = words
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def write() -> None:
    """Write both schemas into the data folder."""
    SCHEMAS.mkdir(exist_ok=True)
    for kind in KINDS:
        schema_path(kind).write_text(schema_text(kind), encoding="utf-8")


def _as_toml(part: Any) -> Any:
    """The same schema for TOML: decimals are plain numbers, and what is empty is left out, for there is no null."""
    if part == DECIMAL:
        return dict(NUMBER)
    if isinstance(part, list):
        return [_as_toml(one) for one in part]
    if not isinstance(part, dict):
        return " ".join(part.split()) if isinstance(part, str) else part
    some = [one for one in part.get("anyOf", ()) if one != NULL]
    if len(some) == 1:
        return _as_toml(some[0])
    return {key: _as_toml(value) for key, value in part.items() if value is not None}


def _told_in_the_model() -> dict[str, dict[str, str]]:
    """Struct -> field -> the words that stand under the field in the model; editors show them beside the key."""
    lines = chain.from_iterable(ast.parse(source.read_bytes()).body for source in model_sources())
    return {one.name: _told_in(one) for one in lines if isinstance(one, ast.ClassDef)}


def _told_in(struct: ast.ClassDef) -> dict[str, str]:
    told = {}
    for field, below in zip(struct.body, struct.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and (words := _words(below)):
            told[field.target.id] = words
    return told


def _words(line: ast.stmt) -> str:
    """The text of a line that is nothing but a text."""
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str):
        return " ".join(line.value.value.split())
    return ""


if __name__ == "__main__":
    write()
