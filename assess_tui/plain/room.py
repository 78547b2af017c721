"""The open visit as it is talked about: what can be typed at every question, and the way from place to place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from assess_tui.places import WHERE, Place, barred, opens_as, place_of, places, resume_place
from assess_tui.plain.everywhere import ABOVE, GO, WORDS, everywhere
from assess_tui.plain.talk import HEAR, Again, Every, LeaveError, Page, sentence, spoken
from assess_tui.storage.errors import StorageError
from protocols.route import STAND
from protocols.visit import Cell, vitals
from protocols.vitals import stop_words

if TYPE_CHECKING:
    from assess_tui.plain.house import House
    from assess_tui.visit.session import VisitSession


class ElsewhereError(Exception):
    """Another place was asked for."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class Room:
    """One visit, from where it was left."""

    def __init__(self, house: House, session: VisitSession) -> None:
        self.house = house
        self.talk, self.record, self.clock = house.talk, house.record, house.clock
        self.session = session
        self.library = session.library
        self.about: Cell | None = None
        """What to open next, where it was asked for or an answer was taken back."""
        self.stay = ""
        """Why nobody may leave now, as while the patient stands; "" where they may."""
        self._typed: list[str] = []
        """The words of the last line, as they were typed."""
        self._answered: tuple[Collection[str], Collection[str]] = ((), ())
        """The tests or groups, and the fields of them (all where there is none), that are answered on this page."""

    # -- from place to place ---------------------------------------------------------------------------------------

    def visit(self) -> str:
        """Talk until the visit is left; returns "home", or "patient" once it is finished."""
        patient, session = self.session.patient, self.session
        self.talk.say(f"{patient.name}, {session.age}, {patient.sex}. Visit {session.visit.number}.")
        place = here = resume_place(session)
        while place not in ("home", "patient"):
            if why := barred(session, place):
                self.talk.say(spoken(why))
                place = here if not barred(session, here) else "intake"
                continue
            here = opens_as(session, place)
            if here != "tests":  # which warn before each of them
                self.warn()
            place = self._take(here)
        return place

    def _take(self, place: str) -> str:
        """Talk at one place; what the record refuses is said, and nothing of it shows as kept."""
        try:
            going: str = import_module(f"assess_tui.plain.{place}").take(self)
            return going
        except ElsewhereError as elsewhere:
            return elsewhere.place
        except StorageError as error:
            self.talk.say(f"{error.title}: {error.message}", "The last answer was not stored.")
            return "home" if self.talk.ask("Enter tries again, home goes back?") == "home" else place

    def warn(self) -> None:
        """A vital sign on record that stops the screen is said until it is measured again."""
        if said := stop_words(vitals(self.session.visit.cells), self.library.red_flags):
            self.talk.say(f"{spoken(said)}. v measures again. In the red flags, f3, + raises the level.")

    def show(self, page: Page, tests: Collection[str] = (), fields: Collection[str] = ()) -> None:
        """Say a page; see `opens`."""
        self.opens(page, tests, fields)
        self.talk.hear()

    def opens(self, page: Page, tests: Collection[str], fields: Collection[str] = ()) -> None:
        """From now on this page is heard again, and the history is of these tests, or of these fields of them."""
        self._answered = tests, fields
        self.talk.page = page

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        explains: Sequence[str],
        *,
        own: str = "",
        every: Every | None = None,
        again: Again | None = None,
    ) -> list[str]:
        """The words typed that belong to the place; what holds everywhere is done here.

        `own` are letters that mean something else in this place. Raises ElsewhereError and LeaveError.
        """
        while True:
            self._come_in()
            words = self._typed = self.talk.line(question, every, again).split()
            head = words[0].casefold() if words else ""
            question = again() if again is not None else question
            if head in ("?", "help"):
                self.talk.say(*explains, *everywhere(own))
            elif not self._common(head, words[1:], own):
                return [WORDS.get(head, head), *words[1:]] if words else []

    def _come_in(self) -> None:
        """What another window stored in this visit, in a line."""
        self.session.look()
        self.talk.say(spoken(self.session.news()))

    def _common(self, head: str, rest: list[str], own: str) -> bool:
        """Do what holds everywhere; says whether it was that."""
        letter = WORDS.get(head, head)
        if letter in own and head not in ABOVE:
            return False
        if letter == "g":
            self.jump(" ".join(rest))
            return True
        if rest:
            return False
        if head in GO or letter == "q":
            self._leave(GO.get(head, ""))
            return True
        does: Callable[[], None] | None = {
            HEAR: self.talk.hear,
            "s": self.where,
            "u": lambda: self.turn(undo=True),
            "y": lambda: self.turn(undo=False),
            "v": self.vitals,
            "history": self.history,
        }.get(letter)
        if does is not None:
            does()
        return does is not None

    def _leave(self, place: str) -> None:
        """To another place, or away where none is named; not where somebody may not be left alone."""
        if self.stay:
            self.talk.say(self.stay)
        elif place:
            raise ElsewhereError(place)
        else:
            raise LeaveError

    # -- what holds everywhere ---------------------------------------------------------------------------------------

    def where(self) -> None:
        """Every place with its state, then the tests still open by name."""
        told = [f"{_place_words(place)} {place.state}" for place in places(self.session)]
        self.talk.say(f"{self.session.patient.name}: {', '.join(told)}.")
        tests, still_open = self.library.tests, self.session.way.progress().open
        names = [tests[test].name if test in tests else "stand test" for test in still_open]
        self.talk.say(f"Still open: {'; '.join(names)}." if names else "No test is open.")

    def history(self) -> None:
        from assess_tui.plain.history import tell

        tell(self, *self._answered)

    def turn(self, *, undo: bool) -> None:
        """Take back, or give again, and go to where the answer belongs."""
        session = self.session
        cell = session.to_undo() if undo else session.to_redo()
        said = session.undo() if undo else session.redo()
        if cell is None or said is None:
            self.talk.say("Nothing to take back." if undo else "Nothing to give again.")
            return
        self.talk.say(f"{'Taken back' if undo else 'Given again'}: {spoken(said)}.")
        self.about = cell
        raise ElsewhereError(self._belongs(cell))

    def _belongs(self, cell: Cell) -> str:
        place = place_of(cell)
        return place if place in WHERE else "tests"

    def vitals(self) -> None:
        from assess_tui.plain.vitals import measure

        measure(self)
        if self.session.assessment().concern.stop:
            self._leave("flags")

    def jump(self, letters: str) -> None:
        from assess_tui.plain.jump import chosen

        if self.stay:
            self.talk.say(self.stay)
        elif test := chosen(self, letters):
            self.about = Cell(test)
            raise ElsewhereError("stand" if test == STAND else "tests")

    # -- small things --------------------------------------------------------------------------------------------------

    def said(self, words: str) -> None:
        """A sentence of the entries, read aloud."""
        self.talk.say(sentence(spoken(words)) if words else "")

    def not_known(self, typed: Sequence[str]) -> None:
        """One sentence for what nobody can read."""
        last = self._typed[-len(typed) :] if typed else []
        same = [word.casefold() for word in last] == [word.casefold() for word in typed]
        words = " ".join(last if same else typed)[:30]
        self.talk.say(
            f"“{words}” means nothing here. ? says what can be typed." if words else "? says what can be typed."
        )


def _place_words(place: Place) -> str:
    """ "tests 3 of 19", "stand test, stood 10 min,"."""
    if place.name == "stand" and place.state == "done":
        return f"stand test, {place.word},"
    return {"flags": "red flags"}.get(place.word, place.word.replace("/", " of "))
