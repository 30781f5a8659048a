"""An outcome as the export of a synthesis takes it: the same studies, the same choices, the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from wherewithal.analyse.reviews.extraction.study import Better
from wherewithal.analyse.reviews.outcomes.together import Together
from wherewithal.analyse.reviews.synthesis.drawn import Drawable, baujat_of, cumulative_of
from wherewithal.analyse.reviews.synthesis.export import Settings, Studies
from wherewithal.analyse.reviews.synthesis.export.folder import drawable_of
from wherewithal.charts import Chart
from wherewithal.errors import BadInput


@dataclass(frozen=True)
class Trait:
    """What one answer of the form says of studies: ``words`` of the question, ``answers`` by study.

    ``number`` where the answers are numbers, so that effects may go with them; else studies fall into groups.
    """

    key: str
    words: str
    number: bool
    answers: dict[str, str]

    def value(self, study: str) -> float:
        """A study's number, not a number where it gives none."""
        try:
            return float(self.answers.get(study, ""))
        except ValueError:
            return float("nan")

    def group(self, study: str) -> str:
        return self.answers.get(study) or NOT_SAID


NOT_SAID = "not said"


def studies_of(whole: Together, traits: Sequence[Trait] = ()) -> Studies:
    """The effects that count, with what studies are like; of groups, those of the first trait that has them."""
    grouped = next((trait for trait in traits if not trait.number), None)
    return Studies(
        [each.label if whole.several else each.name for each in whole.effects],
        [each.value for each in whole.effects],
        [each.variance for each in whole.effects],
        group=[grouped.group(each.study) for each in whole.effects] if grouped else (),
        moderators={
            trait.words: [trait.value(each.study) for each in whole.effects]
            for trait in traits
            if trait.number
        },
        left_out=[f"{left.effect.label}: {left.why}" for left in whole.left_out],
        cluster=[_study(whole, each.study) for each in whole.effects] if whole.several else (),
    )


def _study(whole: Together, key: str) -> str:
    """A study's name, with its number where another has the same."""
    names = {each.study: each.name for each in whole.effects}
    twice = list(names.values()).count(names[key]) > 1
    return f"{names[key]} (study {key})" if twice else names[key]


def settings_of(whole: Together, *, title: str) -> Settings:
    """How they are put together."""
    return Settings(
        method=whole.choices.method,
        test="z" if whole.choices.method == "EE" else whole.choices.test,
        measure=whole.outcome.measure,
        better="higher" if whole.outcome.better == Better.HIGHER else "lower",
        title=title,
        correlation=whole.choices.correlation if whole.several else None,
    )


def more_charts(whole: Together, years: Mapping[str, float]) -> dict[str, Chart]:
    """What each study adds to the differences and to the answer, and the answer as studies came in by their year.

    By the names of their files; one that cannot be drawn is not there, and none where several effects of a study count.
    """
    if whole.several:
        return {}
    studies = studies_of(whole)
    it = drawable_of(studies, settings_of(whole, title=whole.outcome.name))
    order = [years.get(each.study) for each in whole.effects]
    known = [year for year in order if year is not None]
    drawn: dict[str, Chart] = {}
    with suppress(BadInput):
        drawn["baujat"] = baujat_of(it)
    if len(known) == len(order):
        with suppress(BadInput):
            drawn["cumulative"] = cumulative_of(replace(it, order=known))
    return drawn


def drawable(whole: Together, trait: Trait) -> tuple[Drawable, Studies, Settings]:
    """The studies with one trait, ready to be drawn and worked out."""
    studies, settings = studies_of(whole, [trait]), settings_of(whole, title=whole.outcome.name)
    return drawable_of(studies, settings), studies, settings
