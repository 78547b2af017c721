"""The folder of a sample clinic: gone afterwards, read with the settings of whoever is here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from assess_tui.settings import FILE


@contextmanager
def sample_folder(usual: Path) -> Iterator[Path]:
    """A folder for one run; what is set there changes nothing in the `usual` one."""
    with TemporaryDirectory(prefix="assess-tui-") as name:
        with suppress(OSError):  # without the settings the sample is as usable
            shutil.copy(usual / FILE, name)
        yield Path(name)
