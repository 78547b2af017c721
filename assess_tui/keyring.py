"""What is done to the keys of the record from a screen: allowed by a passphrase, made, and named for the audit."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from assess_tui.clock import Clock
from assess_tui.opening import Refused, Trouble, try_passphrase

Change = Literal["own", "add", "revoke", "recovery"]
ACTIONS: dict[Change, str] = {
    "own": "changed a passphrase",
    "add": "added a key",
    "revoke": "revoked a key",
    "recovery": "made a new recovery code",
}
"""What the audit calls it, here and in `assess-tui keys`."""
DONE: dict[Change, str] = {
    "own": "{who} has a new passphrase",
    "add": "{who} can open the record now",
    "revoke": "the passphrase of {who} opens nothing any more; copies made earlier still open with it",
    "recovery": "write it down and keep it away from this computer; it is not shown again",
}
ANOTHER_RECORD = "This passphrase belongs to another record", "its key file lies here now; nothing was changed"
DIFFERENT = "The two are not the same; type the second again."
NAMELESS = "Type the name; it stands beside the passphrase."


class Asked(NamedTuple):
    """What was typed: the passphrase that allows it, then what the change needs; `marked` is the id of a key."""

    passphrase: str
    new: str = ""
    again: str = ""
    name: str = ""
    marked: str = ""


class Made(NamedTuple):
    """A change that is on disk: how it is said, and what the audit is told. `code` is a new recovery code."""

    said: str
    action: str
    subject: str
    who: str
    code: str = ""


def wrong(asked: Asked, fields: tuple[str, ...]) -> tuple[str, str]:
    """The first of these fields that is not right yet, and why ("" where nothing was typed); ("", "") where all are."""
    from assess_tui.storage.keys import refusal

    reasons = {
        "passphrase": "",
        "name": "" if asked.name.strip() else NAMELESS,
        "new": refusal(asked.new),
        "again": DIFFERENT if asked.again and asked.again != asked.new else "",
    }
    for field in fields:
        if reasons[field] or not getattr(asked, field):
            return field, reasons[field]
    return "", ""


def make(change: Change, asked: Asked, folder: Path, key: bytes, clock: Clock) -> Made | Refused | Trouble:
    """Make the change where the passphrase opens this record. Two derivations at most, some 0.6 s."""
    from assess_tui.storage.errors import StorageError

    opened = try_passphrase(folder, asked.passphrase, clock)
    if isinstance(opened, Refused | Trouble):
        return opened
    if opened.key != key:
        return Trouble(*ANOTHER_RECORD)
    own = asked.marked if opened.slot.kind == "recovery" else opened.slot.id
    try:
        subject, whose, code = _changed(change, asked, folder, key, clock, own)
    except StorageError as error:
        return Trouble(error.title, error.message)
    return Made(DONE[change].format(who=whose), ACTIONS[change], subject, opened.slot.name, code)


def _changed(change: Change, asked: Asked, folder: Path, key: bytes, clock: Clock, own: str) -> tuple[str, str, str]:
    """The id of the key that was changed, whose it is, and a new recovery code."""
    from assess_tui.storage import keys
    from assess_tui.storage.ids import uuid7

    if change == "recovery":
        return "", "", keys.renew_recovery(folder, key, clock.now(), uuid7())
    if change == "add":
        slot = keys.add_slot(folder, key, asked.new, asked.name, clock.now(), uuid7())
    elif change == "revoke":
        slot = keys.revoke_slot(folder, asked.marked)
    else:
        slot = keys.change_passphrase(folder, key, own, asked.new)
    return slot.id, slot.who, ""


def write_code(named: str, code: str) -> Path:
    """The recovery code as a text file that only its owner reads. Raises StorageError, also for a file that exists."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.private_file import write_whole

    path = Path(named).expanduser()
    if path.exists():
        raise StorageError("The file exists already", f"{path}: name another one")
    write_whole(path, f"assess-tui recovery code\n{code}\n".encode())
    return path
