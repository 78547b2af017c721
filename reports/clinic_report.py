"""The layout of the clinician's report."""

from __future__ import annotations

from reports import measured
from reports.blocks import Block, Heading, Listing, Masthead, Paragraph, Table, Together
from reports.report_content import Report
from reports.rows import Rows


def summary(told: Report) -> Block:
    """The paragraph to paste into a letter or a record."""
    return Together((Paragraph(told.summary),), boxed=True)


def blocks(told: Report, opening: Block) -> tuple[Block, ...]:
    """The report from top to bottom, the summary under its title."""
    return (
        Masthead(told.clinic, told.day),
        Heading(told.title, 1),
        Paragraph(told.about, "strong"),
        Paragraph(told.consent, label="Consent:"),
        opening,
        *_red_flags(told),
        *_stand(told),
        *_tests(told),
        *_findings(told),
        *_course(told),
        *_plan(told),
        *_ending(told),
    )


def _red_flags(told: Report) -> tuple[Block, ...]:
    again = (Paragraph(" ".join(told.ask_again), label="Not known, to ask again:"),) if told.ask_again else ()
    return (
        Heading("Red flags", 2),
        Paragraph(told.do, label=told.level),
        *((Paragraph(told.own_level, "strong"),) if told.own_level else ()),
        *_items(told.answers),
        *_items(told.events),
        *again,
    )


def _stand(told: Report) -> tuple[Block, ...]:
    stand = told.stand
    if stand is None:
        return (Heading("Standing test", 2), Paragraph("Not done in this visit."))
    curve = (stand.curve,) if stand.curve is not None else ()
    table = (Together((stand.readings,)),) if stand.readings is not None else ()
    refer = (Paragraph(stand.refer, label="Refer:"),) if stand.refer else ()
    facts = tuple(Paragraph(fact) for fact in stand.facts)
    return (Heading("Standing test", 2), Paragraph(stand.say, label=f"{stand.name}."), *refer, *facts, *curve, *table)


def _tests(told: Report) -> tuple[Block, ...]:
    items = tuple(block for title, lines in told.answers_by_item for block in _titled(title, lines))
    if not told.tests:
        return (Heading("Tests", 2), Paragraph("No test was taken."), *items)
    tables = [measured.table(title, rows) for title, rows in told.tests]
    devices = (Paragraph(" ".join(told.read_with), "small", label="Read with:"),) if told.read_with else ()
    return (Heading("Tests", 2), *tables, *devices, *items, *_titled("Left out", told.left_out))


def _findings(told: Report) -> tuple[Block, ...]:
    found = _table(told.findings) or (Paragraph("Nothing measured outside reference that raises a finding."),)
    rest = told.without_card
    beside = (Paragraph(f"{', '.join(rest)}.", label="Measured outside reference, no home card:"),) if rest else ()
    return (Heading("Findings", 2), *_line("Changed beyond error since the last visit:", told.changed), *found, *beside)


def _course(told: Report) -> tuple[Block, ...]:
    """What became of the last plan."""
    if told.course is None:
        return ()
    return (Heading("Since the last plan", 2), Paragraph(told.course.about), *_table(told.course.cards))


def _plan(told: Report) -> tuple[Block, ...]:
    plan = told.plan
    facts = (Paragraph(" ".join(plan.facts)),) if plan.facts else ()
    return (
        Heading("Plan", 2),
        *_table(plan.cards),
        *facts,
        *_items(plan.messages),
        *_titled("Given although barred", plan.forced),
        *_titled("What speaks against it", plan.warnings),
        *_line("Teach-back:", plan.shown),
        *_line("Next:", plan.next_days),
        *_line("Parked:", plan.parked),
        *_line("Precautions in force:", told.precautions),
    )


def _ending(told: Report) -> tuple[Block, ...]:
    listed = Paragraph(" ".join(told.sources), "small")
    sources = (Heading("Sources of the cut-offs", 2), listed) if told.sources else ()
    use = Paragraph(" ".join((*told.intended_use, told.knowledge)), "small")
    return (*sources, Together((Heading("Intended use", 2), use), ruled=True))


def _table(rows: Rows) -> tuple[Block, ...]:
    return (Table(rows.head, rows.rows, rows.shares),) if rows.rows else ()


def _items(items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Listing(items),) if items else ()


def _line(label: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Paragraph(f"{'; '.join(items)}.", label=label),) if items else ()


def _titled(title: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title, 3), Listing(items)) if items else ()
