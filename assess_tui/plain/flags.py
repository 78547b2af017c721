"""The red flags: a group of numbered questions at a time, every question on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.entry import concern as level
from assess_tui.entry.vitals import speaks_to
from assess_tui.places import after_flags, flags_done
from assess_tui.plain.talk import row_of, sentence, up_to
from protocols.model import RedFlag
from protocols.red_flags import set_words
from protocols.visit import Cell

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

SAID: Final = {"yes": "yes", "no": "no", "unknown": "not sure"}
TO: Final = {"y": "yes", "o": "no", "s": "unknown"}
EXPLAINS: Final = (
    "n: no to every question of this group that is not answered yet, and on.",
    "Numbers: yes to these questions. o and a number: no. s and a number: the patient is not sure.",
    "+ raises the level of concern, - lowers it with a reason and your name.",
    "Enter: the next group, once every question is answered. b: the group before.",
)
STOPPED: Final = "The tests stop here and no exercise plan is made. f8 makes the referral letter."


def take(room: Room) -> str:
    """Ask every group from the first open one; returns where the visit goes on."""
    flags = _Flags(room)
    while not (place := flags.page()):
        pass
    return place


class _Flags:
    """The groups, one of them open; past the last one the level is said."""

    def __init__(self, room: Room) -> None:
        self.room, self.session, self.talk = room, room.session, room.talk
        self.groups = room.library.red_flags.groups
        self.index = next((n for n, group in enumerate(self.groups) if not self._answered(group.id)), 0)
        if room.about is not None and (asked := self._group_of(room.about)) is not None:
            self.index = asked
        room.about = None
        self._asked_again: set[str] = set()

    def _group_of(self, cell: Cell) -> int | None:
        flag = next((flag for flag in self.room.library.red_flags.flags if flag.id == cell.field), None)
        return next((n for n, group in enumerate(self.groups) if flag and group.id == flag.group), None)

    def _questions(self, group: str) -> list[RedFlag]:
        return [flag for flag in self.room.library.red_flags.flags if flag.group == group]

    @property
    def questions(self) -> list[RedFlag]:
        return self._questions(self.groups[self.index].id)

    def _answer(self, flag: RedFlag) -> str:
        return str(self.session.visit.value(Cell("@flags", field=flag.id), ""))

    def _answered(self, group: str) -> bool:
        return all(self._answer(flag) for flag in self._questions(group))

    # -- pages -------------------------------------------------------------------------------------------------------

    def page(self) -> str:
        """One group, or the level past the last one; returns the place to go to, "" for the next page."""
        if self.index == len(self.groups):
            return self._end()
        here, count = self.index, len(self.groups)
        lead = "New since the last visit: " if self.session.visit.number > 1 else ""
        title = sentence(f"Red flags, group {here + 1} of {count}: {lead}{self.groups[here].title}")
        self.room.show(lambda: (title, *self._lines()), ("@flags",), {flag.id for flag in self.questions})
        while self.index == here:
            self._do(self.room.ask(self._question(), EXPLAINS, own="nys"))
        return ""

    def _question(self) -> str:
        begun = any(self._answer(flag) for flag in self.questions)
        return f"{up_to(len(self.questions))} for yes, n for none of {'the rest' if begun else 'these'}?"

    def _lines(self) -> list[str]:
        said = [(flag, SAID.get(self._answer(flag), "")) for flag in self.questions]
        asked = [f"{number}. {flag.ask}{f' {word}.' if word else ''}" for number, (flag, word) in enumerate(said, 1)]
        return [*asked, *self._measured()]

    def _measured(self) -> list[str]:
        return [said.words] if (said := speaks_to(self.session, self.questions)) else []

    def _end(self) -> str:
        self._say_level()
        if not flags_done(self.session):
            self.index = next(n for n, group in enumerate(self.groups) if not self._answered(group.id))
            return ""
        if not self.session.assessment().concern.stop:
            return after_flags(self.session)
        while self.session.assessment().concern.stop and self.index == len(self.groups):
            words = self.room.ask("f8 for the letter, + or - for another level, b to go back?", EXPLAINS)
            if words in (["+"], ["-"]):
                self._ask_level(raising=words == ["+"])
            elif words == ["b"]:
                self.index -= 1
            else:
                self.room.not_known(words)
        return ""

    # -- answers -----------------------------------------------------------------------------------------------------

    def _do(self, words: list[str]) -> None:
        head = words[0] if words else ""
        if words in (["n"], ["none"]):
            self._none()
        elif not words and self._answered(self.groups[self.index].id):
            self.index += 1
        elif not words:
            self.talk.say("Every question needs an answer: a number for yes, n for none of the rest.")
        elif words == ["b"]:
            self.talk.say("" if self.index else "This is the first group.")
            self.index = max(0, self.index - 1)
        elif words in (["+"], ["-"]):
            self._ask_level(raising=head == "+")
        elif head == "s" and len(words) == 1:
            self.room.where()
        elif head in TO:
            self._each(words[1:], TO[head])
        else:
            self._each(words, "yes")

    def _none(self) -> None:
        """No to what is left, then on; never to what was measured to be a yes."""
        measured = said.flags if (said := speaks_to(self.session, self.questions)) else ()
        for flag in self.questions:
            if not self._answer(flag) and flag.id not in measured:
                self._put(flag, "no")
        if self._answered(self.groups[self.index].id):
            self.index += 1
        else:
            self.talk.say(f"{' '.join(self._measured())} Type its number, or o and its number for no all the same.")

    def _each(self, words: list[str], answer: str) -> None:
        """The same answer to every question named; one that cannot be read stops before any is stored."""
        typed = " ".join(words).replace(",", " ").split()
        fits = [word for word in typed if row_of(word, self.questions) is not None]
        if not typed or fits != typed:
            self.talk.say(f"Type {up_to(len(self.questions))}, or n for none of these.")
            return
        before = self.session.assessment().concern.level
        for number in typed:
            flag = self.questions[int(number) - 1]
            if answer == "unknown":
                self._not_sure(flag, number)
            else:
                self._put(flag, answer)
                self.talk.say(f"{number}: {answer}.")
        if self.session.assessment().concern.level != before:
            self._say_level()

    def _put(self, flag: RedFlag, answer: str) -> None:
        self.session.put(Cell("@flags", field=flag.id), answer)

    def _not_sure(self, flag: RedFlag, number: str) -> None:
        """It counts only when asked twice."""
        if flag.id not in self._asked_again:
            self._asked_again.add(flag.id)
            self.talk.say(f"{number}: ask once more in other words; s {number} again records it as not sure.")
            return
        self._put(flag, "unknown")
        self.talk.say(
            f"{number}: not sure. {'It counts as yes.' if flag.unknown_is_yes else 'It is listed to ask again.'}"
        )

    # -- the level ---------------------------------------------------------------------------------------------------

    def _say_level(self) -> None:
        concern = self.session.assessment().concern
        action = next(action for action in self.room.library.red_flags.actions if action.level == concern.level)
        self.talk.say(f"Red flags: level {concern.level}, {action.name}. {action.do}", set_words(concern))
        if concern.stop:
            self.talk.say(STOPPED)

    def _ask_level(self, *, raising: bool) -> None:
        session = self.session
        choices = level.higher(session) if raising else level.lower(session)
        if not choices:
            self.talk.say(f"The level is {session.assessment().concern.level}: it goes no further.")
            return
        offered = " or ".join(str(one) for one in choices)
        typed = self.talk.ask(f"To level {offered}? Enter changes nothing.")
        if typed not in [str(one) for one in choices]:
            self.talk.say("The level stays.")
            return
        why = self.talk.ask("Because? It may stay empty." if raising else "Because? A reason is needed.")
        by = session.clinician if raising else self.talk.ask("Your name, as it stands in the report and the letter?")
        self.talk.say(level.set_level(session, int(typed), why, by))
        self._say_level()
