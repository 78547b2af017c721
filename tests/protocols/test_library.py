"""The one reader of the knowledge: order, the clinic's own folder, the compiled copy, refusals."""

from __future__ import annotations

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from protocols import knowledge, library
from protocols.errors import LibraryError
from protocols.library import DATA, load
from protocols.model import Station
from protocols.origin import is_own, origin

REACH = """\
id = "own_reach"
name = "Own reach"
title = "A reach of our own"
region = "hip"
station = "supine"
order = 1
purpose = "p"
position = "p"
steps = ["s"]
meaning = "m"
[measure]
unit = "cm"
sides = "LR"
direction = "hi"
hard = [0, 90]
resolution = 0.5
[[measure.bands]]
ages = [18, 120]
cuts = [20.1, 10]
[evidence]
basis = ["clinic_rule"]
cut = "c"
norm = "n"
reliability = "r"
sources = ["our clinic"]
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "exercises").mkdir()
    return tmp_path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled data that may be changed."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    for module in (library, knowledge):
        monkeypatch.setattr(module, "DATA", copy)
    monkeypatch.setattr(library, "COMPILED", copy / "compiled.msgpack")
    (copy / "compiled.msgpack").unlink(missing_ok=True)
    return copy


def test_tests_follow_the_patient_and_cards_the_phases() -> None:
    found = load()
    stations = get_args(Station)
    places = [(stations.index(test.station), test.order) for test in found.tests.values()]
    assert places == sorted(places)
    cards = list(found.exercises)
    assert [card[0] for card in cards] == sorted((card[0] for card in cards), key="BRMASP".index)
    assert cards.index("A02e") < cards.index("A02") < cards.index("A03e") < cards.index("A03") < cards.index("A03h")
    assert cards.index("M09") < cards.index("M10")
    assert len(cards) == 67


def test_ids_are_the_names_of_the_files() -> None:
    found = load()
    assert set(found.tests) == {file.stem for file in (DATA / "tests").glob("*.toml")}
    assert set(found.exercises) == {file.stem for file in (DATA / "exercises").glob("*.toml")}


def test_decimals_are_those_printed_in_the_file() -> None:
    chest = load().tests["chest_exp"].measure
    assert chest.bands[0].cuts == (Decimal(4), Decimal("2.6"))
    assert str(chest.bands[0].cuts[1]) == "2.6"


def test_a_clinic_adds_and_replaces(clinic: Path) -> None:
    bundled = load()
    (clinic / "tests/own_reach.toml").write_text(REACH)
    nprs = (DATA / "tests/nprs.toml").read_text(encoding="utf-8").replace('name = "Pain 0-10"', 'name = "Our pain"')
    nprs = "version = 2\n" + nprs
    (clinic / "tests/nprs.toml").write_text(nprs, encoding="utf-8")
    card = (DATA / "exercises/B01.toml").read_text(encoding="utf-8").replace('id = "B01"', 'id = "own_breath"')
    (clinic / "exercises/own_breath.toml").write_text(card, encoding="utf-8")
    found = load(clinic)
    assert found.tests["own_reach"].measure.bands[0].cuts[0] == Decimal("20.1")
    assert found.tests["nprs"].name == "Our pain"
    assert list(found.exercises)[-1] == "own_breath"
    assert len(found.tests) == len(bundled.tests) + 1
    assert found.digest != bundled.digest
    assert found.version == bundled.version
    assert (found.reviewed, found.next_review) == (bundled.reviewed, bundled.next_review)
    assert bundled.own == ()
    assert [origin(found.tests[one], found) for one in ("own_reach", "nprs", "fadir")] == [
        "the clinic's own library, version 1",
        "the clinic's own library, version 2",
        "bundled, version 1",
    ]
    assert is_own(found.exercises["own_breath"], found)
    assert not is_own(found.exercises["B01"], found)


def test_an_empty_or_missing_folder_is_the_bundled_library(clinic: Path) -> None:
    assert load(clinic) == load()
    assert load(clinic / "nowhere") == load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id = "own_reach\n', "tests/own_reach.toml: line 1: is no valid TOML"),
        (REACH.replace("steps", "stpes"), "tests/own_reach.toml: steps: this key is missing (and 1 more)"),
        (
            REACH.replace("[18, 120]", "[18, true]"),
            "measure.bands[0].ages[1]: expected a whole number, got true or false",
        ),
        (REACH.replace("[20.1, 10]", "[10, 20]"), "measure.bands[0].cuts: 10, 20: the cuts of hi must fall"),
    ],
)
def test_a_broken_file_of_the_clinic_is_one_titled_line(clinic: Path, text: str, said: str) -> None:
    (clinic / "tests/own_reach.toml").write_text(text)
    with pytest.raises(LibraryError) as refused:
        load(clinic)
    assert refused.value.title == "The clinic's own folder cannot be used"
    assert said in refused.value.message
    assert "\n" not in refused.value.message


def test_a_card_that_cannot_be_drawn_is_refused_in_words(clinic: Path) -> None:
    card = (DATA / "exercises/A02.toml").read_text(encoding="utf-8").replace('id = "A02"', 'id = "own"')
    (clinic / "exercises/own.toml").write_text(card.replace('props = ["mat"]', 'props = ["matt"]'), encoding="utf-8")
    with pytest.raises(LibraryError) as refused:
        load(clinic)
    assert refused.value.message == "exercises/own.toml: pose.props[0]: no prop is called matt; did you mean mat?"


def test_a_folder_named_like_a_file_is_refused_in_words(clinic: Path) -> None:
    (clinic / "tests/own_reach.toml").mkdir()
    with pytest.raises(LibraryError, match=r"own_reach\.toml"):
        load(clinic)


# -- compiled ------------------------------------------------------------------------------------------------------


def test_the_compiled_copy_is_used_while_it_fits(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = load()
    library.compile_bundled()
    monkeypatch.setattr(library, "parse", None)
    assert load() == parsed


@pytest.mark.parametrize("how", ["edited", "added", "removed", "version"])
def test_a_stale_compiled_copy_is_never_used(data: Path, how: str) -> None:
    library.compile_bundled()
    before = load()
    nprs = data / "tests/nprs.toml"
    if how == "edited":
        nprs.write_text(nprs.read_text(encoding="utf-8").replace("Pain 0-10", "Pain, 0-10"), encoding="utf-8")
        assert load().tests["nprs"].name == "Pain, 0-10"
    elif how == "added":
        (data / "tests/own_reach.toml").write_text(REACH)
        assert "own_reach" in load().tests
    elif how == "removed":
        nprs.unlink()
        assert "nprs" not in load().tests
    else:
        edition = (data / "VERSION").read_text(encoding="ascii").replace("2026.11", "2027.01")
        (data / "VERSION").write_text(edition, encoding="ascii")
        assert load().version == "2027.01"
    assert (load().digest == before.digest) is (how == "version")


@pytest.mark.parametrize("rest", [b"", b"\x00", b"garbage"])
def test_a_damaged_compiled_copy_is_never_used(data: Path, rest: bytes) -> None:
    parsed = load()
    library.compile_bundled()
    whole = library.COMPILED.read_bytes()
    library.COMPILED.write_bytes(whole[:16] + rest)
    assert load() == parsed
    library.COMPILED.write_bytes(whole[: len(whole) // 2])
    assert load() == parsed


def test_bundled_data_that_cannot_be_read_is_said(data: Path) -> None:
    (data / "kit.toml").unlink()
    with pytest.raises(LibraryError, match=r"kit\.toml"):
        load()
    (data / "kit.toml").write_text("[[kit]]\nid = 3\n")
    with pytest.raises(LibraryError, match=r"kit\.toml"):
        load()
    (data / "kit.toml").unlink()
    (data / "kit.toml").mkdir()
    with pytest.raises(LibraryError, match=r"kit\.toml.*install the program again"):
        load()


def test_version_and_digest_need_the_standard_library_only() -> None:
    script = (
        "import sys; from protocols.knowledge import digest, version;"
        "print(version(), digest(), 'msgspec' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=DATA.parents[1], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [load().version, load().digest, "False"]
