"""What a person can decide about a record, and the reasons for leaving one out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files

from wherewithal.errors import BadInput, NothingThere, Problem


class Verdict(StrEnum):
    INCLUDE = "include"
    EXCLUDE = "exclude"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        """How the verdict reads in a list: "kept", "left out", "unsure"."""
        return {Verdict.INCLUDE: "kept", Verdict.EXCLUDE: "left out", Verdict.UNSURE: "unsure"}[self]


@dataclass(frozen=True)
class Reason:
    """One reason for leaving a record out. ``needs_words``: it means nothing without the person's own words."""

    key: str
    words: str
    hint: str
    needs_words: bool = False


def _read_reasons() -> tuple[Reason, ...]:
    text = files(__package__).joinpath("exclusion_reasons.toml").read_text(encoding="utf-8")
    return tuple(Reason(**row) for row in tomllib.loads(text)["reason"])


REASONS = _read_reasons()
"""Every reason, in the order in which they are to be considered."""


def reason(key: str) -> Reason:
    """The reason with that key. Raises NothingThere naming the keys there are."""
    for candidate in REASONS:
        if candidate.key == key:
            return candidate
    raise NothingThere(f"There is no reason '{key}'.", [candidate.key for candidate in REASONS])


@dataclass(frozen=True)
class Decision:
    """One decision about one record. A later decision about the same record replaces it and does not delete
    it.

    ``record`` is the record's key or number; ``reason`` the key of a reason and ``words`` the person's own,
    where the verdict is to leave it out. Raises BadInput where a record is left out without a reason, or for
    another reason without saying which.
    """

    record: str
    verdict: Verdict
    by: str
    at: datetime
    reason: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        check(self.verdict, self.reason, self.words)


def check(verdict: Verdict, reason_key: str, words: str) -> None:
    """Raise BadInput where a verdict lacks what it needs, or has a reason that it cannot have."""
    if verdict is not Verdict.EXCLUDE:
        if reason_key:
            raise BadInput("Only a record that is left out has a reason for it.")
        return
    choices = ", ".join(candidate.words.lower() for candidate in REASONS)
    chosen = next((candidate for candidate in REASONS if candidate.key == reason_key), None)
    if chosen is None:
        raise BadInput(
            "Say why this record is left out.",
            [Problem("reason", "none chosen", f"one of: {choices}", "Choose the first reason that applies.")],
        )
    if chosen.needs_words and not words.strip():
        raise BadInput(
            "Say in your own words why this record is left out.",
            [Problem("reason", f"'{chosen.words}' without words", "a few words", "Write the reason.")],
        )
