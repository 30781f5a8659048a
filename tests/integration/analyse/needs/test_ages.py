"""A council's own counts by age and a projection of its people: the rung that keeps each age's rate, on the page."""

from __future__ import annotations

import pytest

from tests.integration.analyse.needs.conftest import AREA, REREFERRALS
from tests.integration.analyse.needs.test_pages import text
from wherewithal.analyse.needs.arrival import Given, own_arrival
from wherewithal.sources.own_table import Columns
from wherewithal_web.analyse.needs import actions

pytestmark = pytest.mark.django_db

COUNTS = Columns(
    "Year",
    area_name="Area",
    age="Age",
    count="Number",
    denominator="People",
    shape="rate",
    multiplier=1_000.0,
    always={"indicator": "Children seen"},
)
PEOPLE = Columns(
    "Year", area_name="Area", age="Age", value="People", shape="people", always={"indicator": "Projection"}
)


def counts() -> Given:
    lines = ["Year,Area,Age,Number,People"]
    for year in range(2019, 2025):
        young, old = 1_000 + 100 * (year - 2019), 2_000
        lines += [
            f"{year},Trafford,0-17,{young // 100 + old // 20},{young + old}",
            f"{year},Trafford,0-9,{young // 100},{young}",
            f"{year},Trafford,10-17,{old // 20},{old}",
        ]
    return Given("seen.csv", "\n".join(lines).encode())


def projection() -> Given:
    lines = ["Year,Area,Age,People"]
    for year in range(2025, 2028):
        lines += [f"{year},Trafford,{age},{200 if age < 10 else 250}" for age in range(18)]
    return Given("projection.csv", "\n".join(lines).encode())


def test_each_ages_rate_for_the_people_there_will_be(people, sign_in) -> None:
    actions.import_file(by=people.champion, arrival=own_arrival(counts(), COUNTS))
    client = sign_in(people.champion)
    page = "/area/E08000009/own:Children%20seen/?age=0-17"
    before = text(client.get(page))
    assert "Why the rate at each age is not tried" in before
    assert "People of each age in Trafford for 2025, 2026 and 2027: a population projection" in before
    assert 'href="/area/ask/"' in before
    actions.import_file(by=people.champion, arrival=own_arrival(projection(), PEOPLE))
    after = text(client.get(page))
    assert "Constant rate at each age" in after
    # 2,000 children at 10 and 2,000 at 50 in a thousand
    assert "30.0 per 1,000" in after
    assert "The ages are 0 to 9 and 10 to 17." in after
    assert "Trafford, if it goes on" in after
    csv = client.get("/area/E08000009/own:Children%20seen/outlook.csv?age=0-17").content.decode()
    assert "2027" in csv
    assert "Trafford, if it goes on: seen.csv" in csv
    assert "Projection" not in text(client.get("/area/E08000009/"))


def test_without_ages_the_page_says_what_would_be_needed(people, sign_in, held) -> None:
    page = text(sign_in(people.viewer).get(f"/area/{AREA}/{REREFERRALS}/"))
    assert "How many were counted at each age in Northmoor" in page
    assert "Ask your evidence champion to bring them in." in page
