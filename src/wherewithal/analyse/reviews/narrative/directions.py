"""Which way each study points, by outcome, and what can be said of that without knowing how far.

Sources: Hilton Boon and Thomson, Research Synthesis Methods 12 (2021) 29, for the effect direction plot and its rule
within a study; Cochrane Handbook 6.5, section 12.2.1.3, for counting directions; Ogilvie and others, BMC Medical
Research Methodology 8 (2008) 8, for the harvest plot.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import bdtrc

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal.spreadsheets import harmless
from wherewithal.statistics.intervals import wilson

MOST_AGREE = 0.7
"""The share of a study's results that has to point one way for the study to point that way: Boon and Thomson (2021)."""


class Direction(StrEnum):
    """Which way a result points, whatever its size and its p value."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE = "no change"
    MIXED = "mixed"

    @property
    def mark(self) -> str:
        """A sign that reads without colour."""
        return {Direction.BETTER: "▲", Direction.WORSE: "▼"}.get(self, "◄►")


@dataclass(frozen=True)
class Result:
    """One result of one study: which way it points for children, beside the comparison group.

    ``outcome`` groups results that are about the same thing; ``measure`` names the instrument. ``people`` and ``risk``
    (a judgement's words) are shown beside it where known.
    """

    study: str
    outcome: str
    direction: Direction
    measure: str = ""
    people: int | None = None
    risk: str = ""


@dataclass(frozen=True)
class Cell:
    """What one study says about one outcome: the direction of its results together, and how many there are."""

    study: str
    outcome: str
    direction: Direction
    results: int
    agree: int
    people: int | None
    risk: str


@dataclass(frozen=True)
class EffectDirections:
    """Studies by outcomes; None where a study has no result for an outcome. ``cells[study][outcome]``."""

    studies: tuple[str, ...]
    outcomes: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]

    def of(self, outcome: str) -> tuple[Cell, ...]:
        """Every study's cell for one outcome, in the order of studies."""
        place = self.outcomes.index(outcome)
        return tuple(row[place] for row in self.cells if row[place] is not None)  # type: ignore[misc]

    def as_csv(self) -> str:
        """A row a study, a column an outcome."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["Study", *self.outcomes])
        for study, row in zip(self.studies, self.cells, strict=True):
            writer.writerow(
                [harmless(study), *("" if cell is None else cell.direction.value for cell in row)]
            )
        return out.getvalue()


def within_study(directions: Sequence[Direction]) -> Direction:
    """Which way a study points for one outcome, from all its results for it.

    Where seven in ten or more point one way, that way; else mixed. Statistical significance plays no part. Raises
    ValueError without results.
    """
    if not directions:
        raise ValueError("a study without results points nowhere")
    (most, count), *_ = Counter(directions).most_common()
    return most if count / len(directions) >= MOST_AGREE else Direction.MIXED


def effect_directions(results: Sequence[Result]) -> EffectDirections:
    """The effect direction plot's data, studies and outcomes in the order in which they first come.

    Raises BadInput without results, and for one without a study or an outcome.
    """
    wrong = [
        Problem(f"result {number}", "no study or no outcome", "both", "Name them.")
        for number, each in enumerate(results, 1)
        if not each.study.strip() or not each.outcome.strip()
    ]
    if wrong or not results:
        raise BadInput("There is nothing yet to say which way studies point.", wrong)
    studies = tuple(dict.fromkeys(each.study for each in results))
    outcomes = tuple(dict.fromkeys(each.outcome for each in results))
    cells = tuple(
        tuple(_cell([r for r in results if (r.study, r.outcome) == (study, outcome)]) for outcome in outcomes)
        for study in studies
    )
    return EffectDirections(studies, outcomes, cells)


def _cell(results: Sequence[Result]) -> Cell | None:
    if not results:
        return None
    direction = within_study([each.direction for each in results])
    people = [each.people for each in results if each.people is not None]
    return Cell(
        results[0].study,
        results[0].outcome,
        direction,
        len(results),
        sum(each.direction is direction for each in results),
        max(people) if people else None,
        next((each.risk for each in results if each.risk), ""),
    )


@dataclass(frozen=True)
class SignTest:
    """How many of the studies that point somewhere point to better.

    ``share`` with Wilson's 95% limits; ``p`` the exact two-sided chance of so uneven a split if better and worse were
    as likely. ``left_out`` point nowhere (no change, mixed). ``lowest_p`` is the smallest p that so many studies could
    give at all.
    """

    better: int
    worse: int
    left_out: int
    share: float
    low: float
    high: float
    p: float
    lowest_p: float

    @property
    def words(self) -> tuple[str, ...]:
        """What it says, what it does not say, and a caution with few studies."""
        pointing = self.better + self.worse
        said = [
            f"One study points somewhere, to {'better' if self.better else 'worse'}."
            if pointing == 1
            else f"{self.better} of {pointing:,} studies that point somewhere point to better "
            f"({self.share:.0%}, 95% interval {self.low:.0%} to {self.high:.0%}; p = {self.p:.2g}).",
            "It says how often the effect is in the right direction. It says nothing of how large it is, and counts a "
            "study of 20 children like one of 2,000.",
        ]
        if self.left_out:
            said.append(
                f"{counted(self.left_out, 'study', 'studies')} left out: no change, or mixed results."
            )
        if self.lowest_p > 0.05:
            said.append(
                f"With {counted(pointing, 'study', 'studies')} p could not be below {self.lowest_p:.2g}, even if all "
                "agreed."
            )
        return tuple(said)


def sign_test(directions: Sequence[Direction]) -> SignTest:
    """Whether more studies point to better than chance would give.

    Cochrane Handbook 6.5, section 12.2.1.3. It takes studies to be as likely to point either way where there is no
    effect, which is not so of studies that report only what they like (Nikolakopoulos, arXiv 2105.00672). Raises
    BadInput where no study points anywhere.
    """
    better = sum(each is Direction.BETTER for each in directions)
    worse = sum(each is Direction.WORSE for each in directions)
    pointing = better + worse
    if not pointing:
        raise BadInput("No study points to better or to worse, so there is nothing to count.")
    limits, share = wilson(better, pointing), better / pointing
    return SignTest(
        better,
        worse,
        len(directions) - pointing,
        share,
        # Where all point one way an end of Wilson's interval is the share itself, but for rounding.
        min(share, float(limits.low or 0.0)),
        max(share, limits.high),
        min(1.0, 2 * float(bdtrc(max(better, worse) - 1, pointing, 0.5))),
        min(1.0, 2 * 0.5**pointing),
    )


def count_votes_by_significance(*_: object) -> None:
    """Refused: counting significant results against the rest misleads. Always raises BadInput, which says why."""
    raise BadInput(
        "Results are not counted by whether they are statistically significant.",
        [
            Problem(
                "counting",
                "significant results against the others",
                "directions, whatever their p value",
                "A small study misses a real effect more often than not, so the more small studies there are the more "
                "'no effect' would win. Count which way effects point (sign test), give the middle half of effects, "
                "combine p values, or pool.",
            )
        ],
    )


@dataclass(frozen=True)
class Bar:
    """One study in a harvest plot: which column it stands in, how high, and what is written on it.

    ``height`` 1 (least suitable) to 3 (most), for how well the study's design and conduct suit the question; None
    where nobody can tell.
    """

    study: str
    column: Direction
    height: int | None
    label: str


@dataclass(frozen=True)
class Harvest:
    """A harvest plot's data for one outcome: bars in three columns (worse; no change or mixed; better)."""

    outcome: str
    columns: tuple[Direction, ...]
    bars: tuple[Bar, ...]
    heights: str


HEIGHTS = (
    "Height: 3 for a low risk of bias, 2 for some concerns or a moderate risk, 1 for anything worse. A study that "
    "nobody has appraised, or of which too little is known, has no height."
)
_HEIGHT = {"low risk": 3, "some concerns": 2, "moderate risk": 2}
_UNKNOWN = ("", "no information")


def harvest(directions: EffectDirections, outcome: str) -> Harvest:
    """The harvest plot's data for one outcome; the number of people is the label where known.

    Raises BadInput for an outcome that is not there, naming those there are.
    """
    if outcome not in directions.outcomes:
        raise BadInput(
            f"There is no outcome called '{outcome}'.",
            [Problem("outcome", outcome, ", ".join(directions.outcomes), "Choose one.")],
        )
    bars = tuple(
        Bar(
            cell.study,
            Direction.NO_CHANGE if cell.direction is Direction.MIXED else cell.direction,
            None if cell.risk.lower() in _UNKNOWN else _HEIGHT.get(cell.risk.lower(), 1),
            f"{cell.people:,}" if cell.people is not None else "",
        )
        for cell in directions.of(outcome)
    )
    columns = (Direction.WORSE, Direction.NO_CHANGE, Direction.BETTER)
    ordered = sorted(bars, key=lambda bar: (columns.index(bar.column), bar.height or 0, bar.study))
    return Harvest(outcome, columns, tuple(ordered), HEIGHTS)
