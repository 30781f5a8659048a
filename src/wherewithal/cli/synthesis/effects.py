"""``wherewithal synthesis effects``: the effect of every study, in whatever form it gives its numbers."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.synthesis.effects.sizes import EffectSizes
    from wherewithal.analyse.reviews.synthesis.reading import Table

ADDED = ("yi", "vi", "note")


@click.command(
    epilog="Example: wherewithal synthesis effects trials.csv --measure SMD --column m1i=mean_new -o effects.csv",
    help=(
        "Work out the effect of every study in DATA, a CSV with a row a study.\n\n"
        "Columns have metafor's names (m1i sd1i n1i m2i sd2i n2i; ai bi ci di; ri ni; ...) or are given by "
        "--column. OUT carries every row and column of DATA with yi (effect), vi (sampling variance) and note "
        "(what was done: a number added to an empty cell, why there is no effect). --measure list shows all."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--measure", required=True, help="SMD, MD, ROM, RR, OR, RD, PETO, COR, ZCOR, PLO, IRR, ... or list."
)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The CSV to write.")
@click.option(
    "--column", "columns", multiple=True, help="NAME=COLUMN: where DATA has another name. Repeatable."
)
@click.option(
    "--correction", default="exact", show_default=True, help="For few people: exact, approximate, none."
)
@click.option("--variance", default="LS", show_default=True, help="LS, LS2, UB (SMD) or HO (MD).")
@click.option("--add", default=0.5, show_default=True, help="What is added to empty cells.")
@click.option("--to", default="only0", show_default=True, help="To whom: only0, all, if0all, none.")
@click.option(
    "--shared",
    default="even",
    show_default=True,
    help="Between the groups: even, or opposite (by the other group's size).",
)
@click.option("--drop00", is_flag=True, help="Leave out studies where nobody, or everybody, had the event.")
@click.option("--turn", default="", help="A column with 1 in studies whose direction is to be turned round.")
@click.option(
    "--scale",
    default="",
    help="A column that names each study's scale: like is compared with like for slips (MD: one scale).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def effects(
    data: Path, measure: str, out: Path | None, columns: tuple[str, ...], correction: Any, variance: str, add: float,
    to: Any, shared: Any, drop00: bool, turn: str, scale: str, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.doubts import doubts_about_groups
    from wherewithal.analyse.reviews.synthesis.effects.parts import MEANINGS, Choices
    from wherewithal.analyse.reviews.synthesis.effects.sizes import MEASURES, effect_sizes, measure_named
    from wherewithal.analyse.reviews.synthesis.reading import read_table
    from wherewithal.errors import BadInput, Problem

    if measure == "list":
        for each in MEASURES.values():
            click.echo(f"{each.key:<7}{each.name}: {' '.join(each.needs)}")
        return
    measure_named(measure)
    if out is None:
        raise click.UsageError("-o: name the CSV to write.")
    table = read_table(data)
    clash = [name for name in ADDED if name in table.columns]
    kept = [name for name in table.columns if name not in ADDED]
    named = _named(columns, list(MEANINGS))
    problems: list[Problem] = []
    given = {
        name: table.numbers(named.get(name, name), problems)
        for name in MEANINGS
        if name in named or name in table.columns
    }
    turned = table.numbers(turn, problems) if turn else None
    if problems:
        raise BadInput("Some cells are not numbers.", problems)
    sizes = effect_sizes(
        measure,
        given,
        choices=Choices(
            correction=correction, variance=variance, add=add, to=to, shared=shared, drop00=drop00
        ),
        turned=False if turned is None else turned == 1,
        labels=table.labels(),
    )
    names = table.labels()
    # A difference of means is only put together where every study measured on one scale.
    scales = table.texts(scale) if scale else ["one"] * len(names) if measure == "MD" else None
    doubts = doubts_about_groups(given, scale=scales, labels=names)
    _write(out, table, kept, sizes)
    for where, said in zip(table.labels(), sizes.notes, strict=True):
        for words in said:
            click.echo(f"{where}: {words}", err=True)
    for doubt in doubts:
        click.echo(f"look again: {doubt}", err=True)
    if clash:
        click.echo(f"Worked out anew: {', '.join(clash)}, which {data.name} had already.", err=True)
    figures = {
        "data": data.name,
        "measure": sizes.measure.key,
        "scale": sizes.measure.scale,
        "studies": len(table.rows),
        "effects": int(sizes.there.sum()),
        "noted": sum(1 for said in sizes.notes if said),
        "doubts": [str(doubt) for doubt in doubts],
    }
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(
        f"{sizes.measure.key}, {sizes.measure.name}: {figures['effects']} of {figures['studies']} studies have an "
        f"effect, {figures['noted']} with a note. Written to {out}."
    )


def _named(columns: tuple[str, ...], there: list[str]) -> dict[str, str]:
    pairs = {}
    for pair in columns:
        name, _, column = pair.partition("=")
        if not column or name not in there:
            raise click.UsageError(f"--column {pair}: give NAME=COLUMN, with NAME one of {' '.join(there)}.")
        pairs[name] = column
    return pairs


def _write(out: Path, table: Table, kept: list[str], sizes: EffectSizes) -> None:
    places = [table.columns.index(name) for name in kept]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*kept, *ADDED])
        for number, row in enumerate(table.rows):
            there = bool(sizes.there[number])
            both = [repr(float(x[number])) if there else "" for x in (sizes.effects, sizes.variances)]
            writer.writerow([*(row[place] for place in places), *both, "; ".join(sizes.notes[number])])
