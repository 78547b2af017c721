"""The list that is searched: headings are passed over, the marked row is in sight, and a letter lays nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from random import Random

from textual import events, on
from textual.app import App, ComposeResult
from textual.content import Content

from assess_tui.looks.themes import TERMINAL_THEMES, THEMES
from assess_tui.text import said
from assess_tui.widgets.listing import MARK, Line, Listing

HEIGHT = 6
SOME = (
    Line(partial(Content, "unfinished")),
    Line(partial(Content, "Ana [b]Ruiz"), "a"),
    Line(partial(Content, "patients")),
)
MANY = (*SOME, *(Line(partial(Content, f"patient {number}"), f"p{number}") for number in range(20)))


class OneList(App[None]):
    CSS = f"Listing {{ width: 30; height: {HEIGHT}; }}"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []
        for theme in (*THEMES, *TERMINAL_THEMES):
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        yield Listing()

    @on(Listing.Chosen)
    def _chosen(self) -> None:
        self.chosen.append(self.query_one(Listing).marked)


def seen(place: Listing) -> list[str]:
    return [row.plain.rstrip() for row in place.rows]


def marked(place: Listing) -> list[str]:
    """The rows in sight with the mark."""
    return [row for row in seen(place) if row.startswith(MARK)]


async def test_a_heading_is_never_marked_and_the_marked_row_is_always_in_sight() -> None:
    app = OneList()
    async with app.run_test(size=(40, 12)):
        place = app.query_one(Listing)
        place.fill(MANY)
        able, at, chance = [one for one in MANY if one.id], 0, Random(3)  # noqa: S311  the same moves on every run
        for _ in range(1500):
            by = chance.choice((-1, 1, 1))
            place.move(by)
            at = (at + by) % len(able)
            assert place.marked == able[at].id
            assert [row[2:].rstrip(" ┃") for row in marked(place)] == [able[at].words().plain]
            assert at > 0 or "unfinished" in seen(place)[0], "the first one has its heading above it"


async def test_a_list_without_anything_to_choose_opens_nothing() -> None:
    app = OneList()
    async with app.run_test(size=(40, 12)):
        place = app.query_one(Listing)
        for lines in ((), (Line(partial(Content, "No patient matches.")),)):
            place.fill(lines)
            place.move(1)
            assert place.marked == ""
            assert not marked(place)


async def test_a_click_chooses_what_is_under_it_wherever_the_list_was_rolled() -> None:
    app = OneList()
    async with app.run_test(size=(40, 12)) as pilot:
        place = app.query_one(Listing)
        place.fill(MANY)
        await pilot.click(Listing, offset=(4, 2))
        assert app.chosen == [], "a heading"
        await pilot.click(Listing, offset=(4, 1))
        for _ in range(2):
            place.post_message(events.MouseScrollDown(place, 4, 1, 0, 1, 0, False, False, False))
        await pilot.pause()
        under = seen(place)[3]
        await pilot.click(Listing, offset=(4, 3))
        assert app.chosen == ["a", "p6"]
        assert under.rstrip(" ┃") == "  patient 6"


async def test_other_lines_lay_nothing_out() -> None:
    app = OneList()
    async with app.run_test(size=(40, 12)) as pilot:
        laid_out: list[object] = []
        await pilot.pause()
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append, immediate=True)
        texts: Sequence[Sequence[Line]] = (SOME, MANY, (), MANY[4:9])
        for lines in texts:
            app.query_one(Listing).fill(lines)
            await pilot.pause()
        assert not laid_out


async def test_in_the_terminals_colours_the_marked_row_is_reversed_as_one_and_as_soon_as_they_are_chosen() -> None:
    app = OneList()
    async with app.run_test(size=(40, 12)) as pilot:
        place = app.query_one(Listing)
        words = Content.assemble(("Ana", "bold"), ("  seen", "$quiet"))
        place.fill((Line(partial(said, words), "a"), *MANY))
        for theme, looks in ((TERMINAL_THEMES[0], {"reverse"}), (THEMES[1], {"bold", "$quiet", "on $marked"})):
            app.theme = theme.name
            await pilot.pause()
            assert {str(span.style) for span in place.rows[0].spans if span.end < place.room[0]} == looks
