"""The line of the Beighton score for general joint hypermobility (2017 hEDS criteria, criterion 1). Never a grade.

5 or more from puberty to age 50, 4 or more over 50, 6 or more before puberty; the same for all sexes. A score one point
below the line counts too with two of the five Hakim questions answered yes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

BEIGHTON: Final = "beighton"
FROM_AGE: Final = ((51, 4), (0, 5))
"""(from this age in completed years, line)."""
BEFORE_PUBERTY: Final = 6
HAKIM: Final = 2
"""Of the five questions, how many make up for the one point."""


def line(age: int, *, before_puberty: bool = False) -> int:
    """The score from which joints move further than usual at this age. Puberty that is not known counts as reached."""
    return BEFORE_PUBERTY if before_puberty else next(score for oldest, score in FROM_AGE if age >= oldest)


def met(score: Decimal, age: int, *, before_puberty: bool = False, hakim: Decimal | None = None) -> bool:
    """Whether a Beighton score meets its line, alone or with the Hakim questions."""
    wanted = line(age, before_puberty=before_puberty)
    return score >= wanted or (score == wanted - 1 and hakim is not None and hakim >= HAKIM)
