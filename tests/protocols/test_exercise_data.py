"""The exercise cards and what stands around them, against the clinical pages where those are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from protocols.library import DATA
from protocols.model import Block, Dose, Exercise, Fact, FindingRule, Kit, Lifestyle, Posture, Precaution
from protocols.routes.omissions import IRRITABLE

SHARED = Path(__file__).parents[2].parent / "shared" / "clinical"
CARDS = sorted(path.stem for path in (DATA / "exercises").glob("*.toml"))
SCREEN_ONLY = {"POTS1", "POTS2", "PLE"}

POINTS = {"pelvis", "near_foot", "far_foot", "feet", "near_toe", "near_knee", "far_knee", "knees", "upper_back"}
POINTS |= {"ankles", "far_ankle"}
SURFACES = {"mat", "floor", "seat", "bed", "plan"}


class LifestyleFile(Fact, frozen=True):
    """lifestyle.toml."""

    lifestyle: tuple[Lifestyle, ...]


class PrecautionFile(Fact, frozen=True):
    """precautions.toml."""

    precaution: tuple[Precaution, ...]


class KitFile(Fact, frozen=True):
    """kit.toml."""

    kit: tuple[Kit, ...]


class FindingFile(Fact, frozen=True):
    """findings.toml."""

    families: tuple[tuple[str, ...], ...]
    last_resort: tuple[str, ...]
    finding: tuple[FindingRule, ...]


def card(name: str) -> Exercise:
    return msgspec.toml.decode((DATA / "exercises" / f"{name}.toml").read_bytes(), type=Exercise)


@pytest.fixture(scope="module")
def cards() -> dict[str, Exercise]:
    return {name: card(name) for name in CARDS}


@pytest.fixture(scope="module")
def lifestyle() -> dict[str, Lifestyle]:
    rows = msgspec.toml.decode((DATA / "lifestyle.toml").read_bytes(), type=LifestyleFile).lifestyle
    return {row.id: row for row in rows}


@pytest.fixture(scope="module")
def precautions() -> dict[str, Precaution]:
    rows = msgspec.toml.decode((DATA / "precautions.toml").read_bytes(), type=PrecautionFile).precaution
    return {row.code: row for row in rows}


@pytest.fixture(scope="module")
def kit() -> dict[str, Kit]:
    rows = msgspec.toml.decode((DATA / "kit.toml").read_bytes(), type=KitFile).kit
    return {row.id: row for row in rows}


@pytest.fixture(scope="module")
def findings() -> FindingFile:
    return msgspec.toml.decode((DATA / "findings.toml").read_bytes(), type=FindingFile)


@pytest.fixture(scope="module")
def clinical() -> dict[str, Any]:
    source = SHARED / "exercises.json"
    if not source.exists():
        pytest.skip("the clinical pages are not at hand")
    pages: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return pages


# -- the set as a whole ------------------------------------------------------------------------------------------------


def test_there_are_67_cards_each_in_a_file_of_its_name(cards: dict[str, Exercise]) -> None:
    assert len(cards) == 67
    assert all(name == exercise.id for name, exercise in cards.items())


def test_there_are_18_lifestyle_cards_and_16_kinds_of_kit(lifestyle: dict[str, Lifestyle], kit: dict[str, Kit]) -> None:
    assert list(lifestyle) == [f"L{number:02}" for number in range(1, 19)]
    assert len(kit) == 16
    assert {name for name, item in kit.items() if item.always} == {"bed", "chair", "wall", "pillow"}


def test_easier_and_harder_name_cards_and_never_go_round_in_a_circle(cards: dict[str, Exercise]) -> None:
    below = TopologicalSorter({name: {exercise.easier} - {""} for name, exercise in cards.items()})
    for name, exercise in cards.items():
        if exercise.harder:
            below.add(exercise.harder, name)
    assert set(below.static_order()) == set(cards)  # a circle raises CycleError, an unknown name is one too many


def test_ladders_companions_families_and_the_last_resort_name_cards(
    cards: dict[str, Exercise], findings: FindingFile
) -> None:
    named = {name for family in findings.families for name in family} | set(findings.last_resort)
    for rule in findings.finding:
        named |= set(rule.companions)
        if rule.ladder:
            named |= {*rule.ladder.easier, *rule.ladder.default, *rule.ladder.harder}
    assert named <= set(cards)


def test_no_card_stands_in_two_families(findings: FindingFile) -> None:
    counted = Counter(name for family in findings.families for name in family)
    assert len(findings.families) == 15
    assert set(counted.values()) == {1}


def test_every_active_fallback_is_an_active_card(cards: dict[str, Exercise], findings: FindingFile) -> None:
    fallbacks = set(findings.last_resort).union(*(rule.companions for rule in findings.finding))
    assert {cards[name].phase for name in fallbacks} <= {"activate", "strengthen", "integrate"}


def test_targets_are_known_findings(
    cards: dict[str, Exercise], lifestyle: dict[str, Lifestyle], findings: FindingFile
) -> None:
    known = {rule.code for rule in findings.finding}
    assert len(known) == len(findings.finding) == 26
    assert set().union(*(exercise.targets for exercise in cards.values())) <= known
    assert set().union(*(row.targets for row in lifestyle.values())) <= known


def test_every_finding_but_the_two_without_home_exercise_has_a_ladder(findings: FindingFile) -> None:
    assert [rule.code for rule in findings.finding if rule.ladder is None] == ["HYD", "SLP"]


def test_the_screen_raises_each_finding_from_tests_that_exist(findings: FindingFile) -> None:
    tests = {path.stem for path in (DATA / "tests").glob("*.toml")}
    named = {name for rule in findings.finding for name in rule.tests}
    assert named <= tests


# -- precautions -------------------------------------------------------------------------------------------------------


def test_every_block_code_of_a_card_is_a_known_precaution(
    cards: dict[str, Exercise], precautions: dict[str, Precaution]
) -> None:
    used = {block.code for exercise in cards.values() for block in exercise.blocks}
    assert used == set(precautions) - {IRRITABLE}, "it spares tests, and bars no card"


def test_the_intake_asks_for_all_but_what_the_screen_sets_alone(precautions: dict[str, Precaution]) -> None:
    assert {code for code, row in precautions.items() if not row.ask} == SCREEN_ONLY
    assert all(row.ask.endswith("?") for row in precautions.values() if row.ask)


@pytest.mark.parametrize("name", CARDS)
def test_no_card_is_blocked_twice_for_one_reason(name: str) -> None:
    codes = [block.code for block in card(name).blocks]
    assert len(codes) == len(set(codes))


def barred(cards: dict[str, Exercise], code: str) -> set[str]:
    return {name for name, exercise in cards.items() if Block(code=code) in exercise.blocks}


def limited(cards: dict[str, Exercise], code: str) -> set[str]:
    return {name for name, exercise in cards.items() if any(b.code == code and b.limit for b in exercise.blocks)}


def test_balance_precautions_limit_two_cards_and_bar_seven(cards: dict[str, Exercise]) -> None:
    assert limited(cards, "BAL") == {"S06", "S07e"}
    assert barred(cards, "BAL") == {"A06h", "A07", "S02", "S04", "S05e", "S05", "S07"}


def test_who_cannot_get_to_the_floor_gets_lying_cards_on_the_bed(cards: dict[str, Exercise]) -> None:
    kneeling = {"M03", "M04", "M06", "M08", "M14", "M22", "A08"}
    assert barred(cards, "FLOOR") == kneeling | {"B06", "R03", "M11"}
    lying = {name for name, exercise in cards.items() if "mat" in exercise.kit} - barred(cards, "FLOOR")
    assert lying <= limited(cards, "FLOOR")


def test_a_positive_lumbar_extension_test_bars_end_range_extension(cards: dict[str, Exercise]) -> None:
    assert barred(cards, "PLE") == {"M06", "M12", "R03"}


def test_breath_holds_are_barred_by_their_precaution_alone(cards: dict[str, Exercise]) -> None:
    assert barred(cards, "HOLD") == {"B02", "B03"}


def test_blocks_are_those_of_the_clinical_page_and_the_exact_rules(
    cards: dict[str, Exercise], clinical: dict[str, Any]
) -> None:
    added = {"M03": {"HIP_R", "SHO_AC", "FLOOR"}, "M26": {"HIP_R"}, "A08": {"SHO_AC", "FLOOR"}, "M12": {"PLE"}}
    added |= {"M06": {"PLE", "FLOOR"}, "R03": {"PLE"}}
    added |= {name: {"FLOOR"} for name in ("M04", "M08", "M14", "M22")}
    for name, exercise in cards.items():
        page = dict(re.findall(r"(\w+)(\([^)]*\))?", clinical["exercises"][name]["blocks"]))
        bare = {code for code, words in page.items() if not words} | added.get(name, set())
        if name in {"S06", "S07e"}:
            bare.remove("BAL")
        assert {block.code for block in exercise.blocks if not block.limit} == bare, name
        limits = {block.code for block in exercise.blocks if block.limit} - {"FLOOR", "BAL"}
        assert limits == {code for code, words in page.items() if words}, name


# -- doses -------------------------------------------------------------------------------------------------------------


def clock_minutes(dose: Dose) -> Fraction:
    """Half a minute to settle, every repetition, every rest; rounded up to half minutes."""
    rounds = dose.sets * dose.sides
    seconds = 30 + rounds * dose.reps * dose.sec_per_rep + dose.rest_s * (rounds - 1)
    half_minutes, rest = divmod(seconds, 30)
    return Fraction(half_minutes + (1 if rest else 0), 2)


def short(name: str, exercise: Exercise) -> Dose:
    if name == "B06":
        return msgspec.structs.replace(exercise.dose, sec_per_rep=exercise.dose.sec_per_rep // 2)
    if exercise.phase == "breathe":
        return msgspec.structs.replace(exercise.dose, reps=exercise.dose.reps // 2)
    return msgspec.structs.replace(exercise.dose, sets=1)


def test_minutes_are_those_of_the_clinical_page(cards: dict[str, Exercise], clinical: dict[str, Any]) -> None:
    for name, exercise in cards.items():
        page = clinical["exercises"][name]
        assert clock_minutes(exercise.dose) == Fraction(page["minutes"]), name
        assert clock_minutes(short(name, exercise)) == Fraction(page["minutes_short"]), name


RENAMED = {
    "B07": "Posture reset: roll back and breathe",
    "M08": "Wall rainbow (upper-back turn)",
    "M12": "Chair-back arch (desk stretch)",
    "M13": "Lying knee roll (gentle twist)",
}
"""Names that told a number a changed dose would contradict, or a word no patient uses."""


def test_doses_and_facts_are_those_of_the_clinical_page(cards: dict[str, Exercise], clinical: dict[str, Any]) -> None:
    assert set(cards) == set(clinical["exercises"])
    for name, exercise in cards.items():
        page = clinical["exercises"][name]
        assert msgspec.to_builtins(exercise.dose) == page["dose"], name
        assert list(exercise.targets) == page["targets"], name
        assert (exercise.phase, exercise.upright, exercise.snack, exercise.name, exercise.stop_if[:20]) == (
            page["phase"],
            page["upright_level"],
            page["snack"],
            RENAMED.get(name, page["name"]),
            page["stop_if"][:20],
        )
        assert exercise.harder == (page["harder"] or ""), name
        # The page sends M17 to M11 and M11 to M17; the assisted one of the two is the easier.
        assert exercise.easier == ("" if name == "M17" else page["easier"] or ""), name


def test_ladders_are_those_of_the_clinical_page_in_its_order(findings: FindingFile, clinical: dict[str, Any]) -> None:
    ours = {rule.code: msgspec.to_builtins(rule.ladder) for rule in findings.finding if rule.ladder}
    assert list(ours) == list(clinical["ladder"])
    for code, columns in clinical["ladder"].items():
        assert [list(column) for column in ours[code].values()] == columns, code


@pytest.mark.parametrize("name", CARDS)
def test_a_hold_fits_into_its_repetition(name: str) -> None:
    exercise = card(name)
    assert exercise.hold_s <= exercise.dose.sec_per_rep
    assert (exercise.hold_s > 0) == any("{hold}" in cue for cue in exercise.cues)


@pytest.mark.parametrize("name", CARDS)
def test_the_grid_has_room_for_the_dose(name: str) -> None:
    exercise = card(name)
    assert 1 <= exercise.per_day <= 8
    assert 1 <= exercise.days_per_week <= 7
    assert exercise.snack or exercise.per_day <= 2


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARDS)
def test_cues_are_at_most_four_short_lines(name: str) -> None:
    cues = card(name).cues
    assert len(cues) == 4
    assert [cue for cue in cues if len(cue.split()) > 12] == []


@pytest.mark.parametrize("name", CARDS)
def test_cues_hold_no_other_blank_than_hold_and_reps(name: str) -> None:
    exercise = card(name)
    assert {blank for cue in exercise.cues for blank in re.findall(r"{.*?}", cue)} <= {"{hold}", "{reps}"}
    others = [exercise.name, exercise.stop_if, exercise.tempo, exercise.frequency, exercise.equipment]
    assert not any(mark in text for text in [*others, *exercise.evidence] for mark in "{}[]<>")


def test_cues_that_state_a_time_or_count_follow_the_dose(cards: dict[str, Exercise]) -> None:
    templated = {name for name, exercise in cards.items() if any("{" in cue for cue in exercise.cues)}
    stated = "M01 M02 M04 M05 M12 M22 M26 A03e A08 A10 S01e S03 S07 S07e R01b R06 B05 P02"
    assert set(stated.split()) <= templated


def test_words_of_the_clinical_pages_own_book_keeping_stay_out() -> None:
    files = [*(DATA / "exercises").glob("*.toml"), *(DATA / f"{n}.toml" for n in ("lifestyle", "findings", "kit"))]
    marks = re.compile(r"\[(found|memory|derived|design)|\bseed|\bE\d\d\b|\bfixes\b|\bcures?\b", re.IGNORECASE)
    assert [path.name for path in files if marks.search(path.read_text(encoding="utf-8"))] == []


def test_salt_and_compression_wait_for_the_doctors_word(lifestyle: dict[str, Lifestyle]) -> None:
    assert {row.id: row.needs_agreed for row in lifestyle.values() if row.needs_agreed} == {
        "L07": ("salt",),
        "L16": ("compression",),
    }
    assert set(lifestyle["L07"].say_agreed) == {"salt", "potassium"}
    assert "salt" not in lifestyle["L07"].say.lower()


def test_stage_1_never_reads_stand(lifestyle: dict[str, Lifestyle]) -> None:
    assert {row.id for row in lifestyle.values() if row.say_stage_1} == {"L01", "L10", "L12"}
    assert not any("stand" in row.say_stage_1 for row in lifestyle.values())


# -- kit and figures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARDS)
def test_a_card_lists_only_known_kit_that_is_not_always_there(name: str, kit: dict[str, Kit]) -> None:
    needed = card(name).kit
    assert set(needed) <= set(kit)
    assert not any(kit[item].always for item in needed)
    assert len(needed) == len(set(needed))


@pytest.mark.parametrize("name", CARDS)
def test_a_figure_stands_on_something_and_moves_only_where_it_says(name: str) -> None:
    pose = card(name).pose
    for posture in filter(None, (pose.start, pose.finish)):
        if pose.view in {"side", "front"}:
            assert posture.anchor is not None
            assert posture.anchor[0] in POINTS
            assert posture.anchor[1] == "plan" if pose.plan else posture.anchor[1] in SURFACES - {"plan"}
        else:
            assert posture.anchor is None
    assert pose.finish != pose.start
    assert len(pose.arrows) <= 2
    assert all(len(arrow.label.split()) <= 4 for arrow in pose.arrows)


FIELDS = {
    "t": "trunk",
    "sp": "spine",
    "n": "neck",
    "hshift": "head_shift",
    "sh": "shoulder",
    "el": "elbow",
    "hip": "hip",
    "kn": "knee",
    "an": "ankle",
    "foot": "foot",
    "tf": "trunk_scale",
    "fs": "thigh_scale",
    "ss": "shin_scale",
    "fa": "forearm_scale",
    "hpw": "hip_width",
    "shw": "shoulder_width",
    "pelv": "pelvis_wedge",
    "pel": "pelvis_yaw",
    "shy": "shoulder_yaw",
    "head": "head_yaw",
}
"""Short keys of the clinical page's poses and the fields they became."""


def drawn(page: dict[str, Any]) -> Posture:
    """The page's posture in our fields, without the anchor and the palms."""
    plain = Posture()
    values: dict[str, Any] = {}
    for key in FIELDS.keys() & page.keys():
        value, usual = page[key], getattr(plain, FIELDS[key])
        values[FIELDS[key]] = (value, value) if isinstance(usual, tuple) and not isinstance(value, list) else value
    return msgspec.convert(values, Posture)


LIMBS = ("shoulder", "elbow", "upper_arm_scale", "forearm_scale", "thigh_scale")
"""What the page leaves out of a figure seen from above, and the drawing cannot."""


def bare(posture: Posture, view: str) -> Posture:
    """The posture without what the page does not state."""
    plain = msgspec.structs.replace(posture, anchor=None, palms_flat=False)
    unstated = LIMBS if view == "top" else ()
    return msgspec.structs.replace(plain, **{limb: getattr(Posture(), limb) for limb in unstated})


REDRAWN = frozenset(
    "A03e A04 A06e A06h B01 B02 B04 B05 M02 M04 M05 M12 M14 M18 M22 R01 R01b R03 R05 S03 S03h S04 S06".split()  # noqa: SIM905  one line
)
"""Cards whose limbs were set anew so that hands, feet and props meet in the drawing; test_figure.py checks them."""

TURNED = {"A03e": "front", "A06h": "front", "M14": "side"}
"""Cards drawn from where the motion is best seen: a squeeze from above, standing not; all fours hides behind its own
head from the front."""


def test_poses_are_those_of_the_clinical_page(cards: dict[str, Exercise], clinical: dict[str, Any]) -> None:
    for name, exercise in cards.items():
        page = clinical["exercises"][name]["pose"]
        assert exercise.pose.view == TURNED.get(name, page["view"])
        if page["A"] is None or name in REDRAWN:
            continue
        start, finish = drawn(page["A"]), drawn(page["B"])
        assert bare(exercise.pose.start, page["view"]) == start, name
        assert bare(exercise.pose.finish or exercise.pose.start, page["view"]) == finish, name
