"""What a new search brings: told from what is stored, in the review, its record and its files."""

from __future__ import annotations

import csv
import io

import pytest

from tests.integration.analyse.reviews.conftest import FIRST, ris
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.queries import Brought

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_the_words_say_each_count_once_it_is_known() -> None:
    assert Brought(214, 180, 0, 3, True).words == (
        "214 records: 180 already here, 31 new, 3 for a person to look at"
    )
    assert Brought(10, 2, 3, 0, True).words == (
        "10 records: 2 already here, 3 more than once in this search, 5 new"
    )
    assert Brought(1, 0, 0, 0, False).words.startswith("1 record. Which of them are new is not known until")


def test_each_search_says_what_it_brought(case, six) -> None:
    first, second = queries.searches_of(case)
    assert first.brought == Brought(3, 0, 0, 0, True)
    assert second.brought.already_here == 1
    assert second.brought.to_compare == 1
    assert second.brought.new == 1


def test_nothing_is_said_to_be_new_before_the_machine_has_looked(people, case, six, learn) -> None:
    again = ris({"TI": "A study nobody had: made for this test alone", "DO": "10.5555/made.90"})
    actions.import_records(by=people.commissioner, case=case, source=again, name="third.ris")
    assert not queries.searches_of(case)[-1].brought.looked
    learn()
    assert queries.searches_of(case)[-1].brought == Brought(1, 0, 0, 0, True)


def test_a_record_twice_in_one_file_is_not_already_here(people, case, learn) -> None:
    actions.import_records(by=people.commissioner, case=case, source=FIRST + FIRST, name="twice.ris")
    learn()
    assert queries.searches_of(case)[0].brought == Brought(6, 0, 3, 0, True)


def test_the_pages_and_files_of_the_review_tell_it(people, sign_in, case, base, six) -> None:
    client = sign_in(people.viewer)
    words = "3 records: 1 already here, 1 new, 1 for a person to look at"
    assert text(client.get(base)).count(words) == 2
    account = text(client.get(f"{base}account/"))
    assert words in account
    rows = list(csv.DictReader(io.StringIO(text(client.get(f"{base}account/searches.csv")))))
    assert [row["New"] for row in rows] == ["3", "1"]
    assert [row["Already here from earlier searches"] for row in rows] == ["0", "1"]


def test_new_records_come_in_the_order_that_was_learnt(people, case, sixty, decide, learn) -> None:
    for row in sixty[:12]:
        kept = row.title.startswith("Parenting")
        decide(row, "include" if kept else "exclude", "" if kept else "question")
    for row in sixty[12:]:
        decide(row, "exclude", "question")
    learn()
    new = ris(
        {"TI": "Crop yield survey of another year", "AB": "Wheat was sown on plots.", "DO": "10.5555/new.1"},
        {"TI": "Parenting group trial in libraries", "AB": "Parents of young children met weekly."},
    )
    actions.import_records(by=people.commissioner, case=case, source=new, name="update.ris")
    learn()
    first = actions.reserve_next(by=people.colleague, case=case)
    assert first.title == "Parenting group trial in libraries"
