"""Where to look: every place that holds evidence, by the question it answers, with how current our copy of it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.analyse.library import Register, registers
from wherewithal_web.analyse.library.models import StoredEdition
from wherewithal_web.analyse.library.queries.lists import Listed, listed_entries
from wherewithal_web.analyse.library.queries.standing import newest_editions

LIST = "where-to-look"


@dataclass(frozen=True)
class Question:
    """What a commissioner wants to know, and what kind of place answers it."""

    key: str
    asks: str
    answer: str


QUESTIONS = (
    Question(
        "data",
        "How are we doing, beside others?",
        "Open the published figures. Start from your own need, then bring research to it.",
    ),
    Question(
        "guidance",
        "What should services do?",
        "Open the guidance: people have weighed the research for you. Check its date, and whether it was made for "
        "families like yours.",
    ),
    Question(
        "approaches",
        "Which kind of approach works, before we choose a programme?",
        "Open a toolkit. It averages many studies of one approach, which hides differences between programmes.",
    ),
    Question(
        "programmes",
        "Does a programme that somebody proposes work?",
        "Open a register of programmes. Registers set different bars and disagree: look in more than one. That a "
        "programme is missing says nothing about it.",
    ),
    Question(
        "trials",
        "What did single studies find?",
        "Open a list of trials. One study is never the whole picture: look at what the registers make of it.",
    ),
    Question(
        "money",
        "Does it pay?",
        "Open an economic model, and read which country and which prices it is for. It says nothing about how sure "
        "an effect is.",
    ),
    Question(
        "others",
        "Who else has done this, and who can help?",
        "Read what others tell, and ask them. An account is not an evaluation: ask what they measured.",
    ),
    Question(
        "research",
        "What has been written about our question?",
        "Open a library or database of research. It holds good and weak studies alike, so read with care.",
    ),
    Question(
        "gaps",
        "Where is there research, and where is there none?",
        "Open an evidence map. It shows at a glance what was studied and what nobody has looked at.",
    ),
)

_OF_TYPES = {
    "register": "programmes",
    "toolkit": "approaches",
    "data": "data",
    "library": "research",
    "support": "others",
    "evidence map": "gaps",
}


@dataclass(frozen=True)
class Place:
    """One place. ``register`` is ours of the same name, if any, and ``copy`` the newest edition of it held here;
    ``entry`` its row in our list of places, if it has one. What nobody found out is empty.
    """

    name: str
    question: str
    entry: Listed | None = None
    register: Register | None = None
    copy: StoredEdition | None = None

    @property
    def run_by(self) -> str:
        return self.register.run_by if self.register else ""

    @property
    def covers(self) -> str:
        said = self.entry.row.says or self.entry.row.topics if self.entry else ""
        if said or not self.register:
            return said
        return self.register.covers or f"It judges {self.register.judges}."

    @property
    def access(self) -> str:
        said = _known(self.entry.row.access) if self.entry else ""
        return said or (self.register.access if self.register else "")

    @property
    def licence(self) -> str:
        said = _known(self.entry.row.licence) if self.entry else ""
        return said or (self.register.licence if self.register else "")

    @property
    def link(self) -> str:
        own = self.register.home if self.register and self.register.home.startswith("http") else ""
        return (self.entry.row.link if self.entry else "") or own


def _known(said: str) -> str:
    """A row says "not found" where somebody looked and did not find out."""
    return "" if said.casefold() == "not found" else said


def places() -> list[tuple[Question, list[Place]]]:
    """Every place, under the question it answers; places of which we hold a copy come first."""
    copies = newest_editions()
    found = [*_from_the_list(copies), *_from_registers(copies)]
    grouped = []
    for question in QUESTIONS:
        mine = [place for place in _once(found) if place.question == question.key]
        if mine:
            grouped.append((question, sorted(mine, key=lambda place: place.copy is None)))
    return grouped


def _from_the_list(copies: dict[str, StoredEdition]) -> Iterable[Place]:
    for entry in listed_entries(LIST) if LIST in registers() else ():
        if not entry.gone:
            ours = registers().get(entry.row.reference)  # a row that is about one of ours names its key
            question = _question_of(ours) if ours else _OF_TYPES.get(entry.row.type, "research")
            yield Place(entry.row.title, question, entry, ours, copies.get(ours.key) if ours else None)


def _from_registers(copies: dict[str, StoredEdition]) -> Iterable[Place]:
    for one in registers().values():
        if one.kind != "toolkits":
            yield Place(one.name, _question_of(one), None, one, copies.get(one.key))


def _once(found: Iterable[Place]) -> list[Place]:
    """A register that our list of places names too is one place: the list's words, with the register's copy."""
    kept: dict[str, Place] = {}
    for place in found:
        kept.setdefault(place.register.key if place.register else f"place:{place.name}", place)
    return list(kept.values())


def _question_of(one: Register) -> str:
    if one.kind == "register":
        return "approaches" if one.approaches else "programmes"
    return {
        "single studies": "trials",
        "economic model": "money",
        "guidance": "guidance",
        "practice examples": "others",
    }[one.kind]
