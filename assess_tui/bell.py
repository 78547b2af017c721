"""The terminal's bell, on or off for the whole instrument: quiet beside a patient who is dizzy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess_tui.app import AssessApp

KEPT = "stand_bell"
"""The setting of the record; the stand test had it first."""


def bell_on(app: AssessApp) -> bool:
    """As it was switched last; before that, as the settings file has it."""
    switched = app.record.setting(KEPT)
    return switched != "off" if switched else app.settings.sound.bell


def switch_bell(app: AssessApp) -> str:
    """On or off from now on; what to say about it."""
    kept = "off" if bell_on(app) else "on"
    app.record.set_setting(KEPT, kept)
    return f"Bell {kept}."
