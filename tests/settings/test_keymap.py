"""The keys in force: the declared ones, the layouts, the person's own, pedals; and what of the file cannot hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.keyboard.hands import HALVES, LAYOUTS
from assess_tui.keyboard.keymap import DECLARED, Keymap, action, clashes, declared, is_digits, resolve
from assess_tui.keyboard.keys import FOLLOWS, KEYS, STOP, TEXT_PLACES, TOGETHER, TYPED
from assess_tui.keyboard.names import canonical, character_of, is_key, shown, why_not
from assess_tui.settings import Hands, Settings

HANDS = ("both", "left", "right")


OF_A_VISIT = (
    "visit",
    "intake",
    "flags",
    "follow",
    "step",
    "second",
    "items",
    "stand",
    "findings",
    "proposals",
    "plan",
    "paper",
    "patient_view",
    "patient_step",
    "patient_stand",
    "along",
    "templates",
)


def own(**keys: str) -> Keymap:
    return resolve(Settings(keys={name.replace("_", ".", 1): key for name, key in keys.items()}))


def pedals(**keys: str) -> Keymap:
    return resolve(Settings(pedals=keys))


def is_sound(keymap: Keymap) -> bool:
    """Each id has a key, none means two things on one screen, what is typed stays typed, and STOP is STOP."""
    alone = all(keymap.keys[name] and not list(clashes(keymap.keys, name)) for name in DECLARED)
    typed = all(
        character_of(key) not in TYPED.get(place, "") or not character_of(key)
        for name, keys in keymap.keys.items()
        if not is_digits(DECLARED[name])
        for key in keys
        for group in TOGETHER
        if name.partition(".")[0] in group
        for place in group
    )
    return alone and typed and all(set(declared(STOP)) <= set(keymap.keys[name]) for name in (STOP, *FOLLOWS))


# -- declared and layouts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", HANDS)
def test_declared_keys_and_layouts_clash_nowhere(layout: str) -> None:
    keymap = resolve(Settings(hands=Hands(layout)))  # type: ignore[arg-type]  # the three of the file
    assert is_sound(keymap)
    assert not keymap.troubles
    assert all(is_key(key) or is_digits(DECLARED[name]) for name, keys in keymap.keys.items() for key in keys)


@pytest.mark.parametrize("layout", ["left", "right"])
@pytest.mark.parametrize("place", [*OF_A_VISIT, "home", "patient", "cards", "devices", "vitals", "check_in", "dialog"])
def test_one_hand_reaches_everything_a_visit_asks_for(layout: str, place: str) -> None:
    keys = resolve(Settings(hands=Hands(layout))).keys  # type: ignore[arg-type]  # the three of the file
    names = [key.id for key in KEYS[place] if not key.keys[0].isdigit()]
    assert names
    assert [name for name in names if not HALVES[layout] & set(keys[name])] == []


@pytest.mark.parametrize("layout", ["left", "right"])
def test_the_key_of_a_layout_that_is_named_is_one_of_its_half(layout: str) -> None:
    assert [name for name, keys in LAYOUTS[layout].items() if keys.split(",")[0] not in HALVES[layout]] == []


def test_a_layout_names_ids_that_exist_and_keeps_what_both_hands_know_where_it_can() -> None:
    for layout in LAYOUTS.values():
        assert set(layout) <= set(DECLARED)


# -- the person's own --------------------------------------------------------------------------------------------------


def test_an_own_key_takes_the_place_of_the_declared_one() -> None:
    keymap = own(step_undo="backslash,l")
    assert keymap.changed() == {"step.undo": "backslash,l"}
    assert (keymap.shown("step.undo"), keymap.shown("step.next"), keymap.troubles) == ("\\", "⏎", ())


def test_two_actions_change_their_keys() -> None:
    keymap = own(step_undo="y", step_redo="u")
    assert keymap.changed() == {"step.undo": "y", "step.redo": "u"}
    assert not keymap.troubles


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"step_undo": "p"}, r"keys.step.undo: p is pain (step.pain) already"),
        ({"step_undo": "f6"}, r"keys.step.undo: F6 is findings (visit.findings) already"),
        ({"visit_findings": "n,z"}, r"already"),
        ({"step_undo": "f12"}, r"(app.theme) already"),
        ({"step_undo": "ctrl+i"}, r"to a terminal ctrl+i is Tab"),
        ({"step_undo": "ctrl+["}, r"to a terminal ctrl+[ is Esc"),
        ({"step_undo": "ctrl+enter"}, r"is no key that terminals send"),
        ({"step_undo": "shift+z"}, r"write the capital letter, Z"),
        ({"step_undo": "Hyper+Z"}, r"is no key that terminals send"),
        ({"step_undo": ""}, r"nothing is no key"),
        ({"step_undo": "tab"}, r"tab is kept for"),
        ({"step_undo": "5"}, r"5 is typed there (page: Tests)"),
        ({"visit_findings": "5"}, r"5 is typed there"),
        ({"home_new_patient": "n"}, r"n is typed there"),
        ({"app_lock": "j"}, r"j is typed there"),
        ({"intake_undo": "b"}, r"b is typed there (page: Intake)"),
        ({"plan_showed": "z"}, r"digits stay digits"),
        ({"lock_stop": "z"}, r"follows stand.stop"),
        ({"step_unod": "z"}, r"unknown; `assess-tui keymap` lists the ids; perhaps step.undo"),
    ],
    ids=str,
)
def test_a_key_that_cannot_hold_is_told_and_the_rest_holds(line: dict[str, str], why: str) -> None:
    keymap = own(step_jump="j", **line)
    assert [why in str(trouble) for trouble in keymap.troubles] == [True]
    assert keymap.changed() == {"step.jump": "j"}


def test_of_two_lines_on_one_key_the_later_one_gives_way() -> None:
    keymap = own(step_undo="l", step_redo="l")
    assert keymap.changed() == {"step.undo": "l"}
    assert str(keymap.troubles[0]).startswith("settings.toml: keys.step.redo: l is undo (step.undo) already")


def test_stop_gains_keys_and_loses_none() -> None:
    keymap = own(stand_stop="f13")
    assert [keymap.keys[name] for name in (STOP, *FOLLOWS)] == [("f13", "s", "S")] * (1 + len(FOLLOWS))
    assert own(stand_missing="s").changed() == {}
    assert pedals(s="stand.next").changed() == {}


def test_keys_of_dialogs_may_be_letters() -> None:
    assert own(devices_new="a").changed() == {"devices.new": "a"}


# -- pedals ------------------------------------------------------------------------------------------------------------


def test_a_pedal_means_enter_wherever_there_is_one() -> None:
    keys = pedals(f13="next").keys
    for name in ("step.next", "stand.next", "plan.next", "paper.make", "home.open", "dialog.accept", "unlock.enter"):
        assert "f13" in keys[name]


def test_a_presenter_takes_its_key_from_what_has_another() -> None:
    keys = pedals(PgDn="step.next", pageup="step.undo").keys
    assert keys["step.next"] == ("enter", "pagedown")
    assert keys["step.following"] == ("right",)
    assert keys["step.undo"] == ("u", "pageup")


def test_a_pedal_never_takes_the_last_key_of_something() -> None:
    keymap = pedals(space="step.next")
    assert keymap.changed() == {}
    assert "Space is the only key of timer (step.timer); give that another under [keys] first" in str(
        keymap.troubles[0]
    )
    moved = resolve(Settings(keys={"step.timer": "l"}, pedals={"space": "step.next"}))
    assert (moved.keys["step.next"], moved.troubles) == (("enter", "space"), ())


def test_a_word_for_many_places_passes_over_those_that_need_the_key() -> None:
    keys = pedals(pagedown="next").keys
    assert "pagedown" in keys["step.next"]
    assert keys["cards.page_down"] == ("pagedown",)
    assert "pagedown" not in keys["cards.take"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"f13": "onwards"}, "is no id and no word"),
        ({"f99": "next"}, "is no key that terminals send"),
        ({"5": "step.next"}, "5 is typed there"),
        ({"5": "stand.stop"}, "5 is typed there"),
        ({"space": "home.open"}, "is typed there"),
        ({"f13": "lock.stop"}, "follows stand.stop"),
    ],
    ids=str,
)
def test_a_pedal_that_cannot_hold_is_told(line: dict[str, str], why: str) -> None:
    keymap = pedals(**line)
    assert [why in str(trouble) for trouble in keymap.troubles] == [True]
    assert keymap.changed() == {}


def test_a_pedal_can_stop_the_test_everywhere() -> None:
    for meant in ("stand.stop", "stop"):
        keys = pedals(f15=meant).keys
        assert all(keys[name] == ("s", "S", "f15") for name in (STOP, *FOLLOWS))


# -- in general --------------------------------------------------------------------------------------------------------

SOME_KEYS = st.sampled_from(
    [*"asdzn5.Z/-", "space", "pagedown", "left", "f5", "f13", "enter", "escape", "ctrl+i", "tab"]
)
LINES = st.dictionaries(st.sampled_from([*DECLARED, "nowhere.at_all"]), SOME_KEYS, max_size=6)
PEDALS = st.dictionaries(SOME_KEYS, st.sampled_from([*DECLARED, "next", "undo", "stop", "nonsense"]), max_size=4)


@given(LINES, PEDALS, st.sampled_from(HANDS))
def test_whatever_the_file_says_the_keys_are_sound(lines: dict[str, str], feet: dict[str, str], layout: str) -> None:
    keymap = resolve(Settings(hands=Hands(layout), keys=lines, pedals=feet))  # type: ignore[arg-type]  # of the file
    assert is_sound(keymap)
    told = {trouble.key for trouble in keymap.troubles}
    for name, key in lines.items():
        assert f"keys.{name}" in told or canonical(key) in keymap.keys[name] or canonical(key) in map(canonical, feet)
    assert len(told) == len(keymap.troubles)


@pytest.mark.parametrize(
    ("written", "meant", "seen"),
    [
        ("/", "slash", "/"),
        ("PgDn", "pagedown", "PgDn"),
        ("Esc", "escape", "Esc"),
        ("Ctrl+L", "ctrl+l", "Ctrl+L"),
        ("shift+Up", "shift+up", "Shift+↑"),
        ("Z", "Z", "Z"),
        (" F13 ", "f13", "F13"),
        ("+", "plus", "+"),
        ("_", "underscore", "_"),
    ],
)
def test_keys_are_written_as_people_do(written: str, meant: str, seen: str) -> None:
    assert (canonical(written), why_not(meant), shown(meant)) == (meant, "", seen)
    assert canonical(meant) == meant


def test_words_of_an_id_are_never_empty() -> None:
    assert all(action(name) for name in DECLARED)
    assert {place for group in TOGETHER for place in group} >= TEXT_PLACES
