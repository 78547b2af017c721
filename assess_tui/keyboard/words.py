"""How a sentence names a key: by its id, so that it is always the key in force. Without Textual.

In an f-string `{key_of("plan.add")}`; in a constant `{plan.add}`, which `with_keys` fills where the constant is shown.
What keys are in force is one fact of the running instrument, as its language would be; the instrument puts it here
(`AssessApp.take_settings`), and where none runs the declared keys are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from assess_tui.keyboard.keys import Key, every_key
from assess_tui.keyboard.names import LISTED, SHOWN, shown, spelled

_NAMED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
_changed: dict[str, str] = {}
"""Id -> its keys in force, where they are not those declared."""
_signs: dict[str, str] = dict(SHOWN)
"""What stands for a key in few cells; words where signs cannot be drawn."""


def put_in_force(changed: Mapping[str, str], *, in_words: bool = False) -> None:
    """From now on sentences name these keys: id -> keys with commas between them; every other id has its own.

    `in_words`: "Enter" also where a few cells would do for a sign.
    """
    _changed.clear()
    _changed.update(changed)
    _signs.update(LISTED if in_words else SHOWN)


def key_of(name: str) -> str:
    """The key of an id in words: "u", "F8", "Enter". KeyError where there is no such id."""
    return spelled(keys_of(name)[0])


def keys_of(name: str) -> tuple[str, ...]:
    """Every key in force of an id, in Textual's names, where a screen reads keys itself."""
    return tuple(_changed.get(name, _declared()[name].keys).split(","))


def sign_of(name: str) -> str:
    """The same in a few cells, as the key line has it: "⏎"."""
    usual = None if name in _changed else _declared()[name].shown_as
    return sign(keys_of(name)[0], usual)


def sign(key: str, usual: str | None = None) -> str:
    """A key, in Textual's name, in a few cells, as it is usually shown; drawn signs only where they can be."""
    return usual if usual and usual.isascii() else shown(key, _signs)


def with_keys(text: str, told: Callable[[str], str] = key_of) -> str:
    """The text with the key in force in place of each `{id}`. Other braces stay."""
    return _NAMED.sub(lambda named: told(named[1]) if named[1] in _declared() else named[0], text)


@cache
def _declared() -> dict[str, Key]:
    return every_key()
