"""Whether studies of one kind find something else than others: groups, and effects that go with a number.

Seen across studies, which is no proof of cause (Cochrane Handbook 6.5, 10.11.5.2); and with few studies much is found
by chance (10.11.5.1: about ten studies for each thing that is looked at).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from wherewithal.analyse.reviews.outcomes.exported import Trait, drawable
from wherewithal.analyse.reviews.outcomes.finding import in_brackets
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.synthesis.drawn import bubble_of
from wherewithal.analyse.reviews.synthesis.export.figures import by_group, by_number
from wherewithal.analyse.reviews.synthesis.export.material import told
from wherewithal.charts import Chart
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted, listed

CLEAR = 0.05
ENOUGH = 10
"""Studies for each thing that is looked at: Cochrane Handbook 6.5, 10.11.5.1."""


@dataclass(frozen=True)
class Group:
    """Studies with the same answer: how many, and what they say together."""

    name: str
    studies: int
    words: str


@dataclass(frozen=True)
class Difference:
    """What one trait of studies goes with.

    ``sentence`` says it; ``groups`` where studies fall into groups, with the ``alone`` that hold one study; ``chart``
    where the trait is a number. ``unsaid`` are studies that do not say; ``why_not`` says why there is no answer.
    """

    trait: Trait
    sentence: str = ""
    groups: tuple[Group, ...] = ()
    alone: tuple[str, ...] = ()
    chart: Chart | None = None
    unsaid: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why_not: str = ""


def difference_by(whole: Together, trait: Trait) -> Difference:
    """What a trait of the studies goes with. Where that cannot be worked out, ``why_not`` says why."""
    names = {each.study: each.name for each in whole.effects}
    unsaid = tuple(
        name
        for study, name in names.items()
        if (trait.number and trait.value(study) != trait.value(study)) or not trait.answers.get(study)
    )
    try:
        return _line(whole, trait, unsaid) if trait.number else _groups(whole, trait, unsaid)
    except BadInput as error:
        return Difference(trait, unsaid=unsaid, why_not=error.message)


def _groups(whole: Together, trait: Trait, unsaid: tuple[str, ...]) -> Difference:
    it, studies, settings = drawable(whole, trait)
    found = by_group(it, studies, settings)
    groups = tuple(
        Group(
            name,
            each["k"],
            in_brackets(whole, each["estimate"], each["ci"]["low"], each["ci"]["high"]),
        )
        for name, each in found["groups"].items()
    )
    p = found["difference"]["p"]
    if not groups:
        raise BadInput("No group has two studies, so there is nothing to put together within any of them.")
    if p is None:
        sentence = (
            "Nothing is compared: only one group has two studies or more."
            if len(groups) < 2
            else "Whether they differ is not tested: with several effects a study that is done for two groups only."
        )
    elif p < CLEAR:
        sentence = f"The groups find different things (p = {_p(p)})."
    else:
        sentence = f"The groups do not clearly find different things (p = {_p(p)}); that is no proof that they agree."
    return Difference(
        trait, sentence, groups, tuple(found["alone"]), unsaid=unsaid, notes=_notes(whole, len(groups) - 1)
    )


def _line(whole: Together, trait: Trait, unsaid: tuple[str, ...]) -> Difference:
    it, studies, settings = drawable(whole, trait)
    values = studies.moderators[trait.words]
    rows = told(values)
    if len({values[row] for row in rows}) < 2 or len({whole.effects[row].study for row in rows}) < 3:
        raise BadInput("That takes three studies or more with a number, and two different numbers.")
    found = by_number(it, studies, settings, trait.words, values)
    slope: dict[str, Any] = found["coefficients"][1]
    step = _step(whole, slope["estimate"], slope["ci"]["low"], slope["ci"]["high"])
    what = "multiplies the effect by" if whole.outcome.ratio else "changes the effect by"
    clear = (
        f"The effect goes with it (p = {_p(slope['p'])})"
        if slope["p"] < CLEAR
        else f"The effect does not clearly go with it (p = {_p(slope['p'])})"
    )
    explained = ""
    if "r2" in found:
        explained = f" It explains {found['r2'] or 0:.0f}% of the differences between studies (R²)."
    chart = None
    if not whole.several:
        drawn = bubble_of(it.only(rows), trait.words, [values[row] for row in rows], key=f"by-{trait.key}")
        chart = replace(
            drawn,
            title=f"{whole.outcome.name}: {trait.words}",
            description=f"{counted(found['studies'], 'study', 'studies')}, larger where they weigh more, with the "
            "fitted line and its 95% interval.",
        )
    return Difference(
        trait,
        f"{clear}: one more {what} {step}.{explained}",
        chart=chart,
        unsaid=unsaid,
        notes=_notes(whole, 1),
    )


def _step(whole: Together, value: float, low: float, high: float) -> str:
    """A slope with its interval, to three figures: a step may be small."""
    shown = [f"{whole.outcome.shown(each):.3g}".replace("-", "−") for each in (value, low, high)]
    return f"{shown[0]} ({shown[1]} to {shown[2]})"


def _notes(whole: Together, asked: int) -> tuple[str, ...]:
    notes = ["Seen across studies that also differ in other ways: no proof of cause."]
    if whole.studies < ENOUGH * asked:
        notes.append(
            f"With {counted(whole.studies, 'study', 'studies')} a difference is easily found by chance, or "
            "missed: about ten studies are needed for each thing looked at."
        )
    return tuple(notes)


def _p(p: float) -> str:
    return "less than 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def unsaid_words(difference: Difference) -> str:
    """Which studies do not say, for a line below; empty where all do."""
    if not difference.unsaid:
        return ""
    verb = "does" if len(difference.unsaid) == 1 else "do"
    return f"{listed(difference.unsaid)} {verb} not say."
