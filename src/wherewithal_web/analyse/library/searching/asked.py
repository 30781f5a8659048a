"""What a person asked the search for, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from wherewithal.analyse.library.facets import FACETS
from wherewithal_web.analyse.library.searching.choices import choices_of, values_ticked

SORTS = {
    "": "Best match",
    "newest": "Newest review",
    "name": "Name",
}
"""Ways to put what was found in order, with their words. The first is the search's own."""
MOST_COMPARED = 5
LONGEST_TEXT = 200
LAST_PAGE = 400


@dataclass(frozen=True)
class Asked:
    """A search. ``chosen`` holds the values ticked, by facet; ``like`` the key of a thing to find others like.

    ``case`` is the case it was entered from, ``compare`` the programmes put aside to compare, ``saved`` the saved
    search it was started from: all three are carried along and change nothing about what is found.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    like: str = ""
    sort: str = ""
    page: int = 1
    case: str = ""
    compare: tuple[str, ...] = ()
    saved: int | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> Asked:
        """From the address. What no facet holds, or makes no sense, is left out."""
        sort, page, saved = query.get("sort", ""), query.get("page", ""), query.get("saved", "")
        return cls(
            text=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT],
            chosen={
                facet.key: ticked
                for facet in FACETS
                if (
                    ticked := tuple(
                        each.key for each in choices_of(facet) if each.key in query.getlist(facet.key)
                    )
                )
            },
            like=query.get("like", "").replace("\0", "")[:200],
            sort=sort if sort in SORTS else "",
            page=min(int(page), LAST_PAGE) if _is_number(page) and int(page) else 1,
            case=query.get("case", "").replace("\0", "")[:100],
            compare=tuple(dict.fromkeys(slug for slug in query.getlist("p") if slug))[:MOST_COMPARED],
            saved=int(saved) if _is_number(saved) else None,
        )

    @classmethod
    def from_address(cls, query: str) -> Asked:
        """From the part of an address after its question mark."""
        return cls.from_query(QueryDict(query))

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """What is ticked, as the index holds it."""
        return values_ticked(self.chosen)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything less than everything."""
        return bool(self.text or self.chosen or self.like)

    @property
    def query(self) -> str:
        """The part of the address that says what is found and in which order, and nothing that is carried along."""
        return urlencode(self._parts())

    @property
    def address(self) -> str:
        """The whole address on the search page, from its question mark."""
        parts = [*self._parts(), *((("page", str(self.page)),) if self.page > 1 else ()), *self.carried]
        return f"?{urlencode(parts)}"

    def _parts(self) -> list[tuple[str, str]]:
        ticked = [(facet, value) for facet, values in self.chosen.items() for value in values]
        parts = [("q", self.text), *ticked, ("like", self.like), ("sort", self.sort)]
        return [(name, value) for name, value in parts if value]

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What is carried along: the case, what is put aside to compare, the saved search."""
        parts = [
            ("case", self.case),
            *(("p", slug) for slug in self.compare),
            ("saved", str(self.saved or "")),
        ]
        return tuple((name, value) for name, value in parts if value)

    # Each of these gives another search, on its first page.

    def asking(self, text: str) -> Asked:
        return replace(self, text=text, like="", page=1, saved=None)

    def without(self, facet: str, value: str = "") -> Asked:
        """Without one ticked value of a facet, or with none of it."""
        left = tuple(each for each in self.chosen.get(facet, ()) if value and each != value)
        others = {key: values for key, values in self.chosen.items() if key != facet}
        return replace(self, chosen={**others, facet: left} if left else others, page=1, saved=None)

    def without_filters(self) -> Asked:
        return replace(self, chosen={}, page=1, saved=None)

    def only(self, facet: str, value: str) -> Asked:
        """Everything that has this value, whatever was asked before."""
        return replace(self, text="", like="", chosen={facet: (value,)}, page=1, saved=None)

    def everything(self) -> Asked:
        return replace(self, text="", like="", chosen={}, sort="", page=1, saved=None)

    def without_likeness(self) -> Asked:
        return replace(self, like="", page=1)

    def like_this(self, key: str) -> Asked:
        return replace(self, text="", chosen={}, like=key, sort="", page=1, saved=None)

    def sorted_by(self, sort: str) -> Asked:
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> Asked:
        return replace(self, page=page)

    def comparing(self, slug: str) -> Asked:
        return replace(self, compare=(*self.compare, slug))

    def not_comparing(self, slug: str) -> Asked:
        return replace(self, compare=tuple(each for each in self.compare if each != slug))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
