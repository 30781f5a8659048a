"""What can lower or raise how sure the evidence is: read from a file that a person who does not program can review."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wherewithal.errors import NothingThere

MOST = 3
"""The most steps that one factor can lower by; a rise is 2 at most."""
STEPS = {
    0: "no serious concern",
    -1: "serious concern",
    -2: "very serious concern",
    -3: "extremely serious concern",
    1: "raises by one level",
    2: "raises by two levels",
}
"""What a number of steps means."""


@dataclass(frozen=True)
class Factor:
    """One factor, with the printed ``rule`` by which the data suggest something. ``lowers``, or else raises."""

    key: str
    name: str
    asks: str
    lowers: bool
    source: str
    rule: str

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that a person can choose."""
        return (0, -1, -2, -3) if self.lowers else (0, 1, 2)


@cache
def factors() -> tuple[Factor, ...]:
    """Every factor, in the order in which they are considered."""
    text = resources.files(__package__).joinpath("factors.toml").read_text(encoding="utf-8")
    return tuple(Factor(**row) for row in tomllib.loads(text)["factor"])


def factor(key: str) -> Factor:
    """The factor with that key. Raises NothingThere naming those there are."""
    for each in factors():
        if each.key == key:
            return each
    raise NothingThere(f"There is no factor '{key}'.", [each.key for each in factors()])
