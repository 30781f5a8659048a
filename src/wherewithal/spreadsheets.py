"""Text that goes into a spreadsheet's cell and must not be run there."""

from __future__ import annotations

_STARTS = frozenset("=+-@＝＋－＠")
"""What a formula starts with, and the wide forms that some spreadsheets read as the same."""


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it as a formula; as it is otherwise.

    Spaces in front do not stop a formula, and a tab or a carriage return starts one in some programs. Source: OWASP,
    CSV Injection.
    """
    return f"'{text}" if text[:1] in ("\t", "\r") or text.lstrip()[:1] in _STARTS else text
