"""An index as it stood at one moment: answers searches, and never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wherewithal.search import ranking, spelling
from wherewithal.search.folder import State
from wherewithal.search.loosening import least_words
from wherewithal.search.matching import Matched, Part, left_out, match
from wherewithal.search.plan import Plan, plan_for
from wherewithal.search.port import Hit, Results
from wherewithal.search.query import parse
from wherewithal.search.segment import Floats, Mask, Segment
from wherewithal.search.segment_build import unpacked
from wherewithal.search.telling import least_shared, most_telling, plan_like

_MOST_REMEMBERED = 2_000


class Snapshot:
    """The segments of a state, with which of their documents live."""

    def __init__(self, state: State, opened: Sequence[tuple[Segment, Mask]]) -> None:
        self.state = state
        self.opened = list(opened)
        self.position = state.position
        self._count = sum(int(np.count_nonzero(alive)) for _, alive in opened)
        averages = [self._average(field) for field in ranking.FIELDS]
        self._parts = [
            Part(segment, alive, bool(alive.all()), _damped(segment, averages)) for segment, alive in opened
        ]
        self._near: dict[str, list[spelling.Near]] = {}

    def __len__(self) -> int:
        return self._count

    def _average(self, field: str) -> float:
        """The average length of a field, among those things that have it."""
        total = count = 0
        for segment, alive in self.opened:
            lengths = segment.lengths(field)[alive]
            total, count = total + int(lengths.sum()), count + int(np.count_nonzero(lengths))
        return total / max(1, count)

    # --- What is asked -------------------------------------------------------------------------------------------

    def search(
        self,
        text: str,
        filters: Mapping[str, Sequence[str]],
        facets: Sequence[str],
        limit: int,
        offset: int,
        prefer: Mapping[str, Mapping[str, float]],
        any_word: bool,
    ) -> Results:
        query = parse(text)
        plan = plan_for(query, self)
        if not query.asked:
            found = [_everything(part, left_out(plan, part)) for part in self._parts]
            return self._page(plan, found, filters, facets, limit, offset)
        matched, telling = match(plan, self._parts, self._count)
        missing = tuple(need.typed for number, need in enumerate(plan.needs) if number not in telling)
        holding = sum(
            (np.bincount(each.held, minlength=len(telling) + 1) for each in matched), np.zeros(1, int)
        )
        least = least_words(holding.tolist(), any_word) if telling else 1
        loosened = bool(missing) or bool(holding[least:-1].any())
        found = [self._preferred(_enough(each, least), prefer) for each in matched]
        page = self._page(plan, found, filters, facets, limit, offset)
        return Results(page.total, page.hits, page.facets, plan.spelt, missing, loosened, plan.also)

    def more_like(self, key: str, filters: Mapping[str, Sequence[str]], limit: int) -> Results:
        place, doc = self._find(key)
        if doc < 0:
            return Results(0, ())
        part = self._parts[place]
        numbers, times = part.segment.words_of(doc)
        damped = [np.full(len(numbers), field[doc]) for field in part.damped]
        worth = ranking.worth([count.astype(np.float64) for count in unpacked(times)], damped)
        words = [part.segment.words[number] for number in numbers]
        held = map(self.held, words)
        plan = plan_like(most_telling(zip(words, worth.tolist(), held, strict=True), self._count))
        matched, _ = match(plan, self._parts, self._count)
        least = least_shared(len(plan.needs))
        found = [_enough(each, least) for each in matched]
        own = found[place]
        others = own.docs != doc
        found[place] = Matched(own.part, own.docs[others], own.held[others], own.scores[others], own.needs)
        return self._page(plan, found, filters, (), limit, 0)

    def _find(self, key: str) -> tuple[int, int]:
        """The part that holds a key, and the document's number there: -1 where none does."""
        for place, part in enumerate(self._parts):
            doc = part.segment.find(key)
            if doc >= 0 and part.alive[doc]:
                return place, doc
        return 0, -1

    # --- What a plan asks ----------------------------------------------------------------------------------------

    def held(self, word: str) -> int:
        total = 0
        for part in self._parts:
            if (number := part.segment.number_of(word)) >= 0:
                if part.whole:
                    total += part.segment.count(number)
                else:
                    total += int(np.count_nonzero(part.alive[part.segment.postings(number)[0]]))
        return total

    def forms(self, stem: str) -> Iterable[str]:
        every = {word for part in self._parts for word in part.segment.forms(stem)}
        if all(part.whole for part in self._parts):
            return every
        return {word for word in every if self.held(word)}

    def near(self, word: str) -> Iterable[spelling.Near]:
        if word not in self._near:
            if len(self._near) >= _MOST_REMEMBERED:
                self._near.clear()
            self._near[word] = list(self._look_near(word))
        return self._near[word]

    def _look_near(self, word: str) -> Iterable[spelling.Near]:
        most = spelling.furthest(word)
        near: dict[str, spelling.Near] = {}
        for part in self._parts:
            others = part.segment.beginning_with(word[0], len(word) - most, len(word) + most)
            near.update((each.word, each) for each in spelling.near_among(word, others))
        for other in spelling.first_letter_wrong(word):
            near.setdefault(other, spelling.Near(other, 1))
        return [each for each in near.values() if self.held(each.word)]

    # --- How it is shown -----------------------------------------------------------------------------------------

    def _preferred(self, found: Matched, prefer: Mapping[str, Mapping[str, float]]) -> Matched:
        if not prefer or not len(found.docs):
            return found
        factors = np.ones(len(found.part.segment))
        for facet, by_value in prefer.items():
            for value, factor in sorted(by_value.items()):
                factors[self._having(found.part.segment, facet, [value])] *= factor
        scores = found.scores * factors[found.docs]
        return Matched(found.part, found.docs, found.held, scores, found.needs)

    def _having(self, segment: Segment, facet: str, values: Sequence[str]) -> Mask:
        if facet not in self.state.facets:
            return np.zeros(len(segment), dtype=bool)
        return segment.having(self.state.facets.index(facet), values)

    def _page(
        self,
        plan: Plan,
        found: Sequence[Matched],
        filters: Mapping[str, Sequence[str]],
        facets: Sequence[str],
        limit: int,
        offset: int,
    ) -> Results:
        asked = {facet: values for facet, values in filters.items() if values}
        shown: list[Mask] = []
        counts: dict[str, dict[str, int]] = {facet: {} for facet in facets}
        for each in found:
            base = np.zeros(len(each.part.segment), dtype=bool)
            base[each.docs] = True
            masks = {facet: self._having(each.part.segment, facet, values) for facet, values in asked.items()}
            passing = _all_of(base, masks.values())
            shown.append(passing)
            docs = np.flatnonzero(passing)
            for facet in facets:
                if facet not in self.state.facets:
                    continue
                among, chosen = passing, docs
                if facet in masks:
                    among = _all_of(base, (mask for other, mask in masks.items() if other != facet))
                    chosen = np.flatnonzero(among)
                number = self.state.facets.index(facet)
                counted = each.part.segment.counts(number, among, chosen)
                for code in np.flatnonzero(counted).tolist():
                    value = each.part.segment.values[number][code]
                    counts[facet][value] = counts[facet].get(value, 0) + int(counted[code])
        hits = self._best(plan, found, shown, max(0, limit), max(0, offset))
        total = sum(int(np.count_nonzero(mask)) for mask in shown)
        return Results(total, hits, {facet: dict(sorted(values.items())) for facet, values in counts.items()})

    def _best(
        self, plan: Plan, found: Sequence[Matched], shown: Sequence[Mask], limit: int, offset: int
    ) -> tuple[Hit, ...]:
        """The hits of a page: by score, then order, then key."""
        wanted = limit + offset
        ranked: list[tuple[float, int, str, int, int]] = []
        if not limit:
            return ()
        for place, (each, mask) in enumerate(zip(found, shown, strict=True)):
            passing = mask[each.docs]
            docs, scores = _leading(each.docs[passing], each.scores[passing], wanted)
            orders = each.part.segment.arrays["order"][docs].tolist()
            for doc, score, order in zip(docs.tolist(), scores.tolist(), orders, strict=True):
                ranked.append((-score, order, each.part.segment.keys[doc], place, doc))
        ranked.sort()
        return tuple(
            Hit(key, -score, _matched(plan, found[place], doc))
            for score, _, key, place, doc in ranked[offset:wanted]
        )


def _damped(segment: Segment, averages: Sequence[float]) -> tuple[Floats, Floats, Floats]:
    title, names, text = (
        ranking.damping(segment.lengths(field).astype(np.float64), average, part)
        for field, average, part in zip(ranking.FIELDS, averages, ranking.B, strict=True)
    )
    return title, names, text


def _everything(part: Part, without: NDArray[np.int64]) -> Matched:
    alive = part.alive.copy()
    alive[without] = False
    docs = np.flatnonzero(alive)
    return Matched(part, docs, np.zeros(len(docs), dtype=np.uint8), np.zeros(len(docs)), {})


def _enough(matched: Matched, least: int) -> Matched:
    enough = matched.held >= least
    return Matched(
        matched.part, matched.docs[enough], matched.held[enough], matched.scores[enough], matched.needs
    )


def _all_of(base: Mask, masks: Iterable[Mask]) -> Mask:
    for mask in masks:
        base = base & mask
    return base


def _leading(docs: NDArray[np.int64], scores: Floats, wanted: int) -> tuple[NDArray[np.int64], Floats]:
    """Those that a page needs: the best scores, and of equal ones the first, as documents are numbered by order."""
    if len(docs) <= wanted:
        return docs, scores
    last = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    better = np.flatnonzero(scores > last)
    equal = np.flatnonzero(scores == last)[: wanted - len(better)]
    chosen = np.concatenate([better, equal])
    return docs[chosen], scores[chosen]


def _matched(plan: Plan, found: Matched, doc: int) -> tuple[str, ...]:
    """The words of the search that a document has, as typed."""
    typed = []
    for number, docs in found.needs.items():
        place = int(np.searchsorted(docs, doc))
        if place < len(docs) and docs[place] == doc:
            typed.append(plan.needs[number].typed)
    return tuple(dict.fromkeys(typed))
