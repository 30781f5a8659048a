"""Many small files gathered into one table: the pages say the same, before, after and with newer files beside it."""

from __future__ import annotations

import re

import pytest

from tests.integration.analyse.needs.conftest import AREA, REREFERRALS, arrived
from tests.integration.analyse.needs.test_pages import text
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.models import DataFile, GatheredTable
from wherewithal_web.analyse.needs.queries import profiles, tables
from wherewithal_web.analyse.needs.queries.figures import every_edition, profile_figures
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(people, northmoor, edited):
    """Eight editions of the same figures, each with another newest value."""
    actions.import_file(by=people.champion, arrival=northmoor)

    def value(number: int):
        def change(row: dict[str, str]) -> dict[str, str]:
            newest = (row["Indicator ID"], row["Area Code"], row["Time period"]) == (
                REREFERRALS,
                AREA,
                "2024/25",
            )
            return {"Value": f"{25.5 + number / 10}"} if newest else {}

        return change

    for number in range(1, tables.FEWEST):
        actions.import_file(by=people.champion, arrival=arrived(edited(value(number)), f"{number}.csv"))


def shown(area: str = AREA):
    held, inside = profile_figures(area, [])
    return (
        sorted((row.key, row.figures) for row in held.rows),
        sorted(row.key for row in inside),
        [file.pk for file in held.files_of(held.rows)],
        [(edition, row.value) for edition, row in every_edition(area, REREFERRALS)],
    )


def profile(client) -> str:
    """The page worked out anew, without what is different each time."""
    profiles._worked_out.cache_clear()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(client.get(f"/area/{AREA}/")))


def test_the_same_is_said_from_one_table(people, many, sign_in) -> None:
    before = shown()
    page = profile(sign_in(people.viewer))
    assert Run.objects.filter(kind=tables.GATHER).count() == 1
    assert Worker().once()
    table = GatheredTable.objects.get()
    assert (table.files, table.rows) == (8, sum(file.rows for file in DataFile.objects.all()))
    assert tables.tables_of([]).editions == [None]
    assert shown() == before
    assert "26.2%" in page
    assert profile(sign_in(people.viewer)) == page
    assert "gathered for quick reading" in Event.objects.get(action="needs.gather").summary


def test_a_newer_file_is_asked_beside_it(people, many, revised) -> None:
    assert Worker().once()
    newer = actions.import_file(by=people.champion, arrival=revised)
    assert newer.revised == 1
    assert tables.tables_of([]).editions == [None, newer.file.pk]
    reading = queries.reading_of(AREA, REREFERRALS).reading
    assert reading.point.value == 22.5
    assert [each.was for each in queries.revisions_of(reading)][:2] == [
        pytest.approx(26.2),
        pytest.approx(26.1),
    ]
    assert not Worker().once()


def test_what_came_since_is_gathered_with_it_where_there_is_room(people, many, edited, monkeypatch) -> None:
    assert Worker().once()

    def more(first: int) -> None:
        for number in range(first, first + tables.FEWEST):
            arrival = arrived(edited(lambda row, number=number: {"Count": str(number)}), f"more-{number}.csv")
            actions.import_file(by=people.champion, arrival=arrival)

    more(100)
    assert Worker().once()
    assert [table.files for table in GatheredTable.objects.all()] == [16]
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    more(200)
    assert Worker().once()
    assert [table.files for table in GatheredTable.objects.all()] == [16, 8]
    assert tables.tables_of([]).editions == [None, None]


def test_a_large_file_is_left_as_it_is(people, many, revised, monkeypatch) -> None:
    monkeypatch.setattr(tables, "SMALL", 1)
    assert tables.to_gather() == []
    assert Worker().once()
    assert not GatheredTable.objects.exists()


def test_a_table_that_no_longer_holds_what_the_files_hold_is_not_asked(people, many) -> None:
    assert Worker().once()
    GatheredTable.objects.update(files=7)
    assert len(tables.tables_of([]).editions) == 8
    assert shown()[3][-1][1] == pytest.approx(26.2)


def test_few_files_are_not_gathered(people, northmoor) -> None:
    actions.import_file(by=people.champion, arrival=northmoor)
    assert not Run.objects.exists()
    assert not Worker().once()
