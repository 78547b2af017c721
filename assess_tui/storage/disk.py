"""What a data folder stands on: its file system, its room, how long a commit takes; the versions of the database."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from assess_tui.storage.connect import connect, open_new
from assess_tui.storage.driver import told

MOUNTS: Final = Path("/proc/mounts")
NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs"}
    | {"fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs", "ncpfs", "ocfs2", "gfs2"}
)
"""File systems on another machine: SQLite's locks cannot be relied on there (sqlite.org/howtocorrupt.html, 2.1)."""
COMMITS: Final = 200


class Latency(NamedTuple):
    """Milliseconds of one commit: the middle, and what 95 of 100 stay below."""

    middle: float
    p95: float


def network_kind(folder: Path, mounts: str | None = None) -> str:
    """The network file system a folder is on, "" for none or where this system does not tell.

    `mounts` is what Linux writes in /proc/mounts: device, place (a space is \\040), kind, options.
    """
    if mounts is None:
        mounts = _mounts()
    kind, nearest = "", -1
    resolved = folder.resolve()
    for line in mounts.splitlines():
        if len(parts := line.split()) < 3:
            continue
        place = Path(parts[1].encode().decode("unicode_escape"))
        if resolved.is_relative_to(place) and len(place.parts) >= nearest:
            kind, nearest = parts[2], len(place.parts)
    return kind if kind in NETWORK else ""


def _mounts() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def latency(folder: Path, commits: int = COMMITS) -> Latency:
    """How long a small commit takes in this folder, on a file that is gone afterwards. Raises StorageError."""
    with tempfile.TemporaryDirectory(prefix=".timing-", dir=folder) as place:
        path = Path(place) / "timing.db"
        with closing(connect(path)) as db, told(path):
            times = []
            for number in range(commits):
                begun = time.perf_counter()
                db.execute("INSERT INTO setting VALUES (?, '0', '')", [str(number)])
                times.append((time.perf_counter() - begun) * 1000)
    from statistics import median, quantiles  # the safekeeping of every start needs none of it

    return Latency(median(times), quantiles(times, n=20)[-1])


def versions() -> dict[str, str]:
    """Name -> version of what the record stands on."""
    with tempfile.TemporaryDirectory() as place, closing(open_new(Path(place) / "none.db")) as db:
        (sqlite,) = db.execute("SELECT sqlite_version()").fetchone()
        (cipher,) = db.execute("PRAGMA cipher_version").fetchone()
    return {"SQLite": sqlite, "SQLCipher": cipher}


def mode_words(path: Path) -> str:
    """Who may read a file or folder, as in 0600; "not there" where it is missing."""
    if not path.exists():
        return "not there"
    mode = path.stat().st_mode & 0o777
    others = mode & 0o077
    open_to_others = others and os.name == "posix"
    return f"{mode:04o}" + (" (others may read it: it should be for its owner alone)" if open_to_others else "")
