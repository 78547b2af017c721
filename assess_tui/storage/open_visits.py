"""Whether another window has a visit open: a lock on a small file. It ends with its process, however that ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from assess_tui.storage.folder import OPEN

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: that a visit is open elsewhere is then not told; what comes in still is
    fcntl = None


def any_open(folder: Path) -> bool:
    """Whether a visit is open in another window; this one has none."""
    for path in sorted((folder / OPEN).glob("*")):
        one = OpenVisit(folder, path.name)
        one.close()
        if one.elsewhere:
            return True
    return False


class OpenVisit:
    """Says to other windows that this one has the visit open. Never in anybody's way: who comes second is only told.

    Nothing is written in the file, and its name is the id of the visit.
    """

    def __init__(self, folder: Path, visit_id: str) -> None:
        self._path = folder / OPEN / visit_id
        self._handle: int | None = None
        self.elsewhere = False
        """Another window had it open when this one opened it. False where the file system cannot tell."""
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            self.elsewhere = not self._alone()
            self._share()

    def close(self) -> None:
        """This window has it open no more."""
        if self._handle is None:
            return
        with suppress(OSError):
            if self._alone():
                self._path.unlink()
        os.close(self._handle)
        self._handle = None

    def _alone(self) -> bool:
        """Nobody else holds the file; from now on nobody else can, until it is shared."""
        return self._locked("LOCK_EX")

    def _share(self) -> None:
        self._locked("LOCK_SH")

    def _locked(self, kind: str) -> bool:
        if fcntl is None or self._handle is None:
            return True
        try:
            fcntl.flock(self._handle, getattr(fcntl, kind) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
