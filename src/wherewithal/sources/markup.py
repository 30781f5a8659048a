"""Abstracts that services give as HTML or JATS, as plain text."""

from __future__ import annotations

import html
import re

from wherewithal.sources.words import paragraphs

_HEADING = re.compile(
    r"<\s*(h[1-6]|jats:title|title)\b[^>]*>\s*(.*?)\s*[:.]?\s*</\s*\1\s*>", re.IGNORECASE | re.DOTALL
)
_BREAK = re.compile(r"<\s*/?\s*(?:p|br|div|li|sec|jats:p|jats:sec|h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?\s*[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")


def without_markup(text: str) -> str:
    """``text`` without tags and entities: headings end in a colon, paragraphs stand on lines of their own.

    "p < 0.05 and n > 30" is not a tag and stays.
    """
    if "<" in text:
        text = _HEADING.sub(r"\n\2: ", text)
        text = _BREAK.sub("\n", text)
        text = _TAG.sub("", text)
    return paragraphs(html.unescape(text))
