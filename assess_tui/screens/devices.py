"""The clinic's register of devices: what this visit is read with, new devices, last checks, what is out of use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.keyboard.keys import bindings
from assess_tui.keyboard.words import key_of
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, line, literal
from assess_tui.visit.devices import NAMES, checked_words, read_check
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.devices import Device
    from assess_tui.visit.session import VisitSession
    from protocols.model import DeviceKind, Test

NONE = "none"
"""The line of each kind that says: none of the register."""
NAME = "Its name, so that everybody knows which one it is:"
CHECK = "Day of its last check, for example 3 4 2026; empty where nobody knows:"


KEYS = "{devices.new} new   {devices.correct} correct   {devices.retire} out of use   {dialog.close} closes"


class DevicesDialog(Dialog[None]):
    """Over the intake all kinds, one after the other; over a step those it can be read with. Stored as chosen."""

    AUTO_FOCUS = "#device-list"
    BINDINGS = bindings("dialog", "devices")

    def __init__(self, session: VisitSession, test: Test | None = None, kinds: tuple[DeviceKind, ...] = ()) -> None:
        super().__init__()
        self._session = session
        self._test = test
        self._kinds = kinds or (test.measure.devices if test is not None else tuple(NAMES))

    def compose(self) -> ComposeResult:
        about = f"{self._test.name} is read with" if self._test is not None else "This visit is read with"
        only_here = "{devices.only_here} for this test alone   " if self._test is not None else ""
        keys = keyed("{dialog.accept} chooses   " + only_here + KEYS, "$quiet")
        with Vertical(classes="sheet"):
            yield Static(literal(about, "$accent bold"))
            yield Choices(marks=True, id="device-list")
            yield Static(id="device-note")
            yield Pointed(keys)

    def on_mount(self) -> None:
        self._fill()

    # -- the list ----------------------------------------------------------------------------------------------

    def _fill(self, marked: str = "") -> None:
        """List the register anew, with a line marked: that named, else what is in use, else the first."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([row for kind in self._kinds for row in self._rows(kind)])
        wanted = [marked, *(device.id for kind in self._kinds if (device := self._in_use(kind)) is not None)]
        places = {option.id: place for place, option in enumerate(options.options) if not option.disabled}
        options.highlighted = next((places[one] for one in wanted if one in places), min(places.values()))

    def _rows(self, kind: DeviceKind) -> Iterator[Option]:
        yield Option(literal(NAMES[kind], "$accent"), disabled=True)
        used = self._in_use(kind)
        devices = [device for device in self._session.devices.known.values() if device.kind == kind]
        for device in sorted(devices, key=lambda device: (not device.in_use, device.id)):
            yield Option(self._row(device, used), id=device.id)
        unsaid = used is None and (self._test is None or self._session.devices.read_with(self._test) is None)
        mark = ("  ✓ ", "$success") if unsaid else ("  · ", "$quiet")
        yield Option(line(mark, ("none of these, or not said", "$quiet")), id=f"{NONE} {kind}")

    def _row(self, device: Device, used: Device | None) -> Content:
        mark = ("  ✓ ", "$success") if device == used else ("  · ", "$quiet")
        words = checked_words(device, self._today) if device.in_use else "out of use"
        return line(mark, (device.name, "bold" if device.in_use else "$quiet"), (f"   {words}", "$quiet"))

    def _in_use(self, kind: DeviceKind) -> Device | None:
        """What the test, or any test of this kind, is read with; of a test, only where it is of this kind."""
        devices, test = self._session.devices, self._test
        device = devices.read_with(test) if test is not None else devices.of("", (kind,))
        return device if device is not None and device.kind == kind else None

    @property
    def _today(self) -> dt.date:
        return self.instrument.today()

    def _marked(self) -> tuple[DeviceKind, Device | None]:
        """The kind of the marked line, and its device; None on the line of none."""
        device = self._session.devices.known.get(self._marked_id)
        if device is not None:
            return device.kind, device
        return next(kind for kind in self._kinds if self._marked_id == f"{NONE} {kind}"), None

    @property
    def _marked_id(self) -> str:
        options = self.query_one(OptionList)
        return options.get_option_at_index(options.highlighted or 0).id or ""

    def _say(self, words: str) -> None:
        self.query_one("#device-note", Static).update(literal(words, "$warning"))

    # -- choosing ----------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _pick(self) -> None:
        self._choose(only_here=False)

    def action_only_here(self) -> None:
        if self._test is not None:
            self._choose(only_here=True)

    def _choose(self, *, only_here: bool) -> None:
        kind, device = self._marked()
        if device is not None and not device.in_use:
            self._say(f"{device.name} is out of use; {key_of('devices.retire')} takes it back.")
            return
        self._session.devices.choose(kind, device.id if device is not None else "", self._test, only_here=only_here)
        if len(self._kinds) < len(NAMES):
            self.dismiss(None)
        else:
            self._say("")
            self._fill(self._marked_id)

    # -- the register ------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        kind, _ = self._marked()
        self._ask_name(f"New: {NAMES[kind]}", kind, None)

    def action_correct(self) -> None:
        kind, device = self._marked()
        if device is None:
            self._say(f"Mark a device first; {key_of('devices.new')} keeps a new one.")
        else:
            self._ask_name(device.name, kind, device)

    def action_retire(self) -> None:
        _, device = self._marked()
        if device is None:
            self._say("Mark a device first.")
            return
        if device.in_use and device == self._in_use(device.kind):
            self._session.devices.choose(device.kind, "", self._test)
        self._keep(device.kind, msgspec.structs.replace(device, in_use=not device.in_use))

    def _ask_name(self, title: str, kind: DeviceKind, device: Device | None) -> None:
        ask = AskDialog(title, NAME, device.name if device is not None else "")
        self.app.push_screen(ask, lambda name: self._ask_check(title, kind, device, name) if name else None)

    def _ask_check(
        self, title: str, kind: DeviceKind, device: Device | None, name: str, typed: str = "", wrong: str = ""
    ) -> None:
        known = device.checked.isoformat() if device is not None and device.checked is not None else ""
        ask = AskDialog(title, f"{wrong} {CHECK}".strip(), typed or known, optional=True)
        self.app.push_screen(ask, lambda text: self._checked(title, kind, device, name, text))

    def _checked(self, title: str, kind: DeviceKind, device: Device | None, name: str, text: str | None) -> None:
        """A day that is none is said and asked again; the name is not typed twice."""
        if text is None:
            return
        checked = read_check(text, self._today)
        if isinstance(checked, str):
            self._ask_check(title, kind, device, name, text, checked)
        elif device is None:
            self._keep(kind, None, name, checked)
        else:
            self._keep(kind, msgspec.structs.replace(device, name=name, checked=checked))

    def _keep(self, kind: DeviceKind, device: Device | None, name: str = "", checked: dt.date | None = None) -> None:
        record, by = self.instrument.record, self._session.clinician
        if device is None:
            kept = record.register_device(kind, name, checked=checked, clinician=by)
        else:
            kept = record.revise_device(device, by)
        self._session.devices.read_again()
        if device is None and self._test is None and self._in_use(kind) is None:
            self._session.devices.choose(kind, kept.id)
        self._say("")
        self._fill(kept.id)
