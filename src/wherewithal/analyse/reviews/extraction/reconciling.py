"""What holds where two people took the same thing from a paper, each without seeing the other's."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.analyse.reviews.extraction.forms_of_results import CHOICES, words_of
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.plain_english import counted


class State(StrEnum):
    """``WAITING``: a second person has still to say. ``DIFFER``: they say different things."""

    EMPTY = "empty"
    WAITING = "waiting"
    AGREED = "agreed"
    DIFFER = "differ"
    SETTLED = "settled"

    @property
    def holds(self) -> bool:
        return self in {State.AGREED, State.SETTLED}


@dataclass(frozen=True)
class Said:
    """What one person said of one thing. ``settles``: said knowing what both had said."""

    person: int
    value: Hashable
    settles: bool = False


@dataclass(frozen=True)
class Standing:
    """What holds: ``holding`` is the place of the saying that does, -1 where none does. ``people`` said something."""

    state: State
    holding: int = -1
    people: int = 0


def standing_of(said: Sequence[Said], *, needed: int = 1) -> Standing:
    """What holds after ``said``, oldest first, where ``needed`` people are to say it on their own.

    A person's later saying replaces their own earlier one. One that settles ends what was before it.
    """
    latest: dict[int, int] = {}
    settled = -1
    everyone: set[int] = set()
    for place, each in enumerate(said):
        if each.settles:
            settled, latest = place, {}
        else:
            latest[each.person] = place
            everyone.add(each.person)
    places = sorted(latest.values())
    if not places:
        state = State.SETTLED if settled >= 0 else State.EMPTY
        return Standing(state, settled, len(everyone))
    if settled >= 0:
        # Whoever says something after it was settled, without settling it again, opens it.
        places = [settled, *places]
    if len({said[place].value for place in places}) > 1:
        return Standing(State.DIFFER, -1, len(everyone))
    if settled >= 0:
        return Standing(State.SETTLED, settled, len(everyone))
    if len(places) < needed:
        return Standing(State.WAITING, -1, len(everyone))
    return Standing(State.AGREED, places[0], len(everyone))


@dataclass(frozen=True)
class Difference:
    """One field on which two results differ: what it is called, and what each has."""

    what: str
    first: str
    second: str


def differences(first: Given, second: Given) -> list[Difference]:
    """Field by field, what two people took differently from the paper for one comparison."""
    found = []
    if first.form != second.form:
        found.append(Difference("Form of the result", first.what.name, second.what.name))
    for key in dict.fromkeys((*first.what.numbers, *second.what.numbers, *first.numbers, *second.numbers)):
        a, b = first.numbers.get(key), second.numbers.get(key)
        if a != b:
            found.append(Difference(words_of(key), _shown(a), _shown(b)))
    for key in dict.fromkeys((*first.choices, *second.choices)):
        chosen = first.chosen(key), second.chosen(key)
        if chosen[0] != chosen[1]:
            question, answers = CHOICES[key]
            found.append(Difference(question, answers[chosen[0]], answers[chosen[1]]))
    return found


def same_given(given: Given) -> Hashable:
    """What two results are compared by: the form, the numbers, the choices that are not the usual ones."""
    choices = {key: chosen for key, chosen in given.choices.items() if chosen != next(iter(CHOICES[key][1]))}
    return (given.form, tuple(sorted(given.numbers.items())), tuple(sorted(choices.items())))


def _shown(value: float | None) -> str:
    return "not given" if value is None else f"{value:g}"


@dataclass(frozen=True)
class Agreement:
    """How many things two people took from papers on their own, and how many of them in the same way."""

    compared: int
    same: int

    @property
    def words(self) -> str:
        if not self.compared:
            return "Nothing has been taken by two people yet."
        share = self.same / self.compared
        of = counted(self.compared, "case")
        return f"Two people took the same from the paper in {self.same} of {of} ({share:.0%})."


def agreement_of(all_said: Sequence[Sequence[Said]]) -> Agreement:
    """Agreement over many things, each given as what was said of it, before anything was settled.

    Free text and numbers have no chance agreement to speak of, so this is the plain share.
    """
    compared = same = 0
    for said in all_said:
        latest: dict[int, Hashable] = {}
        for each in said:
            if each.settles:
                break
            latest[each.person] = each.value
        if len(latest) > 1:
            compared += 1
            same += len(set(latest.values())) == 1
    return Agreement(compared, same)
