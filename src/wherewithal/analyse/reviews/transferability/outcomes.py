"""One outcome of a review with all its studies, and with only those that resemble our area, side by side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.analyse.reviews.outcomes.pictures import axis_of
from wherewithal.analyse.reviews.outcomes.together import Together, put_together
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.transferability.only_those import FEW, OnlyThose, Part, beside
from wherewithal.charts import Chart, forest_chart
from wherewithal.charts import Study as Row
from wherewithal.charts import Together as Diamond
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted, listed

REACH = 1.959963984540054
AFTER = (
    "What counts as alike was written down after results had been taken from the studies. Somebody who looks for a "
    "difference among many possible ones finds some by chance: read this as a question for the next study."
)
BEFORE = "What counts as alike was written down before any result was taken from the studies."
NOT_PLACES = (
    "A difference between two groups of studies says nothing certain about places: whatever else differs between them "
    "differs too."
)


@dataclass(frozen=True)
class OutcomeBeside:
    """An outcome with all studies and with only those that resemble the area, on the measure's own scale.

    ``failed`` says why a group of studies could not be put together, where one could not: there is then no number.
    """

    outcome: Outcome
    only: OnlyThose
    failed: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        return self._said(self.only.everything)

    @property
    def alike(self) -> str:
        return self._said(self.only.alike) if self.only.alike else "no study"

    @property
    def unlike(self) -> str:
        return self._said(self.only.unlike) if self.only.unlike else "no study"

    @property
    def difference(self) -> str:
        """ "−0.36 (−0.66 to −0.07)": as a ratio of the two for ratios; empty where there are not two groups."""
        only = self.only
        if only.difference is None or only.difference_ci is None:
            return ""
        return self._range(only.difference, only.difference_ci)

    @property
    def words(self) -> str:
        """What changes, in one sentence or two."""
        only = self.only
        if only.alike is None and self.failed:
            return (
                f"The studies that resemble the area cannot be put together by themselves. {self.failed[0]}"
            )
        if only.alike is None:
            return "No study resembles the area, so there is nothing that only those would say."
        many = counted(only.alike.k, "study", "studies")
        said = (
            f"With only the {many} that resemble{'s' if only.alike.k == 1 else ''} the area: {self.alike}, instead of "
            f"{self.everything} with all {only.everything.k:,}."
        )
        if not self.difference:
            return said
        chance = only.difference_p is None or only.difference_p >= 0.05
        apart = only.unlike.k if only.unlike else 0
        others = "the one that does not" if apart == 1 else f"the {apart:,} that do not"
        kind = (
            f"That is {self.difference} times the ratio of {others}"
            if self.outcome.ratio
            else f"That differs by {self.difference} from {others}"
        )
        return f"{said} {kind}, {'which chance could give' if chance else 'more than chance usually gives'}."

    def _said(self, part: Part) -> str:
        return self._range(part.estimate, part.ci)

    def _range(self, value: float, ci: Interval) -> str:
        turned = [f"{self.outcome.shown(each):.2f}".replace("-", "−") for each in (value, *ci)]
        return f"{turned[0]} ({turned[1]} to {turned[2]})"


def beside_all(whole: Together, resembles: Mapping[str, bool | None]) -> OutcomeBeside:
    """An outcome's studies split by whether they resemble the area, each part pooled as the whole was.

    ``resembles`` by a study's number; a study that is not there is one of which nobody can tell.
    """
    groups: dict[bool | None, list[StudyEffect]] = {True: [], False: [], None: []}
    for effect in whole.effects:
        groups[resembles.get(effect.study)].append(effect)
    everything = Part(whole.studies, whole.estimate, whole.se, whole.ci, None)
    unknown = len({effect.study for effect in groups[None]})
    parts: list[Part | None] = []
    failed: list[str] = []
    for group in (groups[True], groups[False]):
        try:
            parts.append(_part(whole, group))
        except BadInput as error:
            parts.append(None)
            failed.append(error.message)
    return OutcomeBeside(whole.outcome, beside(everything, parts[0], parts[1], unknown), tuple(failed))


def _part(whole: Together, effects: Sequence[StudyEffect]) -> Part | None:
    """One group of studies, put together as the whole was. Raises BadInput and DidNotConverge as that does."""
    studies = {effect.study for effect in effects}
    if not studies:
        return None
    if len(studies) > 1:
        made = put_together(whole.outcome, effects, replace(whole.choices, leave_out=()))
        return Part(made.studies, made.estimate, made.se, made.ci, None)
    # Several effects of one study: its middle one stands for it, since nothing can tell how its effects vary.
    one = sorted(effects, key=lambda each: each.value)[(len(effects) - 1) // 2]
    error = math.sqrt(one.variance)
    return Part(1, one.value, error, Interval(one.value - REACH * error, one.value + REACH * error), None)


def picture(beside_: OutcomeBeside, area: str, *, key: str) -> Chart:
    """All studies, those that resemble the area, and those that do not, each with its interval."""
    only = beside_.only
    rows = [
        Row(f"{words} ({counted(part.k, 'study', 'studies')})", part.estimate, part.ci.low, part.ci.high)
        for words, part in ((f"Like {area}", only.alike), ("Not like it", only.unlike))
        if part is not None
    ]
    diamond = Diamond(
        f"All {only.everything.k:,} studies",
        only.everything.estimate,
        only.everything.ci.low,
        only.everything.ci.high,
    )
    if not rows:
        rows = [Row(diamond.name, diamond.value, diamond.low, diamond.high)]
    return forest_chart(
        rows,
        diamond,
        axis_of(beside_.outcome),
        title=f"{beside_.outcome.name}: all studies, and only those like {area}",
        description="The average of each group of studies, with its 95% interval.",
        key=key,
        first="Studies",
    )


@dataclass(frozen=True)
class DirectionsBeside:
    """An outcome without a number: how many studies point each way, of all and of those that resemble the area."""

    outcome: Outcome
    everything: Counter[Direction]
    alike: Counter[Direction]

    @property
    def words(self) -> str:
        count = sum(self.alike.values())
        if not count:
            return "No study that says anything of it resembles the area."
        whole = f"of all {sum(self.everything.values()):,}, {_pointing(self.everything)}"
        if count == 1:
            return f"The one study that resembles the area points {_WAYS[next(iter(+self.alike))]}; {whole}."
        return f"Of the {count:,} studies that resemble the area {_pointing(self.alike)}; {whole}."


def directions_beside(account: NarrativeAccount, resembles: Mapping[str, bool | None]) -> DirectionsBeside:
    """Count an outcome's directions with all studies, and with those that resemble the area."""
    numbers = dict.fromkeys(each.study for each in account.gathered.pointings)
    ways = dict(zip(numbers, (cell.direction for cell in account.cells), strict=True))
    return DirectionsBeside(
        account.outcome,
        Counter(ways.values()),
        Counter(way for number, way in ways.items() if resembles.get(number) is True),
    )


_WAYS = {
    Direction.BETTER: "to better",
    Direction.WORSE: "to worse",
    Direction.NO_CHANGE: "to no change",
    Direction.MIXED: "both ways",
}


def _pointing(ways: Mapping[Direction, int]) -> str:
    """ "3 point to better and 1 to worse"."""
    (most, words), *others = [(ways[way], words) for way, words in _WAYS.items() if ways.get(way)]
    first = f"{most} {'point' if most > 1 else 'points'} {words}"
    return listed([first, *(f"{count} {said}" for count, said in others)])


def few(beside_: OutcomeBeside) -> bool:
    """Whether those that resemble the area are too few for an average of their own to say much."""
    return beside_.only.alike is not None and beside_.only.alike.k < FEW
