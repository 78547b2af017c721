"""Twenty published stand-test cases: label and tags as published; rise, ratio and stage worked out by hand."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from protocols.case import Stand
from protocols.model import StandProtocol
from protocols.standing import Verdict, classify

DATA = Path(__file__).parents[2] / "protocols" / "data" / "stand_test.toml"
PROTOCOL = msgspec.toml.decode(DATA.read_bytes(), type=StandProtocol)


class StandCase(msgspec.Struct):
    name: str
    age: int
    stand: Stand
    verdict: Verdict


LINES = Path(__file__).with_name("standing_cases.jsonl").read_bytes().splitlines()
CASES = [msgspec.json.decode(line, type=StandCase) for line in LINES]


def test_there_are_twenty() -> None:
    assert len({case.name for case in CASES}) == 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.split(":")[0])
def test_published_case(case: StandCase) -> None:
    assert classify(case.stand, case.age, PROTOCOL) == case.verdict
