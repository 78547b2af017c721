"""Every screen as text, at the smallest window and at a common one, beside what was looked at and found good.

A screen that looks different now is no mistake by itself. Look at it, and where it is as wanted write it anew:

    GOLDEN=write .venv/bin/pytest -n 0 -m "soak or not soak" tests/screens/test_golden_screens.py

then read `git diff tests/screens/golden` before it is committed.
"""

from __future__ import annotations

import difflib
import os
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from textual.screen import Screen

import assess_tui.screens
from assess_tui.app import AssessApp
from tests.screens.taps import untapped
from tests.screens.tour import Tour, touring

GOLDEN = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 40))
WRITES = os.environ.get("GOLDEN") == "write"
LATER_S, TRIES = 0.1, 30
"""A picture may be drawn after its page: how often, and after how long, a screen is looked at again."""
CHANGING = ((re.compile(r"\b[0-9a-f]{16}\b"), "0" * 16), (re.compile(r"[0-9]+ kB"), "99 kB"))
"""What changes with every edition and every release of a library: the knowledge's digest, the size of a PDF."""
COMMAND = "GOLDEN=write .venv/bin/pytest -n 0 -m 'soak or not soak' tests/screens/test_golden_screens.py"
HOW = f"Look at it; where it is as wanted: {COMMAND}"


@pytest.fixture(autouse=True)
def _one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times of day are shown as they are here; the same everywhere for this."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def as_text(app: AssessApp) -> str:
    """What the terminal shows, without colours. The one place that looks into Textual's compositor for it."""
    rows = (strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    text = "\n".join(rows) + "\n"
    for pattern, same in CHANGING:
        text = pattern.sub(same, text)
    return text


async def drawn(tour: Tour, wanted: str | None) -> str:
    """The screen, as soon as it is as wanted; else as it rests."""
    shown = as_text(tour.app)
    for _ in range(TRIES if wanted is not None else 3):
        if shown == wanted:
            break
        await tour.rest(LATER_S)
        shown = as_text(tour.app)
    return shown


def difference(name: str, wanted: str, shown: str) -> str:
    lines = difflib.unified_diff(wanted.splitlines(), shown.splitlines(), f"{name} as kept", f"{name} now", lineterm="")
    return "\n".join(lines)


def screen_classes() -> set[str]:
    """The name of every screen and dialog there is; those that others are made from are seen in them."""
    for module in iter_modules(assess_tui.screens.__path__):
        import_module(f"assess_tui.screens.{module.name}")
    kinds = [one for one in _below(Screen) if one.__module__.startswith("assess_tui.screens.")]
    return {one.__name__ for one in kinds if not one.__subclasses__()}


def _below(kind: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


@pytest.mark.parametrize(
    "size",
    [SIZES[0], pytest.param(SIZES[1], marks=pytest.mark.soak)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
async def test_every_screen_looks_as_it_was_found_good_and_can_be_tapped(size: tuple[int, int], tmp_path: Path) -> None:
    folder = GOLDEN / f"{size[0]}x{size[1]}"
    kept = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.txt")}
    seen: dict[str, str] = {}
    classes: set[str] = set()
    wrong: list[str] = []
    async with touring(tmp_path / "sample", size) as tour:
        async for name in tour.stops():
            seen[name] = await drawn(tour, None if WRITES else kept.get(name))
            classes.add(type(tour.screen).__name__)
            wrong += await untapped(tour, name)
    assert screen_classes() - classes == set(), "a screen that the tour (tests/screens/tour.py) does not visit"
    assert not wrong, "\n".join(wrong)
    if WRITES:
        write(folder, seen)
        return
    differ = [difference(name, kept.get(name, ""), text) for name, text in seen.items() if kept.get(name) != text]
    assert not differ, "\n\n".join([HOW, *differ])
    assert set(kept) == set(seen), f"golden files of screens that are no more. {HOW}"


def write(folder: Path, seen: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.txt"):
        file.unlink()
    for name, text in seen.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_every_screen_is_in_the_list_of_screens_with_its_picture() -> None:
    docs = GOLDEN.parents[2] / "docs"
    page = (docs / "screens.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\((pictures/screens/(\w+)\.png)\)", page)
    stops = {file.stem for file in GOLDEN.rglob("*.txt")}
    assert {name for _, name in shown} == stops
    assert all((docs / path).is_file() for path, _ in shown)
    assert sum(file.stat().st_size for file in (docs / "pictures" / "screens").iterdir()) < 3_000_000
