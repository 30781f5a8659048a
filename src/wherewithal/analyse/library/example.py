"""A practice example: who else has done this, as a person here tells it; and that account as a finding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Example:
    """What a place or service did. ``told_by`` is the person whose account it is, and who added it here.

    ``programmes`` are names; ``contact`` is a post or a shared address, "" where its holder has not agreed to be
    asked; ``link`` leads to the account, where it is published.
    """

    slug: str
    title: str
    place: str
    done: str
    told_by: str
    happened: str = ""
    programmes: tuple[str, ...] = ()
    topics: str = ""
    ages: str = ""
    year: int | None = None
    contact: str = ""
    link: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
