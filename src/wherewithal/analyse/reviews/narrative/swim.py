"""The checklist of SWiM, filled in from what was done. What the data do not say stays open, for a person to write."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wherewithal.analyse.reviews.narrative.directions import EffectDirections, SignTest
from wherewithal.analyse.reviews.narrative.p_values import SAYS_NOT, Combined
from wherewithal.analyse.reviews.narrative.pooling_or_not import PoolingOrNot
from wherewithal.analyse.reviews.narrative.spread import Spread
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed


@dataclass(frozen=True)
class Item:
    """One item, with the original's number."""

    number: str
    name: str
    asks: str


@dataclass(frozen=True)
class Filled:
    """An item with what is said of it: by the data (``drafted``), by a person, or by nobody yet."""

    item: Item
    words: str
    drafted: bool

    @property
    def open(self) -> bool:
        return not self.words


@cache
def items() -> tuple[Item, ...]:
    """The items, in their order."""
    text = resources.files(__package__).joinpath("swim.toml").read_text(encoding="utf-8")
    return tuple(Item(**row) for row in tomllib.loads(text)["item"])


@dataclass(frozen=True)
class Done:
    """What was done about one or more outcomes, as far as the data say.

    ``regrouped`` are changes of the groups since the plan was first written, None where nobody can tell.
    """

    directions: EffectDirections | None = None
    signs: Mapping[str, SignTest] | None = None
    combined: Mapping[str, Combined] | None = None
    spreads: Mapping[str, Spread] | None = None
    against_pooling: PoolingOrNot | None = None
    graded: bool = False
    charts: Sequence[str] = ()
    regrouped: Sequence[str] | None = None


def checklist(done: Done, written: Mapping[str, str] | None = None) -> tuple[Filled, ...]:
    """Every item: a person's words where there are some, else a draft from the data, else open.

    Raises BadInput for words about an item that is not there.
    """
    own = {number: words.strip() for number, words in (written or {}).items()}
    there = [each.number for each in items()]
    wrong = [
        Problem(f"item {number}", "not in the list", ", ".join(there), "Correct it.")
        for number in own.keys() - set(there)
    ]
    if wrong:
        raise BadInput("Some of these are not items of SWiM.", wrong)
    drafts = _drafts(done)
    return tuple(
        Filled(each, own.get(each.number) or drafts.get(each.number, ""), not own.get(each.number))
        for each in items()
    )


def _drafts(done: Done) -> dict[str, str]:
    found = {}
    if done.directions is not None:
        outcomes = done.directions.outcomes
        found["1a"] = f"Studies were grouped by outcome: {listed(outcomes)}."
        if done.regrouped is not None:
            changed = "; ".join(done.regrouped)
            found["1b"] = (
                f"Since the plan was first written: {changed}."
                if changed
                else "The groups are as first planned."
            )
    ways = [
        ("the direction of effect", "counting which way studies point, with a sign test", done.signs),
        ("one-sided p values", "combining p values", done.combined),
        ("effect sizes", "the median and the middle half of effects", done.spreads),
    ]
    used = [(metric, way) for metric, way, there in ways if there]
    if used:
        found["2"] = f"Results were turned into {listed([metric for metric, _ in used])}."
        why = ""
        if done.against_pooling is not None:
            stops = [each.words for each in done.against_pooling.reasons if each.stops]
            why = f" They were not pooled: {' '.join(stops)}" if stops else ""
        found["3"] = f"They were put together by {listed([way for _, way in used])}.{why}"
    if done.signs:
        found["4"] = (
            "None counts for more: where directions are counted every study counts the same, however large it is. The "
            "harvest plot shows which of them can be relied on."
        )
    if done.graded:
        found["6"] = "How sure the evidence is was judged by GRADE, each factor by a person with a reason."
    if done.charts:
        found["7"] = f"Results are shown in {listed(list(done.charts))}."
    said = [
        f"{outcome}: {result.words[0]}"
        for results in (done.signs, done.combined, done.spreads)
        for outcome, result in (results or {}).items()
    ]
    if said:
        found["8"] = " ".join(said)
    limits = []
    if done.signs:
        some = next(iter(done.signs.values()))
        limits.append(some.words[1])
    if done.combined:
        limits.append(SAYS_NOT[0])
    if done.spreads:
        limits.append("The median does not weigh studies by their size.")
    if limits:
        found["9"] = " ".join(limits)
    return found


def still_open(filled: Sequence[Filled]) -> str:
    """One sentence about what a person still has to write."""
    open_items = [each.item.name.lower() for each in filled if each.open]
    if not open_items:
        return "Every item has words."
    return f"{counted(len(open_items), 'item')} still to write: {listed(open_items)}."
