"""The settings by lines: what each does here, and its next value by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.settings import CHOICES, FILE, WORDS, Settings
from assess_tui.settings_file import choose
from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from assess_tui.plain.house import House

HERE: Final = {"entry.right_first": "Here too", "looks.borders": "Here ascii tells signs and accents in plain letters"}
"""What a setting does in plain mode; the others are for the screens."""


def change(house: House) -> Settings:
    """Say every setting; a number takes its next value, until Enter. What is then in force."""
    settings = house.settings
    while typed := house.talk.pick(_rows(settings), f"1 to {len(CHOICES)} takes the next value, Enter goes back?"):
        if not (typed.isdecimal() and 1 <= int(typed) <= len(CHOICES)):
            house.talk.say(f"Settings go from 1 to {len(CHOICES)}.")
            continue
        choice = CHOICES[int(typed) - 1]
        following = choice.values[(choice.values.index(choice.of(settings)) + 1) % len(choice.values)]
        try:
            settings = choose(house.folder, choice, following).settings
        except StorageError as error:
            house.talk.say(f"{error.title}: {error.message}")
    return settings


def _rows(settings: Settings) -> Iterator[str]:
    yield f"Settings, kept in {FILE}. Keys and pedals are written there by hand."
    for number, choice in enumerate(CHOICES, 1):
        now = choice.of(settings)
        here = HERE.get(choice.id, "On the screens")
        yield f"{number}. {choice.title}, {WORDS.get(now, now)}: {choice.says}. {here}."
