"""A new patient, or correcting one: names, birth date, sex, code. Warns when the patient may exist already."""

from __future__ import annotations

import datetime as dt

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from assess_tui.days import birth_day
from assess_tui.keyboard.words import key_of
from assess_tui.screens.dialog import Dialog
from assess_tui.taps import DOUBLE_S
from assess_tui.text import keyed, literal, short_day
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed
from protocols.model import Sex

FIELDS = (
    ("given", "given name", ""),
    ("family", "family name", ""),
    ("birth", "birth date", "3 4 1992 or 1992-04-03"),
    ("sex", "sex for the reference values", "F, M or X"),
    ("code", "clinic's code", "left empty: one is made"),
)
"""Name, label, and how it is filled in."""


FOOT = "{dialog.accept} next field, on the last one keep   {dialog.close} close, nothing is kept"


class NewPatientDialog(Dialog[str]):
    """Gives the patient's id. Enter goes to the next field; on the last it keeps the patient."""

    AUTO_FOCUS = "#given"

    def __init__(self, patient_id: str | None = None) -> None:
        super().__init__()
        self._patient_id = patient_id
        self._warned = False
        self._pressed = 0.0
        """When it was asked to be kept last."""

    def compose(self) -> ComposeResult:
        held = self._held()
        with Vertical(classes="sheet"):
            yield Static(literal(("Correct the details" if held else "A new patient") + "\n", "$accent bold"))
            for name, label, hint in FIELDS:
                with Horizontal(classes="line"):
                    yield Static(literal(label, "$quiet"), classes="label")
                    yield Field(value=held.get(name, ""), placeholder=hint, id=name)
            yield Static("", id="new-patient-note")
            yield Pointed(keyed(FOOT, "$quiet"))

    def _held(self) -> dict[str, str]:
        record = self.instrument.record
        if self._patient_id is None:
            return {}
        patient = record.patient(self._patient_id)
        return {
            "given": patient.given_name,
            "family": patient.family_name,
            "birth": patient.birth_date.isoformat(),
            "sex": patient.sex,
            "code": patient.code,
        }

    def keep_typed(self) -> str:
        """Said once. Nowhere noted: half a person is nobody, and no visit is open that it could wait in."""
        held = self._held()
        typed = any(self._text(name) != held.get(name, "") for name, *_ in FIELDS)
        return "A patient is being typed who is not kept yet." if typed else ""

    @on(Input.Changed)
    def _unwarn(self) -> None:
        """What was said of the text before does not stand beside the text now."""
        self._warned = False
        self.query_one("#new-patient-note", Static).update("")

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        names = [name for name, *_ in FIELDS]
        place = names.index(event.input.id or "given")
        wrong, why = self._wrong()
        if wrong and names.index(wrong) <= place:
            self._say(wrong, why)
        elif place + 1 < len(names):
            self._say(names[place + 1], "")
        else:
            self._keep()

    def _wrong(self) -> tuple[str, str]:
        """The first line that cannot be kept as it stands, and why; ("", "") where all can."""
        if not (self._text("given") or self._text("family")):
            return "family", "A name is needed: a given name, a family name or both."
        if isinstance(birth := self._birth(), str):
            return "birth", birth
        if self._sex() not in ("F", "M", "X"):
            return "sex", "Sex is F, M or X (unknown or other: the wider reference row is used)."
        return "", ""

    def _keep(self) -> None:
        given, family, birth = self._text("given"), self._text("family"), self._birth()
        if isinstance(birth, str):
            return
        if self._warned and self._too_soon():
            return
        if not self._warned and (twin := self._twin(given, family, birth)):
            self._warned = True
            self._too_soon()
            self._say("code", f"{twin} {key_of('dialog.accept')} keeps this one all the same.")
        else:
            self.dismiss(self._store(given, family, birth, self._sex()))  # type: ignore[arg-type]  # one of the three

    def _too_soon(self) -> bool:
        """Whether this press belongs to the one before: a double tap, or a key held down, has read no warning."""
        before, self._pressed = self._pressed, self.instrument.clock.seconds()
        return self._pressed - before < DOUBLE_S

    def _birth(self) -> dt.date | str:
        return birth_day(self._text("birth"), self.instrument.today())

    def _sex(self) -> str:
        said = self._text("sex").upper()
        return {"FEMALE": "F", "MALE": "M"}.get(said, said)

    def _twin(self, given: str, family: str, birth: dt.date) -> str:
        record = self.instrument.record
        own = record.records_of(self._patient_id) if self._patient_id is not None else []
        like = [patient for patient in record.similar(family, given, birth) if patient.id not in own]
        if not like:
            return ""
        return f"Looks like {like[0].name}, born {short_day(like[0].birth_date)}, {like[0].code}, who is already here."

    def _store(self, given: str, family: str, birth: dt.date, sex: Sex) -> str:
        record = self.instrument.record
        code = self._text("code")
        if self._patient_id is None:
            kept = record.add_patient(family_name=family, given_name=given, birth_date=birth, sex=sex, code=code)
        else:
            now = record.patient(self._patient_id)
            kept = record.revise_patient(
                msgspec.structs.replace(
                    now, family_name=family, given_name=given, birth_date=birth, sex=sex, code=code or now.code
                )
            )
        return kept.id

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _say(self, name: str, words: str) -> None:
        self.query_one("#new-patient-note", Static).update(literal(words, "$warning"))
        field = self.query_one(f"#{name}", Input)
        field.focus()
        field.action_select_all()  # what is typed next takes its place
