"""``wherewithal synthesis``: effect sizes of studies, and what the studies say together. One file a command."""

from __future__ import annotations

import click

from wherewithal.cli.synthesis.bias import bias
from wherewithal.cli.synthesis.effects import effects
from wherewithal.cli.synthesis.export import export
from wherewithal.cli.synthesis.network import network
from wherewithal.cli.synthesis.pool import pool
from wherewithal.cli.synthesis.words import words


@click.group(epilog="Example: wherewithal synthesis pool effects.csv --method REML --knha")
def synthesis() -> None:
    """Synthesis: effect sizes, and pooling them."""


for command in (effects, pool, bias, network, export, words):
    synthesis.add_command(command)
