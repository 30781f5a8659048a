"""``--moderator``: how effects go with what studies are like, with one effect a study or several."""

from __future__ import annotations

from typing import Any

from wherewithal.analyse.reviews.synthesis.design import INTERCEPT, design, orthonormal
from wherewithal.analyse.reviews.synthesis.export.levels import plain
from wherewithal.analyse.reviews.synthesis.regression import meta_regression
from wherewithal.analyse.reviews.synthesis.robust import resting_on_one
from wherewithal.cli.synthesis.pool.columns import Rows
from wherewithal.cli.synthesis.pool.plain import beside, share
from wherewithal.errors import BadInput, Problem

PER_MODERATOR = 10
"""Studies for each coefficient that are usually asked for (Cochrane Handbook 6.5, 10.11.5.1)."""


def regression(
    rows: Rows, name: str, *, method: str, test: str, confidence: float, exact: bool
) -> tuple[dict[str, Any], list[str]]:
    """Figures and words of a meta-regression of one effect a study. Raises BadInput, DidNotConverge."""
    fit = meta_regression(
        rows.effects,
        rows.variances,
        rows.moderators,
        method=method,
        test=test,
        confidence=confidence,
        labels=rows.labels,
        exact=exact,
    )
    own = (
        "method",
        "test",
        "k",
        "df",
        "tau2",
        "tau2_se",
        "i2",
        "h2",
        "q",
        "q_df",
        "q_p",
        "qm",
        "qm_df",
        "qm_p",
        "r2",
    )
    table = [{"name": each.name, **plain(each)} for each in fit.coefficients]
    notes = few_studies(fit.k, len(table) - 1)
    figures = {
        "model": "regression",
        "confidence": confidence,
        **{key: getattr(fit, key) for key in own},
        "coefficients": table,
        "references": rows.references,
        "log_likelihood": fit.log_likelihood,
        "notes": notes,
    }
    spare = f" and {fit.df}" if fit.df is not None else ""
    kind = "QM" if fit.df is None else "F"
    explained = (
        "not known: there was nothing between studies to explain"
        if fit.r2 is None
        else f"R² {fit.r2:.1f}% of tau²"
    )
    lines = [
        f"{name}: {fit.k} studies, meta-regression, {fit.method}, test {fit.test}",
        *lines_of(table, rows, confidence),
        f"  all together         {kind} = {fit.qm:.2f} on {fit.qm_df}{spare}, p = {fit.qm_p:.4g}",
        f"  explained            {explained if fit.method != 'EE' else 'not asked: a common effect has no tau²'}",
        f"  left between studies tau² {fit.tau2:.4f}, I² {fit.i2:.1f}%, H² {fit.h2:.2f}",
        f"  do they still differ? Q = {fit.q:.2f} on {fit.q_df} degrees of freedom, p = {fit.q_p:.4g}",
    ]
    return figures, lines


def lines_of(table: list[dict[str, Any]], rows: Rows, confidence: float) -> list[str]:
    """Each coefficient with its interval and what it is a difference of."""
    width = max(len(each["name"]) for each in table)
    lines = [f"  coefficients, with {share(confidence)} intervals:"]
    for each in table:
        column = each["name"].partition(": ")[0]
        if each["name"] == INTERCEPT:
            at = [f"{name} is {value!r}" for name, value in rows.references.items()]
            at += [f"{name} is 0" for name in rows.moderators if name not in rows.references]
            means = f"the effect where {' and '.join(at)}"
        elif each["name"] in rows.moderators:
            means = "for one more"
        else:
            means = (
                f"against {rows.references[column]!r}" if column in rows.references else "against the first"
            )
        lines.append(f"    {each['name']:<{width}}  {beside(each)}: {means}")
    return lines


def few_studies(studies: int, count: int) -> list[str]:
    """What to know of any regression of studies, and of this one where studies are few."""
    notes = [
        "Studies were not given these by chance: that effects go with something does not say that it makes them."
    ]
    if studies < PER_MODERATOR * count:
        notes.insert(
            0,
            f"{studies} studies for {count} coefficient{'s' * (count > 1)}: {PER_MODERATOR} for each are usually asked "
            "for, and with fewer what is found is often chance.",
        )
    return notes


def refuse_single_studies(rows: Rows) -> None:
    """Raises BadInput where only one study tells a coefficient: its robust error would be no error at all."""
    made = design(rows.moderators, len(rows.labels))
    orthonormal(made.matrix, made.names)  # refuses what says nothing of its own, in its own words
    found = resting_on_one(made.matrix, made.names, rows.cluster)
    problems = [
        Problem(
            column,
            f"only the study {study!r} tells anything of it",
            "two studies or more",
            "Join values, or leave the moderator out: no robust error can be worked out from one study.",
        )
        for column, study in found.items()
        if column != INTERCEPT
    ]
    if problems and len(set(rows.cluster)) > len(made.names):
        raise BadInput("Some coefficients rest on one study alone.", problems)
