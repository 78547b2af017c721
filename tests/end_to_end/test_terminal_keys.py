"""Keys at random in a real terminal, on every screen: nothing stops the instrument, and nothing kept is lost.

They come in bursts, of which nothing is drawn; each says where it fell (`counted.py`). After the keys of a screen the
visit is painted anew: its row of places and its list of tests, with their values, are those the record holds. Now and
then the process is killed; the record is as it was, and the next start shows it again.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.end_to_end.any_keys import PLACES
from tests.end_to_end.pressed import Pressed

TIMES = 590
"""On each screen."""
FEW = 30
"""Of the keys fall on each screen at least."""


def test_keys_at_random_in_a_terminal(tmp_path: Path) -> None:
    with closing(Pressed(tmp_path, Random(6))) as pressed:  # noqa: S311  # the same keys on every run
        pressed.typed()
        for name in ("tests", "intake", "plan"):
            pressed.press(name, 20)
        pressed.looked_at()
        pressed.left()
        assert pressed.shown > 0


@pytest.mark.soak
def test_ten_thousand_keys_at_random_on_every_screen_in_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Pressed(tmp_path, Random(7))) as pressed:  # noqa: S311  # the same keys on every run
        for number, name in enumerate(PLACES):
            pressed.typed()
            pressed.press(name, TIMES)
            pressed.looked_at()
            if number % 4 == 0:
                pressed.again()
                pressed.looked_at()
        pressed.left()
    with capsys.disabled():
        sys.stdout.write(f"\n{pressed.fell.total():,} keys at random in a terminal, started {pressed.starts} times; ")
        sys.stdout.write(f"{pressed.shown} done tests shown, all on record\n{dict(pressed.fell.most_common())}\n")
    assert [place.screen for place in PLACES.values() if pressed.fell[place.screen] < FEW] == []
    assert pressed.shown > len(PLACES)
