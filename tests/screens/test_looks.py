"""ASCII in place of drawn signs, no colour where none is wanted; and the contrast of the themes."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from assess_tui.looks.filters import filters
from assess_tui.looks.glyphs import SIGNS, TABLE, draws_all, in_ascii
from assess_tui.looks.themes import CONTRAST, CYCLE, TERMINAL_THEMES, THEMES
from assess_tui.settings import Looks
from assess_tui.widgets.big import big

SOURCES = Path(__file__).parents[2] / "assess_tui"
LATIN = set("°·±×½²µ")
"""Signs every font has."""


@given(st.text(alphabet=st.one_of(st.sampled_from(list(map(chr, TABLE))), st.characters())))
def test_a_line_keeps_its_width_whatever_is_drawn_in_it(text: str) -> None:
    assert cell_len(in_ascii(text)) == cell_len(text)
    assert not any(ord(sign) in TABLE for sign in in_ascii(text))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_the_encoding_lacks_is_written_in_signs_it_has(text: str) -> None:
    said = in_ascii(text, "latin-1")
    said.encode("latin-1")
    assert cell_len(said) == cell_len(text)


def test_large_digits_are_told_apart_in_ascii() -> None:
    drawn = {digit: in_ascii("\n".join(big(digit))) for digit in "0123456789"}
    assert len(set(drawn.values())) == len(drawn)
    assert drawn["5"].split("\n") == [".- ", "'-.", " -'"]


def test_names_stay_as_they_are() -> None:
    assert in_ascii("Łukasz Wójcik · 24° ✓") == "Łukasz Wójcik · 24° +"


def test_every_sign_a_screen_draws_has_one_in_ascii() -> None:
    """Signs are everything but letters and what belongs to them, in the source of what is drawn."""
    files = chain(*((SOURCES / part).rglob("*.py") for part in ("views", "screens", "widgets", "entry")))
    drawn = {sign for file in files for sign in re.findall(r"[^\x00-\x7f]", file.read_text(encoding="utf-8"))}
    signs = {sign for sign in drawn if not sign.isalpha()} - LATIN
    assert signs >= {"✓", "▸", "●"}
    assert {sign for sign in signs if ord(sign) not in TABLE} - FULL_WIDTH == set()


FULL_WIDTH = set("＝－＋")
"""Keys of keyboards for Chinese and Japanese; they are read, not drawn."""


def test_ascii_is_taken_by_itself_where_nothing_else_can_be_written() -> None:
    assert draws_all("utf-8")
    assert not draws_all("latin-1")
    assert not draws_all("ascii")
    assert {len(text) for text in SIGNS.values()} == {1}


def test_without_colour_a_line_keeps_its_words_and_loses_its_colours() -> None:
    (filter_,) = filters(Looks(), no_color=True)
    drawn = filter_.apply([Segment("limited", Style.parse("bold red on blue"))], Color.parse("#000000"))
    style = drawn[0].style
    assert style is not None
    assert style.bold
    assert style.color is not None
    assert style.bgcolor is not None
    assert style.color.is_default
    assert style.bgcolor.is_default
    assert filters(Looks(), no_color=False) == []


# -- contrast ----------------------------------------------------------------------------------------------------------

ENOUGH, HIGH = 4.5, 7.0
"""WCAG 2.2, 1.4.3 and 1.4.6: the least ratio of text to what is behind it."""
INKS = ("foreground", "primary", "accent", "success", "warning", "error", "quiet")
PAPERS = ("background", "panel", "marked")
"""What text is written on: the screen, a panel or a dialog, the marked line of a list."""


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or str(getattr(theme, name)))


def pairs(theme: Theme) -> list[tuple[str, Color, Color]]:
    """Every pair of text and background the screens use: see app.tcss, `$error on $panel` and so on."""
    found = [(f"{ink} on {paper}", colour(theme, ink), colour(theme, paper)) for ink in INKS for paper in PAPERS]
    strips = [("key", "error"), ("key", "warning"), ("key", "accent"), ("key", "key-background")]
    return [*found, *((f"{ink} on {paper}", colour(theme, ink), colour(theme, paper)) for ink, paper in strips)]


def luminance(of: Color) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(ink: Color, paper: Color) -> float:
    high, low = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_what_is_behind_it(theme: Theme) -> None:
    least = HIGH if theme is CONTRAST else ENOUGH
    faint = {name: round(found, 2) for name, ink, paper in pairs(theme) if (found := ratio(ink, paper)) < least}
    assert not faint


@pytest.mark.parametrize("theme", TERMINAL_THEMES, ids=lambda theme: theme.name)
def test_in_the_terminals_colours_nothing_means_two_things(theme: Theme) -> None:
    """Its palette is the person's own: what can be kept apart are the names."""
    named = [theme.accent, theme.success, theme.warning, theme.error]
    assert len(set(named)) == len(named)
    assert theme.ansi
    assert {theme.foreground, theme.background, theme.panel} == {"ansi_default"}


def test_every_theme_names_every_colour_of_the_screens() -> None:
    wanted = {"quiet", "marked", "rule", "key", "key-background"}
    themes = (*THEMES, *TERMINAL_THEMES)
    assert all(wanted <= set(theme.variables) for theme in themes)
    assert [theme.name for theme in themes] == list(CYCLE)
