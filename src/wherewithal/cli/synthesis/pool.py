"""``wherewithal synthesis pool``: what the studies say together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.synthesis.pooling import Pooled


@click.command(
    epilog="Example: wherewithal synthesis pool effects.csv --effect yi --variance vi --method REML --knha --json",
    help=(
        "Pool the effects in DATA, a CSV with a row a study and columns for the effect and its variance.\n\n"
        "Rows where both are blank are left out and named. Results agree with R's metafor to the last digits; "
        "--exact goes on where metafor stops searching."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effect", default="yi", show_default=True, help="The column of effects.")
@click.option("--variance", default="vi", show_default=True, help="The column of sampling variances.")
@click.option("--se", default="", help="The column of standard errors, instead of --variance.")
@click.option("--label", default="", help="The column that names the studies.")
@click.option(
    "--method", default="REML", show_default=True, help="EE DL HE HS HSk SJ ML REML EB PM PMM DLIT GENQ."
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
    data: Path, effect: str, variance: str, se: str, label: str, method: str, knha: bool, test: str,
    confidence: float, exact: bool, charts: tuple[str, ...], measure: str, better: Any, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.between import NAMES
    from wherewithal.analyse.reviews.synthesis.doubts import doubts_about_directions
    from wherewithal.analyse.reviews.synthesis.pooling import pool as pool_effects
    from wherewithal.analyse.reviews.synthesis.reading import effects_of, read_table

    if knha and test not in ("", "knha"):
        raise click.UsageError(f"--knha and --test {test} contradict each other: give one.")
    wanted = _wanted(charts)
    table = read_table(data)
    y, v, labels, left = effects_of(table, effect, variance, se, label)
    for where in left:
        click.echo(f"{where}: left out, effect and variance are blank", err=True)
    method = {name.lower(): name for name in NAMES}.get(method.lower(), method)
    pooled = pool_effects(
        y,
        v,
        method=method,
        test=test or ("knha" if knha else "z"),
        confidence=confidence,
        labels=labels,
        exact=exact,
    )
    doubts = [str(doubt) for doubt in doubts_about_directions(y, v, labels=labels)]
    for doubt in doubts:
        click.echo(f"look again: {doubt}", err=True)
    if wanted:
        from wherewithal.analyse.reviews.synthesis.drawn import DRAWN, Drawable, axis_of

        kept = [place for place, where in enumerate(table.labels(label)) if where not in set(left)]
        it = Drawable(
            y, v, table.names(label, kept), axis_of(measure, better=better), method, pooled.test, confidence
        )
        drawn = {path: DRAWN[kind](it).file() for kind, path in wanted.items()}
        for path, content in drawn.items():
            path.write_text(content, encoding="utf-8")
    if as_json:
        click.echo(
            json.dumps(
                {**pooled.as_dict(), "data": data.name, "left_out": left, "doubts": doubts}, allow_nan=False
            )
        )
        return
    click.echo(_in_words(pooled, data.name))


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


def _in_words(pooled: Pooled, name: str) -> str:
    share = f"{100 * pooled.confidence:g}%"
    lines = [
        f"{name}: {pooled.k} studies, {pooled.method}, test {pooled.test}",
        f"  pooled effect        {pooled.estimate:.4f} (standard error {pooled.se:.4f}, p = {pooled.p:.4g})",
        f"  {share} interval         {pooled.ci.low:.4f} to {pooled.ci.high:.4f}",
    ]
    if pooled.pi:
        lines.append(f"  next study's effect  {pooled.pi.low:.4f} to {pooled.pi.high:.4f}")
    lines += [
        f"  between studies      tau² {pooled.tau2:.4f}, I² {pooled.i2:.1f}%, H² {pooled.h2:.2f}",
        f"  do they differ?      Q = {pooled.q:.2f} on {pooled.q_df} degrees of freedom, p = {pooled.q_p:.4g}",
        *(f"  note: {note}" for note in pooled.notes),
    ]
    return "\n".join(lines)
