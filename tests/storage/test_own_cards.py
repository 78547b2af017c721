"""A clinic's own card as a file: the same card when read back, whole or not there, sound or not written."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assess_tui.storage.errors import StorageError
from assess_tui.storage.own_cards import card_text, own_file, problems_of, version_on_disk, write_card
from protocols.check import check_card
from protocols.library import DATA, load, parse
from protocols.model import Block, Exercise, Library, Pose, Posture

BRIDGE = load().exercises["A03"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DEGREES = st.floats(-180, 180, allow_nan=False)
NASTY = "\"\"\"'''\n\r\t\\u0041 \\ [b]bold[/b] # {x} = \x00\x1f\x7f é 𝒳 \u2028\n  1,\n]"


def read_back(card: Exercise) -> Exercise:
    return msgspec.convert(parse(card_text(card).encode()), Exercise)


def own(library: Library, card: str = "own_bridge") -> Exercise:
    return msgspec.structs.replace(library.exercises["A03"], id=card, name="Our bridge")


@pytest.mark.parametrize("card", sorted(load().exercises))
def test_every_bundled_card_is_the_same_card_when_read_back(library: Library, card: str) -> None:
    assert read_back(library.exercises[card]) == library.exercises[card]


def test_keys_stand_as_in_the_bundled_files(library: Library) -> None:
    for card in ("A03", "S05", "M02"):
        assert card_text(library.exercises[card]) == (DATA / "exercises" / f"{card}.toml").read_text(encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(name=TEXT, cue=TEXT, code=TEXT, source=TEXT)
@example(name=NASTY, cue=NASTY, code=NASTY, source=NASTY)
@example(name='= [\n  "a",\n]', cue="[\n  1,\n]", code='"', source="'''")
def test_whatever_was_typed_is_read_back_letter_by_letter(name: str, cue: str, code: str, source: str) -> None:
    card = msgspec.structs.replace(
        BRIDGE, name=name, cues=(cue, name), targets=(code,), evidence=(source,), blocks=(Block(code=code, limit=cue),)
    )
    assert read_back(card) == card


@settings(max_examples=40, deadline=None)
@given(DEGREES, DEGREES, st.booleans())
def test_angles_are_read_back_exactly(one: float, other: float, moves: bool) -> None:
    posture = Posture(trunk=one, hip=(one, other), thigh_scale=(1.0, 0.5), anchor=("pelvis", "mat"), palms_flat=True)
    card = msgspec.structs.replace(BRIDGE, pose=Pose(view="side", start=posture, finish=Posture() if moves else None))
    assert read_back(card) == card


def test_a_written_card_is_the_clinics_for_every_reader(tmp_path: Path, library: Library) -> None:
    card = own(library)
    assert problems_of(tmp_path, card) == []
    file = write_card(tmp_path, card)
    assert file == tmp_path / "library" / "exercises" / "own_bridge.toml"
    assert load(tmp_path / "library").exercises["own_bridge"] == card
    assert version_on_disk(file) == 1
    assert [one.name for one in file.parent.iterdir()] == ["own_bridge.toml"]


def test_a_file_that_is_no_card_has_version_0(tmp_path: Path) -> None:
    file = own_file(tmp_path, "own_x")
    assert version_on_disk(file) is None
    file.parent.mkdir(parents=True)
    for body in (b"\xff\xfe", b"id = ", b"id = 3"):
        file.write_bytes(body)
        assert version_on_disk(file) == 0


def test_the_checks_are_those_of_the_folder_and_of_this_card_alone(tmp_path: Path, library: Library) -> None:
    write_card(tmp_path, msgspec.structs.replace(own(library, "own_other"), harder="own_gone"))
    hip = msgspec.structs.replace(own(library).pose.start, hip=(200.0, 0.0))
    pose = msgspec.structs.replace(own(library).pose, start=hip)
    found = problems_of(tmp_path, msgspec.structs.replace(own(library), pose=pose, targets=("NOPE",)))
    assert {(one.place, one.code) for one in found} == {
        ("pose.start.hip", "out_of_range"),
        ("targets[0]", "unknown_finding"),
    }
    same = library.exercises["A03"]
    assert [one.code for one in problems_of(tmp_path, msgspec.structs.replace(same, name="Ours"))] == ["version"]
    assert not own_file(tmp_path, "A03").exists()


def test_a_disk_that_fails_leaves_the_older_card(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_card(tmp_path, own(library))
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        write_card(tmp_path, msgspec.structs.replace(own(library), version=2))
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_library_that_is_a_file_is_said(tmp_path: Path, library: Library) -> None:
    (tmp_path / "library").write_text("not a folder")
    with pytest.raises(StorageError, match=r"own_bridge\.toml: .*make room there or make it writable"):
        write_card(tmp_path, own(library))


BROKEN: list[dict[str, object]] = [
    {},
    {"targets": ("NOPE",), "upright": 7, "cues": ("{hold}", "{what}"), "stop_if": ""},
    {"harder": "A03e", "easier": "gone", "kit": ("spoon",), "evidence": ()},
    {"pose": msgspec.structs.replace(BRIDGE.pose, props=("mat", "spoon"), finish=None)},
    {"pose": msgspec.structs.replace(BRIDGE.pose, finish=BRIDGE.pose.start)},
    {"id": "A03e", "version": 1},
    {"id": "A03", "version": 0},
]


@pytest.mark.parametrize("wrong", BROKEN)
def test_what_is_said_while_typing_is_what_the_checks_of_the_folder_say(
    tmp_path: Path, library: Library, wrong: dict[str, object]
) -> None:
    card = msgspec.structs.replace(own(library), **wrong)
    assert check_card(card, library) == problems_of(tmp_path, card)
    assert bool(check_card(card, library)) == bool(wrong)
