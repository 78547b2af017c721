"""The sheet reads at grade 6 or below, in words patients use, and meets the items of the CDC index it claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from protocols.cues import cue_words
from protocols.model import Exercise
from reports import safety
from reports.blocks import Beside, Block, Heading, Lights, Listing, Masthead, Paragraph, Picture, Together
from reports.content import Subject
from reports.documents import plan_document
from reports.wording import dose_words, sentence
from tests.reports.papers import known, limited, stiff, subject
from tests.reports.reading_grade import WORD, flesch_kincaid, grade, syllables

LIMIT: Final = 6.0
"""A reading age of 11 to 12."""
WORDS: Final = """
supine prone thoracic lumbar cervical flexion extension abduction adduction rotation anterior posterior lateral
bilateral
proximal distal orthostatic tachycardia hypotension syncope presyncope dyspnoea paraesthesia reflux gluteal scapula
scapular patella femur tibia sacrum vertebra diaphragm navicular psoas glute sternum occiput mobilise proprioception
contraindicated physio
"""
CLINICAL: Final = frozenset(WORDS.split())
"""Words of the clinic; no line a patient reads holds one. Names of exercises may: drawings and steps explain them."""
DOC: Final = Path(__file__).parents[2] / "docs" / "plain_language.md"
SHEETS: Final = {
    "limited": limited(),
    "stiff": stiff(),
    "starter": limited(medical_clearance=None, reported={"HYD": 2, "STR": 2}, agreed=["salt", "compression"]),
    "crash": limited(pem=True),
    "five minutes": subject(tests={"hip_ir_supine": {"left": 12, "right": 12}}, minutes=5),
}


def lines_of(card: Exercise) -> list[str]:
    """Everything a card says under its name, in its own dose."""
    cues = [cue_words(cue, card, card.dose) for cue in card.cues]
    limits = [sentence(block.limit) for block in card.blocks if block.limit]
    return [*cues, dose_words(card, card.dose, "left"), sentence(card.frequency), card.stop_if, *limits]


# -- the measure ---------------------------------------------------------------------------------------------------


def test_the_formula_gives_a_published_example() -> None:
    """One sentence of 13 words and 24 syllables is grade 11.3 (Wikipedia, Flesch-Kincaid readability tests)."""
    assert round(flesch_kincaid(words=13, sentences=1, syllables=24), 1) == 11.3


@pytest.mark.parametrize(
    ("word", "count"),
    [("knee", 1), ("shoulder", 2), ("belly", 2), ("raised", 1), ("raises", 2), ("ankle", 2), ("lie", 1), ("dizzy", 2)],
)
def test_short_words(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("potassium", 4), ("exercise", 3), ("breathing", 2), ("tingling", 2), ("hour's", 1), ("12", 1), ("slowly", 2)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


# -- grade and words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", sorted(known().exercises))
def test_every_card_reads_at_grade_6_or_below(card: str) -> None:
    exercise = known().exercises[card]
    assert grade([exercise.name, *lines_of(exercise)]) <= LIMIT
    assert grade([cue_words(cue, exercise, exercise.dose) for cue in exercise.cues]) <= LIMIT
    assert grade([exercise.stop_if]) <= LIMIT


def test_habits_findings_and_warning_signs_read_at_grade_6_or_below() -> None:
    say = {card.id: [card.say, card.say_stage_1, *card.say_agreed.values()] for card in known().lifestyle.values()}
    when, signs = safety.warning_signs(known().lifestyle["L18"])
    say |= {"L18": [when, *signs], "lights": [f"{felt} {do}" for _, felt, do in safety.PAIN_LIGHTS]}
    say |= {"standing": [*safety.STANDING_STOP, safety.STANDING_NEXT_DAY], "scale": [safety.PAIN_SCALE]}
    say |= {code: [rule.plain] for code, rule in known().findings.items()} | {
        "hope": [safety.MAY_HELP, safety.ONE_MAY_HELP]
    }
    assert {name: grade(lines) for name, lines in say.items() if grade(lines) > LIMIT} == {}


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_reads_at_grade_6_or_below(name: str) -> None:
    assert grade(plan_document(SHEETS[name], known()).text.split("\n\n")) <= LIMIT


def test_no_line_for_a_patient_holds_a_word_of_the_clinic() -> None:
    said = [line for card in known().exercises.values() for line in lines_of(card)]
    said += [line for card in known().lifestyle.values() for line in (card.name, card.say, card.say_stage_1)]
    said += [rule.plain for rule in known().findings.values()]
    names = [card.name for card in known().exercises.values()]
    said += [read for about in SHEETS.values() for read in _without(names, plan_document(about, known()).text)]
    words = {word.lower() for line in said for word in WORD.findall(line)}
    assert words & CLINICAL == set()


def _without(names: Sequence[str], text: str) -> Iterator[str]:
    flat = " ".join(text.split())
    for name in sorted(names, key=len, reverse=True):
        flat = flat.replace(name, "")
    yield flat


# -- the CDC Clear Communication Index -----------------------------------------------------------------------------


def blocks_of(about: Subject) -> list[Block]:
    """The sheet's blocks from top to bottom, groups taken apart."""
    return list(_flat(plan_document(about, known()).blocks))


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Together):
            yield from _flat(block.blocks)
        elif isinstance(block, Beside):
            yield from (block.picture, *_flat(block.blocks))
        else:
            yield block


def first_section(about: Subject) -> list[Block]:
    """What stands between the title and the next heading."""
    blocks = blocks_of(about)
    start = next(at for at, block in enumerate(blocks) if isinstance(block, Heading))
    end = next(at for at, block in enumerate(blocks) if at > start and isinstance(block, Heading))
    return blocks[start + 1 : end]


def messages(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph) and block.kind == "lead"]


def steps(about: Subject) -> list[str]:
    return [item for one in blocks_of(about) if isinstance(one, Listing) and one.ordered for item in one.items]


def said(about: Subject) -> str:
    return " ".join(plan_document(about, known()).text.split())


def one_message(about: Subject) -> bool:
    return len(messages(blocks_of(about))) == 1


def message_first(about: Subject) -> bool:
    top = first_section(about)[0]
    return isinstance(top, Paragraph) and top.kind == "lead"


def message_stands_out(about: Subject) -> bool:
    from reports.pdf.styles import styles

    style = styles(14.0, 12.0)
    return style["lead"].bold and style["lead"].size > style["body"].size


def drawings_are_labelled(about: Subject) -> bool:
    pictures = [one for one in blocks_of(about) if isinstance(one, Picture)]
    return bool(pictures) and all(len(one.captions) == len(one.frames) for one in pictures)


def calls_to_action(about: Subject) -> bool:
    return messages(blocks_of(about))[0].startswith("Do ") and "Call for help today if:" in said(about)


PASSIVE: Final = re.compile(r"\b(?:is|are|be|been|was|were|being) \w+(?:ed|en)\b")


def active(about: Subject) -> bool:
    return not any(PASSIVE.search(line) for line in (*messages(blocks_of(about)), *steps(about)))


def plain_words(about: Subject) -> bool:
    return not {word.lower() for line in steps(about) for word in WORD.findall(line)} & CLINICAL


def short_lists(about: Subject) -> bool:
    lists = [one.items for one in blocks_of(about) if isinstance(one, Listing)]
    return bool(lists) and all(1 < len(items) <= 7 for items in lists)


def chunks(about: Subject) -> bool:
    """No heading is without text, and no stretch of text is longer than one exercise."""
    blocks = [one for one in blocks_of(about) if not isinstance(one, Masthead)]
    heads = [at for at, one in enumerate(blocks) if isinstance(one, Heading)]
    gaps = [after - at for at, after in zip(heads, [*heads[1:], len(blocks)], strict=True)]
    parts = {at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.text == "Through the day"}
    return all(1 < gap <= 9 or at in parts for at, gap in zip(heads, gaps, strict=True))


def summary_first(about: Subject) -> bool:
    top = " ".join(f"{one.label} {one.text}" for one in first_section(about) if isinstance(one, Paragraph))
    return all(words in top for words in (messages(blocks_of(about))[0], "What we found:", "again"))


def known_and_unknown(about: Subject) -> bool:
    return "may help" in said(about) and "is not known yet" in said(about)


def recommends(about: Subject) -> bool:
    return len(steps(about)) >= 4


def says_why(about: Subject) -> bool:
    codes = {code for given in about.assessment.plan.exercises for code in given.because}
    return any(known().findings[code].plain.partition("{")[0] in said(about) for code in codes)


def directs(about: Subject) -> bool:
    return all(words in said(about) for words in ("How much:", "Take care:", "Questions:", "Too hard?"))


def whole_numbers(about: Subject) -> bool:
    return not re.search(r"\d[.,]\d|%", said(about))


def numbers_explained(about: Subject) -> bool:
    return safety.PAIN_SCALE in said(about)


def nothing_to_reckon(about: Subject) -> bool:
    return not re.search(r"\bhalf as many\b|\bDo half\b|\btimes as\b|more than \d+ above|\bdouble\b", said(about))


CHECKS: Final[dict[int, Callable[[Subject], bool]]] = {
    1: one_message,
    2: message_first,
    3: message_stands_out,
    4: drawings_are_labelled,
    5: calls_to_action,
    6: active,
    7: plain_words,
    8: short_lists,
    9: chunks,
    10: summary_first,
    11: known_and_unknown,
    12: recommends,
    13: says_why,
    14: directs,
    15: whole_numbers,
    16: numbers_explained,
    17: nothing_to_reckon,
}


def claimed() -> dict[int, str]:
    """The printed checklist: item -> its score."""
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| (yes|no|n/a) \|", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(item): score for item, score in rows}


def test_the_printed_checklist_has_all_20_items_and_claims_what_is_checked() -> None:
    assert list(claimed()) == list(range(1, 21))
    assert {item for item, score in claimed().items() if score == "yes"} == set(CHECKS)


@pytest.mark.parametrize("item", CHECKS)
@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_meets_the_item(item: int, name: str) -> None:
    assert CHECKS[item](SHEETS[name])


def test_lights_have_three_rows() -> None:
    (lights,) = [one for one in blocks_of(stiff()) if isinstance(one, Lights)]
    assert [light for light, _, _ in lights.rows] == ["green", "amber", "red"]
