"""The plans a clinic starts from: each a name and the cards as they are wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from assess_tui.storage.errors import NotFoundError
from assess_tui.storage.store import Row, Store, from_json, to_json
from protocols.case import Wanted
from protocols.search import words
from protocols.visit import cards_of, cards_value

LONGEST_NAME = 40
"""Letters that still fit a row of the list."""
_CURRENT = "SELECT template, name, body, at, clinician FROM current_template"


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A plan to start from. A visit's precautions are not in it: every card is looked at again when it is used."""

    id: str
    name: str
    cards: tuple[Wanted, ...]
    by: str
    at: dt.datetime
    """When it was last saved, and by whom."""


def template_name(typed: str) -> str:
    """The name as it is kept, its spaces tidied. Raises ValueError, in a sentence, for one that cannot be."""
    name = " ".join(typed.split())
    if not words(name):
        raise ValueError("A template needs a name, for example: desk worker, 10 minutes.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"This name has {len(name)} letters; at most {LONGEST_NAME} fit the list.")
    return name


class Templates(Store):
    """The part of the record that keeps the clinic's templates. Nothing is changed: a new row supersedes the last."""

    def templates(self) -> list[Template]:
        """Every template in use, by name."""
        # Two copies of a record may both have saved a template; once they are one record, the newer word counts.
        known = {row[0]: row for row in self._rows(f"{_CURRENT} ORDER BY id")}
        return sorted((_template(row) for row in known.values() if row[2] is not None), key=_place)

    def template_called(self, name: str) -> Template | None:
        """The template of this name, letter case, accents and punctuation aside."""
        return next((one for one in self.templates() if words(one.name) == words(name)), None)

    def save_template(self, name: str, cards: Iterable[Wanted], clinician: str) -> Template:
        """Keep these cards under a name; one of the same name gives way to it.

        Why a card was given although it was barred belongs to one patient and is left out. Raises ValueError for a
        name that cannot be, or without cards.
        """
        kept = tuple(msgspec.structs.replace(card, forced="") for card in cards)
        if not kept:
            raise ValueError("A template holds at least one card.")
        known = self.template_called(name)
        row = self._new_id()
        template = known.id if known else row
        self._tell_template(template, row, template_name(name), to_json(cards_value(kept)), clinician)
        return next(one for one in self.templates() if one.id == template)

    def drop_template(self, template: str, clinician: str) -> None:
        """Take a template out of use; what was kept of it stays. Raises StorageError for one that is not in use."""
        known = next((one for one in self.templates() if one.id == template), None)
        if known is None:
            raise NotFoundError("No such template", f"the record holds no template in use with the id {template}")
        self._tell_template(template, self._new_id(), known.name, None, clinician)

    def _tell_template(self, template: str, row: str, name: str, body: str | None, clinician: str) -> None:
        with self.together():
            tip = self._row("SELECT max(id) FROM current_template WHERE template = ?", [template])
            self._add(
                "template",
                id=row,
                template=template,
                site=self._site(),
                name=name,
                body=body,
                at=self._moment(),
                clinician=clinician,
                supersedes=tip[0] if tip else None,
            )


def _place(template: Template) -> tuple[list[str], str]:
    return words(template.name), template.id


def _template(row: Row) -> Template:
    template, name, body, at, clinician = row
    cards = cards_of(from_json(body))
    return Template(id=template, name=name, cards=cards, by=clinician, at=dt.datetime.fromisoformat(at))
