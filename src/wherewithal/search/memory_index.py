"""The reference engine: plain Python over plain dictionaries, slow and easy to see to be right.

It says what the other engine must answer (``tests/spec`` runs both), and serves tests and small collections. Nothing
is stored: it lives as long as the object does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.search import ranking
from wherewithal.search.analyser import Analyser
from wherewithal.search.layout import Laid, lay_out
from wherewithal.search.loosening import least_words
from wherewithal.search.plan import Lexicon, Plan, Spot, Way, plan_for
from wherewithal.search.port import NOTHING, NOTHING_PREFERRED, Document, Hit, Results
from wherewithal.search.query import parse
from wherewithal.search.spelling import Near, is_near
from wherewithal.search.stemming import stem
from wherewithal.search.telling import least_shared, most_telling, plan_like


@dataclass(frozen=True)
class _Held:
    """A document with its words and their places."""

    document: Document
    laid: Laid
    places: Mapping[str, tuple[int, ...]]

    def times(self, places: Iterable[int]) -> tuple[float, float, float]:
        """How many of some places are in the title, in the names and in the text."""
        fields = [
            0 if place < self.laid.names_from else 1 if place < self.laid.text_from else 2 for place in places
        ]
        return float(fields.count(0)), float(fields.count(1)), float(fields.count(2))

    def damped(self, averages: Sequence[float]) -> tuple[float, ...]:
        """K of each field."""
        return tuple(
            ranking.damping(float(length), average, part)
            for length, average, part in zip(self.laid.lengths, averages, ranking.B, strict=True)
        )

    def worth(self, way: Way, damped: Sequence[float]) -> float:
        """What a way is worth: 0 where the document does not have it."""
        starts = self.starts(way.spots)
        return way.weight * ranking.worth(self.times(starts), damped) if starts else 0.0

    def starts(self, spots: Sequence[Spot]) -> set[int]:
        """The places where a row of spots begins."""
        starts: set[int] | None = None
        for number, spot in enumerate(spots):
            here = {place - number for word in spot for place in self.places.get(word, ())}
            starts = here if starts is None else starts & here
        return starts or set()


_Found = dict[str, tuple[float, tuple[int, ...]]]
"""Score, and the numbers of the needs that it has, of each thing found, by key."""


class MemoryIndex(Lexicon):
    """An index in memory. Takes and answers as ``port.Index`` says; any facet may be asked for."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._analyse = Analyser()
        self._position = 0

    def __len__(self) -> int:
        return len(self._held)

    @property
    def position(self) -> int:
        return self._position

    def write(
        self, documents: Iterable[Document], *, remove: Iterable[str] = (), position: int | None = None
    ) -> None:
        held = dict(self._held)
        for key in remove:
            held.pop(key, None)
        for document in documents:
            laid = lay_out(document, self._analyse)
            held[document.key] = _Held(document, laid, laid.by_word())
        self._held = held
        self._position = self._position if position is None else position

    # --- What is asked -------------------------------------------------------------------------------------------

    def search(
        self,
        text: str = "",
        *,
        filters: Mapping[str, Sequence[str]] = NOTHING,
        facets: Sequence[str] = (),
        limit: int = 25,
        offset: int = 0,
        prefer: Mapping[str, Mapping[str, float]] = NOTHING_PREFERRED,
        any_word: bool = False,
    ) -> Results:
        query = parse(text)
        plan = plan_for(query, self)
        if not query.asked and not query.without:
            return self._page(plan, dict.fromkeys(self._held, (0.0, ())), filters, facets, limit, offset)
        # With nothing but words to leave out, everything without them is found.
        found = self._found(plan, least=1 if any_word else None)
        missing = tuple(need.typed for need in plan.needs if not self._by(need.ways))
        if not query.asked:
            found = {held.document.key: (0.0, ()) for held in self._without(plan)}
        every = len(plan.needs)
        loosened = bool(missing) or any(len(matched) < every for _, matched in found.values())
        for key, (score, matched) in found.items():
            found[key] = score * self._preferred(key, prefer), matched
        page = self._page(plan, found, filters, facets, limit, offset)
        return Results(page.total, page.hits, page.facets, plan.spelt, missing, loosened, plan.also)

    def more_like(
        self, key: str, *, filters: Mapping[str, Sequence[str]] = NOTHING, limit: int = 10
    ) -> Results:
        this = self._held.get(key)
        if this is None:
            return Results(0, ())
        damped = this.damped(self._averages())
        words = (
            (word, ranking.worth(this.times(places), damped), self.held(word))
            for word, places in this.places.items()
        )
        plan = plan_like(most_telling(words, len(self)))
        found = self._found(plan, least=least_shared(len(plan.needs)))
        found.pop(key, None)
        return self._page(plan, found, filters, (), limit, 0)

    # --- What a plan asks ------------------------------------------------------------------------------------------

    def held(self, word: str) -> int:
        return sum(word in held.places for held in self._held.values())

    def forms(self, stem_: str) -> Iterable[str]:
        return {word for held in self._held.values() for word in held.places if stem(word) == stem_}

    def near(self, word: str) -> Iterable[Near]:
        every = {other for held in self._held.values() for other in held.places}
        return [Near(other, distance) for other in every if (distance := is_near(word, other))]

    # --- How it is found -------------------------------------------------------------------------------------------

    def _averages(self) -> list[float]:
        """The average length of each field, among those things that have it."""
        averages = []
        for field in range(len(ranking.FIELDS)):
            lengths = [held.laid.lengths[field] for held in self._held.values()]
            averages.append(sum(lengths) / max(1, sum(length > 0 for length in lengths)))
        return averages

    def _by(self, ways: Sequence[Way]) -> int:
        """How many things have a word or phrase in any of its ways."""
        return sum(any(held.starts(way.spots) for way in ways) for held in self._held.values())

    def _without(self, plan: Plan) -> list[_Held]:
        return [
            held for held in self._held.values() if not any(held.starts(way.spots) for way in plan.without)
        ]

    def _found(self, plan: Plan, least: int | None) -> _Found:
        """Score and matched needs of each thing that holds enough of the words, by key."""
        averages = self._averages()
        telling = {}
        for number, need in enumerate(plan.needs):
            if by := self._by(need.ways):
                telling[number] = ranking.idf(len(self._held), by)
        scored: dict[str, tuple[float, list[int]]] = {}
        for held in self._without(plan):
            damped = held.damped(averages)
            score, matched = 0.0, []
            for number, idf in telling.items():
                worth = max(held.worth(way, damped) for way in plan.needs[number].ways)
                if worth > 0:
                    matched.append(number)
                    score += idf * worth
            if plan.said and plan.said == held.laid.title_is:
                score += ranking.TITLE_IS * sum(telling.values())
            elif plan.said and plan.said in held.laid.names_are:
                score += ranking.NAME_IS * sum(telling.values())
            if matched:
                scored[held.document.key] = score, matched
        if least is None:
            holding = Counter(len(matched) for _, matched in scored.values())
            least = least_words([holding[count] for count in range(len(telling) + 1)])
        return {
            key: (score, tuple(matched)) for key, (score, matched) in scored.items() if len(matched) >= least
        }

    # --- How it is shown -------------------------------------------------------------------------------------------

    def _preferred(self, key: str, prefer: Mapping[str, Mapping[str, float]]) -> float:
        factor = 1.0
        for facet, factors in prefer.items():
            for value in sorted(set(self._held[key].document.facets.get(facet, ()))):
                factor *= factors.get(value, 1.0)
        return factor

    def _passes(self, key: str, filters: Mapping[str, Sequence[str]], but: str = "") -> bool:
        own = self._held[key].document.facets
        return all(
            facet == but or not values or not set(values).isdisjoint(own.get(facet, ()))
            for facet, values in filters.items()
        )

    def _page(
        self,
        plan: Plan,
        found: _Found,
        filters: Mapping[str, Sequence[str]],
        facets: Sequence[str],
        limit: int,
        offset: int,
    ) -> Results:
        def place(key: str) -> tuple[float, int, str]:
            return -found[key][0], self._held[key].document.order, key

        shown = sorted((key for key in found if self._passes(key, filters)), key=place)
        counts = {}
        for facet in facets:
            values = Counter(
                value
                for key in found
                if self._passes(key, filters, but=facet)
                for value in set(self._held[key].document.facets.get(facet, ()))
            )
            counts[facet] = dict(sorted(values.items()))
        first, limit = max(0, offset), max(0, limit)
        hits = tuple(
            Hit(
                key, found[key][0], tuple(dict.fromkeys(plan.needs[number].typed for number in found[key][1]))
            )
            for key in shown[first : first + limit]
        )
        return Results(len(shown), hits, counts)
