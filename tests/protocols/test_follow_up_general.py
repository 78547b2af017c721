"""What holds of every proposal, whatever the visit."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Case, Practice, Wanted
from protocols.follow_up import propose, taken_up
from protocols.model import Dose
from tests.protocols.followed import (
    STAGE_3,
    STEADY,
    followed,
)
from tests.protocols.visits import CLEARED, known, one, sides

CARDS = st.lists(st.sampled_from(sorted(known().exercises)), unique=True, max_size=7)
TESTS = st.fixed_dictionaries(
    {},
    optional={
        "sl_bridge": st.builds(sides, st.integers(0, 60), st.integers(0, 60)),
        "mtt_hip_ext": st.builds(sides, st.integers(-30, 20), st.integers(-30, 20)),
        "side_bridge": st.builds(sides, st.integers(0, 120), st.integers(0, 120)),
        "cva": st.builds(one, st.integers(30, 60)),
        "pelvic_tilt": st.builds(one, st.integers(-8, 25)),
    },
)
HOW = st.builds(
    Practice,
    done=st.none() | st.integers(0, 10),
    pain=st.none() | st.integers(0, 10),
    spare=st.booleans(),
    red_days=st.booleans(),
)
DOSES = st.none() | st.builds(
    Dose,
    sets=st.integers(1, 4),
    reps=st.integers(1, 40),
    sec_per_rep=st.integers(1, 240),
    sides=st.integers(1, 2),
    rest_s=st.integers(0, 60),
)


@st.composite
def courses(draw: st.DrawFn) -> Case:
    cards = draw(CARDS)
    codes = st.lists(st.sampled_from(list(known().findings)), max_size=2, unique=True).map(tuple)
    wanted = [
        Wanted(card=card, dose=draw(DOSES), side=draw(st.sampled_from([None, "left", "right", "both"])))
        for card in cards
    ]
    visit = followed(
        *wanted,
        weeks=draw(st.integers(0, 12)),
        practice={card: draw(HOW) for card in cards if draw(st.booleans())},
        because={card: draw(codes) for card in cards},
        crash=draw(st.none() | st.booleans()),
        tests=draw(TESTS),
        then=draw(st.none() | TESTS),
        precautions=tuple(draw(st.lists(st.sampled_from(list(known().precautions)), max_size=3, unique=True))),
        reported=draw(st.dictionaries(st.sampled_from(["SIT", "STR"]), st.integers(1, 3))),
        minutes=draw(st.sampled_from([5, 10, 15, 20])),
        pem=draw(st.booleans()),
        medical_clearance=draw(st.sampled_from([None, CLEARED])),
        kit=draw(st.sampled_from([None, (), ("mat", "band")])),
        standing=draw(st.sampled_from([None, STEADY, STAGE_3])),
    )
    assert visit.last_plan is not None
    stage: Any = draw(st.sampled_from([1, 2, 3, "unknown", "none"]))
    return msgspec.structs.replace(visit, last_plan=msgspec.structs.replace(visit.last_plan, stage=stage))


@given(courses())
def test_each_card_gets_one_proposal_that_can_be_taken_up(visit: Case) -> None:
    assert visit.last_plan is not None
    made = propose(visit, assess(visit, known()), known())
    if assess(visit, known()).plan.blocked:
        assert made == ()
        return
    assert [one.card for one in made] == [card.card for card in visit.last_plan.cards]
    assert all((one.to is None) is (one.step == "cut") for one in made)
    cards = taken_up(made)
    plan = assess(msgspec.structs.replace(visit, by_hand=cards), known()).plan
    assert sorted((*(given.id for given in plan.exercises), *plan.snacks)) == sorted(card.card for card in cards)
    assert not [said for said in plan.messages if "left out" in said or "has its own dose" in said]
    assert not any(given.forced for given in plan.exercises)


@given(courses())
def test_every_reason_is_one_sentence_and_true_to_the_measures(visit: Case) -> None:
    concluded = assess(visit, known())
    said = {
        side.change.say
        for grade in concluded.grades.values()
        for side in grade.sides.values()
        if not isinstance(side, str) and side.change is not None and side.change.beyond_error
    }
    for made in propose(visit, concluded, known()):
        assert made.reason[0].isupper()
        assert made.reason.endswith(".")
        assert "\n" not in made.reason
        if "Improved" in made.reason:
            assert said & {"improved", "changed toward the reference band"}
        if made.step == "progress":
            assert not visit.pem
            assert not (visit.last_plan and visit.last_plan.crash)
