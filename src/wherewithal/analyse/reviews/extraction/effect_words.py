"""An effect in words that somebody without statistics can read: how much, how sure, in whose favour."""

from __future__ import annotations

from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.study import Arm, Better, Outcome
from wherewithal.analyse.reviews.synthesis.effects.sizes import measure_named

NAMES = {
    "SMD": "Standardised difference",
    "MD": "Mean difference",
    "OR": "Odds ratio",
    "RR": "Risk ratio",
    "RD": "Risk difference",
    "IRR": "Rate ratio",
    "IRD": "Rate difference",
    "ZCOR": "Correlation",
}


def figure(value: float) -> str:
    """A number with a real minus and two decimals, three digits where it is small."""
    text = f"{value:.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3f}"
    return text.replace("-", "−")


def measure_words(measure: str) -> str:
    return NAMES.get(measure) or measure_named(measure).name


def effect_words(effect: Effect) -> str:
    """ "Standardised difference −0.54 (95% interval −0.92 to −0.16)": a ratio as a ratio, not its logarithm."""
    value, low, high = (figure(each) for each in effect.shown)
    return f"{measure_words(effect.measure)} {value} (95% interval {low} to {high})"


def favours_words(effect: Effect, outcome: Outcome, arms: tuple[Arm | None, Arm | None]) -> str:
    """Whom it speaks for, and whether chance alone could have made it."""
    first, second = (arm.name if arm else f"arm {side}" for side, arm in enumerate(arms, start=1))
    low, high = effect.interval()
    if measure_named(effect.measure).groups is False or effect.measure == "ZCOR":
        return (
            "The two go together." if low > 0 else "One falls where the other rises." if high < 0 else UNCLEAR
        )
    if low <= 0 <= high:
        return UNCLEAR
    more = effect.value > 0
    good = more == (outcome.better == Better.HIGHER.value)
    said = f"{'More' if more else 'Less'} {outcome.name.lower()} in {first} than in {second}"
    return f"{said}, which speaks {'for' if good else 'against'} {first}."


UNCLEAR = "It could be either way: the interval runs from less to more."
