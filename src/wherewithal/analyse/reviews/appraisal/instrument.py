"""What an appraisal instrument is: its questions, the judgements it can come to, and the rules between them.

An instrument is a data file in ``instruments/`` that a person who does not program can review. Its questions are in
our words, with the number of the original beside each, because the originals' words are not ours to copy. Its rules
are rows: the first one of a part whose answers all match gives that part's judgement, and a domain is as bad as its
worst part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wherewithal.errors import NothingThere

SURENESS: Mapping[str, str] = {
    "seen": "compared with the published original",
    "secondary": "compared with others' descriptions of the original, not with the original itself",
    "unchecked": "not yet compared with the original by a person: treat what it proposes as a draft",
}
"""How sure we are that a rule or an item is what its authors published."""

OVERALL_RULES: Mapping[str, str] = {
    "worst": "The study is as bad as its worst domain.",
    "critical flaws": "Counted: flaws in critical items, and weaknesses in the others.",
    "none": "There is no overall judgement and no score: each answer is read by itself.",
}

Answers = Mapping[str, str]
"""A question's number to the code of its answer."""
Condition = Mapping[str, frozenset[str]]
"""Question numbers to the answers that match; all must."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be given: its code in the rules ("PY") and its words."""

    code: str
    words: str


@dataclass(frozen=True)
class Judgement:
    """One judgement. ``place`` counts from the best (0); ``known`` is false where it says that too little is known."""

    key: str
    words: str
    meaning: str
    place: int
    known: bool = True


@dataclass(frozen=True)
class Question:
    """One question in our words. ``number`` is the original's.

    ``good`` is the answer that speaks for the study, "Y" or "N"; ``answers`` the codes that can be chosen, from best
    to worst; ``asked`` the conditions of which one must hold for it to be asked at all, none where it always is.
    """

    number: str
    asks: str
    hint: str
    good: str
    answers: tuple[str, ...]
    asked: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One row: where every answer in ``when`` matches, this part of the domain comes to ``gives``."""

    when: Condition
    gives: str
    because: str
    part: int = 1


@dataclass(frozen=True)
class Domain:
    """One kind of fault that a study can have, or one item of a checklist."""

    key: str
    name: str
    about: str
    sure: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    critical: bool = False

    @property
    def parts(self) -> tuple[int, ...]:
        return tuple(sorted({rule.part for rule in self.rules}))


@dataclass(frozen=True)
class Instrument:
    """An instrument as read from its file. ``overall`` are its overall judgements where they are its own."""

    key: str
    name: str
    about: str
    applies: str
    edition: str
    source: str
    link: str
    licence: str
    note: str
    sure: str
    choices: tuple[Choice, ...]
    judgements: tuple[Judgement, ...]
    domains: tuple[Domain, ...]
    overall_rule: str
    overall: tuple[Judgement, ...] = ()
    overall_note: str = ""
    by_number: Mapping[str, Question] = field(default_factory=dict, compare=False, repr=False)

    def domain(self, key: str) -> Domain:
        """The domain with that key. Raises NothingThere naming those there are."""
        for each in self.domains:
            if each.key == key:
                return each
        raise NothingThere(f"{self.name} has no domain '{key}'.", [each.key for each in self.domains])

    def judgement(self, key: str) -> Judgement:
        """The judgement of a domain with that key. Raises NothingThere naming those there are."""
        return _judgement(self.name, self.judgements, key)

    def overall_judgement(self, key: str) -> Judgement:
        """The overall judgement with that key. Raises NothingThere naming those there are."""
        return _judgement(f"{self.name} overall", self.overall_judgements, key)

    @property
    def overall_judgements(self) -> tuple[Judgement, ...]:
        """The judgements that a study as a whole can have; none where the instrument gives none."""
        if self.overall_rule == "none":
            return ()
        return self.overall or self.judgements

    def choice(self, code: str) -> Choice:
        """The answer with that code. Raises NothingThere naming those there are."""
        for each in self.choices:
            if each.code == code:
                return each
        raise NothingThere(f"{self.name} has no answer '{code}'.", [each.code for each in self.choices])

    @property
    def unchecked(self) -> tuple[Domain, ...]:
        """Domains whose rules nobody has compared with the original yet."""
        return tuple(each for each in self.domains if each.sure == "unchecked")


def _judgement(name: str, there: tuple[Judgement, ...], key: str) -> Judgement:
    for each in there:
        if each.key == key:
            return each
    raise NothingThere(f"{name} has no judgement '{key}'.", [each.key for each in there])
