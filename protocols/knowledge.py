"""Which knowledge this is: its version and its digest, from the bytes of the data files.

Standard library only: `--version` names both and must not wait for anything else to load.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

DATA = Path(__file__).parent / "data"


def version() -> str:
    """The version of the bundled knowledge, like "2026.11"."""
    return (DATA / "VERSION").read_text(encoding="ascii").strip()


def digest() -> str:
    """16 hex digits over the names and bytes of the bundled data files: equal digest, equal knowledge."""
    return digest_of(named_bytes(DATA))


def named_bytes(folder: Path) -> dict[str, bytes]:
    """The bytes of every TOML file of a library folder, by name ("tests/nprs.toml"), sorted."""
    files = [*folder.glob("*.toml"), *folder.glob("tests/*.toml"), *folder.glob("exercises/*.toml")]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(files)}


def digest_of(files: dict[str, bytes], before: str = "") -> str:
    """16 hex digits over names and bytes; `before` is the digest these files are laid over."""
    state = blake2b(before.encode(), digest_size=8)
    for name in sorted(files):
        state.update(b"%s\0%d\0" % (name.encode(), len(files[name])))
        state.update(files[name])
    return state.hexdigest()
