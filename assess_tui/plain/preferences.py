"""The settings by lines: what each does here, and its next value by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.plain.talk import row_of, up_to
from assess_tui.settings import CHOICES, FILE, WORDS, Choice, Settings
from assess_tui.settings_file import choose
from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from assess_tui.plain.house import House

HERE: Final = {"entry.right_first": "Here too", "looks.borders": "Here ascii tells signs and accents in plain letters"}
"""What a setting does in plain mode; the others are for the screens."""


def change(house: House) -> Settings:
    """Say every setting; a number takes its next value, until Enter. What is then in force."""
    settings = house.settings
    with house.talk.over(lambda: _rows(settings)):
        while typed := house.talk.ask(f"{up_to(len(CHOICES))} takes the next value, Enter goes back?"):
            if (choice := row_of(typed, CHOICES)) is not None:
                settings = _following(house, settings, choice)
            else:
                house.talk.say(f"Settings go from {up_to(len(CHOICES))}.")
    return settings


def _following(house: House, settings: Settings, choice: Choice) -> Settings:
    """The next value of one setting, written; what could not be written is said."""
    value = choice.values[(choice.values.index(choice.of(settings)) + 1) % len(choice.values)]
    try:
        settings = choose(house.folder, choice, value).settings
    except StorageError as error:
        house.talk.say(f"{error.title}: {error.message}")
    house.talk.say(_row(choice, settings))
    return settings


def _row(choice: Choice, settings: Settings) -> str:
    now = choice.of(settings)
    return f"{choice.title}, {WORDS.get(now, now)}: {choice.says}. {HERE.get(choice.id, 'On the screens')}."


def _rows(settings: Settings) -> Iterator[str]:
    yield f"Settings, kept in {FILE}. Keys and pedals are written there by hand."
    yield from (f"{number}. {_row(choice, settings)}" for number, choice in enumerate(CHOICES, 1))
