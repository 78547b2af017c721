"""Figures: kinematics against hand-worked places, every card sound, pictures that show what the pose says."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.checks.poses import sound_pose
from protocols.figure import Frame, Pose, Shape, faults, frames, joints, mirror
from protocols.figures.arrows import ALONG, travel
from protocols.figures.props import PROPS
from protocols.figures.shapes import Point, extent, flatten
from protocols.figures.signs import SIGNS
from protocols.model import Angle, Arrow, Distance, Pair, Posture

DATA = Path(__file__).parents[2] / "protocols" / "data"
H = 0.002
"""Rounding of the hand-worked places."""


def poses() -> dict[str, Pose]:
    cards = (tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("*s/*.toml")))
    return {card["id"]: msgspec.convert(card["pose"], Pose) for card in cards if "pose" in card}


POSES = poses()
EXERCISES = sorted(path.stem for path in (DATA / "exercises").glob("*.toml"))


def at(place: Point, x: float, y: float) -> bool:
    return abs(place[0] - x) < H and abs(place[1] - y) < H


# -- kinematics ----------------------------------------------------------------------------------------------------


def test_standing_upright() -> None:
    p = joints(Posture(anchor=("near_foot", "floor")), "side")
    assert at(p["near_ankle"], 0, 0.04)
    assert at(p["pelvis"], 0, 0.04 + 2 * 0.245)
    assert at(p["shoulders"], 0, 0.82)
    assert at(p["head"], 0, 0.932)
    assert at(p["near_toe"], 0.13, 0)
    assert at(p["near_hand"], 0, 0.82 - 0.39)


def test_sitting_has_the_thighs_level_and_the_feet_ahead() -> None:
    p = joints(Posture(hip=(90, 90), knee=(90, 90), anchor=("near_foot", "floor")), "side")
    assert at(p["pelvis"], 0, 0.285)
    assert at(p["near_knee"], 0.245, 0.285)
    assert at(p["near_ankle"], 0.245, 0.04)


def test_lying_on_the_back_has_the_head_left_and_the_front_up() -> None:
    p = joints(Posture(trunk=-90, shoulder=(90, 0), hip=(90, 0), anchor=("pelvis", "mat")), "side")
    assert at(p["shoulders"], -0.29, 0.055)
    assert at(p["near_hand"], -0.29, 0.055 + 0.39)
    assert at(p["near_knee"], 0, 0.055 + 0.245)
    assert at(p["far_knee"], 0.245, 0.055)


def test_kneeling_on_all_fours_reaches_the_mat_with_straight_arms() -> None:
    posture = Posture(trunk=90, hip=(90, 90), knee=(90, 90), shoulder=(90, 90), anchor=("near_knee", "mat"))
    p = joints(posture, "side")
    assert at(p["pelvis"], 0, 0.275)
    assert at(p["near_ankle"], -0.245, 0.03)
    assert at(p["near_wrist"], 0.29, 0.275 - 0.32)


def test_a_front_view_has_the_patients_left_on_the_right_of_the_picture() -> None:
    p = joints(Posture(shoulder=(90, 0), anchor=("feet", "floor")), "front")
    assert p["near_hand"][0] > 0.4 > 0 > p["far_hand"][0] > -0.2
    assert abs(p["near_hand"][1] - p["near_shoulder"][1]) < H


def test_a_yaw_turns_the_patient_to_the_own_right_seen_from_above() -> None:
    p = joints(Posture(head_yaw=90), "top")
    assert at(p["nose"], 0.062, 0)


angle = st.floats(-180, 180)
pair = st.tuples(angle, angle)


@given(spine=angle, shoulder=pair, elbow=pair, hip=pair, knee=pair, front=st.booleans())
def test_bones_keep_their_length(spine: float, front: bool, shoulder: Pair, elbow: Pair, hip: Pair, knee: Pair) -> None:
    posture = Posture(trunk=30, spine=spine, shoulder=shoulder, elbow=elbow, hip=hip, knee=knee)
    p = joints(posture, "front" if front else "side")
    bones = {("shoulder", "elbow"): 0.17, ("elbow", "wrist"): 0.15, ("hip", "knee"): 0.245, ("knee", "ankle"): 0.245}
    for (start, end), length in bones.items():
        for side in ("near", "far"):
            assert math.dist(p[f"{side}_{start}"], p[f"{side}_{end}"]) == pytest.approx(length)
    assert math.dist(p["pelvis"], p["mid"]) == pytest.approx(0.14)


@given(hip=pair, knee=pair, ankle=pair)
def test_the_lower_end_of_an_anchored_foot_is_on_the_floor(hip: Pair, knee: Pair, ankle: Pair) -> None:
    p = joints(Posture(anchor=("far_foot", "floor"), hip=hip, knee=knee, ankle=ankle), "side")
    assert min(p["far_toe"][1], p["far_heel"][1]) == pytest.approx(0)


# -- every card ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", POSES)
def test_a_pose_of_the_library_has_no_fault(name: str) -> None:
    assert faults(POSES[name]) == ()


def test_every_exercise_has_a_figure() -> None:
    assert len(EXERCISES) == 67
    assert set(EXERCISES) <= set(POSES)


@pytest.mark.parametrize("name", POSES)
def test_start_and_finish_share_one_box_and_stay_inside(name: str) -> None:
    pictures = frames(POSES[name])
    assert len(pictures) == (1 if POSES[name].finish is None else 2)
    assert len({picture.box for picture in pictures}) == 1
    left, bottom, right, top = pictures[0].box
    for picture in pictures:
        x0, y0, x1, y1 = extent(picture.shapes)
        assert left < x0 < x1 < right
        assert bottom < y0 < y1 < top


@pytest.mark.parametrize("name", [n for n, pose in POSES.items() if pose.view in ("side", "front") and not pose.plan])
def test_no_part_of_the_body_is_drawn_below_the_ground(name: str) -> None:
    for picture in frames(POSES[name]):
        flesh = [shape for shape in picture.shapes if shape.role in ("near", "body", "far")]
        assert extent(flesh)[1] > -0.03


@pytest.mark.parametrize("name", [n for n, pose in POSES.items() if pose.finish is not None])
def test_a_card_that_moves_looks_different_at_the_end(name: str) -> None:
    start, finish = frames(POSES[name])
    assert body(start) != body(finish)


def body(picture: Frame) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.role in ("near", "body", "far")]


@pytest.mark.parametrize("name", [n for n, p in POSES.items() if p.finish and p.arrows and p.arrows[0].kind in ALONG])
def test_the_first_arrow_points_the_way_the_joint_goes(name: str) -> None:
    pose = POSES[name]
    side = "near_" if pose.arrows[0].at in ("hand", "foot", "heel", "knee") else ""
    way = travel(pose, side + pose.arrows[0].at)
    if math.dist(way[0], way[-1]) < 0.05:
        pytest.skip("a push, not a way")
    line = next(s for s in frames(pose)[-1].shapes if s.role == "arrow" and s.stroke)
    drawn = flatten(line.path)[0]
    gone = (way[-1][0] - way[0][0], way[-1][1] - way[0][1])
    told = (drawn[-1][0] - drawn[0][0], drawn[-1][1] - drawn[0][1])
    assert (gone[0] * told[0] + gone[1] * told[1]) / math.hypot(*gone) / math.hypot(*told) > 0.8


@pytest.mark.parametrize("name", [n for n, pose in POSES.items() if pose.view == "side"])
def test_far_limbs_lie_behind_the_trunk_and_the_near_arm_before_it(name: str) -> None:
    roles = [shape.role for shape in frames(POSES[name])[0].shapes if shape.role in ("near", "body", "far")]
    assert roles.index("far") < roles.index("body") < roles.index("near")
    assert roles[-1] == "near" or "inset_foot" in POSES[name].props


# -- mirrored, marked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["A02", "A06", "M09", "R06"])
def test_mirrored_twice_is_the_same_picture(name: str) -> None:
    picture = frames(POSES[name])[-1]
    for shape, again in zip(picture.shapes, mirror(mirror(picture)).shapes, strict=True):
        assert (shape.role, shape.stroke) == (again.role, again.stroke)
        for segment, back in zip(shape.path, again.path, strict=True):
            assert segment.op == back.op
            assert back.points == tuple(pytest.approx(point) for point in segment.points)


def test_a_mirrored_figure_faces_the_other_way_in_the_same_box() -> None:
    pose = Pose(view="side", start=Posture(shoulder=(90, 90), anchor=("near_foot", "floor")))
    plain, other = frames(pose)[0], frames(pose, mirrored=True)[0]
    assert plain.box == other.box
    arm, flipped = (extent([s for s in picture.shapes if s.role == "near"]) for picture in (plain, other))
    assert flipped[0] == pytest.approx(plain.box[0] + plain.box[2] - arm[2])


def test_a_measured_angle_is_marked_at_its_joint() -> None:
    posture = Posture(trunk=-90, hip=(90, 0), anchor=("pelvis", "mat"))
    pose = Pose(view="side", start=posture, angle=Angle(vertex="near_hip", arm="near_knee", to="horizontal"))
    marks = [shape for shape in frames(pose)[0].shapes if shape.role == "angle"]
    x0, y0, x1, y1 = extent(marks)
    assert (x0, y0) == pytest.approx((0, 0.055), abs=0.02)
    assert (x1, y1) == pytest.approx((0.2, 0.255), abs=0.02)


def test_an_arc_from_one_end_to_the_other_is_marked_from_where_the_limb_was() -> None:
    posture = Posture(trunk=-90, hip=(90, 0), anchor=("pelvis", "mat"))
    flat = msgspec.structs.replace(posture, hip=(0.0, 0.0))
    angle = Angle(vertex="near_hip", arm="near_knee", to="start")
    pose = Pose(view="side", start=posture, finish=flat, angle=angle)
    x0, y0, x1, y1 = extent([shape for shape in frames(pose)[1].shapes if shape.role == "angle"])
    assert (x1 - x0, y1 - y0) == pytest.approx((0.2, 0.2), abs=0.03)


def test_a_distance_is_marked_where_the_tape_lies() -> None:
    hands = Posture(shoulder=(90, 90), anchor=("near_foot", "floor"))
    tape = Distance(of="near_toe", to="wall", along="horizontal")
    pose = Pose(view="side", start=hands, props=("wall_front",), distance=tape)
    toe, hand = (joints(hands, "side")[name] for name in ("near_toe", "near_hand"))
    x0, y0, x1, y1 = extent([shape for shape in frames(pose)[0].shapes if shape.role == "angle"])
    assert (x0, x1) == pytest.approx((toe[0], hand[0]), abs=H + 0.004)
    assert (y0 + y1) / 2 == pytest.approx(toe[1], abs=H)


@pytest.mark.parametrize(("of", "along"), [("near_hip", "horizontal"), ("near_hand", "vertical")])
def test_what_is_higher_up_is_brought_down_to_the_tape_by_a_plumb_line(of: str, along: str) -> None:
    start = Posture(shoulder=(30, 0), anchor=("near_foot", "floor"))
    tape = {"of": of, "to": "near_toe", "along": along}
    pose = Pose(view="side", start=start, distance=msgspec.convert(tape, Distance))
    places = joints(start, "side")
    x0, y0, x1, y1 = extent([shape for shape in frames(pose)[0].shapes if shape.role == "angle"])
    one, other = places[of], places["near_toe"]
    assert (x0, x1) == pytest.approx(sorted((one[0], other[0])), abs=0.035)
    assert (y0, y1) == pytest.approx(sorted((one[1], other[1])), abs=0.035)


def measured(unit: str) -> list[str]:
    """The core tests read in a unit."""
    cards = (tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("tests/*.toml")))
    return [card["id"] for card in cards if card.get("core") and card["measure"]["unit"] == unit]


@pytest.mark.parametrize("name", [*measured("deg"), *measured("cm")])
def test_every_core_test_read_in_degrees_or_centimetres_shows_what_is_measured(name: str) -> None:
    assert any(shape.role == "angle" for shape in frames(POSES[name])[-1].shapes)
    assert (POSES[name].angle is not None) == (name in measured("deg"))


def test_the_knee_of_the_twist_goes_to_the_side_that_is_entered() -> None:
    finish = POSES["supine_twist_gap"].finish
    assert finish is not None
    assert joints(finish, "front", plan=True)["far_knee"][0] > 0.05, "a front figure shows the left side: screen right"


@pytest.mark.parametrize("name", measured("s"))
def test_every_core_test_read_in_seconds_shows_a_clock(name: str) -> None:
    assert any(arrow.kind == "clock" for arrow in POSES[name].arrows)


# -- faults --------------------------------------------------------------------------------------------------------

STANDING = Posture(anchor=("near_foot", "floor"))


def wrong(**changes: object) -> Posture:
    return msgspec.structs.replace(STANDING, **changes)


@pytest.mark.parametrize(
    ("pose", "word"),
    [
        (Pose(view="side", start=wrong(knee=(-20.0, 0.0))), "start.knee: -20 lies beyond"),
        (Pose(view="side", start=wrong(elbow=(0.0, 170.0))), "start.elbow: 170 lies beyond"),
        (Pose(view="side", start=wrong(elbow=(-100.0, 0.0))), "start.elbow: -100 lies beyond -5 to 155"),
        (
            Pose(view="side", start=wrong(elbow=(-170.0, 0.0), upper_arm_scale=(0.8, 1.0))),
            "start.elbow: -170 lies beyond -155 to 155",
        ),
        (
            Pose(view="front", start=wrong(anchor=("feet", "floor"), thigh_scale=(1.0, 0.5))),
            "far_foot is 0.12 body heights above",
        ),
        (Pose(view="side", start=wrong(hip=(0.0, -25.0), knee=(90.0, 0.0))), "under the floor"),
        (Pose(view="side", start=STANDING, props=("chair",)), "above the seat"),
        (Pose(view="side", start=wrong(palms_flat=True)), "no palm"),
        (Pose(view="side", start=STANDING, props=("sofa",)), "no prop is called sofa"),
        (Pose(view="side", start=wrong(anchor=("ear", "mat"))), "rest on is called ear"),
        (
            Pose(view="side", start=STANDING, arrows=(Arrow(kind="up", at="near_knee"),)),
            "start and finish are the same",
        ),
        (
            Pose(view="side", start=STANDING, arrows=(Arrow(kind="up", at="tail"),)),
            "at 'tail' has no place in a side view",
        ),
        (
            Pose(view="side", start=STANDING, angle=Angle(vertex="near_hip", arm="wing", to="down")),
            "marked (near_hip, wing, down) has no place",
        ),
        (
            Pose(view="side", start=STANDING, distance=Distance(of="near_toe", to="ceiling", along="vertical")),
            "distance: the distance marked (near_toe, ceiling, vertical) has no place",
        ),
        (Pose(view="side", start=STANDING, place="wing"), "place: the place marked (wing) has no place"),
        (Pose(view="side", start=STANDING, arrows=(Arrow(kind="sideways", at="hand"),)), "no arrow is called sideways"),
        (
            Pose(
                view="side",
                start=STANDING,
                finish=wrong(hip=(90.0, 0.0), knee=(90.0, 0.0), anchor=("far_foot", "floor")),
                arrows=(Arrow(kind="down", at="near_knee"),),
            ),
            "against the motion",
        ),
        (
            Pose(
                view="side",
                start=wrong(shoulder=(90.0, 90.0), elbow=(90.0, 90.0)),
                finish=wrong(shoulder=(90.0, 90.0), trunk=10.0, hip=(10.0, 10.0), anchor=("near_toe", "floor")),
                props=("wall_front",),
            ),
            "inside the wall",
        ),
        (
            Pose(
                view="side",
                start=wrong(shoulder=(14.0, 14.0), elbow=(52.0, 52.0)),
                finish=wrong(shoulder=(14.0, 14.0), elbow=(90.0, 90.0)),
                props=("worktop",),
            ),
            "on the worktop",
        ),
    ],
)
def test_a_fault_is_told(pose: Pose, word: str) -> None:
    assert any(word in fault for fault in faults(pose)), faults(pose)


# Any words of the vocabulary in any view: what passes without a fault can be drawn.
places = st.sampled_from(["", "belly", "hand", "near_foot", "head", "chest", "pelvis", "arch", "asis", "down", "jaw"])
arrows = st.builds(Arrow, kind=st.sampled_from(sorted(ALONG | SIGNS)), at=places)
anchors = st.tuples(
    st.sampled_from(["pelvis", "feet", "near_toe", "knees", "upper_back"]), st.sampled_from(["mat", "plan"])
)
shares = st.floats(0, 1)
postures = st.builds(
    Posture,
    trunk=st.floats(-180, 180),
    hip=st.tuples(st.floats(0, 60), st.floats(0, 60)),
    trunk_scale=shares,
    hip_width=shares,
    thigh_scale=st.tuples(shares, shares),
    anchor=st.none() | anchors,
)
any_poses = st.builds(
    Pose,
    view=st.sampled_from(["side", "front", "top", "face"]),
    plan=st.booleans(),
    start=postures,
    finish=st.none() | postures,
    props=st.lists(st.sampled_from(sorted(PROPS)), max_size=3).map(tuple),
    arrows=st.lists(arrows, max_size=2).map(tuple),
    angle=st.none() | st.builds(Angle, vertex=places, arm=places, to=places),
    distance=st.none() | st.builds(Distance, of=places, to=places, along=st.sampled_from(["horizontal", "vertical"])),
    place=st.just("") | places,
)
DRAWN_ANYWAY = ("no_contact", "through_floor", "through_wall", "no_motion", "against_motion")


@settings(deadline=None)
@given(any_poses)
def test_whatever_is_named_well_can_be_drawn(pose: Pose) -> None:
    if all(fault.code in DRAWN_ANYWAY for fault in sound_pose(pose)):
        assert frames(pose)
    else:
        assert faults(pose)


def test_the_pose_of_the_manual_is_sound_and_moves() -> None:
    page = (Path(__file__).parents[2] / "docs" / "figures.md").read_text("utf-8")
    written = tomllib.loads(page.split("```toml")[1].split("```")[0])
    pose = msgspec.convert(written["pose"], Pose)
    assert faults(pose) == ()
    assert len(frames(pose)) == 2
