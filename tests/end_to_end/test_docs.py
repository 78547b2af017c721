"""What the documents tell people to type works, and names nothing that is not there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assess_tui.keyboard.keys import KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
THERAPIST = (ROOT / "docs" / "therapist.md").read_text()
LINE = (
    '{"ref": 1, "date": "2026-11-01", "clinician": "Kim Lee", "patient": {"birth_date": "1992-04-03", "sex": "F",'
    ' "family_name": "Ruiz", "given_name": "Ana"}, "tests": {"mtt_hip_ext": {"left": -3, "right": -8}}}\n'
)


def commands() -> list[str]:
    """The headless commands of the README, without the remarks beside them."""
    (block,) = re.findall(r"## Without a screen.*?```\n(.*?)```", README, re.DOTALL)
    return [re.split(r"\s{3,}", line)[0] for line in block.strip().splitlines()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the files the README speaks of, and the id of a stored visit."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "cases.jsonl").write_text(LINE)
    (folder / "visit.json").write_text(LINE)
    (folder / "my_clinic").mkdir()
    shutil.copy(ROOT / "protocols" / "data" / "exercises" / "A03.toml", folder / "my_clinic")
    stored = run(folder, "import visit.json")
    return folder, re.findall(r'"visit": ?"([^"]+)"', stored.stdout)[0]


def run(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assess_tui", "--data", str(folder / "data"), *shlex.split(words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_commands_of_the_readme_work_one_after_the_other(place: tuple[Path, str]) -> None:
    folder, visit = place
    assert len(commands()) > 10
    for command in commands():
        done = run(folder, command.removeprefix("assess-tui ").replace("VISIT", visit))
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_every_picture_and_page_named_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_the_keys_told_to_therapists_are_the_keys_in_force() -> None:
    """Single letters in the guided screen's part of the guide are bound, and do what is said."""
    bound = {key for one in KEYS["step"] for key in one.keys.split(",")}
    for letter in ("n", "o", "x", "c", "p", "k", "f", "u", "g", "e"):
        assert f"`{letter}`" in THERAPIST
        assert letter in bound
    places = {one.keys: one.id for one in KEYS["visit"]}
    for number, name in enumerate(("intake", "flags", "tests", "stand", "findings", "plan", "paper"), 2):
        assert f"(F{number})" in THERAPIST
        assert places[f"f{number}"] == f"visit.{name}"


def test_the_letters_told_of_the_plan_are_in_force() -> None:
    told = THERAPIST.partition("8. **Plan** (F7)")[2].partition("9. **Paper** (F8)")[0]
    bound = {key for one in KEYS["plan"] for key in one.keys.split(",")}
    letters = set(re.findall(r"`([a-z0-9])`", told))
    assert {"a", "d", "w", "e", "h", "r", "u", "y", "x", "n", "c", "b", "p", "m", "o"} <= letters <= bound


def test_the_demo_without_a_terminal_says_so_in_one_line() -> None:
    command = [sys.executable, "-m", "assess_tui", "demo"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "interpret" in done.stderr
