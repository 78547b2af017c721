"""Everything wrong with a library folder, at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from protocols.check import check
from protocols.checks.problem import Problem
from protocols.library import DATA, load

Edit = tuple[str, str]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "exercises").mkdir()
    return tmp_path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def put(clinic: Path, name: str, *edits: Edit, file: str | None = None) -> None:
    """A bundled file with edits in the clinic's folder, as version 2; every edit must change something."""
    text = "version = 2\n" + (DATA / name).read_text(encoding="utf-8").replace("version = 1\n", "")
    for old, new in edits:
        changed = re.sub(old, new, text, count=1, flags=re.MULTILINE)
        assert changed != text, f"{old} changes nothing in {name}"
        text = changed
    (clinic / (file or name)).write_text(text, encoding="utf-8")


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems]


def test_the_bundled_knowledge_is_sound() -> None:
    assert [problem.sentence for problem in check(DATA)] == []


HIP = "tests/hip_ir_seated.toml"
TILT = "tests/pelvic_tilt.toml"
FEET = "tests/gait_foot.toml"
DEAD_BUG = "exercises/A02.toml"


@pytest.mark.parametrize(
    ("name", "edits", "code", "place"),
    [
        (HIP, [("^order = .*", "")], "missing_key", "order"),
        (HIP, [("^order = ", "odrer = ")], "unknown_key", "odrer"),
        (HIP, [("^order = .*", 'order = "first"')], "wrong_type", "order"),
        (HIP, [("^order = .*", "order = true")], "wrong_type", "order"),
        (HIP, [('direction = "hi"', 'direction = "up"')], "wrong_type", "measure.direction"),
        (HIP, [("hard = .*", "hard = [-10]")], "wrong_type", "measure.hard"),
        (HIP, [("hard = .*", "hard = [-10, nan]")], "not_finite", "measure.hard[1]"),
        (HIP, [("hard = .*", 'hard = [-10, "90"]')], "wrong_type", "measure.hard[1]"),
        (HIP, [("hard = .*", "")], "no_limits", "measure.hard"),
        (HIP, [("hard = .*", "hard = [90, -10]")], "limits_order", "measure.hard"),
        (HIP, [("hard = .*", "hard = [-10, 50]")], "outside_limits", "measure.excess.F"),
        (HIP, [(r"cuts = \[27, 19\]", "cuts = [19, 27]")], "cuts_order", "measure.bands[0].cuts"),
        (HIP, [(r"cuts = \[27, 19\]", "cuts = [27]")], "cuts_number", "measure.bands[0].cuts"),
        (HIP, [(r"cuts = \[27, 19\]", "cuts = [97, 19]")], "cut_outside_limits", "measure.bands[0].cuts"),
        (HIP, [(r"ages = \[18, 39\]", "ages = [18, 40]")], "bands_overlap", "measure.bands"),
        (HIP, [(r"ages = \[18, 39\]", "ages = [18, 37]")], "bands_gap", "measure.bands"),
        (HIP, [(r"ages = \[18, 39\]", "ages = [39, 18]")], "ages_order", "measure.bands[0].ages"),
        (HIP, [("resolution = 1", "resolution = 0")], "resolution", "measure.resolution"),
        (HIP, [('summary = "mean"', "")], "no_summary", "measure.summary"),
        (HIP, [("asymmetry = 10", "asymmetry = 5")], "asymmetry_noise", "measure.asymmetry"),
        (HIP, [('sides = "LR"', 'sides = "one"')], "asymmetry_one_side", "measure.asymmetry"),
        (HIP, [("mdc_different = 9", "mdc_different = 0")], "mdc", "measure.change.mdc_different"),
        (HIP, [("devices = .*", 'devices = ["crom", "crom"]')], "device_twice", "measure.devices"),
        (HIP, [("devices = .*", 'devices = ["ruler"]')], "wrong_type", "measure.devices[0]"),
        (HIP, [('basis = .*', "basis = []")], "no_source", "evidence.basis"),
        (TILT, [("^sources = .*(.|\n)*?]$", "sources = []")], "no_source", "evidence.sources"),
        (HIP, [('source = "Roach & Miles 1991"', 'source = ""')], "no_source", "norms[0].source"),
        (HIP, [("^name = .*", 'name = "A name that is too long by far"')], "name_long", "name"),
        (HIP, [('id = "hip_ir_seated"', 'id = "hip_ir"')], "id_file", "id"),
        (TILT, [(r"cuts = \[-3, 0, 13, 17\]", "cuts = [-3, 13, 0, 17]")], "cuts_order", "measure.bands[0].cuts"),
        (FEET, [('neutral = "W"', 'neutral = "B"')], "no_within", "measure.categories"),
        (FEET, [('neutral = "W"', 'neutral = "good"')], "wrong_type", "measure.categories.neutral"),
        (DEAD_BUG, [('"Come back.*"', '"a b c d e f g h i j k l m"')], "cue_long", "cues[3]"),
        (DEAD_BUG, [('"Come back.*"', '"a", "b"')], "cues_number", "cues"),
        (DEAD_BUG, [('"Come back.*"', '"Hold {second} seconds."')], "unknown_placeholder", "cues[3]"),
        (DEAD_BUG, [('"Come back.*"', '"Hold {hold seconds."')], "unknown_placeholder", "cues[3]"),
        (DEAD_BUG, [('"Come back.*"', '"Hold {hold} seconds."')], "hold_missing", "cues[3]"),
        (DEAD_BUG, [("^stop_if = .*", 'stop_if = " "')], "no_stop_line", "stop_if"),
        (DEAD_BUG, [("^sec_per_rep = .*", "sec_per_rep = 120")], "minutes", "dose"),
        (DEAD_BUG, [("^sets = .*", "sets = 0")], "dose", "dose.sets"),
        (DEAD_BUG, [("^days_per_week = .*", "days_per_week = 8")], "days", "days_per_week"),
        (DEAD_BUG, [("^upright = .*", "upright = 4")], "upright", "upright"),
        (DEAD_BUG, [('easier = "A02e"', 'easier = "A99"')], "unknown_card", "easier"),
        (DEAD_BUG, [('harder = "A08"', 'harder = "A02e"')], "ladder_cycle", "harder"),
        (DEAD_BUG, [('"COR"', '"CORE"')], "unknown_finding", "targets[0]"),
        (DEAD_BUG, [('code = "DIAST"', 'code = "DIAS"')], "unknown_precaution", "blocks[1].code"),
        (DEAD_BUG, [(r'kit = \["mat"\]', 'kit = ["matt"]')], "unknown_kit", "kit[0]"),
        (DEAD_BUG, [("trunk = -90", 'trunk = "flat"')], "wrong_type", "pose.start.trunk"),
        (DEAD_BUG, [(r'props = \["mat"', 'props = ["matt"')], "unknown_prop", "pose.props[0]"),
        (DEAD_BUG, [(r'props = \["mat"', 'props = ["mat", "face"')], "no_place", "pose.props[1]"),
        (DEAD_BUG, [('kind = "down"', 'kind = "dwon"')], "unknown_arrow", "pose.arrows[0].kind"),
        (DEAD_BUG, [('at = "near_foot"', 'at = "near_fot"')], "no_place", "pose.arrows[0]"),
        (DEAD_BUG, [('at = "near_foot"', 'at = ""')], "no_place", "pose.arrows[0]"),
        (DEAD_BUG, [('kind = "down"', 'kind = "turn"')], "no_place", "pose.arrows[0]"),
        (DEAD_BUG, [('kind = "down"', 'kind = "up"')], "against_motion", "pose.arrows[0]"),
        (DEAD_BUG, [('"pelvis", "mat"', '"pelvic", "mat"')], "unknown_anchor", "pose.start.anchor"),
        (DEAD_BUG, [('"pelvis", "mat"', '"pelvis", "plan"')], "unknown_anchor", "pose.start.anchor"),
        (DEAD_BUG, [(r"^knee = \[90, 90\]", "knee = [90, -20]")], "out_of_range", "pose.start.knee"),
        (DEAD_BUG, [("^trunk = -90", "trunk = -90\nthigh_scale = [1, 2]")], "out_of_range", "pose.start.thigh_scale"),
        (DEAD_BUG, [(r"^knee = \[6, 90\]", "knee = [106, 90]")], "through_floor", "pose.finish"),
        (DEAD_BUG, [(r'props = \["mat"', 'props = ["chair"')], "no_contact", "pose.start"),
        (HIP, [("bed_end", "bed_edn")], "unknown_prop", "pose.props[0]"),
        (HIP, [('to = "down"', 'to = "dawn"')], "no_place", "pose.angle"),
        (HIP, [('vertex = "near_knee"', 'vertex = "down"')], "no_place", "pose.angle"),
    ],
)  # fmt: skip
def test_each_fault_is_found_where_it_is(clinic: Path, name: str, edits: list[Edit], code: str, place: str) -> None:
    put(clinic, name, *edits)
    problems = check(clinic)
    assert (code, place) in codes(problems), [problem.sentence for problem in problems]
    found = next(problem for problem in problems if (problem.code, problem.place) == (code, place))
    assert found.file == name
    assert found.message
    assert "\n" not in found.sentence


def test_every_problem_of_every_file_at_once(clinic: Path) -> None:
    put(clinic, HIP, ("^order = .*", ""), ("^name = ", "nane = "), ("hard = .*", 'hard = "wide"'))
    put(clinic, TILT, (r"cuts = .*", "cuts = [1, 0]"), ("^name = .*", 'name = "A name that is too long by far"'))
    (clinic / "exercises/half.toml").write_text('id = "half"\nname = ')
    (clinic / "exercises/key.toml").write_text('id = "key"\nname "x"\n')
    (clinic / "exercises/latin.toml").write_bytes(b'id = "\xe9"')
    found = check(clinic)
    assert codes([problem for problem in found if problem.file == HIP]) == [
        ("wrong_type", "measure.hard"),
        ("missing_key", "name"),
        ("unknown_key", "nane"),
        ("missing_key", "order"),
    ]
    assert {code for code, _ in codes([problem for problem in found if problem.file == TILT])} == {
        "cuts_number",
        "name_long",
    }
    assert codes([problem for problem in found if problem.file == "exercises/half.toml"]) == [("toml", "last line")]
    assert codes([problem for problem in found if problem.file == "exercises/key.toml"]) == [("toml", "line 2")]
    assert codes([problem for problem in found if problem.file == "exercises/latin.toml"]) == [("not_utf8", "")]
    assert found == sorted(found)
    assert "did you mean name?" in next(problem.message for problem in found if problem.code == "unknown_key")


def test_all_wrong_names_and_angles_of_a_pose_are_told_at_once_with_what_was_meant(clinic: Path) -> None:
    edits = [(r'props = \["mat"', 'props = ["sofa"'), ('kind = "left"', 'kind = "lefd"'), ('"pelvis"', '"pelvs"')]
    put(clinic, DEAD_BUG, *edits, (r"^knee = \[90, 90\]", "knee = [90, 165]"))
    found = {problem.place: problem.message for problem in check(clinic)}
    assert found["pose.arrows[1].kind"] == "no arrow is called lefd; did you mean left?"
    assert found["pose.start.anchor"] == "no point to rest on is called pelvs; did you mean pelvis?"
    assert found["pose.start.knee"] == "165 lies beyond -5 to 160"
    assert found["pose.props[0]"].startswith("no prop is called sofa; known here: mat, pillow_head, ")
    assert len(found) == 4


def test_one_id_in_two_files(clinic: Path) -> None:
    put(clinic, HIP)
    put(clinic, HIP, file="tests/other.toml")
    assert set(codes(check(clinic))) == {("id_file", "id"), ("id_twice", "id")}


def test_a_clinics_card_may_lead_to_bundled_and_own_cards(clinic: Path) -> None:
    put(
        clinic,
        DEAD_BUG,
        ('id = "A02"', 'id = "own"'),
        ('easier = "A02e"', 'easier = "own_easy"'),
        file="exercises/own.toml",
    )
    easy = [('id = "A02"', 'id = "own_easy"'), ('easier = "A02e"', ""), ('harder = "A08"', 'harder = "own"')]
    put(clinic, DEAD_BUG, *easy, file="exercises/own_easy.toml")
    assert check(clinic) == []


def test_a_ladder_that_turns_round_over_several_cards_is_found(clinic: Path) -> None:
    for card, harder in (("one", "two"), ("two", "three"), ("three", "one")):
        edits = [('id = "A02"', f'id = "{card}"'), ('easier = "A02e"', ""), ('harder = "A08"', f'harder = "{harder}"')]
        put(clinic, DEAD_BUG, *edits, file=f"exercises/{card}.toml")
    assert [problem.code for problem in check(clinic)] == ["ladder_cycle"] * 3


def test_a_part_of_a_whole_library_knows_the_rest(whole: Path) -> None:
    assert check(whole, only="exercises") == []
    assert check(whole, only="tests") == []


@pytest.mark.parametrize(
    "name",
    ["kit.toml", "findings.toml", "precautions.toml", "exercises/B06.toml", "exercises/A02.toml", "tests/fadir.toml"],
)
def test_one_broken_file_does_not_make_every_id_unknown(whole: Path, name: str) -> None:
    (whole / name).write_text("broken")
    assert [(problem.file, problem.code) for problem in check(whole)] == [(name, "toml")]


def test_a_folder_that_is_not_there() -> None:
    assert [problem.code for problem in check(Path("nowhere"))] == ["no_folder"]


def test_a_folder_may_hold_its_tests_directly(tmp_path: Path) -> None:
    put(tmp_path, HIP, ("^order = .*", ""), file="hip_ir_seated.toml")
    assert check(tmp_path) == []
    assert [problem.sentence for problem in check(tmp_path, only="tests")] == [
        "hip_ir_seated.toml: order: this key is missing"
    ]


def test_only_one_kind_is_checked(clinic: Path) -> None:
    put(clinic, HIP, ("^order = .*", ""))
    put(clinic, DEAD_BUG, ("^upright = .*", "upright = 4"))
    assert {problem.file for problem in check(clinic, only="tests")} == {HIP}
    assert {problem.file for problem in check(clinic, only="exercises")} == {DEAD_BUG}


def test_an_unreadable_file_is_one_problem_among_the_others(clinic: Path) -> None:
    (clinic / "tests/folder.toml").mkdir()
    put(clinic, HIP, ("^order = .*", ""))
    assert [problem.code for problem in check(clinic)] == ["unreadable", "missing_key"]


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(whole: Path) -> None:
        text = (whole / name).read_text(encoding="utf-8")
        assert old in text
        (whole / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "file", "code"),
    [
        (lambda whole: (whole / "tests/mtt_hip_ext.toml").unlink(), "findings.toml", "unknown_test"),
        (lambda whole: (whole / "exercises/B06.toml").unlink(), "findings.toml", "unknown_card"),
        (edit("findings.toml", 'code = "PSO"', 'code = "APT"'), "findings.toml", "id_twice"),
        (edit("findings.toml", 'code = "PSO"', 'code = "PSOA"'), "exercises/B06.toml", "unknown_finding"),
        (edit("precautions.toml", 'code = "FLOOR"', 'code = "FLOR"'), "exercises/A02.toml", "unknown_precaution"),
        (edit("kit.toml", 'id = "mat"', 'id = "rug"'), "exercises/A02.toml", "unknown_kit"),
        (edit("kit.toml", 'id = "mat"', 'di = "mat"'), "kit.toml", "unknown_key"),
        (edit("lifestyle.toml", '"SIT"', '"SITT"'), "lifestyle.toml", "unknown_finding"),
        (edit("stand_test.toml", "source = ", "sauce = "), "stand_test.toml", "unknown_key"),
        (edit("red_flags.toml", "level = ", "levle = "), "red_flags.toml", "missing_key"),
    ],
)
def test_a_whole_library_is_checked_across_its_files(
    whole: Path, change: Callable[[Path], None], file: str, code: str
) -> None:
    change(whole)
    assert (file, code) in {(problem.file, problem.code) for problem in check(whole)}


# -- versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [HIP, DEAD_BUG])
def test_what_takes_the_place_of_a_bundled_file_has_a_higher_version(clinic: Path, name: str) -> None:
    put(clinic, name, ("^name = .*", 'name = "Ours"'), ("^version = 2", "version = 1"))
    (problem,) = check(clinic)
    stem = Path(name).stem
    assert problem.sentence == (
        f"{name}: version: version 1 is not above version 1 of the bundled {stem} it takes the place of; "
        "compare the two, then write version = 2"
    )
    put(clinic, name, ("^name = .*", 'name = "Ours"'))
    assert check(clinic) == []


def test_a_bundled_file_that_has_moved_on_since_is_noticed(clinic: Path) -> None:
    """The clinic's version 2 was made over version 1; the new knowledge brings a version 2 of its own."""
    put(clinic, HIP, ("^name = .*", 'name = "Ours"'))
    bundled = load()
    newer = msgspec.structs.replace(bundled.tests["hip_ir_seated"], version=2)
    later = msgspec.structs.replace(bundled, tests=bundled.tests | {newer.id: newer})
    assert codes(check(clinic, later)) == [("version", "version")]


def test_an_addition_begins_at_one(clinic: Path) -> None:
    addition = ('^id = "hip_ir_seated"', 'id = "own"')
    put(clinic, HIP, addition, ("^version = 2", "version = 1"), file="tests/own.toml")
    assert check(clinic) == []
    put(clinic, HIP, addition, ("^version = 2", "version = 0"), file="tests/own.toml")
    assert codes(check(clinic)) == [("version", "version")]


def test_an_exact_copy_changes_nothing_and_needs_no_version(clinic: Path) -> None:
    shutil.copy(DATA / HIP, clinic / HIP)
    assert check(clinic) == []
