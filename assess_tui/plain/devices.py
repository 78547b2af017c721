"""The clinic's register of devices by lines: what the visit is read with, new devices, last checks, out of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from assess_tui.plain.talk import row_of, up_to
from assess_tui.visit.devices import NAMES, checked_words, read_check

if TYPE_CHECKING:
    import datetime as dt

    from assess_tui.plain.room import Room
    from assess_tui.storage.devices import Device
    from protocols.model import DeviceKind, Test

ASKS: Final = "A number chooses, none takes it off, new keeps one, Enter goes back?"
EXPLAINS: Final = (
    "A number: this visit is read with it. A number and here: the open test alone. none: with none of the register.",
    "new: keep a new device. A number and c: correct its name and last check. A number and x: out of use, or back.",
    "Enter: back.",
)
CHECK: Final = "Day of its last check, as 3 4 2026, or Enter where nobody knows?"


def talk_about(room: Room, test: Test | None = None, kinds: tuple[DeviceKind, ...] = tuple(NAMES)) -> None:
    """Choose and keep devices until Enter: of the kinds a test can be read with, else of these kinds."""
    kinds = test.measure.devices if test is not None else kinds
    if not kinds:
        room.talk.say("This test is read without a device of the register.")
        return
    register = _Register(room, test, kinds)
    with room.talk.over(register.rows):
        while register.line():
            pass


class _Register:
    """The devices of some kinds, numbered."""

    def __init__(self, room: Room, test: Test | None, kinds: tuple[DeviceKind, ...]) -> None:
        self.room, self.talk, self.session = room, room.talk, room.session
        self.test, self.kinds = test, kinds

    @property
    def devices(self) -> list[Device]:
        known = self.session.devices.known.values()
        return [
            device
            for kind in self.kinds
            for device in sorted(known, key=lambda one: (not one.in_use, one.id))
            if device.kind == kind
        ]

    @property
    def today(self) -> dt.date:
        return self.room.clock.now().date()

    def line(self) -> bool:
        """One line; False at the end, and once the open test has its device."""
        typed = self.talk.ask(ASKS, explains=" ".join(EXPLAINS)).split()
        if not typed:
            return False
        device, does = row_of(typed[0], self.devices), typed[1] if len(typed) == 2 else ""
        if typed == ["none"]:
            return self._none()
        if typed == ["new"]:
            self._new()
        elif device is None or len(typed) > 2:
            self.room.not_known(typed)
        else:
            return self._do(device, does)
        return True

    def rows(self) -> Iterator[str]:
        yield f"{self.test.name} is read with:" if self.test is not None else "This visit is read with:"
        devices = self.devices
        for number, device in enumerate(devices, 1):
            state = checked_words(device, self.today) if device.in_use else "out of use"
            chosen = " Chosen." if device == self._in_use(device.kind) else ""
            yield f"{number}. {device.name}, {NAMES[device.kind]}, {state}.{chosen}"
        yield "" if devices else "The register has no device yet; new keeps the first."

    def _in_use(self, kind: DeviceKind) -> Device | None:
        if self.test is not None:
            return self.session.devices.read_with(self.test)
        return self.session.devices.of("", (kind,))

    # -- choosing ----------------------------------------------------------------------------------------------------

    def _do(self, device: Device, does: str) -> bool:
        if does == "c":
            self._correct(device)
        elif does == "x":
            self._retire(device)
        elif does not in ("", "here") or (does == "here" and self.test is None):
            self.room.not_known([does])
        elif not device.in_use:
            self.talk.say(f"{device.name} is out of use; its number and x takes it back.")
        else:
            self.session.devices.choose(device.kind, device.id, self.test, only_here=does == "here")
            self.talk.say(f"Read with {device.name}{', this test alone' if does else ''}.")
            return self.test is None
        return True

    def _none(self) -> bool:
        """Of every kind asked about."""
        for kind in self.kinds:
            self.session.devices.choose(kind, "", self.test)
        self.talk.say("Read with none of the register.")
        return self.test is None

    # -- the register ------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        kind = self._kind()
        name = self.talk.ask("Its name, so that everybody knows which one it is? Enter keeps none.") if kind else ""
        if not kind or not name:
            self.talk.say("Nothing was kept.")
            return
        checked = self._checked("")
        kept = self.room.record.register_device(kind, name, checked=checked, clinician=self.session.clinician)
        self.session.devices.read_again()
        if self.test is None and self._in_use(kind) is None:
            self.session.devices.choose(kind, kept.id)
        self.talk.say(f"Kept: {kept.name}, {NAMES[kind]}.")

    def _kind(self) -> DeviceKind | None:
        if len(self.kinds) == 1:
            return self.kinds[0]
        rows = (f"{number}. {NAMES[kind]}." for number, kind in enumerate(self.kinds, 1))
        return row_of(self.talk.pick(rows, f"Which kind, {up_to(len(self.kinds))}? Enter goes back."), self.kinds)

    def _correct(self, device: Device) -> None:
        name = self.talk.ask(f"Its name, now {device.name}? Enter leaves it.") or device.name
        checked = self._checked(device.checked.isoformat() if device.checked is not None else "")
        self._keep(msgspec.structs.replace(device, name=name, checked=checked))

    def _retire(self, device: Device) -> None:
        if device.in_use and device == self._in_use(device.kind):
            self.session.devices.choose(device.kind, "", self.test)
        self._keep(msgspec.structs.replace(device, in_use=not device.in_use))

    def _keep(self, device: Device) -> None:
        kept = self.room.record.revise_device(device, self.session.clinician)
        self.session.devices.read_again()
        state = checked_words(kept, self.today) if kept.in_use else "out of use"
        self.talk.say(f"Kept: {kept.name}, {state}.")

    def _checked(self, known: str) -> dt.date | None:
        """Asked until it is a day, or nothing."""
        now = f"Day of its last check, now {known}? Enter leaves it." if known else CHECK
        while True:
            checked = read_check(self.talk.ask(now) or known, self.today)
            if not isinstance(checked, str):
                return checked
            self.talk.say(checked)
