"""One outcome put together in words: which way studies point, what else can be said without an average, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.certainty.grading import Decision, Grade, grade
from wherewithal.analyse.reviews.certainty.levels import Certainty
from wherewithal.analyse.reviews.certainty.suggesting import people_needed_for_difference
from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.narrative.across import told_apart
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import (
    Cell,
    EffectDirections,
    Harvest,
    Result,
    SignTest,
    effect_directions,
    harvest,
    sign_test,
)
from wherewithal.analyse.reviews.narrative.p_values import Combined, fisher, one_sided
from wherewithal.analyse.reviews.narrative.pointing import Gathered, Pointing
from wherewithal.analyse.reviews.narrative.pooling_or_not import Effect, PoolingOrNot, pooling_or_not
from wherewithal.analyse.reviews.narrative.saying import said
from wherewithal.analyse.reviews.narrative.spread import Spread, spread
from wherewithal.analyse.reviews.narrative.suggesting import suggestions
from wherewithal.analyse.reviews.narrative.swim import Done, Filled, checklist
from wherewithal.analyse.reviews.outcomes.settings import OutcomeSettings, standardised
from wherewithal.analyse.reviews.synthesis.fitting import two_sided
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted

CHARTS = ("the effect direction plot", "the harvest plot")


@dataclass(frozen=True)
class NarrativeAccount:
    """One outcome, told without an average.

    ``sentence`` says the answer by how sure it is, ``figures`` its counts. ``signs`` is None where no study points
    anywhere. ``middle`` and ``combined`` (for good, for harm) are None where nobody asked for them or too few studies
    allow it, and ``cannot`` says so. ``against`` are the reasons against a number.
    """

    outcome: Outcome
    settings: OutcomeSettings
    choices: NarrativeChoices
    gathered: Gathered
    directions: EffectDirections
    signs: SignTest | None
    middle: Spread | None
    combined: tuple[Combined, Combined] | None
    cannot: tuple[str, ...]
    against: PoolingOrNot
    grade: Grade
    sentence: str
    figures: str
    swim: tuple[Filled, ...]

    @property
    def certainty(self) -> Certainty | None:
        return self.grade.level

    @property
    def cells(self) -> tuple[Cell, ...]:
        """A study's directions together, one a study."""
        return self.directions.of(self.outcome.name)

    def risk_of(self, study: str) -> str:
        """A study's risk of bias in words, by its number; empty where nobody has appraised it."""
        numbers = list(dict.fromkeys(each.study for each in self.gathered.pointings))
        return self.cells[numbers.index(study)].risk

    @property
    def harvest(self) -> Harvest:
        return harvest(self.directions, self.outcome.name)

    @property
    def studies(self) -> int:
        return len(self.directions.studies)

    @property
    def people(self) -> int | None:
        """People in all studies; None where one does not say."""
        known = [cell.people for cell in self.cells if cell.people is not None]
        return sum(known) if len(known) == self.studies else None

    @property
    def in_words(self) -> bool:
        """Whether the answer is in words: somebody chose it, or a number cannot be."""
        return not self.against.can

    @property
    def statement(self) -> str:
        return f"{self.sentence} {self.figures}"


def narrate(
    outcome: Outcome,
    gathered: Gathered,
    settings: OutcomeSettings,
    choices: NarrativeChoices,
    decisions: Iterable[Decision] = (),
    *,
    risks: Mapping[str, str] | None = None,
    at_high_risk: Mapping[str, bool | None] | None = None,
    resembles: Mapping[str, bool | None] | None = None,
    randomised: Mapping[str, bool | None] | None = None,
    regrouped: Sequence[str] | None = None,
) -> NarrativeAccount:
    """Say what studies show of an outcome together without an average.

    By a study's number: ``risks`` are judgements of its risk of bias in words, ``at_high_risk``, ``resembles`` and
    ``randomised`` answers where known. ``regrouped`` are changes of the outcomes since they were first planned.
    Raises BadInput where no study points anywhere, with what to do.
    """
    pointings = gathered.pointings
    if not pointings:
        raise BadInput(
            "No study says yet which way this outcome goes.",
            [
                Problem(
                    outcome.name,
                    "no result and no direction",
                    "one study or more",
                    "Extract a result, or write down which way a report says it went, with its page and words.",
                )
            ],
        )
    names = told_apart({each.study: each.name for each in pointings})
    plot = effect_directions(
        [
            Result(
                names[each.study],
                outcome.name,
                each.direction,
                each.instrument,
                each.people,
                (risks or {}).get(each.study, ""),
            )
            for each in pointings
        ]
    )
    cells = plot.of(outcome.name)
    try:
        signs = sign_test([cell.direction for cell in cells])
    except BadInput:
        signs = None
    one_each = _one_each(pointings)
    cannot: list[str] = []
    middle = _spread(outcome, one_each, choices, cannot)
    combined = _combined(outcome, one_each, choices, cannot)
    against = pooling_or_not(
        [_as_effect(outcome, each, (randomised or {}).get(each.study)) for each in pointings],
        too_different=choices.instead,
    )
    numbers = list(names)
    graded = grade(
        settings.design,
        decisions,
        suggestions(
            cells,
            signs,
            at_high_risk=[(at_high_risk or {}).get(each) for each in numbers],
            resembles=None if resembles is None else [resembles.get(each) for each in numbers],
            people_needed=_needed(outcome, settings),
        ),
    )
    done = Done(
        plot,
        {outcome.name: signs} if signs else None,
        {outcome.name: combined[0]} if combined else None,
        {outcome.name: middle} if middle else None,
        against,
        graded.level is not None,
        CHARTS,
        regrouped,
    )
    return NarrativeAccount(
        outcome,
        settings,
        choices,
        gathered,
        plot,
        signs,
        middle,
        combined,
        tuple(cannot),
        against,
        graded,
        said(outcome, settings.service, cells, signs, graded.level),
        _figures(signs, len(cells)),
        checklist(done, choices.written),
    )


def _one_each(pointings: Sequence[Pointing]) -> list[Pointing]:
    """One effect a study: the middle one of several, the lower of the two middle ones of an even number."""
    by_study: dict[str, list[Pointing]] = {}
    for each in pointings:
        if each.value is not None and each.variance is not None:
            by_study.setdefault(each.study, []).append(each)
    return [sorted(own, key=lambda each: each.value or 0.0)[(len(own) - 1) // 2] for own in by_study.values()]


def _spread(
    outcome: Outcome, one_each: Sequence[Pointing], choices: NarrativeChoices, cannot: list[str]
) -> Spread | None:
    if "spread" not in choices.ways:
        return None
    if len(one_each) < 2:
        cannot.append("There are fewer than two effects, so they have no middle.")
        return None
    return spread([outcome.shown(each.value or 0.0) for each in one_each])


def _combined(
    outcome: Outcome, one_each: Sequence[Pointing], choices: NarrativeChoices, cannot: list[str]
) -> tuple[Combined, Combined] | None:
    if "p_values" not in choices.ways:
        return None
    usable = [each for each in one_each if each.variance and each.variance > 0]
    if len(usable) < 2:
        cannot.append("There are fewer than two p values, so there is nothing to combine.")
        return None
    p = [float(two_sided("z", (each.value or 0.0) / (each.variance or 1.0) ** 0.5, 0.0)) for each in usable]
    good = [outcome.good(each.value or 0.0) for each in usable]
    return fisher(one_sided(p, good)), fisher(one_sided(p, [not each for each in good]))


def _as_effect(outcome: Outcome, each: Pointing, randomised: bool | None) -> Effect:
    return Effect(each.name, outcome.measure, each.value, each.variance, each.unit, randomised, outcome.name)


def _needed(outcome: Outcome, settings: OutcomeSettings) -> float | None:
    """People needed for the smallest difference that matters; None for measures that it cannot be said of."""
    if not standardised(outcome):
        return None
    return people_needed_for_difference(settings.line(outcome)[0])


def _figures(signs: SignTest | None, studies: int) -> str:
    if signs is None:
        return f"{counted(studies, 'study', 'studies')}, none of which points either way."
    neither = f" {counted(signs.left_out, 'study', 'studies')} neither way." if signs.left_out else ""
    return f"{signs.words[0]}{neither}"
