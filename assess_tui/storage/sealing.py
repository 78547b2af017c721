"""How the record's key is sealed: Argon2id makes a secret slow to guess, AES-GCM shuts the key away under it.

The only importer of `cryptography`, and imported late: loading it costs some 40 ms.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from assess_tui.storage.errors import StorageError

KEY_BYTES = 32
"""AES-256, of the record and of each slot."""
SALT_BYTES = 16
"""128 bits, as RFC 9106 section 3.1 asks for."""
NONCE_BYTES = 12
"""96 bits, the size AES-GCM is made for (NIST SP 800-38D section 5.2.1.1)."""


class Cost(NamedTuple):
    """What one derivation costs whoever guesses. The default is RFC 9106 section 4, second recommended option."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


def fresh_key() -> bytes:
    """A random key for a record."""
    return os.urandom(KEY_BYTES)


def fresh_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The root of a passphrase or a recovery code, from which the key of any slot follows at once."""
    try:
        slow = Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
        )
        return slow.derive(secret.encode("utf-8", "surrogatepass"))
    except (UnsupportedAlgorithm, MemoryError, ValueError) as error:
        raise StorageError(
            "The passphrase cannot be tried here",
            f"this computer cannot run Argon2id with {cost.memory_kib // 1024} MiB of memory; close other programs,"
            " or install assess-tui from its wheels",
        ) from error


def seal(key: bytes, root: bytes, slot_id: str, told: bytes) -> tuple[bytes, bytes]:
    """Shut a key away; gives nonce and sealed key. `told` is what the slot says of itself and must stay as it is."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce, AESGCM(_slot_key(root, slot_id)).encrypt(nonce, key, told)


def unseal(nonce: bytes, sealed: bytes, root: bytes, slot_id: str, told: bytes) -> bytes | None:
    """The key, or None where the secret is another or anything of the slot was changed."""
    try:
        key = AESGCM(_slot_key(root, slot_id)).decrypt(nonce, sealed, told)
    except (InvalidTag, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _slot_key(root: bytes, slot_id: str) -> bytes:
    """Each slot its own key, even where two people chose the same passphrase."""
    return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=slot_id.encode("utf-8", "surrogatepass")).derive(root)
