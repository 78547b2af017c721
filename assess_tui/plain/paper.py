"""The papers of a visit: read aloud, written as PDF, and the end of the visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from assess_tui.plain.papers import NAMES, made_so_far
from assess_tui.storage.errors import StorageError
from reports.content import Options

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from reports.documents import Document, Kind

IDENTITY: Final = {"full": "full name", "first": "first name", "code": "code only"}
CHOICES: Final[dict[str, tuple[str, tuple[object, ...]]]] = {
    "a": ("paper", ("a4", "letter")),
    "t": ("size", (14, 16, 18)),
    "i": ("identity", tuple(IDENTITY)),
}
FIRST: Final = "Make the PDF first: Enter."
LOCKED: Final = "A printer cannot open a paper with a password: o opens it, and its viewer prints it."
EXPLAINS: Final = (
    "Enter: write the PDF. k: the next paper, of plan, report and letter. read: hear it.",
    "a: A4 or Letter. t: text size 14, 16 or 18. i: full name, first name or code on it.",
    "w: a password for the PDFs made here. c: the clinic's name and phone. l: its logo.",
    "h: the papers made so far; one of them again as it was. o: open the PDF. p: print it.",
    "f: finish the visit; what is open is recorded as not tested. b: back to the plan.",
)


def take(room: Room) -> str:
    """Make papers until the visit is finished or left."""
    room.about = None
    papers = _Papers(room)
    room.show(papers.rows)
    while not (place := papers.line()):
        pass
    return place


class _Papers:
    """The papers this visit offers, one of them chosen."""

    def __init__(self, room: Room) -> None:
        self.room, self.session, self.talk, self.record = room, room.session, room.talk, room.record
        self.options = Options()
        self.kind: Kind | None = None
        self.password = ""
        self.made: Path | None = None
        self._read()

    def _read(self) -> None:
        """The visit as it is now."""
        from assess_tui.outgoing.paper import kinds, subject

        self.about = subject(self.session, self.record)
        self.kinds = kinds(self.about, self.session.library)
        self.kind = self.kind if self.kind in self.kinds else self.kinds[0]

    @property
    def chosen(self) -> Kind:
        return self.kind or self.kinds[0]

    @property
    def document(self) -> Document:
        from assess_tui.outgoing.paper import document

        return document(self.chosen, self.about, self.session.library, self.options)

    def rows(self) -> Iterator[str]:
        """The papers there are, and the one that is chosen."""
        states = {"letter": ", due"}
        for kept in self.record.papers(self.session.visit.id):
            states[kept.kind] = ", to make again: answers came since" if kept.answered_since else " made"
        told = [f"{NAMES[kind]}{states.get(kind, '')}" for kind in self.kinds]
        yield f"Papers: {'; '.join(told)}."
        yield self._chosen()

    def _chosen(self) -> str:
        password = "with a password" if self.password else "no password"
        options = f"{self.options.paper.upper()}, {self.options.size} point, {IDENTITY[self.options.identity]}"
        return f"Chosen: {NAMES[self.chosen]}, {options}, {password}."

    # -- lines -------------------------------------------------------------------------------------------------------

    def line(self) -> str:
        """Ask once; returns the place to go to, "" to stay."""
        words = self.room.ask(f"Enter writes the {NAMES[self.chosen].lower()} as PDF, f finishes the visit?", EXPLAINS)
        if not words:
            self._make()
        elif words == ["f"]:
            return self._finish()
        elif words == ["b"]:
            return "plan"
        elif len(words) == 1 and words[0] in CHOICES:
            self._choose(*CHOICES[words[0]])
        elif len(words) == 1 and words[0] in (does := self._does()):
            does[words[0]]()
        else:
            self.room.not_known(words)
        return ""

    def _does(self) -> dict[str, Callable[[], None]]:
        return {
            "k": self._next_kind,
            "read": self._aloud,
            "w": self._set_password,
            "c": self._clinic,
            "l": self._logo,
            "h": self._history,
            "o": self._open,
            "p": self._print,
        }

    def _choose(self, field: str, values: tuple[object, ...]) -> None:
        following = values[(values.index(getattr(self.options, field)) + 1) % len(values)]
        self.options = msgspec.structs.replace(self.options, **{field: following})
        self.made = None
        self.talk.say(self._chosen())

    def _next_kind(self) -> None:
        self.kind = self.kinds[(self.kinds.index(self.chosen) + 1) % len(self.kinds)]
        self.made = None
        self.talk.say(self._chosen())

    def _aloud(self) -> None:
        self.talk.say(*self.document.aloud)

    # -- the file ----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """Write the file and keep the paper, both or neither."""
        from assess_tui.outgoing.paper import keep, place, printed

        plan = self.about.assessment.plan
        if self.chosen == "handout" and plan is self.session.assessment().plan and not plan.blocked:
            self.session.save_plan(plan)  # the plan on paper is a plan on record
        self._read()
        self.talk.say("Making the PDF.")
        try:
            paper = printed(self.document, self.options, self.password)
            path = place(self.chosen, self.session, self.record, self.room.house.folder)
            keep(paper, self.session.visit.id, path, self.record)
        except StorageError as error:
            self.talk.say(f"No PDF was made. {error.title}: {error.message}")
            return
        except Exception as error:  # the visit goes on whatever a paper stumbles over
            self.talk.say(f"The PDF could not be made: {type(error).__name__}. The visit is kept; try another paper.")
            return
        self.made = path
        self.talk.say(f"Written: {path}", "o opens it, p prints it, f finishes the visit.")

    def _open(self) -> None:
        from assess_tui.outgoing.handover import OPENERS

        self._hand_to(OPENERS, "Opened")

    def _print(self) -> None:
        from assess_tui.outgoing.handover import PRINTERS

        if self.made is not None and self.password:
            self.talk.say(LOCKED)
        else:
            self._hand_to(PRINTERS, "Sent to the printer")

    def _hand_to(self, programs: tuple[str, ...], done: str) -> None:
        from assess_tui.outgoing.handover import hand_over

        if self.made is None:
            self.talk.say(FIRST)
        else:
            self.talk.say(hand_over(self.made, programs) or f"{done}: {self.made.name}")

    def _history(self) -> None:
        made_so_far(self.room.house, self.session.patient.id, self.password)

    # -- what stands on it -------------------------------------------------------------------------------------------

    def _set_password(self) -> None:
        first = self.talk.secret("Password for the PDFs made here? Nothing typed takes it off.")
        if first and self.talk.secret("The same again?") != first:
            self.talk.say("The two are not the same; nothing was changed.")
            return
        self.password, self.made = first, None
        self.talk.say("Papers made from now on open with the password." if first else "The papers have no password.")

    def _clinic(self) -> None:
        from assess_tui.outgoing.letterhead import NAME, PhoneError, keep_phone, letterhead

        head = letterhead(self.record)
        name = self.talk.ask(f"The clinic's name, now “{head.name}”? Enter leaves it, - takes it off.")
        if name:
            self.record.set_setting(NAME, "" if name == "-" else name)
        phone = self.talk.ask(f"The number a patient calls, now “{head.phone}”? Enter leaves it, - takes it off.")
        try:
            if phone:
                keep_phone(self.record, "" if phone == "-" else phone)
        except PhoneError as error:
            self.talk.say(str(error))
        self.made = None
        self._read()

    def _logo(self) -> None:
        from assess_tui.outgoing.letterhead import keep_logo, read_logo
        from reports.logo import LogoError

        typed = self.talk.ask("The PNG or JPEG file of the logo, with its folder? Enter leaves it, - takes it off.")
        try:
            if typed:
                keep_logo(self.record, b"" if typed == "-" else read_logo(typed))
                self.talk.say("The papers carry no logo." if typed == "-" else "The papers carry the logo.")
        except LogoError as error:
            self.talk.say(str(error))
        self.made = None
        self._read()

    # -- the end -----------------------------------------------------------------------------------------------------

    def _finish(self) -> str:
        """At once when nothing is open; else only after a yes, and what is open is recorded as not tested."""
        count = len(self.session.way.progress().open)
        if count and not self.session.assessment().concern.stop:
            if not self.talk.yes(f"{count} still open. Record them as not tested and finish?"):
                return ""
            self.session.leave_open_out()
        self.session.finish()
        self.room.house.keeping.back_up()
        self.talk.say("The visit is finished.")
        return "patient"
