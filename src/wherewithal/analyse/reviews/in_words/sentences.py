"""One sentence a result, graded by how sure the evidence is and how large the effect."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from wherewithal.analyse.reviews.certainty.levels import Certainty
from wherewithal.errors import BadInput


class Size(StrEnum):
    """How large an effect is, by lines that people have drawn."""

    NONE = "none"
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"


@dataclass(frozen=True)
class Lines:
    """From where an effect counts as small, moderate and large, all above 0 and in its own unit.

    Below ``small`` an effect is little or none. ``source`` says who drew the lines: they are a judgement about what
    matters to families, not a fact.
    """

    small: float
    moderate: float
    large: float
    source: str

    def __post_init__(self) -> None:
        if not 0 < self.small < self.moderate < self.large or not math.isfinite(self.large):
            raise BadInput(
                f"The lines {self.small:g}, {self.moderate:g} and {self.large:g} are not in order: small is below "
                "moderate, moderate below large, and all are above 0."
            )
        if not self.source.strip():
            raise BadInput("Say who drew the lines between small, moderate and large, and why.")

    def size(self, effect: float) -> Size:
        """How large an effect is, whichever its direction."""
        by = abs(effect)
        if by >= self.large:
            return Size.LARGE
        if by >= self.moderate:
            return Size.MODERATE
        return Size.SMALL if by >= self.small else Size.NONE


COHEN = Lines(
    0.2,
    0.5,
    0.8,
    "Cohen (1988), for want of better: drawn for no field in particular, and education or prevention rarely see 0.5",
)
"""For standardised differences where nobody has drawn lines for the outcome at hand."""


def sentence(*, certainty: Certainty, size: Size, raises: bool, service: str, outcome: str) -> str:
    """The sentence for a result. ``raises`` says whether the outcome goes up with the service.

    Names are used as given, the first letter made a capital where it begins the sentence. Raises BadInput for an
    empty name.
    """
    if not service.strip() or not outcome.strip():
        raise BadInput("A sentence needs the name of the service and of the outcome.")
    said = _grid()[certainty.value][size.value].format(
        service=service.strip(),
        outcome=outcome.strip(),
        lowers="raises" if raises else "lowers",
        lower="raise" if raises else "lower",
    )
    return said[:1].upper() + said[1:]


@cache
def _grid() -> Mapping[str, Mapping[str, str]]:
    text = resources.files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
