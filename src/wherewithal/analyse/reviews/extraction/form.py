"""The form that a team fills for each study: sections of questions, as data that the team shapes.

A question has a key that never changes: its words, help and choices may, and answers stay with the key. A question that
is taken out keeps its answers, and finds them again when it comes back.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any, Self

from wherewithal.errors import BadInput, Problem

NOT_REPORTED = "not reported"
"""The answer where the paper does not say: an answer, unlike an empty field."""
LONGEST = 5_000


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes-no"


@dataclass(frozen=True)
class Question:
    """One question. ``choices`` are the answers of a choice. Raises BadInput for a choice without two answers."""

    key: str
    words: str
    kind: str = Kind.TEXT.value
    help: str = ""
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise BadInput("A question needs words.")
        if self.kind not in {each.value for each in Kind}:
            raise BadInput(
                f"There is no kind of question called '{self.kind}'.",
                [Problem(self.words, self.kind, ", ".join(Kind), "Choose one.")],
            )
        if (self.kind == Kind.CHOICE) != bool(self.choices):
            raise BadInput(f"“{self.words}”: choices belong to a choice, and a choice needs them.")
        if self.kind == Kind.CHOICE and len({each.casefold() for each in self.choices}) < 2:
            raise BadInput(f"“{self.words}”: a choice needs two different answers or more.")

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be chosen; empty where it is written."""
        if self.kind == Kind.YES_NO:
            return ("yes", "no", NOT_REPORTED)
        return (*self.choices, NOT_REPORTED) if self.choices else ()

    def read(self, text: str) -> str:
        """An answer in one form whoever writes it; "" for none. Raises BadInput for what is not an answer."""
        said = " ".join(text.split()) if self.kind != Kind.TEXT else text.strip()
        if not said:
            return ""
        if said.casefold() == NOT_REPORTED:
            return NOT_REPORTED
        if len(said) > LONGEST:
            raise self._wrong(f"{len(said):,} characters", f"at most {LONGEST:,}", "Shorten it.")
        if self.answers:
            chosen = next((each for each in self.answers if each.casefold() == said.casefold()), "")
            if not chosen:
                raise self._wrong(f"'{said[:60]}'", "; ".join(self.answers), "Choose one.")
            return chosen
        if self.kind == Kind.NUMBER:
            return self._number(said)
        if self.kind == Kind.DATE:
            try:
                return date.fromisoformat(said).isoformat()
            except ValueError:
                raise self._wrong(
                    f"'{said[:60]}'", "a date such as 2026-11-25", "Write year, month, day."
                ) from None
        return said

    def _number(self, said: str) -> str:
        try:
            value = float(said.replace(",", ""))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self._wrong(f"'{said[:60]}'", "a number", f"Write the number only, or “{NOT_REPORTED}”.")
        return f"{value:.12g}"

    def _wrong(self, found: str, expected: str, do: str) -> BadInput:
        return BadInput(f"{self.words}: this is no answer.", [Problem(self.words, found, expected, do)])

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "words": self.words,
            "kind": self.kind,
            "help": self.help,
            "choices": list(self.choices),
        }


@dataclass(frozen=True)
class Section:
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """Sections in their order. Raises BadInput where two questions have one key."""

    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        keys = [question.key for question in self.questions]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise BadInput(f"Two questions have the key {twice[0]}: each has its own.")

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "section": [
                {"name": section.name, "question": [question.as_dict() for question in section.questions]}
                for section in self.sections
            ]
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """What ``as_dict`` wrote, or a TOML file of the same shape."""
        return cls(
            tuple(
                Section(
                    section["name"],
                    tuple(
                        Question(**{**question, "choices": tuple(question.get("choices", ()))})
                        for question in section.get("question", ())
                    ),
                )
                for section in plain.get("section", ())
            )
        )


def default_form() -> Form:
    """The form for programmes for children and families."""
    text = files(__package__).joinpath("default_form.toml").read_text(encoding="utf-8")
    return Form.from_dict(tomllib.loads(text))


# --- a form as lines that anybody can edit ------------------------------------------------------------------


def as_lines(form: Form) -> str:
    """The form as text: "# Section", then "Question | kind | help" a line; a choice's answers after a colon."""
    lines: list[str] = []
    for section in form.sections:
        lines += ["", f"# {section.name}"]
        for question in section.questions:
            kind = question.kind
            if question.choices:
                kind = f"{kind}: {'; '.join(question.choices)}"
            lines.append(" | ".join(filter(None, [question.words, kind, question.help])))
    return "\n".join(lines).strip()


def from_lines(text: str, before: Form | None = None) -> Form:
    """The form that lines describe. A question with the words of one in ``before`` keeps its key.

    Raises BadInput, with one Problem a line, for a question before any section, an unknown kind, a question without
    words, and the same question twice.
    """
    known = {question.words.casefold(): question.key for question in (before.questions if before else ())}
    used: set[str] = set()
    sections: list[tuple[str, list[Question]]] = []
    problems: list[Problem] = []
    for place, line in _lines(text):
        if line.startswith("#"):
            sections.append((line.lstrip("# ").strip() or "Questions", []))
            continue
        if not sections:
            sections.append(("Questions", []))
        try:
            question = _question(line, known, used)
        except BadInput as error:
            problems.append(Problem(place, line[:60], "Question | kind | help", error.message))
            continue
        used.add(question.key)
        sections[-1][1].append(question)
    if problems:
        raise BadInput("Some lines are not questions.", problems)
    if not used:
        raise BadInput("The form has no question.")
    return Form(tuple(Section(name, tuple(questions)) for name, questions in sections if questions))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield f"line {number}", line.strip()


def _question(line: str, known: Mapping[str, str], used: set[str]) -> Question:
    words, _, rest = (part.strip() for part in line.partition("|"))
    kind, _, help_words = (part.strip() for part in rest.partition("|"))
    kind, _, answers = (part.strip() for part in kind.partition(":"))
    choices = tuple(each.strip() for each in answers.split(";") if each.strip())
    key = known.get(words.casefold()) or _key_of(words)
    if key in used:
        raise BadInput("This question is there twice.")
    return Question(key, words, kind.casefold() or Kind.TEXT.value, help_words, choices)


def _key_of(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))[:60] or "question"


def changes_of(older: Form, newer: Form) -> list[str]:
    """What a newer form changed, in a sentence each."""
    before = {question.key: question for question in older.questions}
    after = {question.key: question for question in newer.questions}
    said = [f"asks anew: {after[key].words}" for key in after if key not in before]
    said += [f"no longer asks: {before[key].words} (answers are kept)" for key in before if key not in after]
    said += [
        f"asks differently: {after[key].words}"
        for key in after
        if key in before and after[key] != before[key]
    ]
    if not said and _order(older) != _order(newer):
        said.append("asks in another order")
    return said


def _order(form: Form) -> Sequence[tuple[str, str]]:
    return [(section.name, question.key) for section in form.sections for question in section.questions]
