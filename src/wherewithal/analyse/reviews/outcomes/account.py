"""Everything there is to say about one outcome: together, how sure, what it comes to here, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.certainty.grading import Decision, Grade, grade
from wherewithal.analyse.reviews.certainty.levels import Certainty, Design
from wherewithal.analyse.reviews.certainty.suggesting import (
    Suggestion,
    imprecision,
    inconsistency,
    indirectness,
    large_effect,
    needs_a_person,
    people_needed_for_difference,
    publication_bias,
    risk_of_bias,
)
from wherewithal.analyse.reviews.extraction.study import Better, Outcome
from wherewithal.analyse.reviews.in_words.expected import Expected, expected_here
from wherewithal.analyse.reviews.in_words.risks import AbsoluteEffect, absolute_effect, number_needed
from wherewithal.analyse.reviews.in_words.sentences import sentence
from wherewithal.analyse.reviews.in_words.standardised import Standardised
from wherewithal.analyse.reviews.outcomes.checks import Checks, check
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.analyse.reviews.outcomes.finding import in_brackets
from wherewithal.analyse.reviews.outcomes.settings import OutcomeSettings, about_risk, standardised
from wherewithal.analyse.reviews.outcomes.together import Together, put_together
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted


@dataclass(frozen=True)
class OutcomeAccount:
    """One outcome, told.

    ``sentence`` says the answer, by how sure it is, and ``figures`` its numbers. ``words`` say what the effect comes
    to, each with its range; ``standardised`` is the effect turned so that above nought is better, for measures in
    standard deviations; ``absolute`` what it comes to at the baseline here, None where none was given or it does not
    apply (``no_absolute`` says why it could not be). ``expected`` is what the next place would see. ``line`` is the
    smallest effect that would matter as a reader sees it, with ``line_source``.
    """

    whole: Together
    settings: OutcomeSettings
    checks: Checks
    grade: Grade
    sentence: str
    figures: str
    words: tuple[str, ...]
    standardised: Standardised | None
    absolute: AbsoluteEffect | None
    no_absolute: str
    expected: Expected
    line: float
    line_source: str

    @property
    def certainty(self) -> Certainty | None:
        return self.grade.level

    @property
    def statement(self) -> str:
        """Both, for a paper."""
        return f"{self.sentence} {self.figures}"


def account_of(
    outcome: Outcome,
    effects: Sequence[StudyEffect],
    settings: OutcomeSettings,
    decisions: Iterable[Decision] = (),
    *,
    at_high_risk: Mapping[str, bool | None] | None = None,
    resembles: Mapping[str, bool | None] | None = None,
) -> OutcomeAccount:
    """Put an outcome together and say what it comes to.

    ``decisions`` are people's, about how sure the evidence is. ``at_high_risk`` and ``resembles`` answer for each study
    whether it is at high risk of bias and like our area; a study that is not there, or None, is not known. Raises
    BadInput and DidNotConverge as ``put_together``, and BadInput where nobody has said what effect would matter.
    """
    line, source = settings.line(outcome)
    whole = put_together(outcome, effects, settings.choices)
    checks = check(whole)
    suggested = _suggestions(whole, settings, checks, line, at_high_risk or {}, resembles)
    graded = grade(settings.design, decisions, suggested)
    turned = _standardised(whole)
    absolute, no_absolute = _absolute(whole, turned, settings)
    return OutcomeAccount(
        whole,
        settings,
        checks,
        graded,
        _sentence(whole, settings, graded.level),
        _figures(whole),
        _words(whole, turned, absolute),
        turned,
        absolute,
        no_absolute,
        expected_here(whole, higher_is_better=outcome.better == Better.HIGHER, threshold=line),
        outcome.shown(line),
        source,
    )


def _sentence(whole: Together, settings: OutcomeSettings, level: Certainty | None) -> str:
    outcome, service = whole.outcome, settings.service
    name = _inside(outcome.name)
    if level is not None:
        return sentence(
            certainty=level,
            size=settings.size(outcome, whole.estimate),
            raises=whole.estimate > 0,
            service=service,
            outcome=name,
        )
    studies = counted(whole.studies, "study", "studies")
    if whole.clear:
        way = "higher" if whole.estimate > 0 else "lower"
        return f"Put together, {studies} find {name} {way} with {service}."
    return f"Put together, {studies} show no clear difference in {name} with {service}."


def _figures(whole: Together) -> str:
    measure = whole.outcome.measure_name
    people = f", {counted(whole.people, 'person', 'people')}" if whole.people else ""
    effect = in_brackets(whole, whole.estimate, *whole.ci)
    studies = counted(whole.studies, "study", "studies")
    return f"{measure[:1].upper()}{measure[1:]} {effect}, {studies}{people}."


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: a short form such as "IQ" keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _standardised(whole: Together) -> Standardised | None:
    if not standardised(whole.outcome):
        return None
    better = whole.outcome.better == Better.HIGHER
    return Standardised.of(whole.estimate, *whole.ci, higher_is_better=better)


def _words(whole: Together, turned: Standardised | None, absolute: AbsoluteEffect | None) -> tuple[str, ...]:
    found = list(turned.sentences) if turned else []
    if absolute is not None:
        found.append(f"Of {absolute.baseline.where}: {absolute.words()}.")
        found.append(number_needed(absolute, event_is_good=_event_is_good(whole.outcome)).sentence)
    return tuple(found)


def _event_is_good(outcome: Outcome) -> bool:
    """A line passed on a scale is the one that is not wanted; an event is good where more of it is."""
    return about_risk(outcome) and outcome.better == Better.HIGHER


def _absolute(
    whole: Together, turned: Standardised | None, settings: OutcomeSettings
) -> tuple[AbsoluteEffect | None, str]:
    outcome, baseline = whole.outcome, settings.baseline
    if baseline is None:
        return None, ""
    values = (outcome.shown(whole.estimate), outcome.shown(whole.ci.low), outcome.shown(whole.ci.high))
    try:
        if about_risk(outcome):
            return absolute_effect(outcome.measure, *values, baseline), ""
        if turned is not None:
            return turned.past_a_line(baseline), ""
    except BadInput as error:
        return None, str(error)
    return (
        None,
        f"{outcome.measure_name} does not say how a risk changes, so it comes to no number of children here.",
    )


def _suggestions(
    whole: Together,
    settings: OutcomeSettings,
    checks: Checks,
    line: float,
    at_high_risk: Mapping[str, bool | None],
    resembles: Mapping[str, bool | None] | None,
) -> tuple[Suggestion, ...]:
    studies = list(whole.shares)
    # A share below nought says that a study hardly counts; there is no less than not counting.
    weights = [max(0.0, share) for share in whole.shares.values()]
    needed = people_needed_for_difference(line) if standardised(whole.outcome) else None
    found = [
        risk_of_bias(weights, [at_high_risk.get(study) for study in studies]),
        inconsistency(whole, matters=line, shown=whole.outcome.shown),
        needs_a_person("indirectness")
        if resembles is None
        else indirectness(weights, [resembles.get(study) for study in studies]),
        imprecision(
            whole.ci,
            matters=line,
            people=whole.people,
            people_needed=needed,
            shown=whole.outcome.shown,
        ),
        publication_bias(whole.studies, checks.small),
    ]
    lowers = any(each.steps is not None and each.steps < 0 for each in found)
    if whole.outcome.measure in ("RR", "OR"):
        found.append(
            large_effect(
                randomised=settings.design is Design.RANDOMISED,
                ratio=math.exp(whole.estimate),
                low=math.exp(whole.ci.low),
                high=math.exp(whole.ci.high),
                anything_lowers=lowers,
            )
        )
    return tuple(found)
