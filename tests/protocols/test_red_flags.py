"""Red flags: the table of levels, the pairs, what is named as the reason, and unknown answers."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.model import RedFlags
from protocols.red_flags import Concern, weigh, why_words
from tests.protocols.flag_table import CES, LEVEL, TOGETHER

DATA = Path(__file__).parents[2] / "protocols" / "data" / "red_flags.toml"
RED_FLAGS = msgspec.toml.decode(DATA.read_bytes(), type=RedFlags)


def asked(*present: str, unknown: tuple[str, ...] = ()) -> Concern:
    return weigh(present, unknown, RED_FLAGS)


def test_the_data_hold_the_table_of_levels() -> None:
    assert {flag.id: flag.level for flag in RED_FLAGS.flags} == LEVEL
    assert len(RED_FLAGS.flags) == len(LEVEL) == 38
    assert {pair.both: pair.level for pair in RED_FLAGS.pairs} == TOGETHER


def test_the_data_set_the_blocks() -> None:
    assert {flag.id: flag.sets for flag in RED_FLAGS.flags if flag.sets} == {
        "neck_risk": ("NECK",),
        "neck_instab": ("NECK",),
        "cad_risk_multi": ("NECK",),
        "fx_osteo": ("OSTEO",),
        "fx_osteo_multi": ("OSTEO",),
        "aaa": ("AAA",),
        "dvt_suspected": ("DVT",),
    }


def test_only_cauda_equina_answers_count_when_unknown() -> None:
    assert {flag.id for flag in RED_FLAGS.flags if flag.unknown_is_yes} == CES


def test_groups_are_asked_together_and_none_is_empty() -> None:
    order = [flag.group for flag in RED_FLAGS.flags]
    assert list(dict.fromkeys(order)) == [group.id for group in RED_FLAGS.groups]
    assert order == sorted(order, key=[group.id for group in RED_FLAGS.groups].index)


def test_actions_say_what_to_do_and_letters_claim_no_diagnosis() -> None:
    assert [action.level for action in RED_FLAGS.actions] == [0, 1, 2, 3]
    by_level = {action.level: action for action in RED_FLAGS.actions}
    assert "same day" in by_level[2].do
    assert "2 weeks" in by_level[2].do
    assert "mergency department now" in by_level[3].do
    assert "within two weeks" in by_level[2].letter
    assert "emergency department now" in by_level[3].letter
    assert all("not a diagnosis" in by_level[level].letter for level in (1, 2, 3))


def test_questions_are_spoken_words_without_working_marks() -> None:
    assert all(flag.ask.endswith("?") and flag.source for flag in RED_FLAGS.flags)
    assert not re.search(r"\[(found|memory|derived|design)|\bseeds?\b", DATA.read_text("utf-8"), re.IGNORECASE)


# -- weighing --------------------------------------------------------------------------------------------------------


def test_nothing_answered_yes() -> None:
    assert asked() == Concern(0, ())


@pytest.mark.parametrize("one", sorted(LEVEL))
def test_one_answer_alone(one: str) -> None:
    concern = asked(one)
    assert (concern.level, concern.because) == (LEVEL[one], (one,))
    assert concern.stop is concern.plan_blocked is (LEVEL[one] >= 2)


@pytest.mark.parametrize("pair", sorted(TOGETHER))
def test_two_answers_together_in_either_order(pair: tuple[str, str]) -> None:
    for present in (pair, pair[::-1]):
        concern = asked(*present)
        assert (concern.level, concern.because) == (TOGETHER[pair], ("+".join(pair),))


def test_reasons_are_the_singles_as_sent_then_the_pairs_of_the_table() -> None:
    concern = asked("night_pain", "gca", "wt_loss", "ca_hist", "bp_180")
    assert concern.level == 2
    assert concern.because == ("gca", "bp_180", "ca_hist+night_pain", "ca_hist+wt_loss", "night_pain+wt_loss")


def test_lower_answers_are_not_named() -> None:
    assert asked("night_pain", "wt_loss", "aaa").because == ("aaa",)


def test_an_answer_sent_twice_counts_once() -> None:
    assert asked("gca", "gca").because == ("gca",)
    assert asked("ca_hist", "ca_hist") == asked("ca_hist")
    assert asked("gca", unknown=("gca", "cord", "cord")) == Concern(2, ("gca",), ("cord",))


def test_unknown_cauda_equina_counts_as_yes_after_what_was_answered() -> None:
    concern = asked("aaa", unknown=("ces_sex", "cord", "ces_bowel", "ces_sex"))
    assert concern == Concern(3, ("aaa", "ces_sex", "ces_bowel"), ("cord",))


def test_other_unknown_answers_set_no_level_and_make_no_pair() -> None:
    assert asked("ca_hist", unknown=("cord", "motor_prog")) == Concern(1, ("ca_hist",), ("cord", "motor_prog"))
    assert asked(unknown=("motor_prog",)) == Concern(0, (), ("motor_prog",))


def test_a_question_without_a_level_is_no_reason() -> None:
    flags = tuple(msgspec.structs.replace(flag, level=0) for flag in RED_FLAGS.flags)
    quiet = msgspec.structs.replace(RED_FLAGS, flags=flags, pairs=())
    assert weigh(("aaa",), (), quiet) == Concern(0, ())


@pytest.mark.parametrize(("present", "unknown"), [(("backache",), ()), ((), ("backache",))])
def test_an_id_outside_the_library_is_refused(present: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match='"backache" is not in the library'):
        weigh(present, unknown, RED_FLAGS)


answers = st.lists(st.sampled_from(sorted(LEVEL)), max_size=8).map(tuple)


@given(answers, answers)
def test_level_against_the_written_table(present: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    yes = set(present) | (set(unknown) & CES)
    levels = [LEVEL[one] for one in yes] + [level for pair, level in TOGETHER.items() if yes.issuperset(pair)]
    concern = weigh(present, unknown, RED_FLAGS)
    assert concern.level == max(levels, default=0)
    assert bool(concern.because) is (concern.level > 0)
    assert set(concern.unknown) == set(unknown) - set(present) - CES


@given(answers, answers, st.sampled_from(sorted(LEVEL)))
def test_one_more_yes_never_lowers_the_level(present: tuple[str, ...], unknown: tuple[str, ...], more: str) -> None:
    assert weigh((*present, more), unknown, RED_FLAGS).level >= weigh(present, unknown, RED_FLAGS).level


def test_why_is_told_by_the_groups_as_they_are_headed_never_by_ids() -> None:
    alone, pair = asked("bp_140_179", "fx_osteo"), asked(*next(iter(TOGETHER)))
    assert why_words(alone, RED_FLAGS) == "Because of the answers on Cancer, infection, fracture; Blood pressure now."
    assert "_" not in why_words(pair, RED_FLAGS)
    assert not why_words(asked(), RED_FLAGS)
