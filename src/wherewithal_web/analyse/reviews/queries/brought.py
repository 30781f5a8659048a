"""What each search brought that was not here before, worked out from what is stored: nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews.models import Copy, Doubt, Record, RecordFile
from wherewithal_web.analyse.reviews.queries.duplicates import newest_search
from wherewithal_web.cases.models import Case


@dataclass(frozen=True)
class Brought:
    """How many records a search has, and how they stand to those that came before them.

    ``already_here`` are duplicates of an earlier search's records, ``again`` of the same search's. ``to_compare``
    are works that may be one with an earlier one: a person looks at them. ``looked``: the machine has looked for
    duplicates since the search came; before that nobody can say what is new.
    """

    records: int
    already_here: int
    again: int
    to_compare: int
    looked: bool

    @property
    def new(self) -> int:
        return self.records - self.already_here - self.again - self.to_compare

    @property
    def words(self) -> str:
        """All of it in a line: "214 records: 180 already here, 31 new, 3 for a person to look at"."""
        head = counted(self.records, "record")
        if not self.looked:
            return f"{head}. Which of them are new is not known until the machine has looked for duplicates."
        parts = [f"{self.already_here:,} already here", f"{self.new:,} new"]
        if self.again:
            parts.insert(1, f"{self.again:,} more than once in this search")
        if self.to_compare:
            parts.append(f"{self.to_compare:,} for a person to look at")
        return f"{head}: {', '.join(parts)}"


def brought_by(case: Case) -> dict[int, Brought]:
    """What each search of a case brought, by the search's number.

    A work counts to the search that brought it first. It is the later one of a doubtful pair that waits for a person.
    """
    search = newest_search(case)
    looked_to = search.looked_to if search else 0
    already, again = Counter[int](), Counter[int]()
    for file, first in Copy.objects.filter(case=case).values_list("record__file", "of__file").iterator(2_000):
        (again if file == first else already)[file] += 1
    ends = [Coalesce(f"match__{end}__copy__of", f"match__{end}") for end in ("one", "other")]
    pairs = Doubt.objects.filter(case=case).annotate(here=ends[0], there=ends[1]).values_list("here", "there")
    later = {max(pair) for pair in pairs}
    to_compare = Counter[int]()
    for some in _batches(sorted(later)):
        to_compare.update(Record.objects.filter(pk__in=some).values_list("file", flat=True))
    unseen = set(
        Record.objects.filter(pk__gt=looked_to, file__case=case).values_list("file", flat=True).distinct()
    )
    return {
        pk: Brought(records, already[pk], again[pk], to_compare[pk], pk not in unseen)
        for pk, records in RecordFile.objects.filter(case=case).values_list("pk", "record_count")
    }


def _batches(numbers: list[int], size: int = 2_000) -> Iterator[list[int]]:
    """A few at a time: a database takes so many numbers in one question and no more."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
