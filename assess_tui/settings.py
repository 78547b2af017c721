"""What a person prefers at this computer: one file of TOML beside the record, written by hand or by the screen.

Read before the first paint, and only where the file is there; whatever is wrong in it leaves the default in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

FILE = "settings.toml"
LARGEST = 100_000
"""Bytes that are looked at; a file larger than this is something else."""


class Entry(NamedTuple):
    auto_advance: bool = False
    right_first: bool = False


class Hands(NamedTuple):
    layout: Literal["both", "left", "right"] = "both"


class Looks(NamedTuple):
    borders: Literal["round", "ascii"] = "round"
    motion: Literal["full", "reduced"] = "full"


class Sound(NamedTuple):
    bell: bool = True


class Settings(NamedTuple):
    """Everything the file may say. Without a file these are the settings."""

    entry: Entry = Entry()
    hands: Hands = Hands()
    looks: Looks = Looks()
    sound: Sound = Sound()
    keys: Mapping[str, str] = MappingProxyType({})
    """Id of `keys.KEYS` -> its keys, with commas between them. Not yet looked at: `keymap.resolve` does that."""
    pedals: Mapping[str, str] = MappingProxyType({})
    """Key a pedal or presenter sends -> id of `keys.KEYS`, or a word for what several places have."""


Value = bool | str


class Choice(NamedTuple):
    """One setting of few values."""

    section: str
    name: str
    title: str
    values: tuple[Value, ...]
    says: str

    @property
    def id(self) -> str:
        return f"{self.section}.{self.name}"

    def of(self, settings: Settings) -> Value:
        return cast("Value", getattr(getattr(settings, self.section), self.name))


CHOICES = (
    Choice(
        "entry",
        "auto_advance",
        "Go on by itself",
        (False, True),
        "a number of two digits goes on by itself, where all of a test fit",
    ),
    Choice("entry", "right_first", "Right side first", (False, True), "the right side is asked before the left"),
    Choice("hands", "layout", "Hands", ("both", "left", "right"), "all keys of a visit under one hand"),
    Choice("looks", "borders", "Borders", ("round", "ascii"), "lines around boxes; ascii for old terminals and fonts"),
    Choice("looks", "motion", "Motion", ("full", "reduced"), "reduced: nothing moves by itself but the clocks"),
    Choice("sound", "bell", "Bell", (True, False), "the timers ring, unless a test says otherwise"),
)
"""The settings that are a choice, in the order they are shown and written."""
WORDS: dict[Value, str] = {True: "yes", False: "no"}
"""Values that are not words themselves."""
TABLES = ("keys", "pedals")


class Trouble(NamedTuple):
    """What is wrong in the file, and what to do; `key` is "" where it is the whole file."""

    key: str
    what: str

    def __str__(self) -> str:
        return f"{FILE}: {self.key}: {self.what}" if self.key else f"{FILE}: {self.what}"


class Held(NamedTuple):
    """The settings in force, and what of the file is not."""

    settings: Settings
    troubles: tuple[Trouble, ...] = ()


# -- reading -----------------------------------------------------------------------------------------------------------


def read(folder: Path) -> Held:
    """The settings of a data folder. Never raises: what cannot be read is a trouble, and the defaults hold."""
    try:
        content = _content(folder / FILE)
    except FileNotFoundError:
        return Held(Settings())
    except OSError as error:
        return _none(f"cannot be read: {error.strerror}; allow reading it")
    if len(content) > LARGEST:
        return _none("is too large to be a file of settings; put the right file in its place")
    try:
        return parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _none("is not UTF-8 text; save it as UTF-8")


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _none(what: str) -> Held:
    return Held(Settings(), (Trouble("", f"{what}; until then the defaults hold"),))


def parse(text: str) -> Held:
    """The settings this text says. What is wrong in one line leaves the others in force."""
    import tomllib  # without a file nobody waits for it

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _none(f"is no TOML: {error}; put that right")
    except RecursionError:
        return _none("is no file of settings: too much stands inside one another; put the right file in its place")
    troubles: list[Trouble] = []
    known = [*dict.fromkeys(choice.section for choice in CHOICES), *TABLES]
    troubles += [Trouble(name, f"unknown; there are {', '.join(known)}") for name in content if name not in known]
    sections = {name: _section(name, content[name], troubles) for name in known if name in content}
    keys, pedals = (_strings(name, sections.get(name, {}), troubles) for name in TABLES)
    settings = Settings(keys=keys, pedals=pedals)
    for choice in CHOICES:
        settings = _chosen(settings, choice, sections.get(choice.section, {}), troubles)
    return Held(settings, tuple(troubles))


def _section(name: str, lines: object, troubles: list[Trouble]) -> dict[str, object]:
    """The lines of one section; those that mean nothing are told."""
    if not isinstance(lines, dict):
        troubles.append(Trouble(name, f"must be a section: [{name}] on a line of its own"))
        return {}
    if name in TABLES:
        return dict(_flat(lines))
    known = [choice.name for choice in CHOICES if choice.section == name]
    troubles += [
        Trouble(f"{name}.{line}", f"unknown; [{name}] has {', '.join(known)}") for line in lines if line not in known
    ]
    return lines


def _flat(lines: dict[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """`step.next = "x"` without quotes around the id is a table in a table; it means the same."""
    for name, value in lines.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _strings(name: str, lines: Mapping[str, object], troubles: list[Trouble]) -> Mapping[str, str]:
    troubles += [
        Trouble(f"{name}.{line}", f"expected text in quotes, got {told(value)}")
        for line, value in lines.items()
        if not isinstance(value, str)
    ]
    return {line: value for line, value in lines.items() if isinstance(value, str)}


def _chosen(settings: Settings, choice: Choice, lines: Mapping[str, object], troubles: list[Trouble]) -> Settings:
    if choice.name not in lines:
        return settings
    value = lines[choice.name]
    for known in choice.values:
        if value == known and type(value) is type(known):  # 1 is not true
            return changed(settings, choice, known)
    troubles.append(Trouble(choice.id, f"expected {expected(choice)}, got {told(value)}"))
    return settings


def changed(settings: Settings, choice: Choice, value: Value) -> Settings:
    """The same settings with another value of one choice."""
    section = getattr(settings, choice.section)._replace(**{choice.name: value})
    return settings._replace(**{choice.section: section})


def expected(choice: Choice) -> str:
    """The values of a choice as they are written: `"both", "left" or "right"`."""
    *first, last = (told(value) for value in choice.values)
    return f"{', '.join(first)} or {last}"


def told(value: object) -> str:
    """A value as TOML writes it, cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + " ".join(value.split())[:40] + '"'
    return "a list" if isinstance(value, list) else " ".join(str(value).split())[:40]
