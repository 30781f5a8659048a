"""How far two people who decided about the same records agree, in figures and in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.screening.settling import Judgement
from wherewithal.plain_english import counted
from wherewithal.statistics.agreement import (
    bootstrap_interval,
    cohen_kappa,
    gwet_ac1,
    percent_agreement,
    table_of,
)

STRENGTHS: Mapping[float, str] = {
    0.0: "no more than chance",
    0.2: "slight",
    0.4: "fair",
    0.6: "moderate",
    0.8: "substantial",
    1.0: "almost perfect",
}
"""Words for agreement beyond chance, each up to its figure: Landis and Koch (1977), Biometrics 33:159-174."""

ENOUGH = 20
"""Below this many records nothing can be said about how well two people agree."""


@dataclass(frozen=True)
class Agreement:
    """Agreement of people who decided independently, before anything was settled.

    ``records`` were decided about by two; ``same`` of them in the same way. ``ac1`` is Gwet's, with its 95%
    interval; ``kappa`` is Cohen's, None where more than two people took part or chance alone gives full agreement.
    ``table`` counts, for each pair of verdicts in the order of ``Verdict``, how often it came up.
    """

    records: int
    same: int
    percent: float
    ac1: float
    interval: tuple[float, float]
    kappa: float | None
    table: Mapping[tuple[Verdict, Verdict], int]

    @property
    def words(self) -> str:
        """One or two sentences for somebody who knows no statistics."""
        said = (
            f"Two people agreed on {self.same:,} of {counted(self.records, 'record')} ({self.percent:.0%})."
        )
        if self.records < ENOUGH:
            return f"{said} That is too few to say how well they agree."
        strength = next(word for most, word in STRENGTHS.items() if self.ac1 <= most + 1e-9)
        low, high = self.interval
        return (
            f"{said} Beyond what chance would give, agreement is {strength} (AC1 {self.ac1:.2f}, 95% interval "
            f"{low:.2f} to {high:.2f})."
        )


def independent_pairs(judgements: Sequence[Judgement]) -> list[tuple[int, Verdict]]:
    """Each person's last decision about a record before anything was settled: person and verdict, in order."""
    latest: dict[int, Verdict] = {}
    for each in judgements:
        if each.settles:
            break
        latest[each.person] = each.verdict
    return list(latest.items())


def agreement_of(records: Sequence[Sequence[Judgement]], *, seed: int) -> Agreement | None:
    """Agreement over records, each given as its judgements, oldest first; None where no two decided about any."""
    by_record = (dict(independent_pairs(each)) for each in records)
    rated = [row for row in by_record if len(row) > 1]
    if not rated:
        return None
    people = sorted({person for row in rated for person in row})
    ratings = [[row.get(person) for person in people] for row in rated]
    table = table_of(ratings, values=list(Verdict))
    kappa = cohen_kappa(ratings) if len(people) == 2 else math.nan
    pairs = Counter(_pair(list(row.values())) for row in rated)
    every = [(one, other) for place, one in enumerate(Verdict) for other in list(Verdict)[place:]]
    return Agreement(
        records=len(rated),
        same=sum(len(set(row.values())) == 1 for row in rated),
        percent=percent_agreement(table),
        ac1=gwet_ac1(table),
        interval=bootstrap_interval(table, gwet_ac1, seed=seed),
        kappa=None if math.isnan(kappa) else kappa,
        table={pair: pairs[pair] for pair in every if pairs[pair]},
    )


def _pair(verdicts: list[Verdict]) -> tuple[Verdict, Verdict]:
    """Two verdicts in the order of ``Verdict``; of more than two, the first and the last."""
    ordered = [verdict for verdict in Verdict if verdict in verdicts]
    return ordered[0], ordered[-1]
