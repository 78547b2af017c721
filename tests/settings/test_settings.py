"""The file of settings: what it may say, what is told of it, and what a choice written by the screen leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.settings import CHOICES, FILE, LARGEST, Choice, Settings, changed, parse, read, told
from assess_tui.settings_file import choose, start_text, with_line, write_start
from assess_tui.storage.errors import StorageError

PAIRS = [(choice, value) for choice in CHOICES for value in choice.values]
AUTO = CHOICES[0]
HAND_WRITTEN = """\
# mine
[hands]
layout = "left"   # until the wrist is better

[keys]
"step.undo" = "u,backslash"  # as at home
step.jump = "j"
[pedals]
f13 = "next"
"""


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == (Settings(), ())


def test_what_is_written_holds() -> None:
    settings, troubles = parse(HAND_WRITTEN)
    assert not troubles
    assert settings.hands.layout == "left"
    assert dict(settings.keys) == {"step.undo": "u,backslash", "step.jump": "j"}
    assert dict(settings.pedals) == {"f13": "next"}


def test_everything_wrong_is_told_at_once_and_the_rest_holds() -> None:
    settings, troubles = parse(
        '[entry]\nauto_advance = "yes"\nright_first = true\nfast = 1\n[looks]\nborders = "square"\n'
        "[sound]\nbell = 1\n[keys]\nstep.undo = 3\n[colour]\n"
    )
    assert {trouble.key for trouble in troubles} == {
        "entry.auto_advance",
        "entry.fast",
        "looks.borders",
        "sound.bell",
        "keys.step.undo",
        "colour",
    }
    assert settings == changed(Settings(), CHOICES[1], True)
    assert 'settings.toml: looks.borders: expected "round" or "ascii", got "square"' in map(str, troubles)


@pytest.mark.parametrize(
    "content",
    [b"[entry", b"\xff\xfe", b"a = " + b"[" * 5000, b"#" * (LARGEST + 1), b"entry = 3", b"[[entry]]"],
    ids=["no TOML", "no UTF-8", "deep", "large", "no section", "a list"],
)
def test_a_broken_file_is_one_sentence_and_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    settings, troubles = read(tmp_path)
    assert settings == Settings()
    assert len(troubles) == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert "cannot be read" in str(read(tmp_path).troubles[0])


def test_a_mark_at_the_start_of_the_text_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(HAND_WRITTEN, encoding="utf-8-sig")
    assert not read(tmp_path).troubles


def test_the_starting_file_changes_nothing_and_is_written_once(tmp_path: Path) -> None:
    assert write_start(tmp_path)
    assert read(tmp_path) == (Settings(), ())
    (tmp_path / FILE).write_text(HAND_WRITTEN)
    assert not write_start(tmp_path)
    assert (tmp_path / FILE).read_text() == HAND_WRITTEN


@pytest.mark.parametrize("text", [None, HAND_WRITTEN])
def test_a_choice_is_written_into_the_file(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / FILE).write_text(text)
    before = read(tmp_path).settings
    assert choose(tmp_path, AUTO, True).settings == changed(before, AUTO, True) == read(tmp_path).settings


@pytest.mark.parametrize("text", [start_text(), HAND_WRITTEN, "[hands]", ""], ids=["start", "hand", "bare", "empty"])
def test_a_choice_is_written_and_everything_else_stays(text: str) -> None:
    for choice, value in PAIRS:
        written = with_line(text, choice.section, choice.name, told(value))
        assert parse(written).settings == changed(parse(text).settings, choice, value)
        theirs = [line for line in text.splitlines() if line and choice.name not in line]
        assert [line for line in written.splitlines() if line in theirs] == theirs


def test_a_comment_beside_the_changed_line_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(HAND_WRITTEN)
    choose(tmp_path, CHOICES[2], "right")
    assert 'layout = "right"  # until the wrist is better\n' in (tmp_path / FILE).read_text()


@pytest.mark.parametrize(
    "text", ["[entry", "entry = {auto_advance = false}\n", 'keys.x = """\n[entry]\n"""\n[entry]\nright_first = true\n']
)
def test_a_file_that_is_not_understood_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(StorageError, match="left as it is"):
        choose(tmp_path, AUTO, True)
    assert (tmp_path / FILE).read_text() == text


@given(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=8))
def test_choices_in_any_order_all_hold(pairs: list[tuple[Choice, bool | str]]) -> None:
    text, wanted = start_text(), Settings()
    for choice, value in pairs:
        text = with_line(text, choice.section, choice.name, told(value))
        wanted = changed(wanted, choice, value)
    assert parse(text) == (wanted, ())
