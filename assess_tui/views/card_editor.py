"""What the exercise editor shows, as Content: the rows of fields, what the marked one means, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from assess_tui.entry.card import NUMBERS, CardEntry
from assess_tui.entry.card_fields import LIMBS, STEP, WHOLE_BODY, Field
from assess_tui.text import hanging, keyed, line, literal, on_row
from protocols.cards import dose_words
from protocols.check import CUE_WORDS
from protocols.grading import plain_number
from protocols.planning import minutes_of

LABEL = 15
"""Cells of a field's name."""
ANGLE = 8
"""Cells of one angle."""
GAP = "  "
ANGLES = "Joint angles"


def head(entry: CardEntry, said: str = "") -> Content:
    """Which card is written and from which; what a key did, or that something was changed."""
    copied = entry.copied
    as_what = f"a new card from {copied.name} ({copied.id})" if entry.new else f"in place of {copied.id}"
    now = said or ("changed." if entry.changed else "")
    return line(
        (" Own card", "$accent bold"),
        (f"   {now}" if now else "", "$warning" if entry.changed else "$quiet"),
        (f"   {as_what[:1].upper()}{as_what[1:]}, version {entry.card.version}", ""),
    )


def rows(entry: CardEntry, width: int) -> tuple[list[Content], int]:
    """Every row of the card, and which of them holds the mark."""
    made: list[Content] = []
    part, here = "", 0
    for fields in _lines(entry.fields):
        if fields[0].part != part:
            part = fields[0].part
            made += [*([Content("")] if made else []), literal(part, "$accent bold")]
            made += list(_columns(entry, fields)) if part == ANGLES else []
        if entry.field in fields:
            here = len(made)
        made.append(_row(entry, fields, width))
    return made, here


def _lines(fields: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    """Angles of one joint stand beside each other."""
    held: list[Field] = []
    for field in fields:
        if held and (field.kind != "angle" or field.line != held[-1].line):
            yield tuple(held)
            held = []
        held.append(field)
    if held:
        yield tuple(held)


def _columns(entry: CardEntry, fields: tuple[Field, ...]) -> Iterator[Content]:
    """Above the angles: start and finish, and the two limbs of each."""
    postures = list(dict.fromkeys(field.key.split(".")[1] for field in fields))
    limbs = LIMBS[entry.copied.pose.view]
    yield literal(" " * LABEL + "".join(posture.ljust(2 * ANGLE) for posture in postures), "$quiet")
    yield literal(" " * LABEL + "".join(limb.ljust(ANGLE) for _ in postures for limb in limbs), "$quiet")


def _row(entry: CardEntry, fields: tuple[Field, ...], width: int) -> Content:
    here = entry.field in fields
    mark = ("▸ " if here else GAP, "$accent bold")
    label = line(mark, (fields[0].line.ljust(LABEL - 2), "$accent" if here else "$quiet"))
    label = on_row(label, entry.fields.index(fields[0]))
    if fields[0].kind != "angle":
        return line(label, _value(entry, fields[0], width - LABEL))
    return line(label, *(_angle(entry, field) for field in fields))


def _angle(entry: CardEntry, field: Field) -> Content:
    wide = 2 * ANGLE if field.key.split(".")[2] in WHOLE_BODY else ANGLE
    value = _value(entry, field, ANGLE - 1)
    return value.pad_right(max(0, wide - value.cell_length))


def _value(entry: CardEntry, field: Field, room: int) -> Content:
    """A tap on it marks the field."""
    return on_row(_shown(entry, field, room), entry.fields.index(field))


def _shown(entry: CardEntry, field: Field, room: int) -> Content:
    shown = _one_line(entry.shown(field))
    if field != entry.field:
        return Content(shown).truncate(max(1, room), ellipsis=True)
    if field.kind == "choice":
        return line((f"{shown}", "bold reverse"))
    if entry.fresh:
        return line((shown or " ", "bold reverse"))
    return _with_cursor(shown, entry.cursor, room)


def _with_cursor(text: str, cursor: int, room: int) -> Content:
    """As much of a text as there is room for, with the cursor in sight."""
    first = max(0, cursor - room + 2)
    while Content(text[first:cursor]).cell_length > room - 2:  # wide letters
        first += 1
    before, at, after = text[first:cursor], text[cursor : cursor + 1] or " ", text[cursor + 1 :]
    return line((before, "bold"), (at, "reverse"), (after, "bold")).truncate(max(1, room))


def _one_line(text: str) -> str:
    """A text from a file may hold line breaks."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


# -- the marked field ----------------------------------------------------------------------------------------------


def meaning(entry: CardEntry, width: int) -> list[Content]:
    """What the marked field means and takes, and all of it where it is long."""
    field = entry.field
    told = [hanging(Content(""), field.means, width), *_takes(entry, width)]
    if field.kind not in (*NUMBERS, "choice") and len(entry.text(field)) > width // 2:
        told.append(hanging(Content(""), _one_line(entry.text(field)), width, "bold"))
    if field.key.startswith("dose.") or field.key == "dose_unit":
        card = entry.card
        minutes = f"{dose_words(card, card.dose)}; {plain_number(minutes_of(card.dose))} min"
        told.append(hanging(Content(""), minutes, width, "bold"))
    return [row for one in told for row in one.split("\n", allow_blank=True)]


def _takes(entry: CardEntry, width: int) -> Iterator[Content]:
    field = entry.field
    if entry.range is not None:
        low, high = entry.range
        said = f"{low:g} to {high:g} degrees; Up and Down: {STEP} degrees."
        yield hanging(Content(""), said, width, "$quiet")
    if field.key.startswith("cues."):
        yield literal(f"{len(entry.text(field).split())} of {CUE_WORDS} words", "$quiet")
    if field.words:
        for one in entry.near():
            yield hanging(Content(""), one, width, "$quiet")


# -- what is wrong -------------------------------------------------------------------------------------------------


def verdict(entry: CardEntry, width: int) -> list[Content]:
    """What the checks say: the first problem, and how many more there are."""
    said = entry.said()
    if not said:
        return [line((" ✓ sound: ", "$success bold"), keyed("{card_editor.keep} writes it", "$quiet"))]
    more = (
        f"   and {len(said) - 1} more; {{card_editor.keep}} lists them"
        if len(said) > 1
        else "   {card_editor.fault} goes there"
    )
    first = line((" ! ", "$error bold"), (_one_line(said[0]), "$error"))
    return [first.truncate(max(1, width), ellipsis=True), keyed(more, "$quiet")]
