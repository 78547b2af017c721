"""What is said and what is asked: whole sentences, one under the other, no sign a terminal would obey."""

from __future__ import annotations

import getpass
import os
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import UnsupportedOperation
from typing import TYPE_CHECKING, Final, TextIO, TypeVar

from assess_tui.plain.ear import Ear

if TYPE_CHECKING:
    from assess_tui.settings import Looks

_Row = TypeVar("_Row")

WIDTH: Final = 78
"""Characters of a line, fewer where the terminal is narrower; a longer word, such as a path, stays whole."""
NARROWEST: Final = 20
LOOK_S: Final = 1.0
"""How often the clock is looked at while nothing is typed."""
_SPOKEN: Final = ((" -> ", ", now "), (" · ", ", "), ("⏎", "Enter"), ("✓ ", ""), ("\N{MINUS SIGN}", "-"))
_LETTERS: Final = str.maketrans(
    {
        "°": " deg",
        "±": "+-",
        "×": "x",
        "·": ",",
        "–": "-",
        "—": "-",
        "\N{MINUS SIGN}": "-",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
    }
)
"""What stands for a sign where only ASCII can be shown."""
EXPLAINS: Final = "Type what the question asks for, then Enter. Ctrl+D leaves; everything told so far is kept."
LONGEST: Final = 6
"""Digits of a number in a list or a rating; Python refuses to read thousands of them."""
HEAR: Final = "."
"""What is typed to hear the page again."""
Again = Callable[[], str]
Page = Callable[[], Iterable[str]]
"""What a place tells when it opens, as it is now."""
Every = Callable[[], Iterable[str]]
"""Looked at once a second while nothing is typed: what is to be said meanwhile."""


class LeaveError(Exception):
    """The therapist leaves, or the input has ended; everything told is kept."""


class CutOffError(Exception):
    """What was waited for has come: the question needs no answer any more."""

    def __init__(self, brought: object = None) -> None:
        super().__init__()
        self.brought = brought


class Talk:
    """Two streams and the therapist at their other end."""

    def __init__(self, heard: TextIO, told: TextIO, idle_s: float | None = None, *, ascii_only: bool = False) -> None:
        self._ear = Ear(heard)
        self._told = told
        self.idle_s = idle_s
        """Seconds without a line after which the visit is left; None waits for ever."""
        self._shows_ascii = self._tells_ascii = ascii_only
        self.page: Page = tuple
        """What is heard again."""

    @property
    def waits(self) -> bool:
        """Whether times can be said while nothing is typed."""
        return self._ear.waits

    def heed(self, looks: Looks) -> None:
        """Signs and accents are told in letters every terminal has where it shows no others, or by preference."""
        self._tells_ascii = self._shows_ascii or looks.borders == "ascii"

    # -- saying ----------------------------------------------------------------------------------------------------

    def say(self, *sentences: str) -> None:
        """Each on lines of its own; nothing for an empty one."""
        for sentence in sentences:
            for row in self._rows(sentence):
                self._told.write(f"{row}\n")
        self._told.flush()

    def hear(self) -> None:
        """The page once more, as it is now."""
        self.say(*self.page())

    def end_line(self) -> None:
        """A question was cut short where it stood."""
        self._told.write("\n")

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self, question: str, every: Every | None = None, again: Again | None = None, explains: str = "") -> str:
        """As `line`; ? explains the question and asks it again."""
        while (typed := self.line(question, every, again)) == "?":
            self.say(explains or EXPLAINS)
        return typed

    @contextmanager
    def over(self, page: Page) -> Iterator[None]:
        """Say a page that is left again; meanwhile it is the one that is heard again."""
        before, self.page = self.page, page
        try:
            self.hear()
            yield
        finally:
            self.page = before

    def pick(self, rows: Iterable[str], question: str, explains: str = "") -> str:
        """As `ask`, of rows that are read first; hearing again reads these."""
        told = tuple(rows)
        with self.over(lambda: told):
            return self.ask(question, explains=explains)

    def line(self, question: str, every: Every | None = None, again: Again | None = None) -> str:
        """What was typed, without the spaces around it; HEAR tells the page and asks again.

        After something was said meanwhile, what `again` gives (or the question) stands there once more. Raises
        LeaveError at the end of input.
        """
        while (typed := self._line(question, every, again)) == HEAR:
            self.hear()
            question = again() if again is not None else question
        return typed

    def _line(self, question: str, every: Every | None, again: Again | None) -> str:
        self._put(question)
        while (line := self._heard(every)) is None:
            if said := self._meanwhile(every):
                self._told.write("\n")
                self.say(*said)
                self._put(again() if again is not None else question)
        if not line.endswith("\n"):  # the end of input leaves the line open
            self._told.write("\n")
        if not line:
            raise LeaveError
        typed = _printable(line).strip()
        if not self._ear.shown and line.endswith("\n"):
            self._told.write(f"{typed}\n")
        return typed

    def _meanwhile(self, every: Every | None) -> list[str]:
        try:
            return [one for one in (every() if every is not None else ()) if one]
        except CutOffError:
            self._told.write("\n")
            raise

    def secret(self, question: str) -> str:
        """What was typed and is not shown. Raises LeaveError at the end of input."""
        if self._ear.shown:
            try:
                return getpass.getpass(f"{question} ")
            except EOFError as error:
                raise LeaveError from error
        self._put(question)
        line = self._ear.line()
        self._told.write("\n")
        if not line:
            raise LeaveError
        return line.rstrip("\r\n")

    def yes(self, question: str) -> bool:
        """A question answered by y; anything else is no."""
        return self.ask(f"{question} y is yes, Enter is no?").casefold() in ("y", "yes")

    def _heard(self, every: Every | None) -> str | None:
        if every is not None:
            return self._ear.line(LOOK_S)
        line = self._ear.line(self.idle_s)
        if line is None:
            self.end_line()
            self.say("Nothing was typed for a long time: the record is closed.")
            raise LeaveError
        return line

    def _put(self, question: str) -> None:
        *above, last = self._rows(question)
        self.say(*above)
        self._told.write(f"{last} ")
        self._told.flush()

    def _rows(self, sentence: str) -> list[str]:
        told = _printable(_in_ascii(sentence) if self._tells_ascii else sentence)
        return textwrap.wrap(told, self._width(), break_long_words=False, break_on_hyphens=False)

    def _width(self) -> int:
        """Asked for each sentence: a window may change."""
        try:
            columns = os.get_terminal_size(self._told.fileno()).columns
        except (OSError, ValueError, UnsupportedOperation):
            return WIDTH
        return max(NARROWEST, min(WIDTH, columns - 2)) if columns else WIDTH


def up_to(most: int, least: int = 1) -> str:
    """ "1 to 9"; "1" where there is one alone."""
    return str(least) if most == least else f"{least} to {most}"


def whole(typed: str) -> int | None:
    """The number that was typed; None where it was none, or longer than any that is asked for."""
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST else None


def row_of(typed: str, rows: Sequence[_Row]) -> _Row | None:
    """The row whose number was typed, counted from 1; None where it is none of them."""
    number = whole(typed) or 0
    return rows[number - 1] if 1 <= number <= len(rows) else None


def sentence(words: str) -> str:
    """With a full stop where it has no end of its own."""
    return words if words.endswith((".", "?", "!", ":")) else f"{words}."


def spoken(words: str) -> str:
    """A sentence of the screens as it is read aloud: no arrows, dots or ticks."""
    for sign, said in _SPOKEN:
        words = words.replace(sign, said)
    return " ".join(words.split())


def _in_ascii(text: str) -> str:
    """Letters without their accents, signs in others; what has neither is a question mark."""
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.encode("ascii", "replace").decode("ascii")


def _printable(text: str) -> str:
    """What people typed may hold signs a terminal obeys; none is let through."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
