"""The lists of words in ``vocabulary.toml``, which people can read and add to."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def words_of(name: str) -> tuple[str, ...]:
    """The words of one list, in order."""
    return tuple(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "vocabulary.toml").read_text(encoding="utf-8"))
