"""A result as a person took it from a paper: the form, its numbers, what was chosen. Nothing is worked out here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from wherewithal.analyse.reviews.extraction.forms_of_results import (
    CHOICES,
    CLUSTERED,
    Form,
    form_named,
    words_of,
)
from wherewithal.errors import BadInput, Problem
from wherewithal.thread import fingerprint_of


@dataclass(frozen=True)
class Given:
    """What the paper gives for one comparison.

    ``form`` is the key of a form, ``numbers`` its numbers by key ("m1", "sd1", ...), ``choices`` what was chosen by
    key of ``CHOICES``; what is not in it is the usual answer. ``words`` explain whatever needs it, such as where an
    assumed correlation comes from. Raises BadInput for a number or a choice that the form has none of, and for a
    number that is none; whether the numbers make sense together is for ``working`` and ``plausibility`` to say.
    """

    form: str
    numbers: Mapping[str, float]
    choices: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def __post_init__(self) -> None:
        form = form_named(self.form)
        problems = []
        for key, number in self.numbers.items():
            if key not in form.numbers and (key not in CLUSTERED or form.one_group):
                problems.append(
                    Problem(key, "not asked for", ", ".join(form.numbers), "Choose the form that has it.")
                )
            elif not math.isfinite(number):
                problems.append(
                    Problem(words_of(key), str(number), "a number", "Leave it empty if it is not given.")
                )
        for key, chosen in self.choices.items():
            there = CHOICES.get(key, ("", {}))[1]
            if chosen not in there:
                problems.append(
                    Problem(key, repr(chosen), " or ".join(there) or "no such choice", "Choose one.")
                )
        if problems:
            raise BadInput("The result cannot be read as it is.", problems)
        object.__setattr__(self, "numbers", {key: float(number) for key, number in self.numbers.items()})
        object.__setattr__(self, "choices", dict(self.choices))

    @property
    def what(self) -> Form:
        return form_named(self.form)

    def chosen(self, key: str) -> str:
        """What was chosen, or the usual answer."""
        return self.choices.get(key) or next(iter(CHOICES[key][1]))

    @property
    def missing(self) -> tuple[str, ...]:
        """Numbers that the form needs and that were not given."""
        return tuple(key for key in self.what.needed if key not in self.numbers)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "numbers": dict(self.numbers),
            "choices": dict(self.choices),
            "words": self.words,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(plain["form"], plain["numbers"], plain.get("choices", {}), plain.get("words", ""))
