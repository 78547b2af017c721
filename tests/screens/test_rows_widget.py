"""Rows that change are drawn, wherever they stand; what is on the screen is what was shown last."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip

from assess_tui.widgets.rows import Looks, Rows

texts = st.lists(st.sampled_from(["", "one", "two words", "x" * 30, "日本語 wide", "[b]no[/] markup"]), max_size=7)


class OnePlace(App[None]):
    CSS = "Rows { width: 24; height: 7; padding: 1 1; }"

    def compose(self) -> ComposeResult:
        yield Rows(id="rows")


def painted(app: OnePlace) -> list[str]:
    """The rows of the place as the terminal has them."""
    strips = app.screen._compositor.render_strips()
    return [strip.crop(1, 23).text for strip in strips[1:6]]


def cut(text: str) -> str:
    return Content(text).truncate(22).pad_right(22 - Content(text).truncate(22).cell_length).plain


@given(shown=st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.differing_executors], deadline=None)
async def test_what_was_shown_last_is_on_the_screen(shown: list[list[str]]) -> None:
    app = OnePlace()
    async with app.run_test(size=(40, 12)) as pilot:
        for rows in shown:
            app.query_one(Rows).show([Content(text) for text in rows])
            await pilot.pause()
            assert painted(app) == [cut(text) for text in [*rows, *[""] * 5][:5]]


async def test_a_row_that_stays_or_comes_again_is_not_drawn_again() -> None:
    app = OnePlace()
    async with app.run_test(size=(40, 12)):
        place = app.query_one(Rows)
        drawn: list[str] = []
        draw = place.row

        def told(row: Content, looks: Looks) -> Strip:
            drawn.append(row.plain)
            return draw(row, looks)

        place.row = told  # type: ignore[method-assign]  # the widget's own, watched
        place.show([Content("a"), Content("b"), Content("c")])
        assert painted(app)[:3] == [cut(text) for text in "abc"]
        drawn.clear()
        place.show([Content("a"), Content.styled("b", "bold"), Content("c"), Content("d")])
        assert painted(app)[:4] == [cut(text) for text in "abcd"]
        assert drawn == ["b", "d"]
        drawn.clear()
        place.show([Content("d"), Content("a")])
        assert painted(app) == [cut(text) for text in ("d", "a", "", "", "")]
        assert not drawn
