"""Lines of JSON: `interpret` answers them, `import` stores one."""

from __future__ import annotations

import sys
from itertools import islice

import msgspec

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import library, lines, now, record
from assess_tui.commands.errors import BadInputError
from protocols.errors import LineError
from protocols.interchange import interpret_lines, read_visit

AT_A_TIME = 32
"""Answers written together; one by one where someone is typing the lines."""
MARK = "assess-tui-export"
"""What the file of an export is told by."""


def interpret(options: Asked) -> int:
    """Answer every line; status 2 when one of them was refused."""
    refused = False
    with lines(options.file) as told:
        answers = interpret_lines(told, library(options), now().date())
        size = 1 if sys.stdin.isatty() else AT_A_TIME
        while some := list(islice(answers, size)):
            refused = refused or not all(fine for _, fine in some)
            sys.stdout.write("".join(f"{text}\n" for text, _ in some))
            if size == 1:
                sys.stdout.flush()
    return 2 if refused else 0


def import_visit(options: Asked) -> int:
    """Check the whole visit, then store it as one; print the ids of patient and visit. An export is taken in."""
    from assess_tui.commands.importing import MismatchError, store_visit

    with lines(options.file) as told:
        text = "".join(told)
    if MARK in text:
        from assess_tui.commands.taking_in import is_export, take_in

        if is_export(text):
            return take_in(text, options)
    knowledge = library(options)
    # No copy first, as before an export: one visit is added as the screens add it and unites nothing, a script of a
    # hundred visits would copy the record a hundred times, and the next start makes the copy that is due.
    try:
        visit = read_visit(text, knowledge, now().date())
        with record(options, make=True) as opened:
            stored = store_visit(opened, visit, knowledge, now())
    except (LineError, MismatchError) as error:
        raise BadInputError(f"{'standard input' if options.file == '-' else options.file}: {error}") from error
    sys.stdout.write(msgspec.json.encode({"patient": stored.patient.id, "visit": stored.id}).decode() + "\n")
    return 0
