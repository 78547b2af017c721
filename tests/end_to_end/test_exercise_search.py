"""`exercises list` with words: the same search as on the library screen; `exercises show` tells the same card."""

from __future__ import annotations

import pytest

from protocols.cards import Catalogue, shown
from protocols.library import load
from tests.end_to_end.clinic import Clinic


@pytest.mark.parametrize("words", [("hip", "turn"), ("hip turn",), ("ANK",), ("foam", "roller"), ("A03",)])
def test_words_choose_and_order_the_cards(clinic: Clinic, words: tuple[str, ...]) -> None:
    told = clinic.run("exercises", "list", *words)
    found = [card.id for card in Catalogue(load()).find(" ".join(words))]
    assert [line.split()[0] for line in told.stdout.splitlines()] == found
    assert told.returncode == 0
    assert 0 < len(found) < 67


@pytest.mark.parametrize("nothing", [(), ("",), (" ",), ("--", "- -")])
def test_without_a_word_all_cards_are_listed(clinic: Clinic, nothing: tuple[str, ...]) -> None:
    assert len(clinic.run("exercises", "list", *nothing).stdout.splitlines()) == 67


def test_words_that_fit_no_card_say_so(clinic: Clinic) -> None:
    told = clinic.run("exercises", "list", "zzz")
    assert (told.returncode, told.stdout) == (0, "")
    assert told.stderr == "no card fits every word; fewer words find more\n"


def test_a_card_is_told_as_the_library_screen_tells_it(clinic: Clinic) -> None:
    library = load()
    told = clinic.run("exercises", "show", "M01").stdout
    card = shown(library.exercises["M01"], library)
    for text in (card.name, card.dose, card.minutes, card.often, *card.cues, *card.blocks, *card.limits, *card.ladders):
        assert text in told
