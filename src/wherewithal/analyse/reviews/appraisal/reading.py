"""Instruments read from their files, with everything wrong in a file said at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from wherewithal.analyse.reviews.appraisal.instrument import (
    OVERALL_RULES,
    SURENESS,
    Choice,
    Condition,
    Domain,
    Instrument,
    Judgement,
    Question,
    Rule,
)
from wherewithal.errors import BadInput, NothingThere, Problem

KEYS = (
    "rob-2",
    "rob-2-cluster",
    "robins-i",
    "amstar-2",
    "casp-trial",
    "casp-qualitative",
    "six-faults",
)
"""The instruments that come with Wherewithal, in the order in which they are offered."""
Beside = Callable[[str], Instrument]


def instruments() -> tuple[Instrument, ...]:
    """Every instrument that comes with Wherewithal."""
    return tuple(instrument(key) for key in KEYS)


@cache
def instrument(key: str) -> Instrument:
    """The instrument with that key. Raises NothingThere naming those there are."""
    if key not in KEYS:
        raise NothingThere(f"There is no appraisal instrument '{key}'.", KEYS)
    file = resources.files(__package__) / "instruments" / f"{key}.toml"
    return read_instrument(file.read_text(encoding="utf-8"), name=f"{key}.toml")


def read_instrument(text: str, *, name: str, beside: Beside = instrument) -> Instrument:
    """An instrument from the text of its file; ``name`` is the file's, for messages.

    ``as_in`` in a domain takes that domain over from another instrument, which ``beside`` finds by its key. A domain
    without rules of its own takes those of ``answers_give``: one judgement an answer. Raises BadInput with every
    problem: a rule about a question or an answer that is not there, a judgement that is not in the list, a word for
    how sure we are that means nothing.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is not TOML: {error}.") from error
    problems: list[Problem] = []
    gone = [
        field
        for field in ("key", "name", "about", "applies", "edition", "source", "link", "licence", "sure")
        if not data.get(field)
    ]
    if gone or not data.get("judgement") or not data.get("answer"):
        missing = [
            *gone,
            *(part for part in ("judgement", "answer") if not data.get(part)),
        ]
        raise BadInput(
            f"{name} is not an instrument yet.",
            [Problem(name, f"no {field}", "one", "Add it.") for field in missing],
        )
    choices = tuple(Choice(row["code"], row["words"]) for row in data["answer"])
    overall = data.get("overall", {})
    gives = data.get("answers_give", {})
    domains = tuple(_domain(row, choices, gives, beside) for row in data.get("domain", ()))
    made = Instrument(
        key=data["key"],
        name=data["name"],
        about=data["about"],
        applies=data["applies"],
        edition=data["edition"],
        source=data["source"],
        link=data["link"],
        licence=data["licence"],
        note=data.get("note", ""),
        sure=data["sure"],
        choices=choices,
        judgements=_judgements(data["judgement"]),
        domains=domains,
        overall_rule=overall.get("rule", ""),
        overall=_judgements(overall.get("judgement", ())),
        overall_note=overall.get("note", ""),
        by_number={question.number: question for domain in domains for question in domain.questions},
    )
    problems.extend(_wrong(made, name))
    if problems:
        raise BadInput(f"{name} contradicts itself.", problems)
    return made


def _judgements(rows: Sequence[Mapping[str, Any]]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(row["key"], row["words"], row.get("meaning", ""), place, row.get("known", True))
        for place, row in enumerate(rows)
    )


def _domain(
    row: Mapping[str, Any], choices: Sequence[Choice], gives: Mapping[str, str], beside: Beside
) -> Domain:
    if "as_in" in row:
        return beside(row["as_in"]).domain(row["key"])
    questions = tuple(_question(each, choices) for each in row.get("question", ()))
    return Domain(
        key=row["key"],
        name=row["name"],
        about=row.get("about", ""),
        sure=row.get("sure", ""),
        questions=questions,
        rules=tuple(
            Rule(_condition(each["when"]), each["gives"], each.get("because", ""), each.get("part", 1))
            for each in row.get("rule", ())
        )
        or tuple(_straight(questions, gives)),
        critical=row.get("critical", False),
    )


def _straight(questions: Sequence[Question], gives: Mapping[str, str]) -> Iterator[Rule]:
    """Rules of a checklist: each answer gives one judgement, and an item is as bad as its worst question."""
    for part, question in enumerate(questions, 1):
        for code in question.answers:
            if code in gives:
                yield Rule({question.number: frozenset({code})}, gives[code], "", part)


def _question(row: Mapping[str, Any], choices: Sequence[Choice]) -> Question:
    return Question(
        number=row["number"],
        asks=row["asks"],
        hint=row.get("hint", ""),
        good=row.get("good", "Y"),
        answers=tuple(row["answers"].split()) if "answers" in row else tuple(each.code for each in choices),
        asked=tuple(_condition(each) for each in row.get("asked", ())),
    )


def _condition(row: Mapping[str, str]) -> Condition:
    return {number: frozenset(codes.split()) for number, codes in row.items()}


def _wrong(made: Instrument, name: str) -> list[Problem]:
    found = []
    codes = {each.code for each in made.choices}
    keys = {each.key for each in made.judgements}

    def wrong(where: str, is_so: str, expected: str, do: str) -> None:
        found.append(Problem(f"{name}, {where}", is_so, expected, do))

    for sure in {made.sure, *(domain.sure for domain in made.domains)}:
        if sure not in SURENESS:
            wrong("sure", f"'{sure}'", ", ".join(SURENESS), "Say how sure we are of the rules.")
    if made.overall_rule not in OVERALL_RULES:
        wrong("overall", f"the rule '{made.overall_rule}'", ", ".join(OVERALL_RULES), "Choose one.")
    for domain in made.domains:
        numbers = {each.number for each in domain.questions}
        for question in domain.questions:
            for code in {*question.answers, question.good} - codes:
                wrong(f"question {question.number}", f"the answer '{code}'", ", ".join(codes), "Use one.")
        conditions = [
            *((f"question {q.number}, asked", c) for q in domain.questions for c in q.asked),
            *((f"rule {n} of {domain.key}", rule.when) for n, rule in enumerate(domain.rules, 1)),
        ]
        for where, condition in conditions:
            for number, matching in condition.items():
                if number not in numbers:
                    wrong(where, f"question {number}", f"one of {', '.join(sorted(numbers))}", "Correct it.")
                for code in matching - codes:
                    wrong(where, f"the answer '{code}'", ", ".join(sorted(codes)), "Correct it.")
        for place, rule in enumerate(domain.rules, 1):
            if rule.gives not in keys:
                wrong(
                    f"rule {place} of {domain.key}",
                    f"gives '{rule.gives}'",
                    ", ".join(sorted(keys)),
                    "Use one.",
                )
    return found
