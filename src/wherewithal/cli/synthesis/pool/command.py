"""``wherewithal synthesis pool``: what is read, which model is fitted, and how it is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.cli.synthesis.pool.asked import Asked
    from wherewithal.cli.synthesis.pool.columns import Rows


@click.command(
    epilog="Examples: wherewithal synthesis pool effects.csv --effect yi --variance vi --method REML --knha --json\n\n"
    "wherewithal synthesis pool effects.csv --by setting\n\n"
    "wherewithal synthesis pool effects.csv --moderator year --moderator setting --test knha\n\n"
    "wherewithal synthesis pool effects.csv --cluster study --rho 0.6\n\n"
    "wherewithal synthesis pool effects.csv --cluster study --outcome measure --rho 0.6",
    help=(
        "Pool the effects in DATA, a CSV with a row a study and columns for the effect and its variance.\n\n"
        "Rows where both are blank are left out and named. Results agree with R's metafor to the last digits; "
        "--exact goes on where metafor stops searching.\n\n"
        "Why studies differ: --by pools groups of studies and tests between them; --moderator regresses effects on "
        "numbers or categories (--test knha is advised). Several effects a study: --cluster pools by three levels with "
        "robust intervals (CR2), also with --by or --moderator; --outcome beside it pools each outcome at once.\n\n"
        "With --json, 'model' says which it was: groups, regression, levels or outcomes. With --cluster, 'estimate', "
        "'se', 'ci' are robust, 'tau2' and 'i2' are of both levels together. Where a search does not settle, the "
        "command says so, ends with 1 and prints no figure."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effect", default="yi", show_default=True, help="The column of effects.")
@click.option("--variance", default="vi", show_default=True, help="The column of sampling variances.")
@click.option("--se", default="", help="The column of standard errors, instead of --variance.")
@click.option("--label", default="", help="The column that names the studies.")
@click.option("--by", default="", help="A column of groups, each pooled by itself.")
@click.option(
    "--moderator",
    "moderators",
    multiple=True,
    help="A column of numbers or of words that effects may go with. Repeatable.",
)
@click.option(
    "--category", "categories", multiple=True, help="A moderator whose numbers are codes. Repeatable."
)
@click.option(
    "--leave-out", is_flag=True, help="Leave out rows that lack a group or moderator, and name them."
)
@click.option("--cluster", default="", help="A column that says which study each of several effects is from.")
@click.option(
    "--outcome", default="", help="A column of outcomes, each at most once a study (with --cluster)."
)
@click.option(
    "--rho", type=float, help="The correlation assumed between sampling errors of one study (with --cluster)."
)
@click.option(
    "--covariance",
    multiple=True,
    help="Instead of --rho: the column of covariances with the first row of the study, the second, ... Repeatable.",
)
@click.option(
    "--method",
    default="REML",
    show_default=True,
    help="EE DL HE HS HSk SJ ML REML EB PM PMM DLIT GENQ (REML or ML with --cluster).",
)
@click.option(
    "--knha", is_flag=True, help="The test and intervals of Knapp and Hartung: the same as --test knha."
)
@click.option("--test", default="", help="z (the default), t, knha or adhoc.")
@click.option("--confidence", default=0.95, show_default=True, type=click.FloatRange(0.5, 0.9999))
@click.option("--exact", is_flag=True, help="Search to the last digit.")
@click.option(
    "--chart",
    "charts",
    multiple=True,
    help="KIND=FILE.svg, with KIND forest, funnel, baujat, leave-one-out or cumulative. Repeatable.",
)
@click.option("--measure", default="", help="What the effects are, for charts: SMD, RR, OR, ...")
@click.option("--better", type=click.Choice(["higher", "lower"]), help="Which way is better, for charts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def pool(
    data: Path, effect: str, variance: str, se: str, label: str, by: str, moderators: tuple[str, ...],
    categories: tuple[str, ...], leave_out: bool, cluster: str, outcome: str, rho: float | None,
    covariance: tuple[str, ...], method: str, knha: bool, test: str, confidence: float, exact: bool,
    charts: tuple[str, ...], measure: str, better: Any, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.between import NAMES
    from wherewithal.analyse.reviews.synthesis.doubts import doubts_about_directions
    from wherewithal.analyse.reviews.synthesis.fitting import known
    from wherewithal.analyse.reviews.synthesis.reading import read_table
    from wherewithal.cli.synthesis.pool.asked import Asked, refuse
    from wherewithal.cli.synthesis.pool.columns import rows_of

    if knha and test not in ("", "knha"):
        raise click.UsageError(f"--knha and --test {test} contradict each other: give one.")
    wanted = _wanted(charts)
    asked = Asked(by, moderators, categories, cluster, outcome, rho, covariance, leave_out)
    method = {name.lower(): name for name in NAMES}.get(method.lower(), method)
    test = test or ("knha" if knha else "z")
    known(method, test)
    refuse(asked, effect=effect, spread=se or variance, method=method, test=test, exact=exact, charts=charts)
    rows = rows_of(read_table(data), effect, variance, se, label, asked)
    for where in rows.left_out:
        click.echo(f"{where}: left out, effect and variance are blank", err=True)
    for where in rows.lacking:
        click.echo(f"{where}: left out, as --leave-out says", err=True)
    figures, lines = _fitted(rows, asked, data.name, method, test, confidence, exact)
    doubts = [
        *(str(doubt) for doubt in doubts_about_directions(rows.effects, rows.variances, labels=rows.labels)),
        *rows.doubts,
    ]
    for doubt in doubts:
        click.echo(f"look again: {doubt}", err=True)
    if wanted:
        from wherewithal.analyse.reviews.synthesis.drawn import DRAWN, Drawable, axis_of

        it = Drawable(
            rows.effects,
            rows.variances,
            rows.names,
            axis_of(measure, better=better),
            method,
            figures["test"],
            confidence,
            group=rows.group,
            study=rows.cluster,
            correlation=rho,
        )
        drawn = {path: DRAWN[kind](it).file() for kind, path in wanted.items()}
        for path, content in drawn.items():
            path.write_text(content, encoding="utf-8")
    if as_json:
        click.echo(
            json.dumps(
                {**figures, "data": data.name, "left_out": [*rows.left_out, *rows.lacking], "doubts": doubts},
                allow_nan=False,
            )
        )
        return
    click.echo("\n".join(lines))


def _fitted(
    rows: Rows, asked: Asked, name: str, method: str, test: Any, confidence: float, exact: bool
) -> tuple[dict[str, Any], list[str]]:
    """Figures and words of the model asked for. Raises BadInput, DidNotConverge."""
    if asked.outcome:
        from wherewithal.cli.synthesis.pool.outcomes import outcomes

        figures, lines = outcomes(rows, name, asked, method=method, test=test, confidence=confidence)
    elif asked.cluster:
        from wherewithal.cli.synthesis.pool.levels import levels

        figures, lines = levels(rows, name, asked, method=method, test=test, confidence=confidence)
    elif asked.regressed:
        from wherewithal.cli.synthesis.pool.moderators import regression

        figures, lines = regression(rows, name, method=method, test=test, confidence=confidence, exact=exact)
    else:
        from wherewithal.analyse.reviews.synthesis.pooling import pool as pool_effects
        from wherewithal.cli.synthesis.pool.plain import in_words

        pooled = pool_effects(
            rows.effects,
            rows.variances,
            method=method,
            test=test,
            confidence=confidence,
            labels=rows.labels,
            exact=exact,
        )
        figures, lines = pooled.as_dict(), in_words(pooled, name)
    notes = list(figures["notes"])
    if asked.by:
        from wherewithal.analyse.reviews.synthesis.export import Settings
        from wherewithal.cli.synthesis.pool.groups import groups

        apart, more = groups(
            rows,
            asked.by,
            Settings(method=method, test=figures["test"], confidence=confidence, correlation=asked.rho),
        )
        figures = {**figures, "model": "groups", "by": apart}
        lines += more
        notes += apart["notes"]
    return figures, [*lines, *(f"  note: {note}" for note in notes)]


def _wanted(charts: tuple[str, ...]) -> dict[str, Path]:
    """What to draw where. Bad usage names the kinds there are."""
    if not charts:
        return {}
    from wherewithal.analyse.reviews.synthesis.drawn import DRAWN

    wanted = {}
    for asked in charts:
        kind, _, path = asked.partition("=")
        if kind not in DRAWN or not path.endswith(".svg"):
            raise click.UsageError(
                f"--chart {asked}: give KIND=FILE.svg, with KIND one of {', '.join(DRAWN)}."
            )
        wanted[kind] = Path(path)
    return wanted
