from __future__ import annotations

from wherewithal.analyse.reviews.full_texts import recognise
from wherewithal.analyse.reviews.records import Record

PILE = [
    (1, Record(title="Parenting groups for young children: a trial", doi="10.5555/made.1")),
    (2, Record(title="Parenting groups for young children", doi="10.5555/made.2")),
    (3, Record(title="Editorial", doi="")),
]


def test_by_its_doi_whatever_stands_around_it() -> None:
    found = recognise("Original article https://doi.org/10.5555/MADE.2. Received", PILE)
    assert found is not None
    assert (found.record, found.by) == (2, "its DOI")


def test_a_doi_that_is_only_the_beginning_of_another_is_none() -> None:
    assert recognise("doi 10.5555/made.22 Another text", PILE) is None


def test_by_the_longest_title_that_stands_there() -> None:
    found = recognise("JOURNAL\nParenting Groups\nfor young Children: a Trial\nA. Author", PILE)
    assert found is not None
    assert (found.record, found.by) == (1, "its title")


def test_by_the_title_that_the_file_gives_itself() -> None:
    found = recognise("", PILE, title="Parenting groups for young children")
    assert found is not None
    assert found.record == 2


def test_a_title_of_few_words_says_nothing() -> None:
    assert recognise("Editorial", PILE, title="Editorial") is None
