"""Questionnaires with items: what is asked of whom, and how the answers make up a score. No clock, screen or record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from protocols.case import Answered
from protocols.grades import hypermobility
from protocols.grades.hypermobility import BEIGHTON
from protocols.model import Item, Library, Questionnaire, Side

__all__ = [
    "BEIGHTON",
    "RULES",
    "UPRIGHT",
    "asked",
    "hypermobile",
    "hypermobility_line",
    "item_change",
    "of_test",
    "score",
    "still_open",
]

Answers = Mapping[str, Answered]
"""By the key of the item."""
UPRIGHT: Final = "upright"
BEFORE_PUBERTY: Final = "before_puberty"
HAKIM: Final = "hakim"
"""How many of the five questions were yes: the one item of visits that did not ask them one by one."""
HAKIM_ITEMS: Final = "hakim_"
"""What the keys of the five questions begin with."""
MEAN_PLACES: Final = Decimal("0.000001")
"""A mean of 3 to 5 whole ratings is kept to six places. Two such means differ by exactly 2 or miss it by 1/20 or more,
so no comparison with a change of 2.0 depends on the places left away."""
SIDES: Final[dict[str, tuple[Side, ...]]] = {"one": ("value",), "pre_post": ("pre", "post")}


def of_test(library: Library, test_id: str) -> Questionnaire | None:
    """The questionnaire whose score is the value of this test."""
    return next((one for one in library.questionnaires.values() if one.test and one.test == test_id), None)


def asked(questionnaire: Questionnaire, library: Library, age: int, named: Answers | None = None) -> tuple[Item, ...]:
    """The items for a patient of this age; `named` holds the activities named so far, now or at the last visit."""
    if questionnaire.items_from == "stand_symptoms":
        return tuple(_number(str(place), name, questionnaire) for place, name in enumerate(library.stand.symptoms, 1))
    if questionnaire.items_from == "patient":
        words = {key: answered.words for key, answered in (named or {}).items()}
        keys = map(str, range(1, questionnaire.most + 1))
        return tuple(_number(key, words.get(key, ""), questionnaire) for key in keys)
    return tuple(item for item in questionnaire.items if item.ages[0] <= age <= item.ages[1])


def _number(key: str, ask: str, questionnaire: Questionnaire) -> Item:
    return Item(key=key, ask=ask, answer="number", highest=questionnaire.highest)


def still_open(questionnaire: Questionnaire, items: Iterable[Item], answers: Answers) -> tuple[Item, ...]:
    """The items that keep the answers from being complete, in order; an activity nobody named only up to `fewest`."""
    unanswered = [item for item in items if item.scored and _given(item, answers) is None]
    if questionnaire.items_from != "patient":
        return tuple(unanswered)
    named = [item for item in unanswered if item.ask]
    blank = [item for item in unanswered if not item.ask]
    rated = sum(1 for answered in answers.values() if answered.value is not None)
    return (*named, *blank[: max(0, questionnaire.fewest - rated - len(named))])


def score(questionnaire: Questionnaire, items: Iterable[Item], answers: Answers) -> Decimal | None:
    """The score of complete answers; None while one is missing, or where no score is made of them."""
    asked_now = tuple(items)
    if still_open(questionnaire, asked_now, answers):
        return None
    given = [_given(item, answers) for item in asked_now if item.scored]
    return RULES[questionnaire.score]([Decimal(value) for value in given if value is not None])


def _given(item: Item, answers: Answers) -> Decimal | bool | None:
    return answers[item.key].value if item.key in answers else None


def _none(values: list[Decimal]) -> Decimal | None:
    return None


def _sum(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0))


def _mean(values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    kept = (Decimal(exact.numerator) / exact.denominator).quantize(MEAN_PLACES)
    whole = kept.to_integral_value()
    return whole if whole == kept else kept.normalize()


RULES: Final[dict[str, Callable[[list[Decimal]], Decimal | None]]] = {"none": _none, "sum": _sum, "mean": _mean}
"""The score rule of a questionnaire, by its name in the data."""


def item_change(questionnaire: Questionnaire, then: Answered, now: Answered) -> str:
    """ "improved" or "worsened" where one item changed by as much as its source asks for, else ""."""
    least = questionnaire.item_change
    if least is None or not isinstance(then.value, Decimal) or not isinstance(now.value, Decimal):
        return ""
    if then.words != now.words or abs(now.value - then.value) < least:
        return ""
    return "improved" if now.value > then.value else "worsened"


# -- Beighton --------------------------------------------------------------------------------------------------------


def hypermobility_line(age: int, answers: Answers) -> int:
    """The Beighton score asked for at this age, and before puberty where that was said."""
    return hypermobility.line(age, before_puberty=_before_puberty(answers))


def hypermobile(score: Decimal, age: int, answers: Answers) -> bool:
    """Whether the score meets the 2017 line, with the Hakim questions where they were asked."""
    return hypermobility.met(score, age, before_puberty=_before_puberty(answers), hakim=_hakim(answers))


def _hakim(answers: Answers) -> Decimal | None:
    """How many of the five Hakim questions were answered yes so far; None where none was asked."""
    asked_now = [answered.value for key, answered in answers.items() if key.startswith(HAKIM_ITEMS)]
    if asked_now:
        return Decimal(asked_now.count(True))
    counted = answers[HAKIM].value if HAKIM in answers else None
    return counted if isinstance(counted, Decimal) else None


def _before_puberty(answers: Answers) -> bool:
    return BEFORE_PUBERTY in answers and answers[BEFORE_PUBERTY].value is True
