"""Every shape the record ever had is kept as a file (`shapes/`) and is brought up to date with its data intact."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import open_record
from assess_tui.storage.shape import GUARDED, STEPS, guards

SHAPES = sorted((Path(__file__).parent / "shapes").glob("*.db"))


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is only ever added to, in the columns the shape had."""
    with sqlite3.connect(path) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {name: raw.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in GUARDED if name in tables}  # noqa: S608


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.stem)
def test_an_older_record_is_brought_up_to_date_with_every_row(
    shape: Path, tmp_path: Path, now: Callable[..., object], new_id: Ids
) -> None:
    path = tmp_path / "clinic.db"
    shutil.copy(shape, path)
    before = rows(path)
    record = open_record(tmp_path, now, new_id)  # type: ignore[arg-type]  # the fixture's clock
    patient = record.patients("los")[0]
    latest = record.visit(record.visits(patient.id)[0].id)
    record.close()
    assert [str(latest.date), latest.number, latest.finished] == ["2026-11-01", 2, True]
    after = rows(path)
    for table, held in before.items():
        assert [row[: len(held[0])] for row in after[table]] == held, table
    with sqlite3.connect(path) as raw:
        standing = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        steps = [name for (name,) in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert set(guards()) <= standing
    assert steps == list(STEPS)


def test_the_latest_but_one_shape_is_kept() -> None:
    assert [path.stem for path in SHAPES] == list(STEPS[:-1])
