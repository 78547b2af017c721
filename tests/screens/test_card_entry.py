"""A card being written, without a screen: what keys do to its fields, and what the card then is."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_tui.entry.card import CardEntry
from assess_tui.entry.card_texts import OWN_EVIDENCE, OWN_ID, proposed_id, texts_of
from protocols.library import load

LIBRARY = load()
CARDS = LIBRARY.exercises
MOVING = ("tab", "shift+tab", "enter", "up", "down", "left", "right", "home", "end", "pagedown")
KEYS = (*MOVING, "backspace", "delete", "ctrl+u")


def copy(card: str = "A03", *, new: bool = True) -> CardEntry:
    return CardEntry(CARDS[card], LIBRARY, new=new)


def go(entry: CardEntry, key: str) -> CardEntry:
    for _ in entry.fields:
        if entry.field.key == key:
            return entry
        entry.press("tab", None)
    raise AssertionError(f"no field {key}")


def fill(entry: CardEntry, key: str, text: str) -> CardEntry:
    """Clear a field and type."""
    go(entry, key).press("ctrl+u", None)
    entry.type(text)
    return entry


@pytest.mark.parametrize("card", sorted(CARDS))
def test_a_copy_in_place_differs_by_its_version_alone_and_is_sound(card: str) -> None:
    entry = copy(card, new=False)
    assert msgspec.structs.replace(entry.card, version=CARDS[card].version) == CARDS[card]
    assert entry.card.version == CARDS[card].version + 1
    assert entry.problems == []
    assert not entry.changed


@pytest.mark.parametrize("card", sorted(CARDS))
def test_a_new_card_is_sound_and_takes_no_source_of_another_for_its_own(card: str) -> None:
    made = copy(card).card
    assert copy(card).problems == []
    assert (made.version, made.source, made.evidence) == (1, "standard", (OWN_EVIDENCE,))
    assert OWN_ID.fullmatch(made.id)
    assert made.id not in CARDS


def test_the_id_follows_the_name_until_it_is_typed() -> None:
    entry = fill(copy(), "name", "Brücke, 2 Beine")
    assert entry.card.id == "own_br_cke_2_beine"
    fill(entry, "id", "own_bruecke")
    fill(entry, "name", "Bridge")
    assert (entry.card.id, entry.card.name) == ("own_bruecke", "Bridge")


@pytest.mark.parametrize("wrong", ["", "A03", "bridge", "own_", "own_../x", "own_A", "own_b c", "own_" + "x" * 33])
def test_an_id_that_is_no_file_name_of_the_clinic_is_refused(wrong: str) -> None:
    entry = fill(copy(), "id", wrong)
    assert any(said.startswith("id: type own_") for said in entry.said())


def test_an_id_that_is_taken_is_refused_and_another_is_proposed() -> None:
    mine = msgspec.structs.replace(CARDS["A03"], id="own_glute_bridge")
    library = msgspec.structs.replace(LIBRARY, exercises={**CARDS, mine.id: mine})
    entry = CardEntry(CARDS["A03"], library, new=True)
    assert entry.card.id == "own_glute_bridge_2"
    fill(entry, "id", "own_glute_bridge")
    assert entry.said()[0] == "id: there is a card own_glute_bridge already; choose another"
    assert proposed_id("", frozenset()) == "own_card"


def test_an_angle_is_typed_nudged_and_drawn_at_each_key() -> None:
    entry = go(copy(), "pose.finish.hip.0")
    seen = [entry.drawn]
    for key in ("up", "1", "2", "-", "down"):
        entry.press(key, key if len(key) == 1 else None)
        seen.append(entry.drawn)
    hips = [pose.finish.hip[0] for pose in seen if pose.finish]
    assert hips == [0, 5, 1, 12, -12, -17]


def test_a_number_half_typed_keeps_the_figure_and_is_told() -> None:
    entry = go(copy(), "pose.finish.knee.1")
    entry.press("-", "-")
    assert entry.drawn.finish == CARDS["A03"].pose.finish
    assert entry.said() == ["finish knee: type degrees, for example 45 or -10"]


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("pose.start.hip.0", "151", "start hip: 151 lies beyond -30 to 150"),
        ("pose.props", "mat chiar", "things: no prop is called chiar; did you mean chair?"),
        ("pose.finish.trunk.0", "-90", "finish: far_ankle is 0.18 body heights under the floor"),
        ("targets", "GLU XXX", "for: there is no finding XXX"),
        ("targets", "", "for: name the finding it answers"),
        ("blocks.1", "NOPE: on your bed", "not with 2: there is no precaution NOPE"),
        ("harder", "A99", "harder: there is no card A99"),
        ("harder", "A03e", "harder: going harder from here comes back to this card"),
        ("cues.2", "a b c d e f g h i j k l m", "line 3: 13 words; a line has at most 12"),
        ("cues.0", "Hold {hold}.", "line 1: {hold} needs hold_s, the seconds of the hold"),
        ("stop_if", " ", "stop: a card says when to stop"),
        ("name", "", "name: is empty, and the card prints it"),
        ("dose.sets", "0", "rounds: sets must be 1 or more"),
        ("dose.reps", "999", "dose: takes 201 minutes; at most 20 fit a plan"),
        ("days_per_week", "8", "days a week: a week has 1 to 7 days, got 8"),
        ("pose.arrows.0", "down at pelvis", "arrow 1: the arrow down at pelvis points against the motion"),
        ("pose.arrows.0", "::", "arrow 1: type a way and a place, for example up at pelvis"),
        ("pose.start.anchor", "pelvis mat", "start rests: type a point and a surface, for example pelvis on mat"),
        ("pose.start.hip.0", "1234", "start hip: 1234 lies beyond -30 to 150"),
        ("kit", "spoon", "kit: there is no kit spoon"),
    ],
)
def test_what_is_wrong_is_said_at_once_by_the_name_of_its_field(key: str, typed: str, said: str) -> None:
    entry = fill(copy(new=False) if key == "harder" else copy(), key, typed)
    assert said in entry.said()
    entry.undo()
    entry.undo()
    assert entry.problems == []


def test_the_key_to_a_fault_marks_its_field() -> None:
    entry = fill(copy(), "blocks.1", "NOPE")
    go(entry, "name")
    entry.to_fault()
    assert entry.field.key == "blocks.1"


def test_lists_grow_by_a_row_and_an_emptied_row_is_gone() -> None:
    entry = fill(copy(), "blocks.4", "HOLD")
    fill(entry, "blocks.0", "")
    assert [block.code for block in entry.card.blocks] == ["REFLUX", "VALS", "FLOOR", "HOLD"]
    assert [block.limit for block in entry.card.blocks] == ["", "", "on your bed", ""]
    fill(entry, "blocks.2", "NOPE")
    assert entry.said() == ["not with 3: there is no precaution NOPE"]


def test_a_label_and_a_limit_keep_their_colons() -> None:
    entry = fill(copy(), "blocks.4", "HOLD: 3 : 10 of pain")
    fill(entry, "pose.arrows.0", "up at pelvis: slow: 2 s")
    assert entry.card.blocks[-1].limit == "3 : 10 of pain"
    assert entry.card.pose.arrows[0].label == "slow: 2 s"


@pytest.mark.parametrize(
    ("key", "pressed", "value"),
    [
        ("phase", "s", "strengthen"),
        ("phase", "down", "strengthen"),
        ("phase", "up", "mobilise"),
        ("upright", "2", "2"),
        ("upright", "up", "3"),
        ("dose.sides", "e", "2"),
        ("snack", "t", "yes"),
        ("phase", "x", "activate"),
    ],
)
def test_choices_turn_by_arrows_and_by_their_first_letter(key: str, pressed: str, value: str) -> None:
    entry = go(copy(), key)
    entry.press(pressed, pressed if len(pressed) == 1 else None)
    assert entry.texts[key] == value
    assert texts_of(entry.card)[key] == value


def test_a_card_may_be_drawn_by_its_start_alone() -> None:
    entry = go(copy(), "pose.moves")
    entry.press("down", None)
    assert entry.card.pose.finish is None
    assert not any(field.key.startswith("pose.finish") for field in entry.fields)


def test_a_posture_that_was_not_there_begins_as_the_start() -> None:
    still = next(card for card in CARDS.values() if card.pose.finish is None and card.pose.view == "side")
    entry = go(copy(still.id), "pose.moves")
    entry.press("up", None)
    assert entry.card.pose.finish == still.pose.start
    assert go(entry, "pose.finish.hip.0").shown(entry.field) == f"{still.pose.start.hip[0]:g}"


def test_undo_takes_back_run_by_run_and_redo_brings_back() -> None:
    entry = go(copy(), "name")
    for letter in "abc":
        entry.press(letter, letter)
    go(entry, "pose.start.hip.0").press("up", None)
    entry.press("up", None)
    assert (entry.card.name, entry.card.pose.start.hip[0]) == ("Glute bridgeabc", 65)
    hips, names = [], []
    for _ in range(3):
        entry.undo()
        hips.append(entry.card.pose.start.hip[0])
        names.append(entry.card.name)
    assert (hips, names) == ([60, 55, 55], ["Glute bridgeabc", "Glute bridgeabc", "Glute bridge"])
    assert not entry.changed
    assert entry.undo() == "Nothing more here."
    for _ in range(3):
        entry.redo()
    assert (entry.card.name, entry.card.pose.start.hip[0]) == ("Glute bridgeabc", 65)


def test_known_words_are_offered_as_an_id_is_typed() -> None:
    entry = fill(copy(), "targets", "GLU AN")
    assert entry.near()[0] == f"ANK {LIBRARY.findings['ANK'].name}"
    fill(entry, "targets", "ANK")
    assert entry.near() == (f"ANK {LIBRARY.findings['ANK'].name}",)
    assert "pillow_head" in fill(entry, "pose.props", "mat pillow").near()


def test_pasted_text_is_one_line_of_letters() -> None:
    entry = go(copy(), "stop_if")
    entry.type(" Also:\nfor [b]pain\x1b[31m\x00.")
    assert entry.card.stop_if == CARDS["A03"].stop_if + " Also: for [b]pain[31m."


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(CARDS)), st.booleans(), st.lists(st.sampled_from((*KEYS, *"-0159aé:x ")), max_size=60))
def test_any_keys_are_taken_back_by_undo(card: str, new: bool, keys: list[str]) -> None:
    entry = copy(card, new=new)
    first = entry.card
    for key in keys:
        entry.press({" ": "space"}.get(key, key), key if len(key) == 1 else None)
        assert entry.field in entry.fields
        assert 0 <= entry.cursor <= len(entry.text(entry.field))
    while entry.undo() != "Nothing more here.":
        pass
    assert entry.card == first
    assert not entry.changed


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(CARDS)), st.lists(st.tuples(st.integers(0, 60), st.integers(-999, 999)), max_size=8))
def test_any_angles_are_drawn_or_told(card: str, angles: list[tuple[int, int]]) -> None:
    entry = copy(card)
    for place, angle in angles:
        places = [field.key for field in entry.fields if field.kind == "angle"]
        if places:
            fill(entry, places[place % len(places)], str(angle))
            assert entry.drawn == entry.card.pose
