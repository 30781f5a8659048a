"""Figures asked of a service land in the shape that a downloaded file does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.sources import figures
from tests.unit.sources.serving import LocalService, Reply
from wherewithal.analyse.needs import columns
from wherewithal.analyse.needs.arrival import Given, read_all
from wherewithal.analyse.needs.asking import ASKED, BY_HAND, Question, answers, checked
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalService]:
    service = LocalService()
    service.answers = figures.answers
    for each in ASKED.values():
        monkeypatch.setenv(each.address_variable, service.address)
    yield service
    service.close()


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(keep_in=None, attempts=1, sleep=lambda _seconds: None) as made:
        yield made


def test_an_indicator_of_fingertips_is_the_file_that_is_downloaded(
    local: LocalService, client: Client
) -> None:
    told: list[str] = []
    asked = answers(
        Question("fingertips", "90284, 90285"),
        client=client,
        progress=lambda _d, _t, words: told.append(words),
    )
    assert [each.name for each in asked] == [
        f"Fingertips indicator {number}, Counties & UAs (from Apr 2023).csv" for number in (90284, 90285)
    ]
    by_hand = read_all([Given("90284.csv", figures.export("90284"))]).arrivals[0]
    assert asked[0].frame.equals(by_hand.frame)
    assert asked[0].sha256 == by_hand.sha256
    assert asked[0].address.startswith(f"{local.address}/all_data/csv/by_indicator_id?indicator_ids=90284&")
    assert told[-1] == "fetching indicator 90285"


def test_a_profile_of_fingertips_is_asked_by_name(local: LocalService, client: Client) -> None:
    (arrival,) = answers(Question("fingertips", "maternal", area_type="districts"), client=client)
    assert list(arrival.indicators) == ["1", "2"]
    assert local.asked[1].parameters == {"profile_id": "105"}
    said = local.asked[-1].parameters
    assert (said["profile_id"], said["child_area_type_id"], said["parent_area_type_id"]) == (
        "105",
        "501",
        "15",
    )


def test_a_data_set_without_a_recipe_is_kept_as_published(local: LocalService, client: Client) -> None:
    question = Question("explore-education", figures.DATA_SET, indicators=("overall_percent",))
    (arrival,) = answers(question, client=client)
    rows = columns.rows_of(arrival.frame)
    assert [(row.area_name, row.sex, row.category_type, row.category, row.value) for row in rows] == [
        ("England", "Persons", "", "", 6.9),
        ("Trafford", "Persons", "", "", 5.5),
        ("Trafford", "Female", "", "", 5.4),
        ("Trafford", "Persons", "Free school meals", "Eligible", None),
    ]
    assert "recognised" in rows[3].note
    assert arrival.measures[rows[0].indicator_id].unit == "%"
    assert arrival.said == (
        "Version 1.2 of the data set, published on 21 May 2026.",
        "Its values are as published, without intervals, so no difference can be called better or worse.",
        "1 row about several groups at once was left out.",
    )
    assert arrival.name == "Absence rates"


def test_nomis_gives_people_by_age(local: LocalService, client: Client) -> None:
    (arrival,) = answers(Question("nomis", figures.NOMIS), client=client)
    assert [row.value for row in columns.rows_of(arrival.frame)] == [600_000, 600_000, 2_500, 2_500]
    (how,) = arrival.measures.values()
    assert how.people


def test_a_question_keeps(local: LocalService) -> None:
    question = Question("explore-education", "x", indicators=("a", "b"), since=2020)
    assert Question.from_dict({**question.as_dict(), "later": 1}) == question
    assert question.words == "Explore Education Statistics: x, only a and b, 2020 to the last"
    assert set(BY_HAND) == set(ASKED)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("fingertips", " "), "asked for indicators or for a profile"),
        (Question("fingertips", " ".join(str(number) for number in range(1, 30))), "29 indicators"),
        (Question("explore-education", "absence"), "names no data set"),
        (Question("nomis", "http://localhost/admin"), "not the address of a query"),
    ],
)
def test_what_cannot_be_asked_is_said_at_once(question: Question, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        checked(question)


def test_a_service_that_gives_no_figures(client: Client) -> None:
    with pytest.raises(NothingThere, match="cannot be asked of 'crossref'"):
        checked(Question("crossref", "1"))


def test_a_service_that_is_away_is_said_in_words(local: LocalService, client: Client) -> None:
    local.answers = lambda _asked: Reply(status=503)
    with pytest.raises(SourceFailed, match="503"):
        answers(Question("fingertips", "1"), client=client)


def test_a_type_without_these_figures_is_said_with_those_that_have_them(
    local: LocalService, client: Client
) -> None:
    with pytest.raises(NothingThere, match="called 'districts' that it has these figures for") as caught:
        answers(Question("fingertips", "90284", area_type="districts"), client=client)
    assert "Counties & UAs (from Apr 2023)" in caught.value.exists
