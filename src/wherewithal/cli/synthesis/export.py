"""``wherewithal synthesis export``: a folder that anybody can run again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.command(
    epilog="Example: wherewithal synthesis export effects.csv --measure RR --better lower -o synthesis",
    help=(
        "Write a folder with the effects in DATA (as in synthesis pool), the settings, every result, the charts, and "
        "scripts in Python and R that work it all out again.\n\n"
        "The same inputs give the same files, byte for byte."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="A new or empty folder.")
@click.option("--effect", default="yi", show_default=True, help="The column of effects.")
@click.option("--variance", default="vi", show_default=True, help="The column of sampling variances.")
@click.option("--se", default="", help="The column of standard errors, instead of --variance.")
@click.option("--label", default="", help="The column that names the studies.")
@click.option("--group", default="", help="A column of subgroups.")
@click.option("--cluster", default="", help="A column that says which study each of several effects is from.")
@click.option(
    "--moderator", "moderators", multiple=True, help="A column of numbers to regress on. Repeatable."
)
@click.option("--order", default="", help="A column of numbers, such as years, to add studies by.")
@click.option(
    "--measure", default="", help="What the effects are: SMD, RR, OR, ... Names and scales the charts."
)
@click.option("--better", type=click.Choice(["higher", "lower"]), help="Which way is better.")
@click.option("--left", default="", help="What lies left of no effect, such as 'favours the programme'.")
@click.option("--right", default="", help="What lies right of it.")
@click.option("--title", default="Synthesis", show_default=True, help="What the synthesis is called.")
@click.option("--method", default="REML", show_default=True, help="As in synthesis pool.")
@click.option("--test", default="z", show_default=True, help="z, t, knha or adhoc.")
@click.option("--confidence", default=0.95, show_default=True, type=click.FloatRange(0.5, 0.9999))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(
    data: Path, out: Path, effect: str, variance: str, se: str, label: str, group: str, cluster: str,
    moderators: tuple[str, ...], order: str, measure: str, better: Any, left: str, right: str, title: str,
    method: str, test: str, confidence: float, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.between import NAMES
    from wherewithal.analyse.reviews.synthesis.export import Settings, Studies
    from wherewithal.analyse.reviews.synthesis.export import export as write
    from wherewithal.analyse.reviews.synthesis.reading import effects_of, read_table
    from wherewithal.errors import BadInput, Problem

    table = read_table(data)
    y, v, labels, left_out = effects_of(table, effect, variance, se, label)
    kept = [place for place, where in enumerate(table.labels(label)) if where in set(labels)]
    problems: list[Problem] = []
    numbers = {
        name: table.numbers(name, problems)[kept] for name in (*moderators, *([order] if order else []))
    }
    for name, values in numbers.items():
        problems += [
            Problem(f"{labels[place]}, column '{name}'", "blank", "a number", "Fill it in, or do without.")
            for place, value in enumerate(values)
            if value != value and not any(f"column '{name}'" in each.where for each in problems)
        ]
    texts = {name: [table.texts(name)[place] for place in kept] for name in (group, cluster) if name}
    problems += [
        Problem(f"{labels[place]}, column '{name}'", "blank", "a name", "Fill it in, or do without.")
        for name, cells in texts.items()
        for place, cell in enumerate(cells)
        if not cell
    ]
    if problems:
        raise BadInput("Some cells cannot be used as they are.", problems)
    written = write(
        Studies(
            table.names(label, kept),
            y.tolist(),
            v.tolist(),
            group=texts.get(group, ()),
            cluster=texts.get(cluster, ()),
            moderators={name: numbers[name].tolist() for name in moderators},
            order=numbers[order].tolist() if order else (),
            left_out=left_out,
        ),
        Settings(
            {name.lower(): name for name in NAMES}.get(method.lower(), method), test, confidence, measure, better,
            left, right, title,
        ),
        out,
    )  # fmt: skip
    if as_json:
        click.echo(
            json.dumps({"data": data.name, "folder": str(out), "studies": len(y), "files": list(written)})
        )
        return
    click.echo(f"{len(written)} files for {len(y)} effects written to {out}; README.md says what each is.")
