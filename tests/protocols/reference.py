"""The clinical reference and the bundled tests, read for the tests of their numbers: both as the same plain struct.

The reference stands outside the product; where it is absent `reference()` is empty and `needs_reference` skips.
Nothing here asks the product's grading, so what is built on it stays a second opinion.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import pytest

from protocols.model import Test

ROOT = Path(__file__).parents[2]
DATA = ROOT / "protocols" / "data" / "tests"
CLINICAL = ROOT.parent / "shared" / "clinical"
THRESHOLDS = CLINICAL / "thresholds.yaml"

needs_reference = pytest.mark.skipif(not THRESHOLDS.exists(), reason="the clinical reference is not on this machine")


class Numbers(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One line of the reference; the bundled tests are brought into the same shape. `mdc_F`: the women's own MDC."""

    unit: str
    sides: str
    dir: str
    hard: tuple[Decimal, Decimal] | None
    res: Decimal | None
    asym: Decimal | None
    mdc: Decimal | None
    mdc_diff: Decimal | None
    mdc_kind: str | None
    mdc_F: Decimal | None = None  # noqa: N815 - the reference's own key
    cap: Decimal | None = None
    excess: dict[str, Decimal] = {}
    bands: tuple[tuple[int, int, str, tuple[Decimal, ...]], ...] = ()
    map: dict[str, str] = {}


def flow(words: Iterator[str], word: str) -> object:
    """One value of YAML's flow style: {key: value}, [value, ...], or a plain word; null is None."""
    if word == "{":
        found = {}
        while (key := next(words)) != "}":
            if key != ",":
                assert next(words) == ":"
                found[key.strip("'\"")] = flow(words, next(words))
        return found
    if word == "[":
        return [flow(words, item) for item in iter(lambda: next(words), "]") if item != ","]
    return None if word == "null" else word.strip("'\"")


@cache
def reference() -> dict[str, Numbers]:
    if not THRESHOLDS.exists():
        return {}
    found = {}
    for line in THRESHOLDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            test_id, body = line.split(":", 1)
            words = iter(re.findall(r"""[{}\[\],:]|"[^"]*"|'[^']*'|[^\s{}\[\],:]+""", body))
            found[test_id] = msgspec.convert(flow(words, next(words)), Numbers, strict=False)
    return found


@cache
def bundled() -> dict[str, Test]:
    read = (tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal) for path in DATA.glob("*.toml"))
    return {test.id: test for test in (msgspec.convert(data, Test) for data in read)}


def numbers(test: Test) -> Numbers:
    measure, change = test.measure, test.measure.change
    mdc = change.mdc if change else {}
    usual = mdc.get("M", mdc.get("*"))
    women = mdc.get("F", mdc.get("*"))
    return Numbers(
        unit=measure.unit,
        sides=measure.sides,
        dir={"category": "cat"}.get(measure.direction, measure.direction),
        hard=measure.hard,
        res=measure.resolution,
        asym=measure.asymmetry,
        mdc=usual,
        mdc_diff=change.mdc_different if change else None,
        mdc_kind=change.kind if change else None,
        mdc_F=None if women == usual else women,
        cap=measure.cap,
        excess={str(row): limit for row, limit in measure.excess.items()},
        bands=tuple((*band.ages, str(band.sex), band.cuts) for band in measure.bands),
        map=dict(measure.categories),
    )
