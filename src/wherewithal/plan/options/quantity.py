"""Quantities that people are unsure of: one figure, or a figure with the range it may fall in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import number

_FIGURE = r"[£]?\s*(?P<{0}>[-−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)?(?:\.\d+)?)\s*%?"
_WRITTEN = re.compile(
    rf"^\s*{_FIGURE.format('central')}\s*"
    rf"(?:\(\s*{_FIGURE.format('low')}\s*(?:to|-|–|—)\s*{_FIGURE.format('high')}\s*\))?\s*$",
    re.IGNORECASE,
)

Better = Literal["more", "less"]


class Outlook(StrEnum):
    """The three runs of every appraisal: each quantity at its good end, as expected, or at its bad end."""

    WELL = "if everything goes well"
    EXPECTED = "as expected"
    BADLY = "if everything goes badly"


@dataclass(frozen=True)
class Quantity:
    """A figure as expected, with the lowest and highest it may reasonably be: ``low <= central <= high``.

    A single number has the same value three times. Raises BadInput where the order is wrong.
    """

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.central <= self.high:
            raise BadInput(
                "A range must run from its lowest to its highest figure, with the expected one between.",
                [
                    Problem(
                        f"{_plain(self.central)} ({_plain(self.low)} to {_plain(self.high)})",
                        "figures out of order",
                        "lowest, expected, highest, as in 96 (80 to 110)",
                        "Put the expected figure first and the lower end of the range before the higher.",
                    )
                ],
            )

    @classmethod
    def of(cls, value: float | Iterable[float] | Quantity) -> Quantity:
        """A quantity from a number or from ``(low, central, high)``."""
        if isinstance(value, Quantity):
            return value
        if isinstance(value, int | float):
            return cls(float(value), float(value), float(value))
        low, central, high = value
        return cls(float(low), float(central), float(high))

    @classmethod
    def parse(cls, written: str) -> Quantity:
        """A quantity as people write it: "96", "£1,200", "72%" or "96 (80 to 110)".

        Signs for pounds and per cent are allowed and left out of the figure. Raises BadInput saying how to
        write it.
        """
        found = _WRITTEN.match(written)
        figures = {
            name: text for name, text in (found.groupdict() if found else {}).items() if text is not None
        }
        if not figures or any(not re.search(r"\d", text) for text in figures.values()):
            raise BadInput(
                f"'{written.strip()}' is not a figure.",
                [
                    Problem(
                        f"'{written.strip()}'",
                        "something other than a figure",
                        "a figure such as 96, or one with its range such as 96 (80 to 110)",
                        "Write the expected figure, then the lowest and highest in brackets.",
                    )
                ],
            )
        values = {name: float(text.replace(",", "").replace("−", "-")) for name, text in figures.items()}
        central = values["central"]
        return cls(values.get("low", central), central, values.get("high", central))

    @property
    def is_certain(self) -> bool:
        return self.low == self.high

    def at(self, outlook: Outlook, *, better: Better) -> float:
        """The figure for one run: the good or the bad end, where ``better`` says which end is good."""
        if outlook is Outlook.EXPECTED:
            return self.central
        return self.high if (outlook is Outlook.WELL) == (better == "more") else self.low

    def scaled(self, factor: float) -> Quantity:
        """The same quantity in another unit. ``factor`` is above 0, so that the order stays."""
        return Quantity(self.low * factor, self.central * factor, self.high * factor)

    @property
    def written(self) -> str:
        """As ``parse`` reads it back."""
        if self.is_certain:
            return _plain(self.central)
        return f"{_plain(self.central)} ({_plain(self.low)} to {_plain(self.high)})"

    def as_list(self) -> list[float]:
        return [float(self.low), float(self.central), float(self.high)]


def _plain(value: float) -> str:
    places = 0 if value == round(value) else 2 if round(value, 2) == round(value, 10) else 6
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if places else text


@dataclass(frozen=True)
class Range:
    """One result of the three runs. Not a confidence interval: its ends are everything going one way."""

    expected: float
    well: float
    badly: float

    @property
    def low(self) -> float:
        return min(self.expected, self.well, self.badly)

    @property
    def high(self) -> float:
        return max(self.expected, self.well, self.badly)

    @property
    def is_certain(self) -> bool:
        return self.low == self.high


RANGE_KIND = "from everything going well to everything going badly"
"""How the range is named wherever it is shown or stored."""
