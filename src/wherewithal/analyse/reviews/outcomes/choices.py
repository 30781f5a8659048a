"""Which of a study's effects count, and how they are put together: chosen before the answer is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.analyse.reviews.synthesis.between import NAMES
from wherewithal.analyse.reviews.synthesis.fitting import known
from wherewithal.errors import BadInput, Problem


class When(StrEnum):
    """Which point in time counts where a study measured at several."""

    FIRST = "first"
    LAST = "last"
    ALL = "all"

    @property
    def words(self) -> str:
        return {
            When.FIRST: "each study’s first measurement after the programme",
            When.LAST: "each study’s last measurement",
            When.ALL: "every measurement of every study",
        }[self]


TESTS: Mapping[str, str] = {
    "adhoc": "Knapp and Hartung’s, never narrower than the plain one",
    "knha": "Knapp and Hartung’s",
    "z": "the normal curve (too narrow with few studies)",
}
"""How the interval of the average is made, the usual way first.

Knapp and Hartung (2003), Statistics in Medicine 22:2693; that it can be too narrow where studies agree by chance, and
the remedy: Röver, Knapp and Friede (2015), BMC Medical Research Methodology 15:99.
"""

CORRELATION = 0.6
"""Between effects of one study, where several count: a convention, tried with other values beside it.

Tanner-Smith and Tipton (2014), Research Synthesis Methods 5:13, use 0.8 and vary it; results seldom depend on it, since
robust errors do not rest on it.
"""


@dataclass(frozen=True)
class PoolingChoices:
    """How an outcome is put together. Raises BadInput for a choice that there is none of.

    ``leave_out`` are keys of studies that a person took out, each with the reason.
    """

    when: When = When.FIRST
    method: str = "REML"
    test: str = "adhoc"
    correlation: float = CORRELATION
    leave_out: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "when", When(self.when))
        known(self.method, self.test)
        if not 0 <= self.correlation < 1:
            raise BadInput(
                "The correlation between effects of one study is not one that can be used.",
                [Problem("correlation", f"{self.correlation:g}", "0 or more, and below 1", "0.6 is usual.")],
            )
        if any(not reason.strip() for _study, reason in self.leave_out):
            raise BadInput("Say why a study is left out.")

    @property
    def method_words(self) -> str:
        return NAMES[self.method]

    def as_dict(self) -> dict[str, Any]:
        return {
            "when": self.when.value,
            "method": self.method,
            "test": self.test,
            "correlation": self.correlation,
            "leave_out": [list(pair) for pair in self.leave_out],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            When(plain["when"]),
            plain["method"],
            plain["test"],
            plain["correlation"],
            tuple((study, reason) for study, reason in plain["leave_out"]),
        )


@dataclass(frozen=True)
class Left:
    """An effect that does not count, and why."""

    effect: StudyEffect
    why: str


def chosen(
    effects: Sequence[StudyEffect], choices: PoolingChoices
) -> tuple[tuple[StudyEffect, ...], tuple[Left, ...]]:
    """The effects that count, in the order given, and those that do not with the reason.

    An effect from a retracted report never counts. Where a study's times are not known, all of its effects count:
    leaving some out would be a choice nobody made.
    """
    out: dict[int, str] = {}
    taken_out = dict(choices.leave_out)
    for place, effect in enumerate(effects):
        if effect.retracted:
            out[place] = "its report has been retracted"
        elif effect.study in taken_out:
            out[place] = taken_out[effect.study]
    if choices.when is not When.ALL:
        for place in _not_then(effects, choices.when, out):
            out[place] = f"not {choices.when.words}"
    return (
        tuple(effect for place, effect in enumerate(effects) if place not in out),
        tuple(Left(effects[place], why) for place, why in sorted(out.items())),
    )


def _not_then(effects: Sequence[StudyEffect], when: When, out: Mapping[int, str]) -> list[int]:
    pick = min if when is When.FIRST else max
    times: dict[str, list[float | None]] = {}
    for place, effect in enumerate(effects):
        if place not in out:
            times.setdefault(effect.study, []).append(effect.weeks)
    wanted = {
        study: pick(week for week in weeks if week is not None)
        for study, weeks in times.items()
        if None not in weeks
    }
    return [
        place
        for place, effect in enumerate(effects)
        if place not in out and effect.study in wanted and effect.weeks != wanted[effect.study]
    ]
