"""``--outcome``: several outcomes of each study at once, each with its own average."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

import numpy as np

from wherewithal.analyse.reviews.synthesis.multilevel import Multilevel, multivariate
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge
from wherewithal.cli.synthesis.pool.asked import Asked
from wherewithal.cli.synthesis.pool.columns import Rows
from wherewithal.cli.synthesis.pool.levels import assumed, errors_of, tables
from wherewithal.cli.synthesis.pool.plain import beside, share
from wherewithal.errors import BadInput, Problem

AT_ITS_END = 0.999


def outcomes(
    rows: Rows, name: str, asked: Asked, *, method: Any, test: Literal["z", "t"], confidence: float
) -> tuple[dict[str, Any], list[str]]:
    """Figures and words of each outcome's average. Raises BadInput, DidNotConverge."""
    apart = _pairs_apart(rows, asked)
    try:
        fit = multivariate(
            rows.effects,
            np.diag(rows.variances) if rows.covariance is None else rows.covariance,
            rows.cluster,
            rows.outcome,
            method=method,
            test=test,
            confidence=confidence,
        )
    except DidNotConverge as nothing:
        raise DidNotConverge(
            "The outcomes' variances and correlations could not be told apart, so there is no result.",
            [
                Problem(
                    f"--outcome {asked.outcome}",
                    f"the search did not settle on {len(set(rows.cluster))} studies",
                    "more studies that give several outcomes",
                    f"Give --cluster {asked.cluster} with --category {asked.outcome}, or keep one outcome's rows in a "
                    "file and pool them alone.",
                )
            ],
        ) from nothing
    correlations = {pair: None if pair in apart else value for pair, value in fit.correlations.items()}
    notes = [*fit.notes, *assumed(asked)]
    notes += [
        f"No study gives both {first} and {second}, so nothing is known of how they go together."
        for first, second in sorted(apart)
    ]
    notes += [
        f"The correlation of {pair[0]} and {pair[1]} between studies lies at its end ({value:.3f}): there are too few "
        "studies to learn it from."
        for pair, value in correlations.items()
        if value is not None and abs(value) > AT_ITS_END
    ]
    figures = {
        "model": "outcomes",
        "method": fit.method,
        "test": fit.test,
        "confidence": confidence,
        "k": fit.k,
        "studies": fit.clusters,
        "rho": asked.rho,
        "variances": dict(fit.variances),
        "correlations": [
            {"first": pair[0], "second": pair[1], "correlation": value}
            for pair, value in correlations.items()
        ],
        "q": fit.q,
        "q_df": fit.q_df,
        "q_p": fit.q_p,
        "log_likelihood": fit.log_likelihood,
        **tables(fit),
        "notes": notes,
    }
    return figures, _in_words(fit, figures, rows, name, confidence)


def _pairs_apart(rows: Rows, asked: Asked) -> set[tuple[str, str]]:
    """Pairs of outcomes that no study gives together. Raises BadInput for one outcome, or one in a single study."""
    names = sorted(set(rows.outcome))
    if len(names) < 2:
        raise BadInput(
            f"Every row is of one outcome, {names[0]!r}.",
            [Problem(f"--outcome {asked.outcome}", "one outcome", "two or more", "Leave --outcome out.")],
        )
    studies: dict[str, set[str]] = {}
    for outcome, study in zip(rows.outcome, rows.cluster, strict=True):
        studies.setdefault(outcome, set()).add(study)
    single = [
        Problem(
            f"outcome {outcome!r}", "one study", "two or more", "Leave its row out: there is nothing to pool."
        )
        for outcome in names
        if len(studies[outcome]) < 2
    ]
    if single:
        raise BadInput("Some outcomes are in one study only.", single)
    pairs = list(combinations(names, 2))
    return {pair for pair in pairs if not studies[pair[0]] & studies[pair[1]]}


def _in_words(
    fit: Multilevel, figures: dict[str, Any], rows: Rows, name: str, confidence: float
) -> list[str]:
    found = figures["robust"] or figures["by_the_model"]
    told = {each["name"].partition(": ")[2]: each for each in found}
    width = max(len(outcome) for outcome in told)
    lines = [
        f"{name}: {fit.k} effects of {fit.clusters} studies, {len(told)} outcomes at once, {fit.method}, "
        f"{errors_of(fit)}",
        f"  pooled effects, with {share(confidence)} intervals:",
    ]
    lines += [
        f"    {outcome:<{width}}  {beside(each)}, {rows.outcome.count(outcome)} studies, "
        f"variance between studies {fit.variances[outcome]:.4f}"
        for outcome, each in told.items()
    ]
    lines += [
        f"  between studies      {each['first']} and {each['second']} correlate by {each['correlation']:.3f}"
        for each in figures["correlations"]
        if each["correlation"] is not None
    ]
    return [
        *lines,
        f"  do they differ?      Q = {fit.q:.2f} on {fit.q_df} degrees of freedom, p = {fit.q_p:.4g}",
    ]
