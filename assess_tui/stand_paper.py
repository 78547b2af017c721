"""The pages of the stand test that are read rather than watched: questions, refusals, standing up, the result."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.intake import Choice, held
from assess_tui.session import VisitSession
from assess_tui.stand_after import Interrupted
from assess_tui.stand_before import Questions
from assess_tui.stand_entry import StandEntry
from assess_tui.stand_pages import against, at
from assess_tui.text import line, lines, literal
from protocols.model import Pattern
from protocols.standing import Stage, Verdict

STAGES: Final[dict[Stage, str]] = {
    1: "Stage 1. The plan stays lying down at first.",
    2: "Stage 2. The plan stays lying and sitting at first.",
    3: "Stage 3. The plan goes up to standing with support.",
    "none": "No stage. Standing sets no limit to the plan.",
    "unknown": "Stage not known. The plan is made with the same care as stage 3, or stage 2 with strong symptoms.",
}
"""What the stage means for the plan: its highest upright level."""
POSTURE: Final = {
    "lean": "Back to the wall, only the shoulder blades touch, heels {cm} cm from the wall.",
    "active_stand": "Free standing, feet a little apart, nothing to hold or lean on.",
}


def paper(entry: StandEntry) -> Content:
    """The page of the part open now."""
    return _PAPERS[entry.part.id](entry)


def _questions(entry: StandEntry) -> Content:
    part = entry.part
    if not isinstance(part, Questions):
        return Content("")
    page = part.page
    title = line((page.title, "$accent bold"), (f"   {part.index + 1} of {len(part.pages)}", "$quiet"))
    body = _number(part) if page.kind == "number" else _lie() if page.kind == "plain" else _choices(part, entry.session)
    return lines([title, Content(""), *body, Content(""), literal(page.hint, "$quiet")])


def _number(part: Questions) -> list[Content]:
    page, digits = part.page, part.digits
    held_now = part.session.visit.value(page.cell) if page.cell is not None else None
    typed = digits.text if digits is not None else ""
    told = f"{typed}_" if typed or held_now is None else f"{held_now}"
    return [line(("  ▸ ", "$accent bold"), (f" {told} ", "reverse bold"))]


def _choices(part: Questions, session: VisitSession) -> list[Content]:
    page = part.page
    typed = part.digits.text if part.digits is not None else ""
    rows = [_choice(part, session, place, choice) for place, choice in enumerate(page.choices)]
    if page.columns == 2:
        half = -(-len(rows) // 2)
        padded = [row.pad_right(max(1, 38 - row.cell_length)) for row in rows]
        rows = [line(padded[i], padded[i + half] if i + half < len(padded) else "") for i in range(half)]
    return [*rows, line((f"  line {typed}_", "$accent bold"))] if typed else rows


def _choice(part: Questions, session: VisitSession, place: int, choice: Choice) -> Content:
    here = place == part.cursor
    number = (f"{place + 1:>2}  ", "$accent bold")
    if part.page.kind == "one":
        chosen = choice.value == part.proposed
        return line(("▸ " if chosen else "  ", "$accent bold"), number, (choice.text, "bold" if chosen else ""))
    ticked = held(session, choice)
    mark = ("✓ yes ", "$warning bold") if ticked else ("·  ", "$quiet")
    return line(("▸ " if here else "  ", "$accent bold"), number, mark, (choice.text, "bold" if ticked else ""))


def _lie() -> list[Content]:
    return [
        *_listed(
            "Shoes and socks off. Quiet room, nobody talks to the patient but you.",
            "Cuff on the arm, oximeter on a finger, where there is one.",
            "Bed or plinth by the wall, a chair in reach, the floor clear.",
            "A second adult in earshot. You stay within arm's reach the whole time.",
        ),
        Content(""),
        line(("⏎ ", "$accent bold"), "The patient lies flat now: the rest begins."),
    ]


def _listed(*rows: str) -> list[Content]:
    return [line(("  · ", "$quiet"), row) for row in rows]


def _refused(entry: StandEntry) -> Content:
    reasons = against(entry.session).absolute
    return lines(
        [
            literal("The stand test cannot be done today", "$error bold"),
            Content(""),
            *_listed(*reasons),
            Content(""),
            line(("⏎ ", "$accent bold"), "leave it out, with this reason on the record"),
            line(("← ", "$accent bold"), "back, to correct an answer"),
        ]
    )


def _override(entry: StandEntry) -> Content:
    stock = entry.session.library.stand.override_reasons
    return lines(
        [
            literal("This speaks against standing today", "$warning bold"),
            Content(""),
            *_listed(*against(entry.session).relative),
            Content(""),
            literal("Why is it done all the same?", "bold"),
            *[line((f"  {number}  ", "$accent bold"), reason) for number, reason in enumerate(stock, 1)],
            line(("  o  ", "$accent bold"), "another reason, typed"),
            Content(""),
            line(
                ("s ", "$accent bold"), ("leaves the test out   ", "$quiet"), ("← ", "$accent bold"), ("back", "$quiet")
            ),
        ]
    )


def _up(entry: StandEntry) -> Content:
    protocol = entry.session.visit.value(at("protocol"), "lean")
    cm = entry.session.library.stand.thresholds["heel_distance_cm"].value
    return lines(
        [
            literal("Ready to stand", "$accent bold"),
            Content(""),
            *_listed(
                POSTURE[protocol].format(cm=cm),
                "Arm with the cuff resting at heart level.",
                "You within arm's reach, the second adult in earshot, bed and chair near.",
                "Say: stay still, no talking, no shifting of weight; tell me at once if you feel faint.",
                "Stand up in one go.",
            ),
            Content(""),
            line(("⏎ ", "$accent bold"), ("Both feet are on the floor: the clock starts.", "bold")),
            line(("r ", "$accent bold"), ("one more lying reading", "$quiet")),
        ]
    )


def _interrupted(entry: StandEntry) -> Content:
    minute = entry.part.minute if isinstance(entry.part, Interrupted) else 0
    return lines(
        [
            literal("The test was interrupted", "$warning bold"),
            Content(""),
            literal(f"The instrument was closed while the patient stood. The last reading is minute {minute}."),
            Content(""),
            line((" 1  ", "$accent bold"), "Repeat the test; what was measured stays in the record, withdrawn"),
            line((" 2  ", "$accent bold"), f"Count it as stopped at minute {minute}"),
        ]
    )


def _left_out(entry: StandEntry) -> Content:
    why = entry.session.visit.value(at("not_done"), "")
    return lines(
        [
            literal("The stand test is left out of this visit", "$accent bold"),
            Content(""),
            literal(f"{why}".capitalize() if str(why).islower() else f"{why}"),
            Content(""),
            line(("⏎ ", "$accent bold"), "on to the tests"),
            line(("r ", "$accent bold"), "do it after all"),
        ]
    )


# -- the result ------------------------------------------------------------------------------------------------------


def _result(entry: StandEntry) -> Content:
    session = entry.session
    verdict = session.assessment().verdict
    if verdict is None:
        return literal("There is no result.")
    pattern = next(one for one in session.library.stand.patterns if one.label == verdict.label)
    return lines([*_said(pattern), *_tags(session, verdict), *_stage(session, verdict), *_ways(session)])


def _said(pattern: Pattern) -> list[Content]:
    refer = [line(("Next  ", "$accent bold"), pattern.refer)] if pattern.refer else []
    return [literal(pattern.name, "$accent bold"), literal(pattern.say), Content(""), *refer]


def _tags(session: VisitSession, verdict: Verdict) -> list[Content]:
    words = [session.library.stand.tags.get(tag, tag) for tag in verdict.tags]
    if verdict.delta_hr_max is not None:
        words.insert(0, f"largest heart-rate change {verdict.delta_hr_max:+f} bpm".replace(".0 ", " "))
    return [line(("  · ", "$quiet"), (word, "$quiet")) for word in words]


def _stage(session: VisitSession, verdict: Verdict) -> list[Content]:
    stand = session.case().standing
    rows = [Content(""), literal(STAGES[verdict.stage], "bold")]
    if stand is not None and stand.stopped_min is not None:
        reason = session.visit.value(at("stopped"), {}).get("reason") or "no reason given yet: s"
        rows.insert(
            1, line(("Stopped ", "$warning bold"), f"at {minutes_seconds(_seconds(stand.stopped_min))}: {reason}")
        )
    if stand is not None and (stand.syncope or stand.chest_pain or stand.neuro_sign):
        rows.append(literal("No exercise plan is made after this sign. F8 makes the referral letter.", "$error bold"))
    return rows


def _seconds(minutes: Decimal) -> float:
    """To the nearest second: minutes are kept to a thousandth."""
    return float(round(minutes * 60))


def _ways(session: VisitSession) -> list[Content]:
    return [
        Content(""),
        line(
            ("⏎ ", "$accent bold"),
            ("on to the tests   ", "$quiet"),
            ("r ", "$accent bold"),
            ("do the test again", "$quiet"),
        ),
    ]


_PAPERS: Final = {
    "questions": _questions,
    "refused": _refused,
    "override": _override,
    "up": _up,
    "interrupted": _interrupted,
    "left_out": _left_out,
    "result": _result,
}
"""Parts that are read; the others are watched."""


def is_paper(part: str) -> bool:
    return part in _PAPERS
