"""The keys in force: those declared, the layout of the hands, the person's own, then the pedals. Without Textual.

A line that cannot hold is told and left out, and the rest holds. STOP keeps its keys whatever the file says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from assess_tui.keyboard.hands import LAYOUTS
from assess_tui.keyboard.keys import FOLLOWS, KEYS, NAMES, STOP, TEXT_PLACES, TOGETHER, TYPED, Key, every_key
from assess_tui.keyboard.names import canonical, character_of, shown, spelled, why_not
from assess_tui.settings import Settings, Trouble

Table = dict[str, tuple[str, ...]]
"""Id -> its keys in Textual's names, the one that is shown first."""
DECLARED = every_key()
NEXT = "next"
"""A pedal's word for what Enter does, wherever that is."""


class Keymap(NamedTuple):
    """The keys in force, and what of the settings is not."""

    keys: Mapping[str, tuple[str, ...]]
    troubles: tuple[Trouble, ...] = ()

    def changed(self) -> dict[str, str]:
        """What differs from the keys declared, as `App.set_keymap` takes it."""
        return {name: ",".join(keys) for name, keys in self.keys.items() if keys != declared(name)}

    def shown(self, name: str) -> str:
        """The key of an id, as the key line shows it."""
        key = DECLARED[name]
        return key.shown_as if key.shown_as and self.keys[name] == declared(name) else shown(self.keys[name][0])

    def all_shown(self, name: str) -> str:
        """Every key of an id, for lists."""
        key = DECLARED[name]
        return key.shown_as or "" if is_digits(key) else " ".join(spelled(one) for one in self.keys[name])


def declared(name: str) -> tuple[str, ...]:
    return tuple(DECLARED[name].keys.split(","))


def is_digits(key: Key) -> bool:
    return key.keys.count(",") > 3 and key.keys.replace(",", "").isdigit()


def resolve(settings: Settings) -> Keymap:
    """The keys in force under these settings."""
    ready = {name: tuple(keys.split(",")) for name, keys in LAYOUTS[settings.hands.layout].items()}
    base = {name: ready.get(name, declared(name)) for name in DECLARED}
    own, troubles = _own(settings.keys)
    while (found := _first_clash(base, own)) is not None:
        name, trouble = found
        del own[name]
        troubles.append(trouble)
    keys = _following(base | own)
    return _with_pedals(keys, settings.pedals, troubles)


def _following(keys: Table) -> Table:
    """STOP is the same key everywhere, and the keys declared for it always do it."""
    stops = tuple(dict.fromkeys((*keys[STOP], *declared(STOP))))
    return keys | dict.fromkeys((STOP, *FOLLOWS), stops)


# -- the person's own keys ---------------------------------------------------------------------------------------------


def _own(lines: Mapping[str, str]) -> tuple[Table, list[Trouble]]:
    """The lines of [keys] that can hold by themselves, and what is wrong with the others."""
    own: Table = {}
    troubles: list[Trouble] = []
    for name, written in lines.items():
        keys = tuple(dict.fromkeys(canonical(part) for part in _parts(written)))
        if why := _why_not_own(name, keys):
            troubles.append(Trouble(f"keys.{name}", why))
        else:
            own[name] = (*keys, *declared(name)) if name == STOP else keys
    return own, troubles


def _parts(written: str) -> list[str]:
    """The keys of a line; a lone comma is the comma key."""
    return [","] if written.strip() == "," else written.split(",")


def _why_not_own(name: str, keys: tuple[str, ...]) -> str:
    if name not in DECLARED:
        return f"unknown; `assess-tui keymap` lists the ids{_near(name)}"
    if name in FOLLOWS:
        return f"follows {FOLLOWS[name]}; set that one"
    if is_digits(DECLARED[name]):
        return "digits stay digits; take the line out"
    return next((why for key in keys if (why := why_not(key) or _typed_there(name, key))), "")


def _near(name: str) -> str:
    """An id that was perhaps meant."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(name, DECLARED, 1)
    return f"; perhaps {near[0]}" if near else ""


def _typed_there(name: str, key: str) -> str:
    """Why this character cannot be a key at the place of this id: it is typed there."""
    character = character_of(key)
    if not character or key in declared(name):
        return ""
    if DECLARED[name].priority or TEXT_PLACES & set(_places_of(name)):
        return f"{shown(key)} is typed there; choose a key that types nothing, such as F1 to F24"
    typed = (place for group in _groups_of(name) for place in group if character in TYPED.get(place, ""))
    where = next(typed, "")
    return f"{shown(key)} is typed there (page: {NAMES[where]}); choose another key" if where else ""


def _places_of(name: str) -> tuple[str, ...]:
    return tuple(place for place in KEYS if any(key.id == name for key in KEYS[place]))


def _groups_of(name: str) -> Iterator[tuple[str, ...]]:
    """The places in force together, for each screen this id is in force on."""
    own = set(_places_of(name))
    yield from (group for group in TOGETHER if own.intersection(group))


# -- clashes -----------------------------------------------------------------------------------------------------------


def _first_clash(base: Table, own: Table) -> tuple[str, Trouble] | None:
    """A line of the person's that puts two actions on one key, the last such line first; None where none does."""
    keys = base | own
    order = list(own)
    for name in reversed(order):
        if clash := next(clashes(keys, name), None):
            key, other = clash
            label = f"{DECLARED[other].label} ({other})"
            why = f"{shown(key)} is {label} already; choose another key, or give {other} another"
            return name, Trouble(f"keys.{name}", why)
    return None


def clashes(keys: Mapping[str, tuple[str, ...]], name: str) -> Iterator[tuple[str, str]]:
    """Each key of `name` that means something else on the same screen, and the id it is taken by."""
    for other in neighbours(name):
        for key in keys[name]:
            if key in keys[other]:
                yield key, other


_NEIGHBOURS: dict[str, tuple[str, ...]] = {}


def neighbours(name: str) -> tuple[str, ...]:
    """The other ids in force on the same screens; one that does the same there is no other."""
    if not _NEIGHBOURS:
        _NEIGHBOURS.update(_all_neighbours())
    return _NEIGHBOURS[name]


def _all_neighbours() -> dict[str, tuple[str, ...]]:
    near: dict[str, dict[str, None]] = {name: {} for name in DECLARED}
    for group in TOGETHER:
        names = dict.fromkeys(key.id for place in group for key in KEYS[place])
        for one, other in combinations(names, 2):
            if action(one) != action(other):
                near[one][other] = None
                near[other][one] = None
    return {name: tuple(others) for name, others in near.items()}


def action(name: str) -> str:
    return name.partition(".")[2]


# -- pedals ------------------------------------------------------------------------------------------------------------


def _with_pedals(keys: Table, pedals: Mapping[str, str], troubles: list[Trouble]) -> Keymap:
    for written, meant in pedals.items():
        key = canonical(written)
        targets = _targets(meant.strip())
        why = _why_no_pedal(key, meant, targets)
        if not why:
            keys, why = _put(keys, key, targets, exact=meant in DECLARED)
        if why:
            troubles.append(Trouble(f"pedals.{written}", why))
    return Keymap(keys, tuple(troubles))


def _targets(meant: str) -> tuple[str, ...]:
    """The ids a pedal means: one by its id, or every place's by a word."""
    if meant == STOP:
        return (STOP, *FOLLOWS)
    if meant in DECLARED:
        return (meant,)
    if meant == NEXT:
        return tuple(name for name in DECLARED if "enter" in declared(name))
    return tuple(name for name in DECLARED if action(name) == meant)


def _why_no_pedal(key: str, meant: str, targets: tuple[str, ...]) -> str:
    if why := why_not(key):
        return why
    if not targets:
        return f'"{meant}" is no id and no word for several; `assess-tui keymap` lists the ids{_near(meant)}'
    if any(name in FOLLOWS for name in targets) and STOP not in targets:
        return f"follows {STOP}; set that one"
    return _typed_there(targets[0], key) if len(targets) == 1 or meant == STOP else ""


def _put(keys: Table, key: str, targets: tuple[str, ...], *, exact: bool) -> tuple[Table, str]:
    """The table with the pedal's key on each target, and why it is on none.

    A pedal takes its key from what had it, but never the last key of an action, and never one of STOP's.
    """
    after, why = dict(keys), ""
    held = 0
    for name in targets:
        losing = [other for other in neighbours(name) if key in after[other]]
        kept = next((other for other in losing if action(other) == "stop" or len(after[other]) == 1), None)
        if kept is not None or (not exact and _typed_there(name, key)):
            why = why or _why_kept(key, kept)
            continue
        for other in losing:
            after[other] = tuple(one for one in after[other] if one != key)
        after[name] = tuple(dict.fromkeys((*after[name], key)))
        held += 1
    return (_following(after), "") if held else (keys, why)


def _why_kept(key: str, other: str | None) -> str:
    if other is None:
        return f"{shown(key)} is typed there; choose a key that types nothing, such as F13"
    return f"{shown(key)} is the only key of {DECLARED[other].label} ({other}); give that another under [keys] first"
