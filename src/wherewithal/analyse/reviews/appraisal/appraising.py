"""One person's appraisal of one study: answers with what supports them, judgements, and reasons where they differ.

What the rules propose and what the person judges are both kept. A person may always judge otherwise, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wherewithal.analyse.reviews.appraisal.instrument import Instrument, Judgement
from wherewithal.analyse.reviews.appraisal.proposing import (
    NO_INFORMATION,
    Proposal,
    asked,
    propose,
    propose_overall,
)
from wherewithal.errors import BadInput, Problem

OVERALL = "overall"
"""Where a judgement about the study as a whole stands among those about its domains."""


@dataclass(frozen=True)
class Answer:
    """One answer: its code, why, and where the study says so (a page, and its own words)."""

    code: str
    support: str = ""
    page: str = ""
    quotation: str = ""


@dataclass(frozen=True)
class Own:
    """A person's own judgement, with the reason where it differs from what the rules propose."""

    judgement: str
    reason: str = ""


@dataclass(frozen=True)
class Appraisal:
    """What one person says about one study by one instrument.

    ``study`` names it for messages; ``outcome`` is the result that was appraised, since a study can be sound for one
    and not for another. ``answers`` by question number; ``own`` by domain key, or ``OVERALL``.
    """

    instrument: Instrument
    study: str
    by: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    own: Mapping[str, Own] = field(default_factory=dict)
    outcome: str = ""


@dataclass(frozen=True)
class Standing:
    """What stands for one domain, or for the study.

    ``proposed`` is what the rules say; ``judgement`` the key of what holds: the person's own where there is one, else
    what is proposed, else empty. ``overridden`` where the two differ, and ``reason`` why.
    """

    key: str
    name: str
    proposed: Proposal
    judgement: str
    overridden: bool = False
    reason: str = ""


def checked(appraisal: Appraisal) -> Appraisal:
    """The same appraisal. Raises BadInput, with every problem, for what the instrument does not know and for a
    judgement that differs from what the rules propose without a reason.
    """
    instrument, problems = appraisal.instrument, []
    for number, answer in appraisal.answers.items():
        question = instrument.by_number.get(number)
        if question is None:
            there = ", ".join(instrument.by_number)
            problems.append(
                Problem(f"question {number}", "not in this instrument", there, "Correct the number.")
            )
        elif answer.code not in question.answers:
            words = ", ".join(instrument.choice(code).words for code in question.answers)
            problems.append(
                Problem(f"question {number}", f"the answer '{answer.code}'", words, "Choose one.")
            )
    domains = {each.key for each in instrument.domains}
    for key, own in appraisal.own.items():
        if key not in domains | {OVERALL}:
            problems.append(Problem(key, "no such domain", ", ".join(domains), "Correct it."))
            continue
        scale = instrument.overall_judgements if key == OVERALL else instrument.judgements
        if own.judgement not in {each.key for each in scale}:
            words = (
                ", ".join(each.words for each in scale) or "none: this instrument gives no overall judgement"
            )
            problems.append(Problem(key, f"the judgement '{own.judgement}'", words, "Choose one."))
    if problems:
        raise BadInput("This appraisal cannot be kept as it is.", problems)
    for each in (*standings(appraisal), overall(appraisal)):
        if each is not None and each.overridden and not each.reason.strip():
            scale = instrument.overall_judgements if each.key == OVERALL else instrument.judgements
            problems.append(
                Problem(
                    each.name,
                    f"'{_words(scale, each.judgement)}' where the rules propose "
                    f"'{_words(scale, each.proposed.judgement)}', without a reason",
                    "a reason",
                    "Say why you judge otherwise: both are kept.",
                )
            )
    if problems:
        raise BadInput("Say why you judge otherwise than the rules propose.", problems)
    return appraisal


def with_judgement(appraisal: Appraisal, key: str, own: Own) -> Appraisal:
    """The appraisal with one more judgement of the person's own, of a domain or ``OVERALL``.

    Raises BadInput for a domain or a judgement that is not there, and for one that differs from what the rules
    propose without a reason.
    """
    made = replace(appraisal, own={**appraisal.own, key: own})
    other = {
        each: replace(said, reason=said.reason.strip() or "as before") for each, said in made.own.items()
    }
    checked(replace(made, own={**other, key: own}))
    return made


def standings(appraisal: Appraisal) -> tuple[Standing, ...]:
    """What stands for each domain, in the instrument's order."""
    codes = {number: answer.code for number, answer in appraisal.answers.items()}
    return tuple(
        _standing(
            each.key, each.name, propose(appraisal.instrument, each, codes), appraisal.own.get(each.key)
        )
        for each in appraisal.instrument.domains
    )


def overall(appraisal: Appraisal) -> Standing | None:
    """What stands for the study as a whole; None where the instrument gives no overall judgement."""
    if not appraisal.instrument.overall_judgements:
        return None
    judged = {each.key: each.judgement for each in standings(appraisal)}
    proposed = propose_overall(appraisal.instrument, judged)
    return _standing(OVERALL, "Overall", proposed, appraisal.own.get(OVERALL))


def _standing(key: str, name: str, proposed: Proposal, own: Own | None) -> Standing:
    if own is None:
        return Standing(key, name, proposed, proposed.judgement)
    differs = bool(proposed.judgement) and own.judgement != proposed.judgement
    return Standing(key, name, proposed, own.judgement, differs, own.reason)


def unanswered(appraisal: Appraisal) -> tuple[str, ...]:
    """Numbers of questions that the answers so far call for and that have none."""
    codes = {number: answer.code for number, answer in appraisal.answers.items()}
    return tuple(
        question.number
        for domain in appraisal.instrument.domains
        for question in asked(domain, codes)
        if question.number not in codes
    )


def without_information(appraisal: Appraisal) -> tuple[str, ...]:
    """Numbers of questions answered "no information": a matter of reporting, for which authors can be asked."""
    return tuple(number for number, answer in appraisal.answers.items() if answer.code == NO_INFORMATION)


def unsupported(appraisal: Appraisal) -> tuple[str, ...]:
    """Numbers of questions answered without a word of support, a page or a quotation. Allowed, and shown."""
    return tuple(
        number
        for number, each in appraisal.answers.items()
        if each.code != NO_INFORMATION and not (each.support or each.page or each.quotation).strip()
    )


def _words(scale: tuple[Judgement, ...], key: str) -> str:
    return next((each.words for each in scale if each.key == key), key)
