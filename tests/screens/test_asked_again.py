"""At a later visit every red flag is asked anew, as new since the last one."""

from __future__ import annotations

from decimal import Decimal

from protocols.visit import Cell
from tests.screens.begun import at_the_flags
from tests.screens.conftest import Opens


async def test_every_group_is_asked_as_new_since_the_last_visit_and_nothing_is_taken_over(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        first = await at_the_flags(it)
        assert not it.shown("question-title").startswith("New since")
        groups = first.library.red_flags.groups
        await it.press(*"n" * len(groups))
        first.finish()
        record, library = it.app.record, it.app.library
        it.clock.turn(86_400)
        it.app.open_visit(record.open_visit(first.patient.id, "Kim Lee", library).id)
        second = it.app.session
        assert second is not None
        second.put(Cell("@consent", field="consent"), True)
        second.put(Cell("@intake", field="minutes"), Decimal(10))
        it.app.go("flags")
        await it.pilot.pause()
        for group in groups:
            assert it.shown("question-title").startswith(f"New since the last visit: {group.title}")
            assert " yes " not in it.shown("question-lines")
            assert all(
                second.visit.value(Cell("@flags", field=flag.id)) is None
                for flag in library.red_flags.flags
                if flag.group == group.id
            )
            await it.press("n")
