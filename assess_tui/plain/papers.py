"""The papers made of a patient so far, and one of them again as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.plain.talk import row_of, up_to
from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from assess_tui.plain.house import House

NAMES: Final = {"handout": "Take-home plan", "report": "Report", "letter": "Letter"}


def made_so_far(house: House, patient: str, password: str = "") -> None:
    """Say them all, the newest first; one is written again, with the password where there is one."""
    from assess_tui.outgoing.paper import write_again

    record, talk = house.record, house.talk
    kept = record.papers_of(patient)
    if not kept:
        talk.say("No paper was made yet.")
        return
    rows = [
        f"{number}. {NAMES.get(one.kind, one.kind)}, made {short_day(made)} at {made:%H:%M}."
        for number, one in enumerate(kept, 1)
        for made in (one.made.astimezone(),)
    ]
    typed = talk.pick(rows, f"{up_to(len(kept))} writes one again as it was, Enter goes back?")
    if not typed:
        return
    one = row_of(typed, kept)
    if one is None:
        talk.say(f"Papers go from {up_to(len(kept))}; nothing was written.")
        return
    try:
        path = write_again(one, record, record.patient(patient), house.folder, password)
    except StorageError as error:
        talk.say(f"{error.title}: {error.message}")
    else:
        talk.say(f"Written again: {path}")
