"""``--cluster``: several effects a study, by three levels with errors that hold where the model does not (CR2)."""

from __future__ import annotations

from typing import Any, Literal

from wherewithal.analyse.reviews.synthesis.export.levels import next_study, plain
from wherewithal.analyse.reviews.synthesis.multilevel import Multilevel, multilevel
from wherewithal.cli.synthesis.pool.asked import Asked
from wherewithal.cli.synthesis.pool.columns import Rows
from wherewithal.cli.synthesis.pool.moderators import few_studies, lines_of, refuse_single_studies
from wherewithal.cli.synthesis.pool.plain import beside, share

NO_JOINT_TEST = (
    "Where studies give several effects, each coefficient is tested by itself, without joint test or R²."
)


def levels(
    rows: Rows, name: str, asked: Asked, *, method: Any, test: Literal["z", "t"], confidence: float
) -> tuple[dict[str, Any], list[str]]:
    """Figures and words of three levels, with moderators where they are asked for. Raises BadInput, DidNotConverge."""
    if rows.moderators:
        refuse_single_studies(rows)
    fit = multilevel(
        rows.effects,
        rows.variances,
        {"study": rows.cluster, "effect": list(range(len(rows.cluster)))},
        rows.moderators or None,
        covariance=rows.covariance,
        method=method,
        test=test,
        confidence=confidence,
        labels=rows.labels,
    )
    notes = [*fit.notes, *assumed(asked)]
    if rows.moderators:
        notes += [*few_studies(fit.clusters, len(fit.coefficients) - 1)]
        if len(fit.coefficients) > 2:
            notes.append(NO_JOINT_TEST)
    figures = {**_figures(fit, asked, confidence), "notes": notes}
    if rows.moderators:
        figures |= {"model": "regression", "references": rows.references}
    else:
        figures |= _average(fit, confidence)
    return figures, _in_words(fit, figures, rows, name, confidence)


def assumed(asked: Asked) -> list[str]:
    """What is supposed of the errors of one study's effects."""
    if asked.covariance:
        return []
    if asked.rho is not None:
        return [
            f"The correlation of {asked.rho:g} between errors of one study is assumed, not found: try others beside "
            "it, and say whether the answer holds."
        ]
    return [
        "Errors of one study's effects are taken as independent. Where the effects are of the same people, give --rho "
        "(0.6, say) and compare."
    ]


def tables(fit: Multilevel) -> dict[str, Any]:
    """Coefficients with robust errors (empty where there are none) and by the model."""
    return {
        "robust": [{"name": each.name, **plain(each)} for each in fit.robust],
        "by_the_model": [{"name": each.name, **plain(each)} for each in fit.coefficients],
    }


def errors_of(fit: Multilevel) -> str:
    """Whose intervals are told."""
    return "robust intervals (CR2)" if fit.robust else "intervals by the model"


def _figures(fit: Multilevel, asked: Asked, confidence: float) -> dict[str, Any]:
    return {
        "model": "levels",
        "method": fit.method,
        "test": fit.test,
        "confidence": confidence,
        "k": fit.k,
        "studies": fit.clusters,
        "rho": asked.rho,
        "variances": dict(fit.variances),
        "i2_by_level": dict(fit.i2),
        "tau2": sum(fit.variances.values()),
        "i2": sum(fit.i2.values()),
        "h2": None,
        "q": fit.q,
        "q_df": fit.q_df,
        "q_p": fit.q_p,
        "log_likelihood": fit.log_likelihood,
        **tables(fit),
    }


def _average(fit: Multilevel, confidence: float) -> dict[str, Any]:
    """The average by the names of a plain one: robust where there are robust errors, and which it is."""
    return {
        **plain((fit.robust or fit.coefficients)[0]),
        "errors": "CR2" if fit.robust else "model",
        "pi": next_study(fit, confidence)._asdict(),
    }


def _in_words(
    fit: Multilevel, figures: dict[str, Any], rows: Rows, name: str, confidence: float
) -> list[str]:
    what = "meta-regression, " if rows.moderators else ""
    lines = [
        f"{name}: {fit.k} effects of {fit.clusters} studies, {what}three levels, {fit.method}, {errors_of(fit)}"
    ]
    if rows.moderators:
        lines += lines_of(figures["robust"] or figures["by_the_model"], rows, confidence)
    else:
        free = f", {figures['df']:.1f} degrees of freedom" if figures["df"] is not None else ""
        lines += [
            f"  pooled effect        {figures['estimate']:.4f} (standard error {figures['se']:.4f}, "
            f"p = {figures['p']:.4g}{free})",
            f"  {share(confidence)} interval         {figures['ci']['low']:.4f} to {figures['ci']['high']:.4f}",
            f"  next study's effect  {figures['pi']['low']:.4f} to {figures['pi']['high']:.4f}",
        ]
        if fit.robust:
            lines.append(f"  by the model alone   {beside(figures['by_the_model'][0]).strip()}")
    shares = fit.i2
    differ = "do they still differ?" if rows.moderators else "do they differ?     "
    return [
        *lines,
        f"  between studies      variance {fit.variances['study']:.4f}, I² {shares['study']:.1f}%",
        f"  within studies       variance {fit.variances['effect']:.4f}, I² {shares['effect']:.1f}%",
        f"  {differ} Q = {fit.q:.2f} on {fit.q_df} degrees of freedom, p = {fit.q_p:.4g}",
    ]
