"""A clinic for every test of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.clinic import Clinic
from tests.waits import wait_briefly


@pytest.fixture(autouse=True)
def _brief_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_briefly(monkeypatch)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)
