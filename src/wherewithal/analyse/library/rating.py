"""One row of a register: facts about one programme, with the link where each can be checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.register import Register
from wherewithal.thread import fingerprint_of

STUDY_DESIGNS = ("", "randomised trial", "controlled trial", "before and after")
YES_NO = ("", "yes", "no")

BEARING = (
    "rating",
    "rating_words",
    "months",
    "cost",
    "ages_offered",
    "ages_evaluated",
    "targeting",
    "outcomes",
    "design",
    "lasting",
    "published",
    "last_reviewed",
    "uk_available",
    "uk_tested",
    "caveat",
)
"""The columns that a reading rests on. A new address for the same facts is not a new fact."""

ADDED = ("effects", "economics", "setting", "workforce", "training")
"""Columns that files made before November 2026 do not have: they may be left out of a file."""


@dataclass(frozen=True)
class Rating:
    """A register's row on one programme, as our copy shows it. Blank text means: our copy did not show it.

    ``programme`` is the register's own name for it; ``rating`` the native value; ``rating_words`` what the
    register wrote where it wrote words; ``months`` of progress where it gives them. ``ages_offered`` is for
    whom the programme is meant, ``ages_evaluated`` who was in the studies behind the rating. ``effects`` are
    sizes as the register gives them, ``economics`` its costs and benefits with currency, place and year;
    ``setting``, ``workforce`` and ``training`` where it is delivered, by whom, and what they need to learn.
    """

    CARRIED: ClassVar[tuple[str, ...]] = (
        "rating",
        "cost",
        "ages_offered",
        "ages_evaluated",
        "uk_available",
        "uk_tested",
        "effects",
        "economics",
    )

    programme: str
    rating: str = ""
    rating_words: str = ""
    months: int | None = None
    cost: str = ""
    ages_offered: str = ""
    ages_evaluated: str = ""
    targeting: str = ""
    outcomes: str = ""
    delivery: str = ""
    effects: str = ""
    economics: str = ""
    setting: str = ""
    workforce: str = ""
    training: str = ""
    design: str = ""
    lasting: str = ""
    published: str = ""
    last_reviewed: str = ""
    uk_available: str = ""
    uk_tested: str = ""
    link: str = ""
    also_see: str = ""
    caveat: str = ""

    @property
    def name(self) -> str:
        """What tells it from every other row of its register."""
        return self.programme

    @property
    def reviewed(self) -> FactDate | None:
        """When the evidence was last judged: the review's date, else the publication's, else not known."""
        text = self.last_reviewed or self.published
        return FactDate.parse(text) if text else None

    @property
    def fingerprint(self) -> str:
        """A hash of the facts a reading rests on, the same in every edition that leaves them unchanged."""
        facts = {name: getattr(self, name) for name in BEARING}
        # A column that came later changes nothing about a row that does not fill it.
        later = {name: text for name in ("effects", "economics") if (text := getattr(self, name))}
        return fingerprint_of(facts | later)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def native(self, register: Register) -> str:
        """The register's own rating for a reader, as "3+*" or "3 padlocks, +3 months"; "" if none."""
        known = register.read_value(self.rating) if self.rating else None
        rating = known[0].label + (known[1].mark if known[1] else "") if known else self.rating
        if register.months and self.months is not None and not self.rating_words:
            rating = f"{rating}, {months_in_words(self.months)}" if rating else months_in_words(self.months)
        if self.rating_words:
            only_words = register.kind == "single studies" or not rating
            rating = self.rating_words if only_words else f"{rating} ({self.rating_words})"
        return rating


def months_in_words(months: int) -> str:
    sign = "+" if months > 0 else "−" if months < 0 else ""
    return f"{sign}{abs(months)} month{'' if abs(months) == 1 else 's'}"
