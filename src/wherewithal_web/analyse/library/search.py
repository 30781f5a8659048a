"""Looking for a programme: one box and three filters. Words are folded so that spelling gets in nobody's way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from wherewithal.analyse.library import Band
from wherewithal_web.analyse.library.models import Programme

AGES = {
    "0-2": "Under 3",
    "3-4": "3 and 4",
    "5-10": "5 to 10 (primary)",
    "11-15": "11 to 15 (secondary)",
    "16-18": "16 and over",
}
_SPELT = (
    ("behavior", "behaviour"),
    ("programme", "program"),
    ("counseling", "counselling"),
    ("isation", "ization"),
)


def fold(text: str) -> str:
    """Lower case, without accents or punctuation, British and American spelling made one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", " ", plain.replace("'", ""))
    for found, folded in _SPELT:
        plain = plain.replace(found, folded)
    return plain.strip()


@dataclass(frozen=True)
class Search:
    """What a person asked for. Empty text means: no such filter."""

    text: str = ""
    band: str = ""
    ages: str = ""
    register: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], registers: Mapping[str, object]) -> Search:
        """From the address; a value that no filter has is left out."""
        band, ages, register = query.get("band", ""), query.get("ages", ""), query.get("register", "")
        return cls(
            text=" ".join(query.get("q", "").split())[:200],
            band=band if band in set(Band) else "",
            ages=ages if ages in AGES else "",
            register=register if register in registers else "",
        )

    @property
    def filters(self) -> dict[str, str]:
        return {name: value for name in ("band", "ages", "register") if (value := getattr(self, name))}

    @property
    def asked(self) -> bool:
        return bool(self.text or self.filters)

    def without(self, name: str) -> Search:
        return replace(self, **{name: ""})

    def address(self, **more: str) -> str:
        """The query string for this search, without the question mark."""
        parts = {"q": self.text, **self.filters, **more}
        return urlencode({name: value for name, value in parts.items() if value})


_IN_ORDER = Case(
    *(When(band=band.value, then=Value(place)) for place, band in enumerate(Band)),
    output_field=IntegerField(),
)


def found(search: Search) -> QuerySet[Programme]:
    """The programmes that hold every word and pass every filter, most to go on first, then by name."""
    rows = Programme.objects.all()
    for word in fold(search.text).split():
        rows = rows.filter(searched__contains=word)
    if search.band:
        rows = rows.filter(band=search.band)
    if search.ages:
        low, high = (float(age) for age in search.ages.split("-"))
        rows = rows.filter(youngest__lte=high, oldest__gte=low)
    if search.register:
        rows = rows.filter(lines__register=search.register)
    rows = rows.distinct().prefetch_related("lines")
    if not search.asked:
        return rows.order_by("name")
    in_name = Q(*(Q(named__contains=word) for word in fold(search.text).split()))
    if not in_name:
        return rows.order_by(_IN_ORDER, "name")
    named_first = Case(When(in_name, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(named_first, _IN_ORDER, "name")


@dataclass(frozen=True)
class Wider:
    """A search with something left out that would find something."""

    words: str
    search: Search
    count: int


def wider(search: Search) -> list[Wider]:
    """What does exist, where a search found nothing: the same search with one thing less."""
    named = {
        "text": f"any words instead of '{search.text}'",
        "band": f"any reading, not only '{search.band}'",
        "ages": "any age",
        "register": "any register",
    }
    found_more = []
    for name, words in named.items():
        if getattr(search, name):
            less = search.without(name)
            count = found(less).count()
            if count and less.asked:
                found_more.append(Wider(words, less, count))
    words = fold(search.text).split()
    if len(words) > 1:
        for word in words:
            one = replace(search, text=word)
            count = found(one).count()
            if count:
                found_more.append(Wider(f"only the word '{word}'", one, count))
    return found_more
