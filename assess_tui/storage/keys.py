"""The keys of an encrypted record: made, tried, changed. The key itself stays, so no record is written anew."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from assess_tui.storage import attempts
from assess_tui.storage.errors import NotFoundError, StorageError
from assess_tui.storage.folder import KEYS
from assess_tui.storage.key_file import Derivation, KeyFile, Slot, blank, load, save, sealed
from assess_tui.storage.recovery_code import fits, fresh_code, signs_of
from assess_tui.storage.sealing import Cost, fresh_key, fresh_salt

SHORTEST, LONGEST = 8, 256
"""Characters of a passphrase. Length alone counts (NIST SP 800-63B, 5.1.1.2: eight at least, no rules of mixture)."""


class Created(NamedTuple):
    """A new key, kept nowhere yet: `keep` writes the file once the code was written down."""

    file: KeyFile
    key: bytes
    code: str


class Unlocked(NamedTuple):
    """The record's key, and the slot that gave it."""

    key: bytes
    slot: Slot


class RefusedError(StorageError):
    """The passphrase was wrong, or came too soon: `why`, and in how many seconds the next one is looked at."""

    def __init__(self, title: str, why: str, wait_s: int) -> None:
        seconds = "one second" if wait_s == 1 else f"{wait_s} seconds"
        super().__init__(title, f"{why}; the next answer counts in {seconds}" if wait_s else why)
        self.why = why
        self.wait_s = wait_s


# -- a new key ---------------------------------------------------------------------------------------------------------


def refusal(passphrase: str) -> str:
    """Why this cannot be a passphrase; "" where it can."""
    length = len(_composed(passphrase))
    if length < SHORTEST:
        return f"At least {SHORTEST} characters; four words of your own are easier to keep and harder to guess."
    return "" if length <= LONGEST else f"At most {LONGEST} characters."


def create(
    passphrase: str, name: str, now: dt.datetime, new_id: Callable[[], str], cost: Cost | None = None
) -> Created:
    """A random key with a slot for this passphrase and one for a new recovery code. Nothing is written."""
    memory, passes, lanes = cost or Cost()
    how = Derivation(memory_kib=memory, passes=passes, lanes=lanes, salt=fresh_salt())
    key, code = fresh_key(), fresh_code()
    own = sealed(blank(new_id(), "passphrase", name, now), key, how, _composed(passphrase))
    spare = sealed(blank(new_id(), "recovery", "", now), key, how, signs_of(code))
    return Created(KeyFile(derivation=how, slots=(own, spare)), key, code)


def keep(folder: Path, created: Created) -> None:
    """Write the key file of a new record; one that is there already is never replaced. Raises StorageError."""
    if (folder / KEYS).exists():
        raise StorageError(
            "There is a key file already", f"{folder / KEYS} belongs to another record; name another folder with --data"
        )
    save(folder, created.file)


# -- opening -----------------------------------------------------------------------------------------------------------


def unlock(folder: Path, typed: str, now: dt.datetime) -> Unlocked:
    """The key, from a passphrase or the recovery code. Costs one derivation, some 0.3 s.

    Raises RefusedError for a wrong answer or one that comes too soon, StorageError for a damaged key file.
    """
    file = load(folder)
    if wait := attempts.wait_s(folder, now):
        raise RefusedError("Not yet", "several answers before were wrong", wait)
    if (opened := open_with(file, typed)) is not None:
        attempts.forget(folder)
        return opened
    wait = attempts.count_wrong(folder, now)
    raise RefusedError("The passphrase does not fit", _why_not(file, typed, folder / KEYS), wait)


def open_with(file: KeyFile, typed: str) -> Unlocked | None:
    """What this passphrase or recovery code opens; None where it fits no slot."""
    signs = signs_of(typed)
    opened = file.opened("recovery", signs) if signs and fits(signs) else None
    opened = opened or file.opened("passphrase", _composed(typed))
    return Unlocked(*opened) if opened else None


def _why_not(file: KeyFile, typed: str, path: Path) -> str:
    signs = signs_of(typed)
    if signs and not fits(signs):
        said = "if this is the recovery code, one of its signs is off: compare it with what you wrote down"
    else:
        said = "it is neither a passphrase nor the recovery code of this record; capital letters count in a passphrase"
    if broken := file.damaged():
        whose = ", ".join(slot.who for slot in broken)
        said += f"; in {path} what belongs to {whose} is damaged: bring back a copy of that file"
    return said


# -- changes -----------------------------------------------------------------------------------------------------------


def change_passphrase(folder: Path, key: bytes, named: str, passphrase: str) -> Slot:
    """Seal the key anew for one person, named by id or name. Raises NotFoundError, StorageError."""
    file = load(folder)
    new = sealed(one_slot(file.slots, named), key, file.derivation, _composed(passphrase))
    _change(folder, file, lambda slots: tuple(new if slot.id == new.id else slot for slot in slots))
    return new


def add_slot(folder: Path, key: bytes, passphrase: str, name: str, now: dt.datetime, new_id: str) -> Slot:
    """A slot for one more person."""
    file = load(folder)
    slot = sealed(blank(new_id, "passphrase", name, now), key, file.derivation, _composed(passphrase))
    _change(folder, file, lambda slots: (*slots, slot))
    return slot


def revoke_slot(folder: Path, named: str) -> Slot:
    """Take a person's slot away; never the last passphrase. An older copy of the file still opens older copies."""
    file = load(folder)
    gone = one_slot(file.slots, named)

    def without(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        left = tuple(slot for slot in slots if slot.id != gone.id)
        if not any(slot.kind == "passphrase" for slot in left):
            raise StorageError("The last passphrase stays", "add another passphrase first, then take this one away")
        return left

    _change(folder, file, without)
    return gone


def renew_recovery(folder: Path, key: bytes, now: dt.datetime, new_id: str) -> str:
    """A new recovery code in the place of the old one, which opens nothing any more."""
    file, code = load(folder), fresh_code()
    spare = sealed(blank(new_id, "recovery", "", now), key, file.derivation, signs_of(code))
    _change(folder, file, lambda slots: (*(slot for slot in slots if slot.kind != "recovery"), spare))
    return code


def one_slot(slots: tuple[Slot, ...], named: str) -> Slot:
    """The passphrase's slot with this id or name, or a start of the id that fits no other. Raises NotFoundError."""
    people = [slot for slot in slots if slot.kind == "passphrase"]
    fitting = [slot for slot in people if named and named in (slot.id, slot.name)]
    fitting = fitting or [slot for slot in people if named and slot.id.startswith(named)]
    if len(fitting) != 1:
        found = "more than one passphrase fits" if fitting else "no passphrase fits"
        raise NotFoundError("Whose passphrase?", f'{found} "{named}"; assess-tui keys list shows them with their ids')
    return fitting[0]


def _change(folder: Path, known: KeyFile, change: Callable[[tuple[Slot, ...]], tuple[Slot, ...]]) -> None:
    """Read again and change that: another instance may have changed another slot while this one derived."""
    there = load(folder)
    if there.derivation != known.derivation:
        raise StorageError("The key file was replaced meanwhile", "nothing was changed; try again")
    save(folder, replace(there, slots=change(there.slots)))


def _composed(passphrase: str) -> str:
    """The same letters, however a keyboard composes them (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", passphrase)
