"""What must not load before the first frame, and with a record that opens. Counts; bench has times."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from assess_tui.app import AssessApp
from assess_tui.clock import SystemClock
from assess_tui.loading import load
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from bench.terminal import SIZE

ROOT = Path(__file__).parents[2]
ROWS, COLUMNS = SIZE
BARE = "import textual.app, textual.widgets._static"
OURS = """
import assess_tui.cli
from assess_tui.commands.screens import load_screens
load_screens()
import assess_tui.screens.home, assess_tui.screens.too_small
"""
OPENED = """
from pathlib import Path
from assess_tui.clock import SystemClock
from assess_tui.opening import open_all
from assess_tui.storage.backup import is_due
opened = open_all(Path("{folder}"), SystemClock(), demo=False)
opened.record.note("opened the record", "", "M. Vogel")
is_due(Path("{folder}"), None, SystemClock().now())
assert opened.library is None
"""
DATABASE = ("sqlite_utils", "sqlcipher3", "sqlite3", "cryptography")
OPENSSL = {"_hashlib", "_ssl", "cryptography"}
"""What loads OpenSSL, 3 to 9 MB: a plain record needs none of it."""
LATER = (*DATABASE, "argparse", "ssl", "reportlab", "PIL", "msgspec", "tomllib", "reports")
MOST_MODULES = 55
"""Loaded before the first paint, beside those of a bare Textual app."""


def started(code: str) -> tuple[set[str], bool]:
    """What a fresh Python has loaded after this, and whether it looks for garbage."""
    told = "import gc, json, sys; print(json.dumps([list(sys.modules), gc.isenabled()]))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules, collects = json.loads(run.stdout)
    return set(modules), collects


def test_the_first_frame_waits_for_no_database_no_knowledge_no_paper_and_no_network() -> None:
    (ours, collects), (bare, _) = started(OURS), started(BARE)
    assert "textual.app" in ours
    assert "ssl" in bare  # else nothing need be left out of asyncio
    assert not set(LATER) & {name.split(".")[0] for name in ours}
    assert {name for name in ours if name.startswith("protocols.")} == {"protocols.errors"}
    assert len(ours - bare) <= MOST_MODULES
    assert not collects


def test_a_plain_record_opens_without_openssl_and_without_what_makes_or_verifies_one(tmp_path: Path) -> None:
    open_record(tmp_path, SystemClock().now, uuid7).close()
    opened, _ = started(OPENED.format(folder=tmp_path))
    assert not opened & {*OPENSSL, "sqlite_utils", "tomllib", "assess_tui.storage.verify"}


@pytest.mark.parametrize(("asks", "has"), [("try:\n    {}\nexcept ImportError:\n    pass", False), ("{}", True)])
def test_a_module_is_left_out_only_meanwhile_and_only_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks: str, has: bool
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "liked_by_few.py").touch()
    (tmp_path / "asks_for_it.py").write_text(asks.format("import liked_by_few"))
    for name in ("liked_by_few", "asks_for_it"):
        monkeypatch.setitem(sys.modules, name, sys)  # so that both are gone again afterwards
        monkeypatch.delitem(sys.modules, name)
    assert hasattr(load("asks_for_it", without="liked_by_few"), "liked_by_few") is has
    assert import_module("liked_by_few") is load("liked_by_few", without="liked_by_few")


def test_a_module_that_is_missing_is_missed() -> None:
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        load("nowhere", without="ssl_of_nobody")
    assert "ssl_of_nobody" not in sys.modules


async def test_a_start_reads_the_styles_once_and_looks_for_garbage_again_once_it_has_painted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", read_again.append)
    app = AssessApp(tmp_path / "clinic", demo=True)
    gc.disable()
    try:
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            while not app.ready:
                await pilot.pause(0.02)
            assert gc.isenabled()
            assert app.theme == "assess-dark"
            assert app.theme_variables["quiet"] == "#8a9ca4"
            assert not read_again
    finally:
        gc.enable()
