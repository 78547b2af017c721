"""The cards are found by any of their words, best first, and what one shows is what its file says."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.cards import Catalogue, dose_words, shown
from protocols.library import DATA, load
from protocols.model import Dose, Exercise, Library

LIBRARY = load()
CATALOGUE = Catalogue(LIBRARY)
CARDS = list(LIBRARY.exercises.values())
FILES: dict[str, dict[str, Any]] = {
    file.stem: tomllib.loads(file.read_text("utf-8")) for file in DATA.glob("exercises/*.toml")
}
FINDINGS: list[dict[str, Any]] = tomllib.loads((DATA / "findings.toml").read_text("utf-8"))["finding"]
NAMES: dict[str, str] = {finding["code"]: finding["name"] for finding in FINDINGS}
KIT = {one["id"]: one["name"] for one in tomllib.loads((DATA / "kit.toml").read_text("utf-8"))["kit"]}
OF_NO_FILE = ("move", "put together", "in the day", "bundled, version 1")
"""What some cards are found by beside what stands in their files."""
LEVELS = ("lying", "sitting or kneeling", "standing with support", "standing on one leg or moving")


def found(text: str) -> list[str]:
    return [card.id for card in CATALOGUE.find(text)]


def main_finding(card: str) -> str:
    return str(FILES[card]["targets"][0])


@cache
def all_words(card: str) -> str:
    """Every text a card may be found by, from its file, in small letters."""
    file = FILES[card]
    findings = " ".join(f"{code} {NAMES[code]}" for code in file["targets"])
    kit = " ".join(KIT[one] for one in file.get("kit", ()))
    texts = (card, file["name"], findings, *file["cues"], file["position"], LEVELS[file["upright"]], file["phase"])
    return " ".join((*texts, kit, file["equipment"], *OF_NO_FILE)).casefold()


# -- what is found -----------------------------------------------------------------------------------------------------


def test_hip_turn_finds_the_cards_for_a_hip_that_turns_in_little_first() -> None:
    first, second, third, *others = found("hip turn")
    assert {main_finding(card) for card in (first, second, third)} == {"HIR"}
    assert {first, second, third} == {card for card, file in FILES.items() if "hip turn" in file["name"].casefold()}
    assert all("turn" in all_words(card) and "hip" in all_words(card) for card in others)


@pytest.mark.parametrize("text", ["A03", "a03", " A03 ", "a03."])
def test_an_id_finds_its_card_first_and_those_that_begin_alike_next(text: str) -> None:
    assert found(text) == ["A03", "A03e", "A03h"]


def test_the_start_of_a_name_stands_before_the_rest_of_one() -> None:
    bridges = found("bridge")
    starts = [FILES[card]["name"].casefold().startswith("bridge") for card in bridges]
    assert starts == sorted(starts, reverse=True)
    assert set(starts) == {True, False}


def test_a_word_is_matched_from_its_beginning() -> None:
    assert found("ridge") == []
    assert "A03" in found("brid")


def test_a_card_is_no_better_than_the_place_of_its_least_fitting_word() -> None:
    base, rule = LIBRARY.exercises["A03"], LIBRARY.findings["GLU"]
    in_a_cue = msgspec.structs.replace(base, id="X1", name="Alpha", targets=("GLU",), cues=("Beta.",))
    in_the_finding = msgspec.structs.replace(base, id="X2", name="Gamma", targets=("ZZZ",), cues=("Delta.",))
    known = msgspec.structs.replace(
        LIBRARY,
        exercises={"X1": in_a_cue, "X2": in_the_finding},
        findings={"GLU": rule, "ZZZ": msgspec.structs.replace(rule, code="ZZZ", name="Alpha beta low")},
    )
    assert [card.id for card in Catalogue(known).find("alpha beta")] == ["X2", "X1"]
    assert [card.id for card in Catalogue(known).find("alpha")] == ["X1", "X2"]


@pytest.mark.parametrize("code", sorted(NAMES))
def test_a_finding_code_finds_every_card_that_answers_it_the_main_ones_first(code: str) -> None:
    answers = [card.id for card in CARDS if code in FILES[card.id]["targets"]]
    by_code = [card for card in found(code) if code in FILES[card]["targets"]]
    assert sorted(by_code) == sorted(answers)
    named = {card for card in by_code if code.casefold() in f"{card} {FILES[card]['name']}".casefold()}
    main = [main_finding(card) == code for card in by_code if card not in named]
    assert main == sorted(main, reverse=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foam roller", {"R03"}),
        ("kettlebell", {"S05"}),
        ("quadruped", {card for card, file in FILES.items() if file["position"] == "quadruped"}),
        ("half-kneeling", {card for card, file in FILES.items() if file["position"] == "half-kneeling"}),
        ("strengthen", {card for card, file in FILES.items() if file["phase"] == "strengthen"}),
        ("skull base", {"R04"}),
        ("tongue teeth jaw", {"R06"}),
    ],
)
def test_kit_position_phase_and_cues_find_their_cards(text: str, expected: set[str]) -> None:
    assert set(found(text)) == expected


@pytest.mark.parametrize("card", sorted(FILES))
def test_every_card_is_found_by_its_whole_name_first(card: str) -> None:
    assert found(FILES[card]["name"])[0] == card
    assert found(FILES[card]["name"].upper())[0] == card


def test_without_a_word_all_cards_stand_in_the_order_of_the_library() -> None:
    for nothing in ("", "   ", "- ()", "!?"):
        assert found(nothing) == list(LIBRARY.exercises)


def test_accents_and_letter_case_make_no_difference() -> None:
    named = msgspec.structs.replace(LIBRARY.exercises["A03"], id="own_reha", name="Łydka – BRÜCKE für Ärzte")
    own = msgspec.structs.replace(
        LIBRARY, exercises=LIBRARY.exercises | {"own_reha": named}, own=("exercises/own_reha",)
    )
    for text in ("lydka brucke", "ŁYDKA", "arzte FÜR", "own reha", "own_reha", "clinic's own", "brücke"):
        assert "own_reha" in [card.id for card in Catalogue(own).find(text)], text


@given(text=st.text(max_size=30))
def test_any_text_gives_cards_of_the_library_each_once(text: str) -> None:
    cards = found(text)
    assert len(cards) == len(set(cards))
    assert set(cards) <= set(FILES)


some_words = st.lists(st.sampled_from(sorted({word for card in FILES for word in all_words(card).split()})), max_size=3)


@given(typed=some_words, ends=st.integers(1, 12))
def test_each_word_typed_stands_in_each_card_found(typed: list[str], ends: int) -> None:
    wanted = [word[:ends] for word in typed]
    for card in found(" ".join(wanted)):
        for word in wanted:
            parts = "".join(letter if letter.isalnum() else " " for letter in word).split()
            assert all(part in all_words(card) for part in parts), (card, word)


@given(card=st.sampled_from(sorted(FILES)), data=st.data())
def test_a_card_is_found_by_the_beginnings_of_its_words_in_any_order(card: str, data: st.DataObject) -> None:
    plain = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in all_words(card)).split()
    own = plain[: -len(" ".join(OF_NO_FILE).split())]
    chosen = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=4))
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in chosen]
    assert card in found(" ".join(typed))


# -- what a card shows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_shows_what_its_file_says(card: Exercise) -> None:
    file, told = FILES[card.id], shown(card, LIBRARY)
    assert (told.name, told.position.partition(";")[0]) == (file["name"], file["position"])
    assert [target[-4:-1] for target in told.targets] == file["targets"]
    assert not any("{" in cue or "}" in cue for cue in told.cues)
    assert len(told.cues) == len(file["cues"])
    assert told.evidence == tuple(file["evidence"])
    barred = [block["code"] for block in file.get("blocks", ()) if "limit" not in block]
    limited = [(block["code"], block["limit"]) for block in file.get("blocks", ()) if "limit" in block]
    assert [words.rpartition("(")[2].rstrip(")") for words in told.blocks] == barred
    parts = [words.partition("): ") for words in told.limits]
    assert [(named.rpartition("(")[2], limit) for named, _, limit in parts] == limited
    for rung, other in (("easier", told.easier), ("harder", told.harder)):
        named = file.get(rung, "")
        assert other == (f"{FILES[named]['name']} ({named})" if named else "")


def test_the_ladders_shown_are_those_of_the_findings() -> None:
    held = {
        (card, finding["code"], rung)
        for finding in FINDINGS
        for rung, cards in finding.get("ladder", {}).items()
        for card in cards
    }
    told = {
        (card.id, ladder.rpartition("(")[2][:3], ladder.rpartition(": ")[2])
        for card in CARDS
        for ladder in shown(card, LIBRARY).ladders
    }
    assert told == held


@pytest.mark.parametrize(
    ("unit", "dose", "words"),
    [
        ("times", Dose(reps=8, sec_per_rep=6), "8 times, 6 s each"),
        ("times", Dose(sets=2, reps=10, sec_per_rep=6, rest_s=30), "2 rounds of 10, 6 s each, 30 s rest between"),
        ("times", Dose(reps=2, sec_per_rep=33, sides=2, rest_s=5), "2 times each side, 33 s each, 5 s rest between"),
        ("times", Dose(reps=8, sec_per_rep=6, rest_s=30), "8 times, 6 s each"),  # one bout: no rest is taken
        ("breaths", Dose(reps=15, sec_per_rep=8), "15 breaths, 8 s each"),
        ("breaths", Dose(sets=2, reps=5, sec_per_rep=8), "2 rounds of 5 breaths, 8 s each"),
        ("hold", Dose(sec_per_rep=240), "4 min"),
        ("hold", Dose(sec_per_rep=90), "90 s"),
        ("hold", Dose(sets=2, sec_per_rep=20, sides=2, rest_s=10), "2 x 20 s each side, 10 s rest between"),
    ],
)
def test_a_dose_in_words(unit: str, dose: Dose, words: str) -> None:
    card = msgspec.convert(FILES["B01"] | {"dose_unit": unit}, Exercise)
    assert dose_words(card, dose) == words


def test_names_the_library_does_not_know_are_shown_as_they_are() -> None:
    """A visit's own definitions may name a card, a finding or a precaution that left the library since."""
    card = LIBRARY.exercises["A03"]
    bare: Library = msgspec.structs.replace(LIBRARY, exercises={"A03": card}, findings={}, precautions={}, kit={})
    told = shown(card, bare)
    assert (told.targets[0], told.easier, told.ladders, told.blocks[0]) == ("GLU", "A03e", (), "PREG_SUP")
    assert [one.id for one in Catalogue(bare).find("glu")] == ["A03"]
