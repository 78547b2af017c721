"""What is done to the passphrases of the record from a screen: allowed by one, made, and named for the audit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from assess_tui.clock import Clock
from assess_tui.opening import Refused, Trouble, try_passphrase

if TYPE_CHECKING:
    from assess_tui.storage.encrypting import Step
    from assess_tui.storage.keys import Created
    from assess_tui.storage.record import Record

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
ENCRYPTED = "encrypted the record"
VISIT_OPEN = Trouble(
    "A visit is open in another window",
    "go to its list of patients or leave there, then try again; nothing was changed",
)
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


# -- a record that anyone can read -------------------------------------------------------------------------------------


class Sealed(NamedTuple):
    """A record that is encrypted now, opened; and the copies of it that anyone can still read, a folder a line."""

    record: Record
    readable: list[str]


def seal(folder: Path, created: Created, clock: Clock, begins: Callable[[Step], object]) -> Sealed | Trouble:
    """Encrypt the plain record of this folder under a key whose code was written down, and open it.

    Killed at any moment, one whole record is there; with a Trouble it is the one that was.
    """
    from assess_tui.storage.encrypting import encrypt, readable_copies
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.ids import uuid7
    from assess_tui.storage.open_visits import any_open
    from assess_tui.storage.record import open_record

    if any_open(folder):
        return VISIT_OPEN
    try:
        encrypt(folder, created, clock.now(), begins)
        record = open_record(folder, clock.now, uuid7, created.key)
        record.note(ENCRYPTED, who=created.file.slots[0].name)
        return Sealed(record, _by_folder(readable_copies(folder, created.key)))
    except StorageError as error:
        return Trouble(error.title, error.message)


def _by_folder(copies: list[Path]) -> list[str]:
    """As many lines as folders: a file by its name, several by their number."""
    folders = [(parent, [one.name for one in held]) for parent, held in groupby(copies, key=lambda path: path.parent)]
    return [f"{parent / names[0]}" if len(names) == 1 else f"{parent}: {len(names)} files" for parent, names in folders]


def write_code(named: str, code: str) -> Path:
    """The recovery code as a text file that only its owner reads. Raises StorageError, also for a file that exists."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.private_file import write_whole

    path = Path(named).expanduser()
    if path.exists():
        raise StorageError("The file exists already", f"{path}: name another one")
    write_whole(path, f"assess-tui recovery code\n{code}\n".encode())
    return path
