"""The shipped JSON Schemas are those of the model, and say of a file's shape what `check` says of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.checks.shape import shape
from protocols.library import DATA, parse
from protocols.schema import KINDS, schema_path, schema_text

FOLDERS = {"test": DATA / "tests", "exercise": DATA / "exercises"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, Decimal),
}


def accepts(schema: dict[str, Any], value: Any, whole: dict[str, Any]) -> bool:
    """Whether a value fits; the words of JSON Schema 2020-12 these schemas use, and no others."""
    unknown = schema.keys() - {
        *("$schema", "$ref", "$defs", "title", "description", "default", "type", "enum", "properties", "required"),
        *("additionalProperties", "items", "prefixItems", "minItems", "maxItems", "anyOf"),
    }
    assert not unknown, unknown
    if "$ref" in schema:
        return accepts(whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, whole)
    if "anyOf" in schema:
        return any(accepts(one, value, whole) for one in schema["anyOf"])
    if "enum" in schema:
        return isinstance(value, str) and value in schema["enum"]
    if "type" in schema and not is_a(value, schema["type"]):
        return False
    if isinstance(value, dict):
        return accepts_table(schema, value, whole)
    return accepts_list(schema, value, whole) if isinstance(value, list) else True


def is_a(value: Any, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def accepts_table(schema: dict[str, Any], value: dict[str, Any], whole: dict[str, Any]) -> bool:
    named, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
    if not value.keys() >= set(schema.get("required", ())) or (rest is False and not value.keys() <= named.keys()):
        return False
    kinds = {key: named.get(key, rest if isinstance(rest, dict) else {}) for key in value}
    return all(accepts(kinds[key], one, whole) for key, one in value.items())


def accepts_list(schema: dict[str, Any], value: list[Any], whole: dict[str, Any]) -> bool:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    kinds = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
    return all(accepts(kind, one, whole) for kind, one in zip(kinds, value, strict=True))


def shipped(kind: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(schema_path(kind).read_text(encoding="utf-8"))
    return told


SCHEMAS = {kind: shipped(kind) for kind in KINDS}
FILES = [(kind, file) for kind, folder in FOLDERS.items() for file in sorted(folder.glob("*.toml"))]
READ = {file: parse(file.read_bytes()) for _, file in FILES}


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_current(kind: str) -> None:
    """`python -m protocols.schema` writes it anew."""
    assert schema_path(kind).read_text(encoding="utf-8") == schema_text(kind)


def test_every_bundled_file_fits_its_schema() -> None:
    assert [file.name for kind, file in FILES if not accepts(SCHEMAS[kind], READ[file], SCHEMAS[kind])] == []
    assert len(FILES) > 130


def test_one_kind_is_not_taken_for_the_other() -> None:
    kinds = {kind: next(file for other, file in FILES if other == kind) for kind in KINDS}
    assert not accepts(SCHEMAS["test"], READ[kinds["exercise"]], SCHEMAS["test"])
    assert not accepts(SCHEMAS["exercise"], READ[kinds["test"]], SCHEMAS["exercise"])


def test_an_editor_shows_the_words_of_the_model() -> None:
    fields = SCHEMAS["test"]["$defs"]["Measure"]["properties"]
    assert fields["excess"]["description"] == "Above this the grade is H, more than usual."
    assert fields["resolution"] == {"type": "number"}
    assert "\n" not in SCHEMAS["test"]["$defs"]["Band"]["description"]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(one, dict | list):
            yield from places(one)


OTHER = st.sampled_from([3, Decimal("1.5"), True, "x", "hi", [], {}, [1, 2], [Decimal("0.5"), 2], ["a", "b"]])


@given(st.sampled_from(FILES), st.data())
def test_the_schema_and_the_check_agree_on_the_shape(kind_and_file: tuple[str, Path], data: st.DataObject) -> None:
    """One place of a bundled file is changed or left out: what one accepts, the other accepts."""
    kind, file = kind_and_file
    document = copy.deepcopy(READ[file])
    held, key = data.draw(st.sampled_from(list(places(document))))
    if isinstance(held, dict) and data.draw(st.booleans()):
        del held[key]
    else:
        held[key] = data.draw(OTHER)
    faults = list(shape(document, KINDS[kind]))
    assert accepts(SCHEMAS[kind], document, SCHEMAS[kind]) is not bool(faults), faults


@given(st.sampled_from(FILES), st.data())
def test_no_key_may_be_misspelt(kind_and_file: tuple[str, Path], data: st.DataObject) -> None:
    kind, file = kind_and_file
    document = copy.deepcopy(READ[file])
    tables = [document, *(document[key] for key in ("measure", "evidence", "dose", "pose") if key in document)]
    data.draw(st.sampled_from([one for one in tables if isinstance(one, dict)]))["wacth"] = "x"
    assert not accepts(SCHEMAS[kind], document, SCHEMAS[kind])
