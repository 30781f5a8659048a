"""``wherewithal synthesis pool``: what the studies say together, plainly or by a model. A file a model."""

from wherewithal.cli.synthesis.pool.command import pool

__all__ = ["pool"]
