"""The printed rules behind the bands.

A band is our reading of what registers say, by the rules of ``rules.toml`` and nothing else. The first rule
that holds fires, and its words stand beside the band. There is no score, no average and
no arithmetic over registers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from wherewithal.analyse.library.difference import Standing
from wherewithal.analyse.library.rating import Rating
from wherewithal.analyse.library.register import Flag, Register, Value, registers

_PRINTED = tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))

RULES_VERSION: str = _PRINTED["version"]
"""Changes whenever a rule or the meaning of a register's value does: readings are then made again."""

PADLOCKS_FOR_GOOD: int = _PRINTED["padlocks_for_good"]
PADLOCKS_FOR_NONE: int = _PRINTED["padlocks_for_none"]

PRINCIPLES: tuple[str, ...] = tuple(_PRINTED["principles"])


class Band(StrEnum):
    """Our reading, from most to least to go on. Not a scale to count with."""

    STRONG = "Strong"
    GOOD = "Good"
    PRELIMINARY = "Preliminary"
    MIXED = "Mixed"
    NO_EFFECT = "No effect or harm"
    NOT_ENOUGH = "Not enough to say"


BAND_MEANINGS = {Band(name): str(meaning) for name, meaning in _PRINTED["bands"].items()}

NO_RATING = "no rating in our copy"
COSTS_ONLY = "costs and benefits only"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Says:
    """What one register's row says, once its native value has been looked up.

    ``state`` is one of ``register.STATES``, "no rating in our copy", "costs and benefits only" or "withdrawn".
    ``direction`` and ``firm`` are what the rules look at; for a register of months and padlocks they follow from
    both. An economic model has neither: whether benefits exceed costs is not whether there is an effect.
    """

    register: Register
    standing: Standing[Rating]
    state: str
    value: Value | None
    flag: Flag | None
    direction: str
    firm: bool

    @property
    def averaged(self) -> bool:
        return self.value is not None and self.value.several == "averaged"

    @property
    def silent(self) -> bool:
        """Says nothing either way: no rating in our copy, costs only, no result, or no longer in the register."""
        return self.state in (NO_RATING, COSTS_ONLY, WITHDRAWN, "no result")


def says(standing: Standing[Rating]) -> Says:
    """Look up what a row's native value means on its register's own scale."""
    register = registers()[standing.register]
    row = standing.row
    if standing.withdrawn_in is not None:
        return Says(register, standing, WITHDRAWN, None, None, "", False)
    found = register.read_value(row.rating) if row.rating else None
    if register.kind == "economic model":
        return Says(register, standing, COSTS_ONLY, found[0] if found else None, None, "", False)
    if found is None:
        return Says(register, standing, NO_RATING, None, None, "", False)
    value, flag = found
    if value.padlocks is not None:
        direction, firm = _from_months(value.padlocks, row.months)
    else:
        direction, firm = (flag.direction if flag else value.direction), value.firm
    return Says(register, standing, value.state, value, flag, direction, firm)


def _from_months(padlocks: int, months: int | None) -> tuple[str, bool]:
    if months is None or padlocks == 0:
        return "", False
    if months > 0:
        return "improves", padlocks >= PADLOCKS_FOR_GOOD
    # A warning is heeded at a lower bar than a promise.
    if padlocks >= PADLOCKS_FOR_NONE:
        return ("harm" if months < 0 else "none"), True
    return "", False


@dataclass(frozen=True)
class Rule:
    """``text`` is the rule as printed; ``because`` its words beside a band it gave."""

    key: str
    band: Band
    text: str
    because: str
    holds: Callable[[Sequence[Says]], bool]


def _improves(rows: Sequence[Says], *, firm: bool, averaged: bool | None = None) -> bool:
    return any(
        row.direction == "improves" and row.firm is firm and (averaged is None or row.averaged is averaged)
        for row in rows
    )


def _found_none(rows: Sequence[Says]) -> bool:
    return any(row.direction in ("none", "harm") and row.firm for row in rows)


_HOLDS: dict[str, Callable[[Sequence[Says]], bool]] = {
    "mixed-by-the-register": lambda rows: any(row.direction == "both" for row in rows),
    "mixed-rigorous": lambda rows: _improves(rows, firm=True) and _found_none(rows),
    "mixed-preliminary": lambda rows: _improves(rows, firm=False) and _found_none(rows),
    "harm": lambda rows: any(row.direction == "harm" and row.firm for row in rows),
    "no-effect": lambda rows: _found_none(rows),
    "strong": lambda rows: any(
        row.direction == "improves"
        and row.firm
        and row.value is not None
        and row.value.several == "rigorous"
        and row.value.lasting
        for row in rows
    ),
    "good": lambda rows: _improves(rows, firm=True, averaged=False),
    "good-average": lambda rows: _improves(rows, firm=True, averaged=True),
    "preliminary": lambda rows: _improves(rows, firm=False, averaged=False),
    "preliminary-average": lambda rows: _improves(rows, firm=False, averaged=True),
    "not-enough": lambda rows: True,
}

RULES: tuple[Rule, ...] = tuple(
    Rule(item["key"], Band(item["band"]), item["text"], item["because"], _HOLDS[item["key"]])
    for item in _PRINTED["rule"]
)
"""In the order in which they are tried: the first that holds gives the band."""


def fired(rows: Sequence[Says]) -> Rule:
    """The first rule that holds for these rows. The last one always does."""
    return next(rule for rule in RULES if rule.holds(rows))
