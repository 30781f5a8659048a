"""``wherewithal synthesis words``: what a pooled effect comes to, in a place and in words."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command(
    epilog="Example: wherewithal synthesis words --measure OR --effect 0.73 --low 0.6 --high 0.9 --baseline 0.3 "
    '--where Northmoor --source "Our returns, 2025" --json',
    help=(
        "Say what a pooled effect comes to: for a risk (OR, RR, RD, PETO) events in a thousand at a local baseline and "
        "the number needed; for a standardised difference (SMD) places in a hundred and shares of children.\n\n"
        "Ratios are given as ratios, not as logarithms. No baseline goes without its source."
    ),
)
@click.option(
    "--measure", required=True, type=click.Choice(["OR", "RR", "RD", "PETO", "SMD"], case_sensitive=False)
)
@click.option("--effect", required=True, type=float, help="The effect.")
@click.option("--low", required=True, type=float, help="The lower end of its interval.")
@click.option("--high", required=True, type=float, help="The upper end.")
@click.option("--baseline", type=float, help="The risk without the service, 0 to 1.")
@click.option("--where", default="", help="Whose risk that is.")
@click.option("--source", default="", help="Where that risk comes from.")
@click.option("--good", is_flag=True, help="For a risk: the event is one that is wanted.")
@click.option("--lower-is-better", is_flag=True, help="For SMD: fewer points are better.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def words(
    measure: str, effect: float, low: float, high: float, baseline: float | None, where: str, source: str,
    good: bool, lower_is_better: bool, as_json: bool,
) -> None:  # fmt: skip
    from wherewithal.analyse.reviews.in_words.risks import Baseline, absolute_effect, number_needed
    from wherewithal.analyse.reviews.in_words.standardised import (
        Standardised,
        above_average,
        improvement_index,
        superiority,
    )

    figures: dict[str, Any] = {"measure": measure.upper()}
    base = None if baseline is None else Baseline(baseline, where, source)
    if measure.upper() == "SMD":
        given = Standardised.of(effect, low, high, higher_is_better=not lower_is_better)
        for name, way in (
            ("improvement_index", improvement_index),
            ("above_average", above_average),
            ("superiority", superiority),
        ):
            figures[name] = given.through(way)._asdict()
        said = list(given.sentences)
        absolute = None if base is None else given.past_a_line(base)
        good = False
    else:
        if base is None:
            raise click.UsageError(
                f"--baseline: {measure.upper()} says nothing about a place without its own risk."
            )
        said = []
        absolute = absolute_effect(measure, effect, low, high, base)
    if absolute is not None:
        needed = number_needed(absolute, event_is_good=good)
        figures |= {
            "baseline": absolute.baseline.risk,
            "source": absolute.baseline.source,
            "with_service": absolute.with_service._asdict(),
            "per_1000": absolute.per(1000)._asdict(),
            "number_needed": needed.words,
        }
        said += [f"{absolute.words()}.", needed.sentence, *absolute.notes]
    if as_json:
        click.echo(json.dumps({**figures, "words": said}, allow_nan=False))
        return
    click.echo("\n".join(said))
