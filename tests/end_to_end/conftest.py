"""A clinic for every test of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.brief import seal_cheaply, wait_briefly
from tests.end_to_end.clinic import Clinic


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_briefly(monkeypatch)
    seal_cheaply(monkeypatch)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)
