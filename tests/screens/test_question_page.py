"""What of a group of questions a low window shows, and that "none of these" is never an answer to one it did not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assess_tui.views.questions import QuestionPage
from protocols.visit import Cell
from tests.screens.begun import at_the_flags
from tests.screens.conftest import Opens

PAGES = st.builds(
    QuestionPage,
    title=st.just(2),
    heights=st.lists(st.integers(1, 4), min_size=1, max_size=12).map(tuple),
    room=st.integers(6, 20),
)


@given(PAGES, st.data())
def test_what_fits_together_is_in_view_together(page: QuestionPage, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(page.heights) - 1))
    last = page.as_far_as(first)
    top = page.scrolled(data.draw(st.integers(0, 40)), first, last)
    assert set(range(first, last + 1)) <= set(page.in_view(top))
    assert last + 1 == len(page.heights) or page.end(last + 1) - page.start(first) > page.room


@given(PAGES)
def test_page_after_page_reaches_every_question(page: QuestionPage) -> None:
    top, seen = page.scrolled(0, 0, 0), set[int]()
    seen.update(page.in_view(top))
    while unseen := sorted(set(range(len(page.heights))) - seen):
        top = page.scrolled(top, unseen[0], page.as_far_as(unseen[0]))
        now = set(page.in_view(top))
        assert unseen[0] in now
        seen |= now


def test_a_page_that_is_in_view_stays_where_it_is() -> None:
    page = QuestionPage(2, (2, 2, 2, 2), 6)
    assert page.scrolled(2, 1, 1) == 2
    assert page.in_view(2) == (1, 2)
    assert page.in_view(0) == (0, 1)


async def test_none_of_these_brings_into_view_what_was_not_and_only_then_answers(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await at_the_flags(it)
        flags = session.library.red_flags.flags
        neck = [Cell("@flags", field=flag.id) for flag in flags if flag.group == "neck"]
        for flag in flags:
            if flag.group != "neck":
                session.put(Cell("@flags", field=flag.id), "no")
        it.app.go("flags")
        await it.pilot.pause()
        await it.press("n")
        assert not any(cell in session.visit.cells for cell in neck)
        assert "in view now: ask" in it.shown("question-note")
        lines, note = (it.app.screen.query_one(f"#question-{part}") for part in ("lines", "note"))
        await it.until(lambda: lines.region.bottom <= note.region.y)
        await it.press("n")
        assert all(session.visit.value(cell) == "no" for cell in neck)


async def test_a_wide_window_lists_the_pages_with_what_is_open_and_what_was_said(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        session = await at_the_flags(it)
        first, second = session.library.red_flags.groups[:2]
        await it.press("1", "n", "enter")
        listed = it.shown("page-list").split("\n")
        assert f"✓ {first.title}: yes" in listed
        assert f"▸ {second.title}" in listed
