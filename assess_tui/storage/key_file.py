"""What the key file beside an encrypted record holds: one random key, sealed once under each secret.

All slots of a file share one salt, so that one derivation serves them all and opening takes as long with ten people as
with one. Whoever guesses gains at most a factor of the number of slots by it (three bits for eight), which the
derivation pays back many times; the salt is still random for each file, and each slot has its own key under the root
and its own nonce, so equal passphrases leave no trace. A slot is sealed together with its id, kind, name and format:
moved into another slot it opens nothing. `check` is no secret; it tells a damaged slot from a wrong passphrase.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import KEYS
from assess_tui.storage.private_file import write_whole
from assess_tui.storage.sealing import Cost, derive, seal, unseal
from protocols.hashing import sha256

FORMAT = 1
LARGEST = 1 << 20
"""Bytes of a key file; one of sixty-four slots has some 30,000."""
Kind = Literal["passphrase", "recovery"]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """The record's key, sealed under one secret."""

    id: Annotated[str, Meta(min_length=1, max_length=64)]
    kind: Kind
    name: Annotated[str, Meta(max_length=200)]
    made: str
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]
    key: Annotated[bytes, Meta(min_length=48, max_length=48)]
    check: str = ""

    @property
    def who(self) -> str:
        """For a list: whose it is."""
        return "recovery code" if self.kind == "recovery" else self.name or "no name"


class Derivation(msgspec.Struct, frozen=True, kw_only=True):
    """How a secret is made slow to guess. The limits keep a changed file from holding the computer up."""

    name: Literal["argon2id"] = "argon2id"
    memory_kib: Annotated[int, Meta(ge=8, le=1 << 19)]
    passes: Annotated[int, Meta(ge=1, le=10)]
    lanes: Annotated[int, Meta(ge=1, le=16)]
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]

    def root(self, secret: str) -> bytes:
        return derive(secret, self.salt, Cost(self.memory_kib, self.passes, self.lanes))


class KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    """What `clinic.keys` holds."""

    format: int = FORMAT
    derivation: Derivation
    slots: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=64)]

    def damaged(self) -> list[Slot]:
        """Slots that are no longer as they were written."""
        return [slot for slot in self.slots if slot.check != _check(slot, self.derivation)]

    def opened(self, kind: Kind, secret: str) -> tuple[bytes, Slot] | None:
        """The key and the slot this secret opens; one derivation, whatever the number of slots."""
        root = self.derivation.root(secret)
        for slot in self.slots:
            if slot.kind == kind and (key := unseal(slot.nonce, slot.key, root, slot.id, _told(slot))) is not None:
                return key, slot
        return None


def blank(slot_id: str, kind: Kind, name: str, now: dt.datetime) -> Slot:
    """A slot that opens nothing yet. A name is kept as it can be written, on one line."""
    written = "".join(sign for sign in " ".join(name.split()) if sign.isprintable())[:200]
    made = now.isoformat(timespec="seconds")
    return Slot(id=slot_id, kind=kind, name=written, made=made, nonce=bytes(12), key=bytes(48))


def sealed(slot: Slot, key: bytes, how: Derivation, secret: str) -> Slot:
    """The slot with the key shut away in it under this secret."""
    nonce, shut = seal(key, how.root(secret), slot.id, _told(slot))
    slot = replace(slot, nonce=nonce, key=shut)
    return replace(slot, check=_check(slot, how))


def load(folder: Path) -> KeyFile:
    """Read the key file. Raises StorageError where it is missing, damaged or from a newer version."""
    path = folder / KEYS
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise StorageError(
            "The key file cannot be read", f"{path}: {error.strerror}; without it no passphrase opens the record"
        ) from error
    file_read = _decoded(content, path)
    if len(file_read.damaged()) == len(file_read.slots):
        raise _damaged(path)
    return file_read


def save(folder: Path, file: KeyFile) -> None:
    """Write the key file, whole or not at all."""
    write_whole(folder / KEYS, msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n")


def _told(slot: Slot) -> bytes:
    return msgspec.json.encode([FORMAT, slot.id, slot.kind, slot.name])


def _check(slot: Slot, how: Derivation) -> str:
    return sha256(msgspec.json.encode([FORMAT, how, replace(slot, check="")])).hexdigest()[:16]


def _decoded(content: bytes, path: Path) -> KeyFile:
    try:
        if len(content) > LARGEST:
            raise _damaged(path)
        edition = msgspec.json.decode(content, type=dict[str, msgspec.Raw]).get("format")
        if edition is not None and msgspec.json.decode(edition, type=int) > FORMAT:
            raise StorageError(
                "The key file is from a newer version",
                f"{path} was written by a newer assess-tui; install that version",
            )
        return msgspec.json.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> StorageError:
    return StorageError(
        "The key file is damaged", f"{path} cannot be used; bring back a copy of it, then give the passphrase again"
    )
