"""A study's reported facts beside the area's: alike, unlike or not reported, one by one and by a printed rule.

"As evaluated" counts, not "as offered": a study speaks for the children who were in it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed

OVERLAP = 0.5
"""How much of the shorter range of ages has to overlap."""

Value = str | int | tuple[float, float] | None
"""What a study reports: words, a year, or an age from and to; None where it is not reported."""


@dataclass(frozen=True)
class Characteristic:
    """One thing that is compared, how, and whether it decides unless a person says otherwise."""

    key: str
    name: str
    how: str
    decides: bool
    why: str


@cache
def characteristics() -> tuple[Characteristic, ...]:
    """Everything that is compared, in its order."""
    text = resources.files(__package__).joinpath("resemblance.toml").read_text(encoding="utf-8")
    return tuple(Characteristic(**row) for row in tomllib.loads(text)["characteristic"])


@dataclass(frozen=True)
class Area:
    """What counts as alike for our area and question.

    ``alike`` by characteristic: values that count (whatever their case), an age from and to, or the earliest year
    that counts. What is not named is not compared. ``deciding`` are the keys that must be alike; without it those
    that decide by default, of those named.
    """

    name: str
    alike: Mapping[str, Sequence[str] | tuple[float, float] | int]
    deciding: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        there = {each.key: each for each in characteristics()}
        problems = [
            Problem(key, "nothing that is compared", ", ".join(there), "Correct it.")
            for key in {*self.alike, *(self.deciding or ())} - set(there)
        ]
        for key, value in self.alike.items():
            how = there[key].how if key in there else ""
            if how == "ages" and _range(value) is None:
                problems.append(Problem(key, repr(value), "an age from and to, in years", "Give both."))
            if how == "years" and not isinstance(value, int):
                problems.append(Problem(key, repr(value), "the earliest year that counts", "Give a year."))
            if how == "one of" and (isinstance(value, str | int) or not value):
                problems.append(Problem(key, repr(value), "a list of values that count", "Give a list."))
        for key in self.deciding or ():
            if key in there and key not in self.alike:
                problems.append(
                    Problem(key, "decides, and nothing says what is alike", "values", "Give them.")
                )
        if problems:
            raise BadInput(f"What counts as alike for {self.name} is not clear yet.", problems)
        if not self.decides:
            raise BadInput(
                f"Say at least one thing that must be alike for a result to carry over to {self.name}."
            )

    @property
    def decides(self) -> tuple[str, ...]:
        """Keys of what must be alike, in their order."""
        if self.deciding is not None:
            return tuple(each.key for each in characteristics() if each.key in self.deciding)
        return tuple(each.key for each in characteristics() if each.decides and each.key in self.alike)

    @property
    def rule(self) -> str:
        """The rule, as it is printed."""
        names = [each.name.lower() for each in characteristics() if each.key in self.decides]
        return (
            f"A study resembles {self.name} where {listed(names)} {'is' if len(names) == 1 else 'are all'} reported "
            "and alike. One that is unlike is enough for it not to. Where none is unlike but something is not "
            "reported, nobody can tell."
        )


@dataclass(frozen=True)
class Fact:
    """One characteristic of one study: what it reports, and whether that is alike (None: not reported)."""

    characteristic: Characteristic
    reported: str
    alike: bool | None
    decides: bool


@dataclass(frozen=True)
class Resemblance:
    """One study beside the area. ``resembles`` None where too little is reported to tell."""

    study: str
    facts: tuple[Fact, ...]
    resembles: bool | None

    @property
    def words(self) -> str:
        """One sentence with what decided."""
        deciding = [each for each in self.facts if each.decides]
        unlike = [each.characteristic.name.lower() for each in deciding if each.alike is False]
        unknown = [each.characteristic.name.lower() for each in deciding if each.alike is None]
        if unlike:
            return f"Does not resemble it: other {listed(unlike)}."
        if unknown:
            return f"Nobody can tell: {listed(unknown)} not reported."
        return "Resembles it."


def resemblance(study: str, reported: Mapping[str, Value], area: Area) -> Resemblance:
    """Compare one study's reported facts with the area. Raises BadInput for a value of the wrong kind."""
    facts = []
    for each in characteristics():
        if each.key not in area.alike:
            continue
        value = reported.get(each.key)
        facts.append(
            Fact(
                each, _said(value), _alike(study, each, value, area.alike[each.key]), each.key in area.decides
            )
        )
    deciding = [each.alike for each in facts if each.decides]
    resembles = False if False in deciding else None if None in deciding else True
    return Resemblance(study, tuple(facts), resembles)


def summary(studies: Sequence[Resemblance], area: Area) -> str:
    """One sentence about all studies."""
    alike = sum(each.resembles is True for each in studies)
    unknown = sum(each.resembles is None for each in studies)
    said = f"{alike} of {counted(len(studies), 'study', 'studies')} resemble{'s' if alike == 1 else ''} {area.name}"
    return f"{said}; of {unknown} nobody can tell." if unknown else f"{said}."


def _alike(
    study: str, what: Characteristic, value: Value, ours: Sequence[str] | tuple[float, float] | int
) -> bool | None:
    if value is None or value == "":
        return None
    if what.how == "ages":
        theirs, wanted = _range(value), _range(ours)
        if theirs is None or wanted is None:
            raise BadInput(
                f"{study}: {what.name.lower()} is {value!r}.",
                [Problem(study, repr(value), "an age from and to, in years", "Give both.")],
            )
        return _overlap(*theirs, *wanted)
    if what.how == "years":
        if not isinstance(value, int) or not isinstance(ours, int):
            raise BadInput(
                f"{study}: {what.name.lower()} is {value!r}.",
                [Problem(study, repr(value), "a year", "Give the last year of the study.")],
            )
        return value >= ours
    known = {str(each).casefold().strip() for each in ours} if not isinstance(ours, int) else set()
    return str(value).casefold().strip() in known


def _overlap(low: float, high: float, least: float, most: float) -> bool:
    shared = min(high, most) - max(low, least)
    shorter = min(high - low, most - least)
    return shared >= OVERLAP * shorter if shorter > 0 else shared >= 0


def _range(value: object) -> tuple[float, float] | None:
    """An age from and to; None for anything else."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return None
    low, high = value
    if not (isinstance(low, int | float) and isinstance(high, int | float) and low <= high):
        return None
    return float(low), float(high)


def _said(value: Value) -> str:
    if value is None or value == "":
        return "Not reported"
    if isinstance(value, tuple):
        return f"{value[0]:g} to {value[1]:g}"
    return str(value)
