"""The marked card of the plan, as Content: dose, because, limits, cues and when to stop."""

from __future__ import annotations

from textual.content import Content

from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.plan import PlanEntry
from assess_tui.text import hanging, line, lines, literal
from protocols.cards import dose_words
from protocols.cues import cue_words
from protocols.grading import plain_number
from protocols.model import Dose, Exercise, Library
from protocols.planning import Given

SHORT = 10
"""Rows from which the card has room for everything."""
NUMBERS = 60
"""Cells from which the numbers of a dose have their full names."""


def card_detail(entry: PlanEntry, dosing: DoseEntry | None, width: int, height: int) -> Content:
    """The card, with as many cues as there is room for; its dose may be open to be typed."""
    card, given, short = entry.card, entry.given, height < SHORT
    if card is None:
        return Content("")
    dose = given.dose if given else card.dose
    told = _typed(dosing, width) if dosing is not None else _dose(card, dose, width, short=short)
    head = [_beside((card.name, "$accent bold"), card.id, width), *told]
    head += _because(given, entry.session.library, width, short=short) if given else []
    stop = _stop(card, width)
    cues = _cues(card, dose, width)
    return lines([*head, *_as_many(cues, height - sum(map(height_of, (*head, stop)))), stop])


def card_words(card: Exercise, dose: Dose, width: int) -> Content:
    """A card as it was taken home: name, dose, cues and when to stop."""
    head = (literal(card.name, "$accent bold"), *_dose(card, dose, width, short=False))
    return lines([*head, Content(""), *_cues(card, dose, width), _stop(card, width)])


def height_of(content: Content) -> int:
    """Its rows."""
    return content.plain.count("\n") + 1


def _dose(card: Exercise, dose: Dose, width: int, *, short: bool) -> list[Content]:
    """How much and how often; how often gives way where rows are few."""
    words = dose_words(card, dose)
    together = _beside((words, "bold"), card.frequency, width)
    if together.plain != words:
        return [together]
    often = [] if short else [literal(card.frequency, "$quiet")]
    return [hanging(Content(""), words, width, "bold"), *often]


def _typed(dosing: DoseEntry, width: int) -> list[Content]:
    """The numbers of a dose, the open one marked, and the minutes they make."""
    pieces: list[Content] = []
    for number in dosing.numbers:
        here = number == dosing.open
        shown = f"[{dosing.shown(number)}]" if here else dosing.shown(number)
        name = number.name if width >= NUMBERS else number.name.replace("seconds", "s")
        pieces.append(line((shown, "$accent bold reverse" if here else "bold"), (f" {name}  ", "$quiet")))
    return [line(*pieces), line(("= ", "$quiet"), (f"{plain_number(dosing.minutes)} min", "bold"))]


def _because(given: Given, library: Library, width: int, *, short: bool) -> list[Content]:
    names = ", ".join(library.findings[code].name for code in given.because) or "the therapist's choice"
    lead = line(("because  ", "$quiet"))
    because = (lead + names).truncate(width, ellipsis=True) if short else hanging(lead, names, width)
    return [because, *(hanging(line(("limit  ", "$warning")), one, width, "$warning") for one in given.limits)]


def _cues(card: Exercise, dose: Dose, width: int) -> list[Content]:
    said = (cue_words(cue, card, dose) for cue in card.cues)
    return [hanging(line((f"{number}  ", "$quiet")), cue, width) for number, cue in enumerate(said, 1)]


def _stop(card: Exercise, width: int) -> Content:
    return hanging(line(("!  ", "$error bold")), card.stop_if, width, "$error")


def _beside(first: tuple[str, str], second: str, width: int) -> Content:
    """The second where it has room; it is said elsewhere too."""
    both = line(first, (f"   {second}", "$quiet"))
    return both if both.cell_length <= width else literal(*first)


def _as_many(blocks: list[Content], room: int) -> list[Content]:
    """The first blocks, as many as there is room for; dots say that there are more."""
    if sum(map(height_of, blocks)) <= room:
        return blocks
    kept = blocks
    while kept and sum(map(height_of, kept)) > room:
        kept = kept[:-1]
    return [*kept[:-1], kept[-1] + " …"] if kept else []
