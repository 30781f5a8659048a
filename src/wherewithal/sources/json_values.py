"""Values of JSON whose shape is not certain: services leave out what they do not have, or send null for it."""

from __future__ import annotations

import json
from typing import Any

from wherewithal.sources.words import one_line


def text_of(value: object) -> str:
    """A JSON value as text: a string as it is, anything else as compact JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dict_in(value: object) -> dict[str, Any]:
    """The value where it is an object, an empty one otherwise: services leave out what they do not have."""
    return value if isinstance(value, dict) else {}


def dicts_in(value: object) -> list[dict[str, Any]]:
    """The objects of a list, and nothing where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def words_in(value: object) -> str:
    """Text or a whole number on one line; nothing for anything else."""
    return one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
