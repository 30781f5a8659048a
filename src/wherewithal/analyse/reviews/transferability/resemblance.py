"""A study's reported facts beside the area's: alike, unlike or not reported, one by one and by a printed rule.

"As evaluated" counts, not "as offered": a study speaks for the children who were in it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed

OVERLAP = 0.5
"""How much of the shorter range of ages has to overlap."""

NOT_REPORTED = "Not reported"
LISTS = ("one of", "named in", "words")


@dataclass(frozen=True)
class Unread:
    """What a study reports in words that the rule cannot compare: a person has to look."""

    words: str


Value = str | int | float | tuple[float, float] | Unread | None
"""What a study reports: words, a year, a number, or an age from and to; None where it is not reported."""
Ours = Sequence[str] | tuple[float, float] | int
"""What counts as alike: values, a number or age from and to (infinite where open), or the earliest year."""


@dataclass(frozen=True)
class Characteristic:
    """One thing that is compared, how, and whether it decides unless a person says otherwise.

    ``own`` where it is a question of the team's form, whose words are then its name.
    """

    key: str
    name: str
    how: str
    decides: bool
    why: str
    own: bool = False

    @property
    def inside(self) -> str:
        """The name as it stands inside a sentence."""
        return f"“{self.name}”" if self.own else self.name[:1].lower() + self.name[1:]


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
    that decide by default, of those named. ``own`` are questions of the team's form that are compared too.
    """

    name: str
    alike: Mapping[str, Ours]
    deciding: tuple[str, ...] | None = None
    own: tuple[Characteristic, ...] = ()

    def __post_init__(self) -> None:
        there = {each.key: each for each in self.all}
        problems = [
            Problem(key, "nothing that is compared", ", ".join(there), "Correct it.")
            for key in {*self.alike, *(self.deciding or ())} - set(there)
        ]
        for key, value in self.alike.items():
            how = there[key].how if key in there else ""
            if how == "ages" and _range(value) is None:
                problems.append(Problem(key, repr(value), "an age from and to, in years", "Give both."))
            if how == "numbers" and _range(value) is None:
                problems.append(Problem(key, repr(value), "a number from and to", "Give one or both."))
            if how == "years" and not isinstance(value, int):
                problems.append(Problem(key, repr(value), "the earliest year that counts", "Give a year."))
            if how in LISTS and (isinstance(value, str | int) or not value):
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
    def all(self) -> tuple[Characteristic, ...]:
        """Everything that can be compared: what is always compared, then the team's own questions."""
        return (*characteristics(), *self.own)

    @property
    def compared(self) -> tuple[Characteristic, ...]:
        """What is compared: whatever something is said of."""
        return tuple(each for each in self.all if each.key in self.alike)

    @property
    def decides(self) -> tuple[str, ...]:
        """Keys of what must be alike, in their order."""
        if self.deciding is not None:
            return tuple(each.key for each in self.all if each.key in self.deciding)
        return tuple(each.key for each in self.compared if each.decides)

    @property
    def rule(self) -> str:
        """The rule, as it is printed."""
        names = [each.inside for each in self.all if each.key in self.decides]
        return (
            f"A study resembles {self.name} where {listed(names)} {'is' if len(names) == 1 else 'are all'} reported "
            "and alike. One that is unlike is enough for it not to. Where none is unlike but something is not "
            "reported, nobody can tell."
        )


@dataclass(frozen=True)
class Ruling:
    """What a person says where the rule cannot tell or gets it wrong: whether it is alike, and why."""

    alike: bool | None
    reason: str
    by: str


@dataclass(frozen=True)
class Fact:
    """One characteristic of one study: what it reports, and whether that is alike (None: nobody can tell).

    ``rule`` is what the printed rule says; ``ruling`` a person's answer, which holds where there is one.
    """

    characteristic: Characteristic
    reported: str
    rule: bool | None
    decides: bool
    ruling: Ruling | None = None

    @property
    def alike(self) -> bool | None:
        return self.ruling.alike if self.ruling else self.rule

    @property
    def known(self) -> bool:
        return self.reported != NOT_REPORTED


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
        unlike = [each.characteristic.inside for each in deciding if each.alike is False]
        silent = [each.characteristic.inside for each in deciding if each.alike is None and not each.known]
        unread = [each.characteristic.inside for each in deciding if each.alike is None and each.known]
        if unlike:
            return f"Does not resemble it: other {listed(unlike)}."
        if silent:
            return f"Nobody can tell: {listed(silent)} not reported."
        if unread:
            return f"Somebody has to look: {listed(unread)}."
        return "Resembles it."


def resemblance(
    study: str, reported: Mapping[str, Value], area: Area, rulings: Mapping[str, Ruling] | None = None
) -> Resemblance:
    """Compare one study's reported facts with the area.

    A person's ``rulings``, by characteristic, hold before the rule. Raises BadInput for a value of the wrong kind.
    """
    facts = []
    for each in area.compared:
        value = reported.get(each.key)
        rule = _alike(study, each, value, area.alike[each.key])
        facts.append(Fact(each, _said(value), rule, each.key in area.decides, (rulings or {}).get(each.key)))
    deciding = [each.alike for each in facts if each.decides]
    resembles = False if False in deciding else None if None in deciding else True
    return Resemblance(study, tuple(facts), resembles)


def summary(studies: Sequence[Resemblance], area: Area) -> str:
    """One sentence about all studies."""
    alike = sum(each.resembles is True for each in studies)
    unknown = sum(each.resembles is None for each in studies)
    said = f"{alike} of {counted(len(studies), 'study', 'studies')} resemble{'s' if alike == 1 else ''} {area.name}"
    return f"{said}; of {unknown} nobody can tell." if unknown else f"{said}."


def _alike(study: str, what: Characteristic, value: Value, ours: Ours) -> bool | None:
    if value is None or value == "" or isinstance(value, Unread):
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
    if what.how == "numbers":
        wanted = _range(ours)
        if wanted is None or not isinstance(value, int | float):
            raise BadInput(
                f"{study}: {what.name} is {value!r}.",
                [Problem(study, repr(value), "a number", "Give the number, or leave it out.")],
            )
        return wanted[0] <= value <= wanted[1]
    known = {str(each).casefold().strip() for each in ours} if not isinstance(ours, int) else set()
    said = str(value).casefold().strip()
    if what.how == "one of":
        return said in known
    named = any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said) for each in known)
    return True if named else None if what.how == "words" else False


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
        return NOT_REPORTED
    if isinstance(value, Unread):
        return value.words
    if isinstance(value, tuple):
        return f"{value[0]:g} to {value[1]:g}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def ours_in_words(what: Characteristic, ours: Ours) -> str:
    """What counts as alike, as it is printed."""
    if what.how == "years":
        return f"{ours} or later"
    if what.how in ("ages", "numbers"):
        low, high = _range(ours) or (0.0, 0.0)
        if math.isinf(high):
            return f"{low:g} or more"
        return f"{high:g} or less" if math.isinf(low) else f"{low:g} to {high:g}"
    return listed([str(each) for each in ours], "or") if not isinstance(ours, int) else str(ours)
