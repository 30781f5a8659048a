"""Figures asked of a service on this machine: by a worker, on the page and by command."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from tests.integration.analyse.needs.test_pages import text
from tests.unit.sources import figures
from tests.unit.sources.serving import LocalService, Reply
from wherewithal.analyse.needs.asking import ASKED, Question
from wherewithal.errors import BadInput
from wherewithal_web.analyse.needs import actions
from wherewithal_web.analyse.needs.commands import needs
from wherewithal_web.analyse.needs.models import DataFile
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.worker import Worker
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

PAGE = "/area/ask/"
FINGERTIPS = {"service": "fingertips", "wanted": "90284", "area_type": "counties and unitary authorities"}


@pytest.fixture
def local(monkeypatch, tmp_path) -> Iterator[LocalService]:
    service = LocalService()
    service.answers = figures.answers
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path / "answers"))
    for each in ASKED.values():
        monkeypatch.setenv(each.address_variable, service.address)
    yield service
    service.close()


@pytest.fixture
def started(monkeypatch) -> None:
    """The commands on the test's own database, which is there already."""
    monkeypatch.setattr("wherewithal_web.commands.start_django", lambda demo=False: None)


def test_what_a_service_gives_comes_in_as_a_file_does(people, sign_in, local) -> None:
    client = sign_in(people.champion)
    page = text(client.post(PAGE, FINGERTIPS, follow=True))
    assert "Fingertips is being asked. You can go on working" in page
    assert "It waits for its turn." in page
    assert Worker().once()
    page = text(client.get(PAGE))
    assert "Counties &amp; UAs (from Apr 2023).csv is in: 2 values of 1 indicator for 2 areas" in page
    file = DataFile.objects.get()
    assert file.address.startswith(f"{local.address}/all_data/csv/by_indicator_id?indicator_ids=90284")
    assert file.imported_by == people.champion
    assert "asked of Fingertips on" in file.edition
    assert f'<a href="{file.address.replace("&", "&amp;")}"' in client.get("/area/").content.decode()
    assert "asked for figures of Fingertips: 90284" in Event.objects.get(action="needs.ask_service").summary
    assert Event.objects.get(action="needs.import_file").details["address"] == file.address
    assert text(client.get("/area/E08000009/")).count("Indicator 90284") > 0


def test_the_same_figures_again_change_nothing_and_revised_ones_show_what_they_were(
    people, sign_in, local
) -> None:
    client = sign_in(people.champion)
    for _ in range(2):
        client.post(PAGE, FINGERTIPS)
        assert Worker().once()
    assert DataFile.objects.count() == 1
    assert "The same file is held already" in text(client.get(PAGE))

    def revised(asked):
        if asked.path == "/all_data/csv/by_indicator_id":
            return Reply(figures.export("90284", "2.5"))
        return figures.answers(asked)

    local.answers = revised
    client.post(PAGE, FINGERTIPS)
    assert Worker().once()
    assert "2 values were revised; the earlier ones are kept." in text(client.get(PAGE))


def test_data_sets_and_nomis_too(people, sign_in, local) -> None:
    client = sign_in(people.champion)
    client.post(
        PAGE,
        {
            "service": "explore-education",
            "wanted": figures.DATA_SET,
            "indicators": "Overall absence rate (percent)\r\n",
            "since": "2023",
        },
    )
    client.post(PAGE, {"service": "nomis", "wanted": figures.NOMIS})
    assert Worker().once()
    assert Worker().once()
    page = text(client.get(PAGE))
    assert "Absence rates is in: 4 values of 1 indicator for 2 areas, 2023/24 to 2023/24." in page
    assert "Version 1.2 of the data set, published on 21 May 2026." in page
    assert "Population estimates - local authority based by single year of age.csv is in: 4 values" in page


def test_a_service_that_is_not_reached_is_said_with_the_way_by_hand(people, sign_in, local) -> None:
    local.answers = lambda _asked: Reply(status=404)
    client = sign_in(people.champion)
    client.post(PAGE, FINGERTIPS)
    assert Worker().once()
    page = text(client.get(PAGE))
    assert "Nothing was brought in." in page
    assert "Fingertips answered 404" in page
    assert "On another computer open fingertips.phe.org.uk" in page
    assert DataFile.objects.count() == 0


def test_what_the_service_does_not_have_is_said_with_what_it_has(people, sign_in, local) -> None:
    client = sign_in(people.champion)
    client.post(PAGE, {**FINGERTIPS, "area_type": "wards"})
    assert Worker().once()
    page = text(client.get(PAGE))
    assert "Fingertips has no type of area called 'wards' that it has these figures for." in page
    assert "Counties &amp; UAs (from Apr 2023)" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"service": "fingertips", "wanted": ""}, "Write the number of an indicator"),
        ({"service": "nomis", "wanted": "http://127.0.0.1/admin"}, "not the address of a query of Nomis"),
        ({"service": "explore-education", "wanted": "absence"}, "names no data set"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(people, sign_in, given, said) -> None:
    response = sign_in(people.champion).post(PAGE, given)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert f'href="#{given["service"]}-wanted"' in page
    assert not Run.objects.exists()


def test_only_who_may_bring_in_figures_may_ask(people, sign_in, local) -> None:
    assert sign_in(people.viewer).get(PAGE).status_code == 403
    with pytest.raises(Refused):
        actions.ask_service(by=people.commissioner, question=Question("fingertips", "1"))
    assert local.asked == []


def test_one_who_may_no_longer_is_told(people, local) -> None:
    run = actions.ask_service(by=people.champion, question=Question("fingertips", "90284"))
    Run.objects.filter(pk=run.pk).update(arguments={**run.arguments, "by": people.viewer.pk})
    assert Worker().once()
    run.refresh_from_db()
    assert "may not bring in figures" in run.error
    assert not DataFile.objects.exists()


def test_the_import_page_leads_there(people, sign_in) -> None:
    assert 'href="/area/ask/"' in text(sign_in(people.champion).get("/area/import/"))


def test_the_same_from_a_terminal(people, started, local) -> None:
    done = CliRunner().invoke(needs, ["fetch", "fingertips", "90284", "--json"])
    assert done.exit_code == 0, done.output
    (file,) = json.loads(done.stdout)["files"]
    assert (file["provider"], file["values"], file["fresh"]) == ("fingertips", 2, True)
    assert file["address"].startswith(local.address)
    assert "Fetching indicator 90284 ..." in done.stderr
    local.answers = lambda _asked: Reply(status=404)
    away = CliRunner().invoke(needs, ["fetch", "nomis", figures.NOMIS])
    assert isinstance(away.exception, BadInput) or away.exit_code == 1
    assert "By hand: On another computer open nomisweb.co.uk" in f"{away.exception}{away.output}"
