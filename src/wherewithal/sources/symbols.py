"""The marks that publishers put where a number is not: each keeps its meaning, and none of them is nought.

Sources: Department for Education, "Explore education statistics", and the Government Statistical Service's guidance
on symbols in tables. Of these marks c, z, x, u and low were met in the department's files of 2025; k, : and ~ belong
to older ones. The local authority interactive tool (LAIT) writes one mark for all of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

EXPLORE_EDUCATION: Mapping[str, str] = {
    "c": "Suppressed, so that nobody can be recognised",
    "z": "Not applicable here",
    "x": "Not available",
    "u": "Left out by the publisher because it is unreliable",
    "low": "Rounds to nought, but is not nought",
    "k": "Rounds to nought, but is not nought",
    ":": "Not available",
    "~": "Rounds to nought, but is not nought",
}

LAIT: Mapping[str, str] = {
    "-": "Not shown: this source writes one mark for not available, not applicable and suppressed",
}


def read_number(text: str, symbols: Mapping[str, str]) -> tuple[float | None, str] | None:
    """The number in a cell, or None and what its mark means; None alone for text that is neither.

    An empty cell is a number that was not given, without a reason.
    """
    plain = text.strip()
    if not plain:
        return None, ""
    if (meaning := symbols.get(plain.lower().strip("[]"))) is not None:
        return None, meaning
    try:
        number = float(plain.replace(",", "")) if _grouped(plain) else float(plain)
    except ValueError:
        return None
    # "nan" and "inf" are words that Python reads as numbers; a publisher does not mean them as such.
    return (number, "") if math.isfinite(number) else None


def _grouped(text: str) -> bool:
    """Whether commas stand where thousands are grouped, and not where a decimal comma would."""
    head, *groups = text.lstrip("-").split(".")[0].split(",")
    return (
        bool(groups) and 1 <= len(head) <= 3 and all(len(group) == 3 and group.isdigit() for group in groups)
    )
