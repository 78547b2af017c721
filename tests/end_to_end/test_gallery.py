"""The gallery of the docs shows every paper its script names, and every exercise."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.reports.papers import known, stiff

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "gallery.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^]]+)]\(([^)]+)\)", TEXT)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", DOCS / "make_gallery.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_every_exercise_has_its_picture() -> None:
    told = " ".join(words for words, _ in SHOWN)
    assert [card.id for card in known().exercises.values() if f"{card.name} ({card.id})" not in told] == []


def test_the_script_prints_every_exercise(script: ModuleType) -> None:
    printed = script.every_card(stiff(), known()).text
    assert [card.name for card in known().exercises.values() if f". {card.name}" not in printed] == []


def test_every_paper_of_the_script_is_there_and_no_picture_is_left_over(script: ModuleType) -> None:
    assert [one.title for one in script.PAPERS if f"## {one.title}\n" not in TEXT] == []
    assert {name for _, name in SHOWN} == {f"gallery/{path.name}" for path in (DOCS / "gallery").iterdir()}


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "gallery").iterdir()) < 4_000_000
