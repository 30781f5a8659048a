"""From answers to a proposed judgement, by the instrument's printed rules. A person decides; this only proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wherewithal.analyse.reviews.appraisal.instrument import (
    Answers,
    Condition,
    Domain,
    Instrument,
    Judgement,
    Question,
)

NO_INFORMATION = "NI"


@dataclass(frozen=True)
class Proposal:
    """What the rules propose for one domain, or for the study.

    ``judgement`` is the key of one, empty while answers are missing; ``because`` says which rows of the rules it
    comes from; ``missing`` are the numbers of questions still to be answered. ``without_gaps`` is what the rules
    would propose if every "No information" among the answers were the answer that speaks for the study: where it
    differs, the judgement is about what was not reported and not about what was done badly.
    """

    judgement: str
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    without_gaps: str = ""

    @property
    def for_want_of_information(self) -> bool:
        """Whether better reporting alone could better the judgement."""
        return bool(self.judgement) and self.without_gaps != self.judgement


def asked(domain: Domain, answers: Answers) -> tuple[Question, ...]:
    """The questions of a domain that the answers so far call for, in their order."""
    called: dict[str, Question] = {}
    for question in domain.questions:
        given = {number: code for number, code in answers.items() if number in called}
        if not question.asked or any(_matches(condition, given) for condition in question.asked):
            called[question.number] = question
    return tuple(called.values())


def propose(instrument: Instrument, domain: Domain, answers: Answers) -> Proposal:
    """What the rules propose for a domain, once every question that its answers call for has one.

    Answers to questions that are not asked count for nothing.
    """
    found = _by_rules(instrument, domain, answers)
    if not found.judgement:
        return found
    filled = {
        number: instrument.by_number[number].good if code == NO_INFORMATION else code
        for number, code in answers.items()
        if number in instrument.by_number
    }
    without = _by_rules(instrument, domain, filled).judgement or found.judgement
    return Proposal(found.judgement, found.because, found.missing, without)


def _by_rules(instrument: Instrument, domain: Domain, answers: Answers) -> Proposal:
    called = asked(domain, answers)
    given = {each.number: answers[each.number] for each in called if answers.get(each.number)}
    missing = tuple(each.number for each in called if each.number not in given)
    if missing:
        return Proposal("", (), missing)
    judgements, because = [], []
    for part in domain.parts:
        rule = next((each for each in domain.rules if each.part == part and _matches(each.when, given)), None)
        if rule is None:
            return Proposal("")
        judgements.append(rule.gives)
        because.append(rule.because)
    if not judgements:
        return Proposal("")
    return Proposal(worst(instrument.judgements, judgements), tuple(filter(None, because)), ())


def _matches(condition: Condition, given: Answers) -> bool:
    return all(given.get(number) in codes for number, codes in condition.items())


def worst(scale: Iterable[Judgement], keys: Iterable[str]) -> str:
    """The judgement furthest down the scale."""
    places = {each.key: each.place for each in scale}
    return max(keys, key=lambda key: places[key])


def propose_overall(instrument: Instrument, judgements: Mapping[str, str]) -> Proposal:
    """What the rules propose for the study, from a judgement for each of its domains by the domain's key.

    Nothing is proposed while a domain has no judgement, or where the instrument gives no overall judgement.
    """
    missing = tuple(each.key for each in instrument.domains if not judgements.get(each.key))
    if instrument.overall_rule == "none" or missing:
        return Proposal("", (), missing if instrument.overall_rule != "none" else ())
    if instrument.overall_rule == "critical flaws":
        return _by_flaws(instrument, judgements)
    found = worst(instrument.judgements, [judgements[each.key] for each in instrument.domains])
    there = [each.name for each in instrument.domains if judgements[each.key] == found]
    words = instrument.judgement(found).words
    said = [f"{words}: {'every domain' if len(there) == len(instrument.domains) else '; '.join(there)}."]
    if instrument.overall_note and instrument.judgement(found).place == 1 and len(there) > 1:
        said.append(instrument.overall_note)
    return Proposal(found, tuple(said), (), found)


def _by_flaws(instrument: Instrument, judgements: Mapping[str, str]) -> Proposal:
    """The confidence in a review's results: the rule of Shea and others, BMJ 358 (2017) j4008."""
    flawed = instrument.judgements[-1].key
    bad = [each for each in instrument.domains if judgements[each.key] == flawed]
    critical = [each for each in bad if each.critical]
    others = [each for each in bad if not each.critical]
    steps = [each.key for each in instrument.overall]
    place = 3 if len(critical) > 1 else 2 if critical else 1 if len(others) > 1 else 0
    said = [
        f"Flaws in critical items: {'; '.join(each.name for each in critical) or 'none'}.",
        f"Weaknesses in other items: {'; '.join(each.name for each in others) or 'none'}.",
    ]
    if place == 1 and instrument.overall_note:
        said.append(instrument.overall_note)
    return Proposal(steps[place], tuple(said), (), steps[place])
