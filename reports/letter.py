"""The layout of the letter to a doctor."""

from __future__ import annotations

from reports.blocks import Block, Heading, Listing, Masthead, Paragraph, Together
from reports.letter_content import Letter
from reports.stand_content import StandTold


def blocks(told: Letter) -> tuple[Block, ...]:
    """The letter from top to bottom; the readings follow as an enclosure."""
    urgent = Together((Paragraph(told.urgency, "lead"), *(Paragraph(line) for line in told.request)), boxed=True)
    return (
        Masthead(told.clinic, told.day),
        Heading(told.title, 1),
        Paragraph(told.to),
        Paragraph(told.about, "strong", label="About:"),
        urgent,
        *((Paragraph(told.own_level, label="Level of concern:"),) if told.own_level else ()),
        *_list("What was answered", told.answers),
        *_list("What happened", told.events),
        *_pattern(told.stand),
        *_list("What we gave", (told.given,) if told.given else ()),
        *_clearance(told),
        *_list("Notes", told.notes),
        _signature(told),
        _patient(told),
        Paragraph(told.made, "small"),
        *_readings(told.stand),
    )


def _list(title: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title, 2), Listing(items)) if items else ()


def _clearance(told: Letter) -> tuple[Block, ...]:
    if not told.clearance:
        return ()
    return (Together((Heading("Medical clearance", 2), *(Paragraph(line) for line in told.clearance))),)


def _pattern(stand: StandTold | None) -> tuple[Block, ...]:
    if stand is None:
        return ()
    facts = tuple(Paragraph(fact) for fact in stand.facts)
    return (Heading("Standing test", 2), Paragraph(stand.found, label=f"{stand.name}."), *facts)


def _readings(stand: StandTold | None) -> tuple[Block, ...]:
    if stand is None or stand.readings is None:
        return ()
    curve = (stand.curve,) if stand.curve is not None else ()
    title = Heading("Enclosed: readings of the standing test", 2)
    return (Together((title, *curve, stand.readings), ruled=True),)


def _patient(told: Letter) -> Block:
    when, signs = told.help
    go_now = (Paragraph(told.go_now, "strong"),) if told.go_now else ()
    return Together((Heading("For the patient", 2), *go_now, Paragraph(when), Listing(signs)), ruled=True)


def _signature(told: Letter) -> Block:
    lines = (*told.sender, f"Signature {'_' * 34}")
    return Together(tuple(Paragraph(line) for line in lines if line))
