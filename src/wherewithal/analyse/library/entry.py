"""One row of a list of guidance, toolkits or practice examples: facts about one thing, with its link."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, ClassVar

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.slugs import slug_of
from wherewithal.thread import fingerprint_of

TYPES = {
    "guidance": (
        "guideline",
        "practice guide",
        "key principle",
        "recommendation",
        "statutory guidance",
        "standard",
        "evidence summary",
    ),
    "toolkits": ("register", "toolkit", "data", "library", "support", "evidence map"),
    "practice examples": ("example",),
}
"""What a row may be, by the kind of list it stands in."""

BEARING = (
    "type",
    "part_of",
    "says",
    "strength",
    "programmes",
    "ages",
    "happened",
    "status",
    "published",
    "updated",
    "caveat",
)
"""The columns that a finding rests on. A new address for the same facts is not a new fact."""


@dataclass(frozen=True)
class Entry:
    """A row of a list, as our copy shows it. Blank text means: our copy did not show it.

    ``reference`` is its publisher's number (NG76); ``part_of`` the guide that a principle or recommendation
    belongs to; ``says`` what it covers or recommends, in our words and only where its licence allows;
    ``strength`` its own word for how strong a recommendation is; ``programmes`` names, separated by
    semicolons. ``place``, ``contact`` and ``happened`` are for practice examples: where, whom to ask (a post
    or a shared address, not a person's own), and what came of it. ``access`` says how to get in.
    """

    CARRIED: ClassVar[tuple[str, ...]] = ("strength", "programmes", "ages")

    title: str
    reference: str = ""
    type: str = ""
    part_of: str = ""
    says: str = ""
    strength: str = ""
    programmes: str = ""
    ages: str = ""
    targeting: str = ""
    topics: str = ""
    setting: str = ""
    place: str = ""
    contact: str = ""
    happened: str = ""
    access: str = ""
    licence: str = ""
    status: str = ""
    published: str = ""
    updated: str = ""
    link: str = ""
    also_see: str = ""
    caveat: str = ""

    @property
    def name(self) -> str:
        """What tells it from every other row of its list: a recommendation's title only holds in its guide."""
        return f"{self.part_of}: {self.title}" if self.part_of else self.title

    @property
    def slug(self) -> str:
        """The row's part of an address, the same in every edition; unique in its list."""
        slug = slug_of(self.reference or self.name)
        if len(slug) < 70:
            return slug
        return f"{slug[:60].rstrip('-')}-{sha256(self.name.casefold().encode()).hexdigest()[:8]}"

    @property
    def reviewed(self) -> FactDate | None:
        """When it was last brought up to date: the update's date, else the publication's, else not known."""
        text = self.updated or self.published
        return FactDate.parse(text) if text else None

    @property
    def programme_names(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.programmes.split(";") if name.strip())

    @property
    def fingerprint(self) -> str:
        """A hash of the facts a finding rests on, the same in every edition that leaves them unchanged."""
        return fingerprint_of({name: getattr(self, name) for name in BEARING})

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
