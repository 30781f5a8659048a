"""``wherewithal synthesis network``: several treatments at once, and how sure their order is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wherewithal.analyse.reviews.synthesis.network import (
        Decomposition,
        Evidence,
        Loop,
        Network,
        Ranking,
        Split,
    )
    from wherewithal.analyse.reviews.synthesis.reading import Table


@click.command(
    epilog="Example: wherewithal synthesis network pairs.csv --better lower --reference placebo --json",
    help=(
        "Compare several treatments from the studies in DATA, a CSV with a row a comparison: study, treat1, treat2, "
        "yi (treat1 against treat2) and vi. A study of three or more arms gives all its pairs.\n\n"
        "With --measure, DATA has a row an arm instead: study, treatment, and mi sdi ni (MD, ROM), xi ni (OR, RR, "
        "RD) or xi ti (IRR). Treatments are ordered only with --better, and with how unsure the order is."
    ),
)
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--measure", default="", help="MD, ROM, OR, RR, RD or IRR, where DATA has a row an arm.")
@click.option("--study", default="study", show_default=True, help="The column that names studies.")
@click.option(
    "--treatment", default="treatment", show_default=True, help="The column of treatments (row an arm)."
)
@click.option("--first", default="treat1", show_default=True, help="The column of treatments compared.")
@click.option("--second", default="treat2", show_default=True, help="The column of what they are against.")
@click.option("--effect", default="yi", show_default=True, help="The column of effects.")
@click.option("--variance", default="vi", show_default=True, help="The column of sampling variances.")
@click.option("--se", default="", help="The column of standard errors, instead of --variance.")
@click.option("--reference", default="", help="The treatment that others are compared with.")
@click.option("--method", default="REML", show_default=True, help="EE (common effect), DL, ML or REML.")
@click.option("--better", type=click.Choice(["higher", "lower"]), help="Which way is better: needed to rank.")
@click.option(
    "--part", default=0, help="Where the network falls into parts: the number of the one to analyse."
)
@click.option("--draws", default=20_000, show_default=True, help="Draws for the chances of ranks.")
@click.option("--seed", default=1, show_default=True, help="The seed of the draws.")
@click.option(
    "--chart", "charts", multiple=True, help="KIND=FILE.svg, with KIND network, against or ranks. Repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def network(
    data: Path, measure: str, study: str, treatment: str, first: str, second: str, effect: str, variance: str, se: str,
    reference: str, method: Any, better: str | None, part: int, draws: int, seed: int, charts: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.synthesis.network import decomposition, loops, ranking, splits
    from wherewithal.analyse.reviews.synthesis.network import network as fit_network
    from wherewithal.analyse.reviews.synthesis.reading import read_table

    table = read_table(data)
    if measure:
        evidence = _of_arms(table, study, treatment, measure, reference, part)
    else:
        evidence = _of_pairs(table, (study, first, second), effect, variance, se, reference, part)
    fit = fit_network(evidence, method=method)
    order = ranking(fit, higher_is_better=better == "higher", draws=draws, seed=seed) if better else None
    found = decomposition(fit), splits(fit), loops(fit)
    for path, content in _drawn(charts, fit, order, measure, better).items():
        path.write_text(content, encoding="utf-8")
    if as_json:
        click.echo(json.dumps({"data": data.name, **_figures(fit, *found, order)}, allow_nan=False))
        return
    click.echo(_in_words(fit, data.name, *found, order))


def _drawn(
    charts: tuple[str, ...], fit: Network, order: Ranking | None, measure: str, better: Any
) -> dict[Path, str]:
    """Each chart asked for, by its file. Bad usage names the kinds there are."""
    if not charts:
        return {}
    from wherewithal.analyse.reviews.synthesis.drawn import (
        against_reference_of,
        axis_of,
        network_of,
        ranks_of,
    )

    made = {}
    for asked in charts:
        kind, _, path = asked.partition("=")
        if kind not in ("network", "against", "ranks") or not path.endswith(".svg"):
            raise click.UsageError(
                f"--chart {asked}: give KIND=FILE.svg, with KIND network, against or ranks."
            )
        if kind == "ranks" and order is None:
            raise click.UsageError("--chart ranks needs --better, which says which way is better.")
        if kind == "ranks" and order is not None:
            chart = ranks_of(order, confidence=fit.confidence)
        elif kind == "network":
            chart = network_of(fit)
        else:
            chart = against_reference_of(fit, axis_of(measure, better=better))
        made[Path(path)] = chart.file()
    return made


def _of_pairs(
    table: Table,
    names: tuple[str, str, str],
    effect: str,
    variance: str,
    se: str,
    reference: str,
    part: int,
) -> Evidence:
    from wherewithal.analyse.reviews.synthesis.network import contrasts
    from wherewithal.errors import BadInput, Problem

    problems: list[Problem] = []
    cells = [table.texts(name) for name in names]
    y, v = table.numbers(effect, problems), table.numbers(se or variance, problems)
    if problems:
        raise BadInput("Some cells are not numbers.", problems)
    rows = _chosen(cells[0], cells[1], cells[2], part)
    if se:
        # Squaring would hide a sign.
        v = v * abs(v)
    study, first, second = ([column[row] for row in rows] for column in cells)
    return contrasts(study, first, second, y[rows], v[rows], reference=reference)


def _of_arms(table: Table, study: str, treatment: str, measure: str, reference: str, part: int) -> Evidence:
    from wherewithal.analyse.reviews.synthesis.network import arms
    from wherewithal.errors import BadInput, Problem

    problems: list[Problem] = []
    studies, treatments = table.texts(study), table.texts(treatment)
    columns = {
        name: table.numbers(name, problems)
        for name in ("mi", "sdi", "ni", "xi", "ti")
        if name in table.columns
    }
    if problems:
        raise BadInput("Some cells are not numbers.", problems)
    # An arm hangs together with the first arm of its study.
    firsts: dict[str, str] = {}
    for name, arm in zip(studies, treatments, strict=True):
        firsts.setdefault(name, arm)
    rows = _chosen(studies, treatments, [firsts[name] for name in studies], part)
    return arms(
        [studies[row] for row in rows],
        [treatments[row] for row in rows],
        measure,
        {name: values[rows] for name, values in columns.items()},
        reference=reference,
    )


def _chosen(study: list[str], first: list[str], second: list[str], part: int) -> list[int]:
    """The rows of one part of the network, or all."""
    if not part:
        return list(range(len(study)))
    from wherewithal.analyse.reviews.synthesis.network import parts_of

    parts = parts_of(study, first, second)
    if not 1 <= part <= len(parts):
        raise click.UsageError(f"--part {part}: the network has {len(parts)} part{'s' * (len(parts) > 1)}.")
    chosen = set(parts[part - 1].studies)
    return [row for row, name in enumerate(study) if name in chosen]


def _figures(
    fit: Network,
    found: Decomposition,
    split: tuple[Split, ...],
    rounds: tuple[Loop, ...],
    order: Ranking | None,
) -> dict[str, Any]:
    from wherewithal.analyse.reviews.synthesis.export.network import network_figures

    return {
        **network_figures(fit, found, split, order),
        "loops": [{**vars(each), "treatments": list(each.treatments)} for each in rounds],
    }


def _in_words(
    fit: Network,
    name: str,
    found: Decomposition,
    split: tuple[Split, ...],
    rounds: tuple[Loop, ...],
    order: Ranking | None,
) -> str:
    wide = max(len(each) for each in fit.treatments)
    lines = [
        f"{name}: {len(fit.treatments)} treatments, {len(fit.evidence.studies)} studies, {fit.method}",
        f"  between studies      tau² {fit.tau2:.4f}, I² {fit.i2:.1f}%",
        f"  do they agree?       Q = {fit.q:.2f} on {fit.q_df}, p = {fit.q_p:.4g}: within designs "
        f"{found.within.q:.2f} on {found.within.df} (p = {found.within.p:.4g}), between {found.between.q:.2f} on "
        f"{found.between.df} (p = {found.between.p:.4g})",
        f"  contradictions       beside the variance within designs: {found.interaction.q:.2f} on "
        f"{found.interaction.df}, p = {found.interaction.p:.4g}",
        f"  against {fit.treatments[0]}:",
    ]
    for other in fit.treatments[1:]:
        cell = fit.compared(other, fit.treatments[0])
        direct = f"{cell.studies} direct" if cell.studies else "indirect only"
        lines.append(
            f"    {other:<{wide}}  {cell.estimate:8.4f} ({cell.ci.low:.4f} to {cell.ci.high:.4f}), {direct}"
        )
    odd = [each for each in split if each.p is not None and each.p < 0.1]
    lines += [
        f"  direct and indirect differ: {each.first} against {each.second}, {each.direct:.4f} and {each.indirect:.4f} "
        f"(p = {each.p:.3g})"
        for each in odd
    ]
    lines += [
        f"  loop that does not close: {', '.join(each.treatments)} (gap {each.gap:.4f}, p = {each.p:.3g})"
        for each in rounds
        if each.p < 0.1
    ]
    if order is None:
        lines.append("  order: not given, since --better does not say which way is better")
    else:
        lines += [
            f"    {rank.treatment:<{wide}}  P-score {rank.p_score:.3f}, rank {rank.median} ({rank.low} to {rank.high})"
            for rank in order.ranks
        ]
        lines += [f"  {order.verdict}", f"  rule: {order.rule}"]
    return "\n".join([*lines, *(f"  note: {note}" for note in fit.notes)])
