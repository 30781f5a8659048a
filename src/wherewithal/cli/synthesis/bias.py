"""``wherewithal synthesis bias``: whether results may be missing, by every test there is, and what none can say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.synthesis.missing import Missing


@click.command(
    epilog="Example: wherewithal synthesis bias effects.csv --better lower --json",
    help=(
        "Ask whether results may be missing from DATA, a CSV with a row a study (as in synthesis pool): Egger's test, "
        "the rank test, trim and fill, PET-PEESE, the step selection model and fail-safe N.\n\n"
        "Each comes with one sentence on what it says here and one on what it cannot say. A method without an answer "
        "says why in its place. Intervals are of 95%. Fewer than ten studies can hardly tell, and that is said first."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effect", default="yi", show_default=True, help="The column of effects.")
@click.option("--variance", default="vi", show_default=True, help="The column of sampling variances.")
@click.option("--se", default="", help="The column of standard errors, instead of --variance.")
@click.option("--label", default="", help="The column that names the studies.")
@click.option("--method", default="REML", show_default=True, help="As in synthesis pool.")
@click.option("--test", default="z", show_default=True, help="z, t, knha or adhoc, where a method pools.")
@click.option(
    "--better",
    type=click.Choice(["higher", "lower"]),
    help="Which way is better, and so likelier to be seen. Without it, the way of the pooled effect.",
)
@click.option(
    "--step",
    "steps",
    type=float,
    multiple=True,
    help="One-sided p at which the chance of being seen changes. Repeatable; 0.025 without.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bias(
    data: Path, effect: str, variance: str, se: str, label: str, method: str, test: str, better: Any,
    steps: tuple[float, ...], as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.between import NAMES
    from wherewithal.analyse.reviews.synthesis.missing import missing_results
    from wherewithal.analyse.reviews.synthesis.reading import effects_of, read_table

    table = read_table(data)
    y, v, labels, left = effects_of(table, effect, variance, se, label)
    for where in left:
        click.echo(f"{where}: left out, effect and variance are blank", err=True)
    there = set(labels)
    named = table.titles(label, [row for row, where in enumerate(table.labels(label)) if where in there])
    again = len(named) - len(set(named))
    doubts = []
    if again:
        doubts.append(
            f"{again} row{'s have' if again > 1 else ' has'} the name of another: each row is taken for a study of its "
            "own, so where one study gives several effects, choose one of them first"
        )
    for doubt in doubts:
        click.echo(f"look again: {doubt}", err=True)
    found = missing_results(
        y,
        v,
        method={name.lower(): name for name in NAMES}.get(method.lower(), method),
        test=test,
        way=better,
        steps=steps or (0.025,),
        labels=labels,
    )
    if as_json:
        click.echo(json.dumps(_figures(found, data.name, left, doubts), allow_nan=False))
        return
    click.echo(_in_words(found, data.name))


def _figures(found: Missing, name: str, left: list[str], doubts: list[str]) -> dict[str, Any]:
    return {
        "data": name,
        "studies": found.pooled.k,
        "method": found.pooled.method,
        "test": found.pooled.test,
        "few": found.few,
        "way": found.way,
        "pooled": found.pooled.as_dict(),
        **{each.key: {**each.figures, "says": each.says, "cannot": each.cannot} for each in found.said},
        "left_out": left,
        "doubts": doubts,
    }


def _in_words(found: Missing, name: str) -> str:
    pooled = found.pooled
    lines = [
        f"{name}: {pooled.k} studies, {pooled.method}, test {pooled.test}",
        f"  pooled as they are   {pooled.estimate:.4f} ({pooled.ci.low:.4f} to {pooled.ci.high:.4f})",
    ]
    if found.few:
        lines.append(f"  few studies          {found.few}")
    for each in found.said:
        lines += [f"  {each.name:<20} {each.says}", f"  {'':<20} {each.cannot}"]
    lines += [
        f"  {'way taken':<20} Results that are {found.way} are taken to be the likelier to be seen.",
        "  note: These methods answer one question in different ways: look at the funnel as well, and report them all.",
    ]
    return "\n".join(lines)
