"""How figures are told: medians, the median of the ratios of each round, the budget beside it."""

from __future__ import annotations

from statistics import median, quantiles


def p95(figures: list[float]) -> float:
    return quantiles(figures, n=20, method="inclusive")[-1]


def spread(figures: list[float]) -> str:
    """The middle, and how far the slow ones lie from it."""
    return (
        f"p50 {median(figures):.1f} p95 {p95(figures):.1f} p99 {quantiles(figures, n=100, method='inclusive')[-1]:.1f}"
    )


def ratio(what: str, ours: list[float], bare: list[float], budget: float, unit: str = "ms") -> None:
    """One line: both medians and the median of the ratios, pair by pair, so that a busy moment touches both."""
    times = median(a / b for a, b in zip(ours, bare, strict=True))
    told = f"{median(ours):9.1f} {unit:3} bare {median(bare):9.1f} {unit:3} ratio {times:5.2f}"
    print(f"{what:32}{told}  budget {budget:g} x  {_kept(times, budget)}")


def most(what: str, figure: float, budget: float, unit: str, note: str = "") -> None:
    """One line: a figure and what it may be at most."""
    print(f"{what:32}{figure:9.2f} {unit:3} budget {budget:g} {unit}  {_kept(figure, budget)}  {note}".rstrip())


def least(what: str, figure: float, budget: float, unit: str) -> None:
    """One line: a figure and what it has to reach."""
    print(f"{what:32}{figure:9.0f} {unit}  budget {budget:g}  {'within' if figure >= budget else 'OVER'}")


def _kept(figure: float, budget: float) -> str:
    return "within" if figure <= budget else "OVER"
