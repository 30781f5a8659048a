"""Registers that disagree: found by reading each alone, and explained by what each one asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wherewithal.analyse.library.ages import ages_in_words
from wherewithal.analyse.library.rules import Band, Says, fired
from wherewithal.plain_english import listed

OPPOSED = (Band.MIXED, Band.NO_EFFECT)


@dataclass(frozen=True)
class Disagreement:
    """``opposed`` where they point in different directions, not only differ in how sure they are.

    ``alone`` pairs each register's name with the band its rating would give by itself. ``lead`` and ``asks``
    say what each one looked at and asked for; ``notes`` are further sentences.
    """

    opposed: bool
    alone: tuple[tuple[str, Band], ...]
    lead: str
    asks: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def heading(self) -> str:
        if self.opposed:
            return "Registers disagree about this programme"
        return "Registers differ in how sure they are"

    @property
    def why(self) -> str:
        """Why they disagree, as one paragraph."""
        return " ".join([f"{self.lead}: {'; '.join(self.asks)}.", *self.notes])


def disagreement(rows: Sequence[Says]) -> Disagreement | None:
    """What the registers disagree about, or None where fewer than two say anything or all say the same.

    A register that says nothing either way disagrees with nobody.
    """
    speaking = [row for row in rows if not row.silent]
    alone = tuple((row.register.name, fired([row]).band) for row in speaking)
    bands = {band for _, band in alone}
    if len(bands) < 2:
        return None
    return Disagreement(
        bool(bands & set(OPPOSED)),
        alone,
        _lead(speaking),
        tuple(_asks(row) for row in speaking),
        tuple(_notes(speaking)),
    )


def _lead(rows: Sequence[Says]) -> str:
    outcomes = {row.standing.row.outcomes.casefold() for row in rows if row.standing.row.outcomes}
    return f"They {'looked at different outcomes and ' if len(outcomes) > 1 else ''}set different bars"


def _asks(row: Says) -> str:
    facts = row.standing.row
    outcomes = listed([outcome.strip() for outcome in facts.outcomes.split(";") if outcome.strip()])
    if row.register.kind == "register" or not outcomes:
        return f"{row.register.the} {row.register.bar}"
    ages = facts.ages_evaluated or facts.ages_offered
    at = f" at ages {ages_in_words(ages)}" if ages[:1].isdigit() else ""
    here = " in the UK" if facts.uk_tested == "yes" else ""
    return f"{row.register.the} measured {outcomes}{at}{here}"


def _notes(rows: Sequence[Says]) -> list[str]:
    sentences = [
        f"{_capital(row.register.the)} marks its own findings as mixed."
        for row in rows
        if row.flag is not None
    ]
    sentences.extend(
        f"{_capital(row.register.the)} looked and found too little to rate, which is not a finding that it fails."
        for row in rows
        if row.state == "below threshold"
    )
    return sentences + _place(rows)


def _place(rows: Sequence[Says]) -> list[str]:
    """Said where American registers found an effect and a British study did not."""
    none_here = [
        row for row in rows if row.direction in ("none", "harm") and row.standing.row.uk_tested == "yes"
    ]
    american = [
        row for row in rows if row.direction == "improves" and row.register.country == "United States"
    ]
    if not none_here or not american:
        return []
    names = list(dict.fromkeys(row.register.the for row in american))
    what = "are American registers" if len(names) > 1 else "is an American register"
    return [
        f"{_capital(listed(names))} {what}, and the study that found no effect was done in the UK. Usual services "
        "differ, and so may what a programme adds to them."
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
