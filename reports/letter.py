"""The layout of the letter to a doctor."""

from __future__ import annotations

from reports.blocks import Block, Heading, Listing, Masthead, Paragraph, Table, Together
from reports.letter_content import Letter


def blocks(told: Letter) -> tuple[Block, ...]:
    """The letter from top to bottom."""
    urgent = Together((Paragraph(told.urgency, "lead"), *(Paragraph(line) for line in told.request)), boxed=True)
    return (
        Masthead(told.clinic, told.day),
        Heading(told.title, 1),
        Paragraph(told.to),
        Paragraph(told.about, "strong", label="About:"),
        urgent,
        *_list("What was answered", told.answers),
        *_list("What happened", told.events),
        *_stand(told),
        *_list("Notes", told.notes),
        _signature(told),
        Together((Heading("For the patient", 2), Paragraph(told.help)), ruled=True),
    )


def _list(title: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title, 2), Listing(items)) if items else ()


def _stand(told: Letter) -> tuple[Block, ...]:
    stand = told.stand
    if stand is None:
        return ()
    curve = (stand.curve,) if stand.curve is not None else ()
    table = (Table(stand.head, stand.rows, (1.4, 1, 1, 1)),) if stand.rows else ()
    return (
        Heading("Standing test", 2),
        Paragraph(stand.say, label=f"{stand.name}."),
        *(Paragraph(fact) for fact in stand.facts),
        *curve,
        *table,
    )


def _signature(told: Letter) -> Block:
    name, clinic, phone = told.sender
    lines = (name, clinic, phone, f"Signature {'_' * 34}")
    return Together(tuple(Paragraph(line) for line in lines if line))
