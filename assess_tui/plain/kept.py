"""Plans to start from: those kept of this patient, and those of the clinic. Each is read before it is taken up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.plain.talk import row_of, up_to
from assess_tui.storage.templates import Template, template_name
from assess_tui.visit.plans import KeptPlan, kept_plans, minutes_words
from protocols.cards import dose_words

if TYPE_CHECKING:
    from assess_tui.entry.plan import PlanEntry
    from assess_tui.plain.room import Room
    from protocols.case import Wanted
    from protocols.model import Library

TEMPLATES: Final = "A number reads one, a number and d takes it out of use, Enter goes back?"
TAKES: Final = "Take it up? Every card is looked at again for this patient."


def earlier(room: Room) -> KeptPlan | None:
    """A plan kept in this visit or before, read and taken up; None where none was."""
    kept = kept_plans(room.record, room.session.visit)
    if not kept:
        room.talk.say("No plan was kept yet: Enter on the plan keeps it.")
        return None
    with room.talk.over(lambda: (_row(number, one, room.library) for number, one in enumerate(kept, 1))):
        while typed := room.talk.ask(f"{up_to(len(kept))} reads one, Enter goes back?"):
            one = row_of(typed, kept)
            if one is None:
                room.not_known([typed])
            elif one.plan is not None and _agreed(room, one.cards):
                return one
    return None


def _row(number: int, kept: KeptPlan, library: Library) -> str:
    names = [_name(library, one.card) for one in kept.cards]
    by = "by hand" if kept.plan is not None and kept.plan.by_hand else "by the rules"
    told = kept.unread or ", ".join(names) or "no card"
    which = f"{short_day(kept.day)}, visit {kept.visit}, version {kept.version}"
    return f"{number}. {which}, {by}, {kept.clinician}: {told}."


def template(room: Room) -> Template | None:
    """A plan of the clinic, read and taken up; None where none was."""
    while held := room.record.templates():
        typed = room.talk.pick(
            (_template_row(n, one, room.library) for n, one in enumerate(held, 1)), TEMPLATES
        ).split()
        if not typed:
            return None
        one = row_of(typed[0], held)
        if one is None or typed[1:] not in ([], ["d"]):
            room.not_known(typed)
        elif typed[1:]:
            _drop(room, one)
        elif _agreed(room, one.cards):
            return one
    room.talk.say("The clinic keeps no plan yet: m and a name keeps this one.")
    return None


def _drop(room: Room, one: Template) -> None:
    if room.talk.yes(f"Take “{one.name}” out of use? Plans made from it stay."):
        room.record.drop_template(one.id, room.session.clinician)


def _template_row(number: int, one: Template, library: Library) -> str:
    return f"{number}. {one.name}, {minutes_words(one.cards, library)}, {one.by}, {short_day(one.at.astimezone())}."


def keep(room: Room, entry: PlanEntry, typed: str) -> None:
    """These cards as a plan of the clinic, under a name; one that is taken asks first."""
    cards = entry.for_anyone
    if not cards:
        room.talk.say("This plan holds no card; add one first.")
        return
    try:
        name = template_name(typed or room.talk.ask("Its name, for example desk worker, 10 minutes?"))
    except ValueError as error:
        room.talk.say(str(error))
        return
    known = room.record.template_called(name)
    if known is not None and not room.talk.yes(f"“{known.name}” was kept by {known.by}. Put these cards in its place?"):
        room.talk.say("Nothing was kept.")
        return
    kept = room.record.save_template(name, cards, room.session.clinician)
    room.talk.say(f"Kept for the clinic as “{kept.name}”; o begins with it.")


def _agreed(room: Room, cards: Iterable[Wanted]) -> bool:
    """Read the cards, then ask."""
    room.talk.say(*_cards(cards, room.library))
    return room.talk.yes(TAKES)


def _cards(cards: Iterable[Wanted], library: Library) -> Iterator[str]:
    for wanted in cards:
        card = library.exercises.get(wanted.card)
        if card is None:
            yield f"{wanted.card}: not in the library any more; it is left out."
        else:
            side = f", {wanted.side} side first" if wanted.side in ("left", "right") else ""
            yield f"{card.name}, {dose_words(card, wanted.dose or card.dose)}{side}."


def _name(library: Library, card: str) -> str:
    return library.exercises[card].name if card in library.exercises else card
