"""The layout of the take-home plan: which block stands where."""

from __future__ import annotations

from reports import safety
from reports.blocks import (
    Beside,
    Block,
    Heading,
    Lights,
    Listing,
    Masthead,
    Paragraph,
    Picture,
    TickGrid,
    Together,
)
from reports.cards import PlanCard
from reports.handout_content import Handout

DAYS = 14


def blocks(told: Handout) -> tuple[Block, ...]:
    """The take-home plan from top to bottom."""
    return (
        *_opening(told),
        *_rise(told),
        *_session(told),
        *_through_the_day(told),
        *_habits(told),
        *_safety(told),
    )


def _opening(told: Handout) -> tuple[Block, ...]:
    notes = tuple(Paragraph(note) for note in told.notes)
    found = (Paragraph(" ".join((*told.found, told.may_help)), label="What we found:"),) if told.found else ()
    agreed = tuple(Paragraph(line) for line in (told.ticks, told.next_days) if line)
    if_then = (Paragraph(told.if_then, "strong"),) if told.if_then else ()
    return (
        Masthead(told.clinic, f"{told.person} · {told.day}"),
        Heading(told.title, 1),
        Paragraph(told.message, "lead"),
        *notes,
        *found,
        Together((*if_then, *agreed), boxed=True),
    )


def _rise(told: Handout) -> tuple[Block, ...]:
    if told.rise is None:
        return ()
    return (
        Together(
            (Heading("Each time you get up", 2), *_how(told.rise), _stop(told.rise), *_unpractised(told.rise)),
            ruled=True,
        ),
    )


def _session(told: Handout) -> tuple[Block, ...]:
    return tuple(_card(number, card) for number, card in enumerate(told.cards, 1))


def _card(number: int, card: PlanCard) -> Together:
    grid = TickGrid(DAYS, f"{DAYS} boxes, one for each day. Tick a box when {card.name} is done.")
    parts = (
        Heading(f"{number}. {card.name}", 2, card.side),
        *_how(card),
        *_dose(card),
        _stop(card),
        *_ease(card),
        *_unpractised(card),
        grid,
    )
    return Together(parts, ruled=True)


def _how(card: PlanCard) -> tuple[Block, ...]:
    return (Beside(Picture(card.frames, card.alt, card.captions), (Listing(card.cues, ordered=True),)),)


def _dose(card: PlanCard) -> tuple[Block, ...]:
    limits = tuple(Paragraph(limit, label="For you:") for limit in card.limits)
    return (Paragraph(f"{card.dose} {card.often}", label="How much:"), *limits)


def _stop(card: PlanCard) -> Block:
    return Paragraph(card.stop, label="Take care:")


def _ease(card: PlanCard) -> tuple[Block, ...]:
    ask = f", or ask us for “{card.too_hard}”" if card.too_hard else ""
    hard = f"Too hard? Do {card.less}{ask}."
    return (Paragraph(" ".join(part for part in (hard, _easy(card)) if part)),)


def _easy(card: PlanCard) -> str:
    ask = f"sk us for “{card.too_easy}”." if card.too_easy else ""
    if card.more:
        first = f"Too easy twice in a row, with pain 2 or less? Do {card.more}."
        return f"{first} Then a{ask}" if ask else first
    return f"Too easy? A{ask}" if ask else ""


def _unpractised(card: PlanCard) -> tuple[Block, ...]:
    return () if card.practised else (Paragraph("Not yet practised together.", "small"),)


def _through_the_day(told: Handout) -> tuple[Block, ...]:
    if not told.through_the_day:
        return ()
    first, *rest = (_day_card(card) for card in told.through_the_day)
    return (Together((Heading("Through the day", 2), *first.blocks), ruled=True), *rest)


def _day_card(card: PlanCard) -> Together:
    return Together((Heading(card.name, 3), *_how(card), *_dose(card), _stop(card), *_unpractised(card)))


def _habits(told: Handout) -> tuple[Block, ...]:
    if not told.habits:
        return ()
    lines = tuple(Paragraph(" ".join(lines), label=f"{name}:") for name, lines in told.habits)
    return (Together((Heading("Small habits that may help", 2), *lines), ruled=True, roams=True),)


def _safety(told: Handout) -> tuple[Block, ...]:
    lights = (
        (
            Together(
                (Heading("How much pain is fine?", 2), Paragraph(safety.PAIN_SCALE), Lights(safety.PAIN_LIGHTS)),
                ruled=True,
                roams=True,
            ),
        )
        if told.cards
        else ()
    )
    return (*lights, *_standing(told), _help(told))


def _standing(told: Handout) -> tuple[Block, ...]:
    if not told.standing_stop and not told.next_day:
        return ()
    stop = (Heading("Stop for today if", 2), Listing(told.standing_stop)) if told.standing_stop else ()
    return (Together((*stop, Paragraph(told.next_day, "strong")), ruled=True, roams=True),)


def _help(told: Handout) -> Block:
    contact = tuple(Paragraph(line, "strong") for line in told.contact)
    warning = (Heading("Get help", 2), Paragraph(told.call_when, "strong"), Listing(told.call_for))
    return Together((*warning, *contact), boxed=True, roams=True, ends=True)
