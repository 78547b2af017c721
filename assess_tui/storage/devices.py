"""What the clinic measures with: each device's name, last check, and whether it is in use."""

from __future__ import annotations

import datetime as dt

import msgspec

from assess_tui.storage.errors import NotFoundError
from assess_tui.storage.store import Row, Store
from protocols.model import DeviceKind

_CURRENT = "SELECT device, kind, name, checked, in_use FROM current_device"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One device as it is known now."""

    id: str
    kind: DeviceKind
    name: str
    checked: dt.date | None = None
    """When it was last checked against a standard; None where nobody knows."""
    in_use: bool = True


class Devices(Store):
    """The part of the record that keeps the register of devices."""

    def devices(self) -> list[Device]:
        """Every device, out of use ones too, the one registered first first."""
        # Two copies of a record may both have revised a device; once they are one record, the newer word counts.
        known = {row[0]: _device(row) for row in self._rows(f"{_CURRENT} ORDER BY id")}
        return [known[device] for device in sorted(known)]

    def register_device(self, kind: DeviceKind, name: str, *, checked: dt.date | None = None, clinician: str) -> Device:
        """Keep a new device. Raises ValueError without a name."""
        device = Device(id=self._new_id(), kind=kind, name=_named(name), checked=checked)
        self._tell_device(device, device.id, None, clinician)
        return device

    def revise_device(self, device: Device, clinician: str) -> Device:
        """Keep what is known of a device from now on; what was known before stays. The same again adds nothing.

        Its kind is that of its registration. Raises StorageError for a device nobody registered, ValueError without
        a name.
        """
        row = self._row(f"{_CURRENT} WHERE device = ? ORDER BY id DESC", [device.id])
        if row is None:
            raise NotFoundError("No such device", f"the record holds no device with the id {device.id}")
        now = _device(row)
        revised = msgspec.structs.replace(device, name=_named(device.name), kind=now.kind)
        if revised != now:
            with self.together():
                tip = self._row("SELECT max(id) FROM current_device WHERE device = ?", [device.id])
                self._tell_device(revised, self._new_id(), tip[0] if tip else None, clinician)
        return revised

    def _tell_device(self, device: Device, row: str, supersedes: str | None, clinician: str) -> None:
        self._add(
            "device",
            id=row,
            device=device.id,
            site=self._site(),
            kind=device.kind,
            name=device.name,
            checked=None if device.checked is None else device.checked.isoformat(),
            in_use=int(device.in_use),
            at=self._moment(),
            clinician=clinician,
            supersedes=supersedes,
        )


def _named(name: str) -> str:
    told = " ".join(name.split())
    if not told:
        raise ValueError("a device has a name")
    return told


def _device(row: Row) -> Device:
    device, kind, name, checked, in_use = row
    day = None if checked is None else dt.date.fromisoformat(checked)
    return Device(id=device, kind=kind, name=name, checked=day, in_use=bool(in_use))
