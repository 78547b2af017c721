"""Who may use the instrument and what it does not do: said on the first screen, by `--version` and on the report."""

from __future__ import annotations

STATEMENT = (
    "For physiotherapists and other clinicians qualified to assess movement and to prescribe exercise.",
    "It records, grades against reference values and proposes; the clinician decides.",
    "It makes no diagnosis. A pattern or a level of concern is a reason to look further or to refer.",
    "Reference values are for adults; younger patients are measured without a grade.",
)
