"""The figures of the record at full size; run with -m soak."""

from __future__ import annotations

import sys

import pytest

from bench import open_visit, search


def say(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")


@pytest.mark.soak
def test_search_among_100_000_patients(capsys: pytest.CaptureFixture[str]) -> None:
    (_, few), (_, many) = search.measured(1_000), search.measured(100_000)
    say(f"search p95 among 100,000: {many:.2f} ms (budget 5), {many / few:.1f} x among 1,000 (budget 3)", capsys)
    assert many <= 5


@pytest.mark.soak
def test_opening_a_visit_among_a_million_measurements(capsys: pytest.CaptureFixture[str]) -> None:
    middle, slow = open_visit.measured(1_000_000)
    say(f"open a visit among 1,000,000 measurements: p50 {middle:.1f} ms, p95 {slow:.1f} ms (budget 50)", capsys)
    assert slow <= 50
