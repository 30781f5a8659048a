"""A record as models read it: its title in the first line, its abstract behind."""

from __future__ import annotations


def text_of(title: str, abstract: str) -> str:
    """The text of one record. A title without an end is kept to its line, so that models can tell it from the rest."""
    return f"{' '.join(title.split())}\n{abstract}"


def title_twice(text: str) -> str:
    """The same text with its first line said once more."""
    return f"{text.partition(chr(10))[0]}\n{text}"
