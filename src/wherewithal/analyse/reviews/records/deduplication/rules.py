"""Rules that forbid a merge whatever the weights add up to, and what a pair is when it is no duplicate.

Each rule is one array condition on the outcomes of a comparison, with the words that a person reads. A rule with a
*relation* links the two records: they belong together and are not one. A rule without one leaves the pair to a
person, if the weights are high enough to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.records.deduplication.candidates import Pairs
from wherewithal.analyse.reviews.records.deduplication.columns import Columns
from wherewithal.analyse.reviews.records.deduplication.comparison import Outcomes
from wherewithal.analyse.reviews.records.deduplication.weights import weights

Mask = NDArray[np.bool_]


class Relation(NamedTuple):
    key: str
    words: str


VERSIONS = Relation("versions", "a preprint and what was published of it, or editions of one work")
REPORTS = Relation(
    "reports", "reports of one study in different places, such as a conference abstract and an article"
)
NOTICE = Relation("notice", "a notice about the other: a correction, retraction, comment or protocol")
PARTS = Relation("parts", "numbered parts of one series")
RELATIONS: Mapping[str, str] = {
    relation.key: relation.words for relation in (VERSIONS, REPORTS, NOTICE, PARTS)
}
"""The kinds of link between records that belong together and are not duplicates, in words."""


class Seen:
    """The outcomes of pairs, asked in words: ``seen.is_("doi", "same")`` is an array with an answer a pair."""

    def __init__(self, columns: Columns, pairs: Pairs, outcomes: Outcomes) -> None:
        self.columns, self.outcomes = columns, outcomes
        self.one, self.other = pairs[:, 0], pairs[:, 1]

    def is_(self, field: str, *names: str) -> Mask:
        number = weights().fields[field].number
        found: Mask = np.isin(self.outcomes[field], [number(name) for name in names])
        return found

    def missing(self, field: str) -> Mask:
        found: Mask = self.outcomes[field] == 0
        return found

    @property
    def same_identifier(self) -> Mask:
        return self.is_("doi", "same") | self.is_("pmid", "same")

    @property
    def same_title(self) -> Mask:
        return self.is_("title", "same_long", "same_medium", "same_short", "near_long", "near_short", "form")

    @property
    def same_people(self) -> Mask:
        return self.is_("authors", "same_team", "same_many", "same_few", "most")

    @property
    def same_pages(self) -> Mask:
        """The same pages of the same volume: one place, whatever the journal is called."""
        page = self.is_("pages", "same_span", "same", "same_first")
        return page & ~self.is_("volume", "different")

    @property
    def same_issue(self) -> Mask:
        """The same volume and issue of a journal, where one of the two gives both; and pages that do not differ."""
        volume = self.is_("volume", "same") & ~self.is_("issue", "different")
        issue = self.is_("issue", "same") & ~self.is_("volume", "different")
        place = self.is_("journal", "same", "perhaps") & (volume | issue)
        return place & self.is_("year", "same") & ~self.is_("pages", "different")

    @property
    def generic(self) -> Mask:
        return self.columns.generic[self.one] | self.columns.generic[self.other]

    def kinds_differ(self, *kinds: str) -> Mask:
        """One of the two is of one of ``kinds``, and the other is not."""
        marks = np.isin(self.columns.kind, [self.columns.kinds.get(kind, -1) for kind in kinds])
        found: Mask = marks[self.one] != marks[self.other]
        return found


class Rule(NamedTuple):
    key: str
    words: str
    forbids: Callable[[Seen], Mask]
    relation: Relation | None = None
    asks: bool = True
    """Whether a person is asked about a pair that only this rule forbids."""


def _notice(seen: Seen) -> Mask:
    """A notice is not its article; but on the same page by the same people both are the notice."""
    notice = seen.columns.notice
    place = (
        seen.is_("pages", "same_span", "same", "same_first") & seen.is_("volume", "same") & seen.same_people
    )
    found: Mask = (notice[seen.one] != notice[seen.other]) & ~place & ~seen.is_("pmid", "same")
    return found


def _versions(seen: Seen) -> Mask:
    return seen.kinds_differ("preprint") & ~seen.same_identifier


def _updates(seen: Seen) -> Mask:
    """A Cochrane review and its update have one number, and a year or a last part of the DOI of their own."""
    of_cochrane, root = seen.columns.of_cochrane, seen.columns.doi_root
    review = of_cochrane[seen.one] & of_cochrane[seen.other] & seen.is_("year", "one", "two", "different")
    same_root = seen.is_("doi", "different") & (root[seen.one] == root[seen.other])
    issue = seen.is_("volume", "same") & seen.is_("issue", "same")
    found: Mask = (review & ~issue & ~seen.same_identifier) | same_root
    return found


def _another_kind(seen: Seen) -> Mask:
    """A thesis, book or report and an article of it."""
    place = seen.is_("journal", "same") | seen.same_pages
    return seen.kinds_differ("thesis", "book", "report", "data") & ~place & ~seen.same_identifier


def _elsewhere(seen: Seen) -> Mask:
    """Published in two places: what says where differs in two ways, the volume or the pages among them.

    A column that returns every year under one title differs in volume and year; and where one of the two gives no
    journal, the volume alone says that the place is another.
    """
    journal, volume, issue, pages, year = (
        seen.is_(field, "different") for field in ("journal", "volume", "issue", "pages", "year")
    )
    year = year | seen.is_("year", "one", "two")
    moved = volume & (issue | year | seen.missing("journal")) & ~seen.is_("pages", "same_span")
    differ = (journal.astype(int) + volume + pages >= 2) | (issue & pages) | moved
    found: Mask = differ & ~seen.same_pages & ~seen.same_identifier
    return found


def _people(seen: Seen) -> Mask:
    """Other people, and no page or identifier that says that it is one work all the same."""
    return seen.is_("authors", "different") & ~seen.same_pages & ~seen.same_identifier


def _other_journal(seen: Seen) -> Mask:
    """Different journals, and nothing else that says that the place is one."""
    place = seen.same_pages | (seen.is_("volume", "same") & seen.is_("issue", "same"))
    return seen.is_("journal", "different") & ~place & ~seen.same_identifier


def _conference(seen: Seen) -> Mask:
    place = seen.is_("journal", "same") | seen.same_pages
    return seen.kinds_differ("conference") & ~place & ~seen.same_identifier


def _numbers(seen: Seen) -> Mask:
    return (
        seen.is_("numbers", "different")
        & ~seen.same_identifier
        & ~(seen.same_pages & seen.is_("title", "near_long"))
    )


def _doi(seen: Seen) -> Mask:
    """Different DOIs are different works, unless all else is so much the same that one DOI is mistyped."""
    title = seen.is_("title", "same_long", "same_medium")
    authors = seen.is_("authors", "same_team", "same_many", "same_few") & seen.is_("year", "same")
    place = seen.is_("pages", "same_span") & seen.is_("volume", "same") & ~seen.is_("journal", "different")
    return seen.is_("doi", "different") & ~(title & authors & place) & ~seen.is_("pmid", "same")


def _generic(seen: Seen) -> Mask:
    """A title that every issue has needs the issue or the pages to be the same, and nothing there to differ."""
    volume = seen.is_("volume", "same") & seen.is_("issue", "same") & ~seen.is_("pages", "different")
    pages = seen.is_("pages", "same_span", "same", "same_first", "same_low") & seen.is_("volume", "same")
    pages = pages & ~seen.is_("issue", "different")
    authors = ~seen.is_("authors", "different", "some")
    place = ((volume & seen.same_people) | pages) & seen.is_("year", "same") & authors
    return seen.generic & ~place & ~seen.same_identifier


def _generic_elsewhere(seen: Seen) -> Mask:
    """The editorials of two issues."""
    fields = ("year", "journal", "volume", "issue", "pages", "doi", "authors")
    differ = [seen.is_(field, "different") for field in fields] + [seen.is_("year", "one", "two")]
    found: Mask = np.logical_or.reduce(differ) & _generic(seen)
    return found


def _same_doi_other_work(seen: Seen) -> Mask:
    """One DOI on records that share nothing else: a whole issue's, or a book's on its chapters."""
    apart = seen.is_("title", "different", "reworded", "reworded_little") & ~seen.same_people
    pages = seen.is_("title", "different") & (seen.is_("pages", "different") | seen.missing("pages"))
    return seen.is_("doi", "same") & (apart | pages) & ~seen.is_("pmid", "same")


def _other_words(seen: Seen) -> Mask:
    """Titles that differ in more than spelling are one work only where its place or identifier is one too."""
    people = seen.same_people | seen.missing("authors")
    # Ahead of print and in print the title may change; a whole team, the journal and the year then stay.
    team = seen.is_("authors", "same_team") & seen.is_("journal", "same") & seen.is_("year", "same")
    nowhere_else = (
        ~seen.is_("volume", "different") & ~seen.is_("issue", "different") & ~seen.is_("pages", "different")
    )
    issue = seen.is_("volume", "same") & seen.is_("issue", "same") & seen.same_issue
    several = seen.is_("authors", "same_team", "same_many")
    place = {
        "reworded_little": (seen.same_pages & people) | (team & nowhere_else) | (issue & seen.same_people),
        "contained": seen.same_pages | (seen.same_issue & seen.same_people),
        "reworded": (seen.same_pages & people) | (team & nowhere_else),
        "different": seen.is_("pages", "same_span")
        & seen.same_issue
        & (several | (issue & seen.same_people)),
    }
    proven = np.logical_or.reduce([seen.is_("title", outcome) & where for outcome, where in place.items()])
    found: Mask = seen.is_("title", *place) & ~proven & ~seen.same_identifier
    return found


def _untitled(seen: Seen) -> Mask:
    """A record without a title is not merged away unseen, unless an identifier or its abstract says what it is."""
    return seen.missing("title") & ~seen.same_identifier & ~seen.is_("abstract", "same")


def _years_and_pages(seen: Seen) -> Mask:
    """Ahead of print and in print, or two works: pages and year both differ, and no identifier tells."""
    pages = seen.is_("pages", "different", "perhaps")
    return pages & seen.is_("year", "one", "two", "different") & ~seen.same_identifier


def _years(seen: Seen) -> Mask:
    return (
        seen.is_("year", "different")
        & ~seen.same_identifier
        & ~(seen.same_pages & seen.is_("volume", "same"))
    )


def _abstracts(seen: Seen) -> Mask:
    place = seen.same_pages | seen.same_identifier | (seen.is_("volume", "same") & seen.is_("issue", "same"))
    return seen.is_("abstract", "different") & ~place


def _places_unknown(seen: Seen) -> Mask:
    """Nothing but a title and people: the same study may have been reported twice."""
    said = [
        seen.outcomes[field] > 0
        for field in ("journal", "volume", "pages", "doi", "pmid", "abstract", "year")
    ]
    known: Mask = np.logical_or.reduce(said)
    return ~known & ~seen.is_("title", "same_long")


RULES = (
    Rule("notice", "one is a correction, retraction, comment or protocol", _notice, NOTICE),
    Rule("pmid", "different PubMed numbers", lambda seen: seen.is_("pmid", "different")),
    Rule("versions", "one is a preprint", _versions, VERSIONS),
    Rule("updates", "one is an update of the other", _updates, VERSIONS),
    Rule("numbers", "the numbers in their titles differ", _numbers, PARTS),
    Rule("conference", "one is from a conference and the other is not", _conference, REPORTS),
    Rule("another kind", "one is a thesis, book or report", _another_kind, REPORTS),
    Rule("elsewhere", "they were published in two places", _elsewhere, REPORTS),
    Rule("other journal", "their journals differ and nothing else says that the place is one", _other_journal, REPORTS),
    Rule("generic, elsewhere", "many records have this title, and they are from two issues",
         _generic_elsewhere, asks=False),
    Rule("doi", "different DOIs", _doi),
    Rule("authors", "different authors", _people),
    Rule("generic", "many records have this title, and their place is not known to be one", _generic),
    Rule("one DOI, two works", "they have one DOI and little else in common", _same_doi_other_work),
    Rule("other words", "their titles differ in more than spelling, and their place is not known to be one",
         _other_words),
    Rule("untitled", "one has no title, and neither an identifier nor its abstract says what it is", _untitled),
    Rule("years", "different years", _years, VERSIONS),
    Rule("years and pages", "their years and their pages differ", _years_and_pages),
    Rule("abstracts", "different abstracts", _abstracts),
    Rule("place unknown", "nothing says where they were published", _places_unknown),
)  # fmt: skip
BY_KEY: Mapping[str, Rule] = {rule.key: rule for rule in RULES}


def first_rule(columns: Columns, pairs: Pairs, outcomes: Outcomes) -> NDArray[np.int8]:
    """For each pair the place in ``RULES`` of the first rule that forbids it, -1 where none does."""
    seen = Seen(columns, pairs, outcomes)
    found = np.full(len(pairs), -1, dtype=np.int8)
    for place in range(len(RULES) - 1, -1, -1):
        found[RULES[place].forbids(seen)] = place
    return found
