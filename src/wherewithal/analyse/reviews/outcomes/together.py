"""The pooled result of one outcome, by whichever model its effects ask for.

One effect a study: a random-effects model. Several of a study: those of one study hang together, so they go into a
three-level model with a correlation assumed within studies, and the interval is made from robust errors that hold
where that assumption does not (Pustejovsky and Tipton (2022), Prevention Science 23:425: correlated and hierarchical
effects with CR2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wherewithal.analyse.reviews.extraction.study import Outcome
from wherewithal.analyse.reviews.outcomes.choices import TESTS, Left, PoolingChoices, chosen
from wherewithal.analyse.reviews.outcomes.effects import StudyEffect
from wherewithal.analyse.reviews.synthesis.distributions import t_at
from wherewithal.analyse.reviews.synthesis.multilevel import Multilevel, multilevel
from wherewithal.analyse.reviews.synthesis.pooling import Interval, Pooled, pool
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Together:
    """What the studies say together about an outcome, on the measure's own scale (see ``Outcome.shown``).

    ``effects`` counted and ``left_out`` did not. ``ci`` is the 95% interval of the average, ``pi`` where the true
    effect of a next study like these would lie (None for a common effect). ``tau2`` is the variance of true effects
    between studies, ``i2`` the share of the variance that is not chance, per cent; ``p`` tests that the average is
    nothing, ``q_p`` that studies differ at all. ``weights`` are per cent, one an effect. ``se`` is the average's
    standard error, ``df`` the degrees of freedom of its interval (None for the normal curve).
    """

    outcome: Outcome
    choices: PoolingChoices
    effects: tuple[StudyEffect, ...]
    left_out: tuple[Left, ...]
    estimate: float
    se: float
    ci: Interval
    pi: Interval | None
    p: float
    df: float | None
    tau2: float
    i2: float
    q_p: float
    weights: tuple[float, ...]
    method: str
    notes: tuple[str, ...]

    @property
    def studies(self) -> int:
        return len({effect.study for effect in self.effects})

    @property
    def k(self) -> int:
        """Studies, by the name that other models have for them."""
        return self.studies

    @property
    def shares(self) -> dict[str, float]:
        """Each study's weight, per cent, all of its effects together."""
        found: dict[str, float] = {}
        for effect, weight in zip(self.effects, self.weights, strict=True):
            found[effect.study] = found.get(effect.study, 0.0) + weight
        return found

    @property
    def several(self) -> bool:
        """Whether any study gives more than one effect."""
        return self.studies < len(self.effects)

    @property
    def people(self) -> int | None:
        """People in all studies, each study counted once by its largest number; None where one does not say."""
        most: dict[str, float] = {}
        for effect in self.effects:
            if effect.people is None:
                return None
            most[effect.study] = max(most.get(effect.study, 0), effect.people)
        return round(sum(most.values()))

    @property
    def clear(self) -> bool:
        """Whether the interval of the average is all on one side."""
        return self.ci.low > 0 or self.ci.high < 0

    @property
    def everywhere(self) -> bool:
        """Whether nearly every next study would be on that side too."""
        return self.pi is not None and (self.pi.low > 0 or self.pi.high < 0)


def put_together(outcome: Outcome, effects: Sequence[StudyEffect], choices: PoolingChoices) -> Together:
    """Pool an outcome's effects.

    Raises BadInput where fewer than two studies are left, or a number cannot be used, and DidNotConverge where the
    model has no answer: there is then no number at all.
    """
    counted, left = chosen(effects, choices)
    studies = {effect.study for effect in counted}
    if len(studies) < 2:
        raise BadInput(
            f"{'Only one study counts' if studies else 'No study counts'}, so there is nothing to put together.",
            [
                Problem(
                    outcome.name,
                    "one study" if studies else "no study",
                    "two or more",
                    "Report the study as it stands, with its own interval."
                    if studies
                    else "Extract a result, or look at why each was left out.",
                )
            ],
        )
    if len(studies) == len(counted):
        return _one_each(outcome, counted, left, choices)
    return _several(outcome, counted, left, choices)


def _one_each(
    outcome: Outcome, counted: tuple[StudyEffect, ...], left: tuple[Left, ...], choices: PoolingChoices
) -> Together:
    common = choices.method == "EE"
    made: Pooled = pool(
        [each.value for each in counted],
        [each.variance for each in counted],
        method=choices.method,
        test="z" if common else choices.test,
        labels=[each.name for each in counted],
    )
    interval = "the normal curve" if common else TESTS[choices.test]
    return Together(
        outcome, choices, counted, left, made.estimate, made.se, made.ci, made.pi, made.p, made.df, made.tau2,
        made.i2, made.q_p, made.weights,
        f"{choices.method_words}; interval: {interval}", made.notes,
    )  # fmt: skip


def _several(
    outcome: Outcome, counted: tuple[StudyEffect, ...], left: tuple[Left, ...], choices: PoolingChoices
) -> Together:
    if choices.method not in ("REML", "ML"):
        raise BadInput(
            "Several effects of one study go into a model that REML or ML can fit.",
            [Problem("method", choices.method, "REML or ML", "Choose REML, or one measurement a study.")],
        )
    values = np.array([each.value for each in counted])
    variances = np.array([each.variance for each in counted])
    study = [each.study for each in counted]
    made: Multilevel = multilevel(
        values,
        variances,
        {"study": study, "effect": list(range(len(counted)))},
        correlation=choices.correlation,
        method="REML" if choices.method == "REML" else "ML",
        labels=[each.label for each in counted],
    )
    if not made.robust:
        raise BadInput("Every effect says the same, so nothing tells how sure the average is.")
    average = made.robust[0]
    between = float(sum(made.variances.values()))
    # A next study differs as studies do; its effect is one among several, so both levels count.
    spread = float(np.sqrt(average.se**2 + between))
    reach = float(t_at(0.975, made.clusters - 1)) * spread
    return Together(
        outcome, choices, counted, left, average.estimate, average.se, average.ci,
        Interval(average.estimate - reach, average.estimate + reach), average.p, average.df, between,
        float(sum(made.i2.values())), made.q_p, _shares(variances, study, made, choices.correlation),
        f"three-level {choices.method}, correlation {choices.correlation:g} assumed within studies; "
        "interval: robust to that (CR2)",
        made.notes,
    )  # fmt: skip


def _shares(
    variances: np.ndarray, study: Sequence[str], made: Multilevel, correlation: float
) -> tuple[float, ...]:
    """Each effect's share of the average, per cent: row sums of the inverse of the whole covariance.

    An effect that says little beyond its study's others can have a share below nought.
    """
    same = np.array(study)[:, None] == np.array(study)[None, :]
    whole = np.where(same, correlation * np.sqrt(np.outer(variances, variances)), 0.0)
    np.fill_diagonal(whole, variances)
    whole += np.where(same, made.variances["study"], 0.0) + np.eye(len(study)) * made.variances["effect"]
    share = np.linalg.inv(whole).sum(axis=1)
    return tuple(float(each) for each in 100 * share / share.sum())
