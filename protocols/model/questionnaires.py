"""A questionnaire that may be shipped with its items."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from protocols.model.base import Basis, Fact


class Item(Fact, frozen=True, kw_only=True):
    """One question of a questionnaire, in words of our own."""

    key: str
    """Its place in the record, "item.<key>"; never given to another question."""
    ask: str
    answer: Literal["yes_no", "number"] = "yes_no"
    highest: int = 1
    """Of a number, from 0; a yes counts 1."""
    scored: bool = True
    """An item that is not scored may stay open."""
    ages: tuple[int, int] = (0, 130)
    """Asked only at these ages (completed years, inclusive)."""


class Questionnaire(Fact, frozen=True, kw_only=True):
    """A questionnaire that may be shipped with its items, and how they make up the score of a test."""

    id: str
    version: int = 1
    test: str = ""
    """The test its score is the value of; empty where the answers make no score."""
    title: str
    say: str
    """One line over the items, with whom they are from."""
    items: tuple[Item, ...] = ()
    items_from: Literal["file", "patient", "stand_symptoms"] = "file"
    """`patient`: activities in the patient's own words; `stand_symptoms`: those of the stand test."""
    highest: int = 1
    """Of the answer to an item that does not stand in the file."""
    fewest: int = 0
    most: int = 0
    """How many activities the patient names."""
    sides: Literal["one", "pre_post"] = "one"
    score: Literal["none", "sum", "mean"]
    item_change: Decimal | None = None
    """From this difference on a single item has really changed; more is better."""
    basis: tuple[Basis, ...]
    licence: str
    """Why its items may be printed."""
    sources: tuple[str, ...]
