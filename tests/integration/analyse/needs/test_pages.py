import csv
import io

import pytest

from tests.integration.analyse.needs.conftest import AREA, BEHAVIOUR, NORTHMOOR, REREFERRALS, arrived
from wherewithal_web.analyse.needs import actions
from wherewithal_web.analyse.needs.models import DataFile

pytestmark = pytest.mark.django_db

ROW_OF_NEWEST = 1 + next(
    number for number, line in enumerate(NORTHMOOR.read_text().splitlines()) if "26.39535" in line
)
PAGE = f"/area/{AREA}/{REREFERRALS}/"


def text(response) -> str:
    """The page's text, spaces and typographic quotes as a test writes them."""
    return " ".join(response.content.decode().replace("&#39;", "'").split())


def upload(client, data: bytes, name: str = "figures.csv"):
    return client.post("/area/import/", {"file": _named(data, name)})


def _named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def test_everything_wants_a_signed_in_person(client, held):
    for address in ("/area/", f"/area/{AREA}/", PAGE, f"{PAGE}beside.csv", "/area/import/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/sign-in/")


def test_without_figures_the_first_page_says_how_to_get_some(people, sign_in):
    page = text(sign_in(people.champion).get("/area/"))
    assert "No figures are held yet." in page
    assert 'href="/area/import/"' in page
    page = text(sign_in(people.viewer).get("/area/"))
    assert "ask your evidence champion" in page
    assert 'href="/area/import/"' not in page
    assert "you need to be evidence champion or administrator" in page


def test_the_first_page_says_what_is_held_and_leads_to_our_own_area(people, sign_in, held):
    page = text(sign_in(people.commissioner).get("/area/"))
    assert 'northmoor.csv <span class="ww-madeup">made up</span>' in page
    assert "6 indicators, 12 areas, 808 values" in page
    assert f'<a href="/area/{AREA}/">Northmoor</a>' in page
    assert "8 figures held: 4 worse than England, 1 getting worse." in page


def test_an_area_is_chosen_by_name(people, sign_in, held):
    client = sign_in(people.viewer)
    assert client.get("/area/", {"area": "northMOOR "}).headers["Location"] == f"/area/{AREA}/"
    missing = client.get("/area/", {"area": "Northmor"})
    assert missing.status_code == 404
    assert "Northmoor (X06000001)" in text(missing)
    assert "Write the name of an area." in text(client.get("/area/", {"area": " "}))


def test_an_area_shows_what_is_worse_and_getting_worse_first(people, sign_in, held):
    page = text(sign_in(people.viewer).get(f"/area/{AREA}/"))
    assert page.index("Re-referrals to children's social care") < page.index("Children aged 4 to 5")
    assert "These figures are made up" in page
    assert "Getting worse" in page
    assert "made up for tests" in page


def test_an_indicator_is_a_sentence_then_charts_with_tables(people, sign_in, held):
    page = text(sign_in(people.viewer).get(PAGE))
    assert "Worse than England, and getting worse" in page
    assert "26.4% (95% interval 25.1 to 27.7) in 2024/25; England 22.6%; neighbours' median 22.0%" in page
    assert page.index("Worse than England") < page.index("<svg xmlns")
    assert page.count('class="chart chart--wide"') == page.count('class="chart chart--narrow"') == 5
    assert '<caption class="govuk-visually-hidden">Northmoor over time</caption>' in page
    assert '<th scope="row">Ravensby</th><td>20.8%</td>' in page
    assert "These figures are made up" in page
    assert "northmoor.csv, brought in on" in page
    assert "Demonstration figures, made up" in page
    assert "style=" not in page


def test_the_profile_reads_aloud(people, sign_in, held):
    page = text(sign_in(people.viewer).get(f"/area/{AREA}/"))
    assert "Of 8 figures held for Northmoor, 4 are worse than England and 1 is better." in page
    assert "Worse and getting worse: Re-referrals" in page
    assert "Deprivation, Northmoor, 2024/25: Most deprived fifth" in page
    assert "Nobody has recorded which way is good: 1 figure." in page
    assert page.index("What is worse than England") < page.index("What we do not know")
    assert '<caption class="govuk-visually-hidden">Northmoor among all areas</caption>' in page


def test_only_what_is_worse_and_getting_worse(people, sign_in, held):
    page = text(sign_in(people.viewer).get(f"/area/{AREA}/?show=red"))
    assert "1 figure of 8." in page
    table = page.split('<caption class="govuk-visually-hidden">Figures for Northmoor</caption>')[1]
    assert "Re-referrals" in table
    assert "teachers report" not in table


def test_another_average_of_the_neighbours_is_named(people, sign_in, held):
    page = text(sign_in(people.viewer).get(f"/area/{AREA}/?average=simple+mean"))
    assert "neighbours' simple mean" in page
    assert "neighbours' median" not in page
    nonsense = text(sign_in(people.viewer).get(f"/area/{AREA}/?average=best&beside=nobody"))
    assert "neighbours' median 22.0%" in nonsense


def test_the_profiles_charts_can_be_taken_away(people, sign_in, held):
    client = sign_in(people.viewer)
    rug = client.get(f"/area/{AREA}/profile/rug.csv").content.decode("utf-8-sig")
    assert rug.startswith("Indicator,Northmoor,Brackenford,")
    assert "26.4%, worse" in rug
    assert "Lowest place" in client.get(f"/area/{AREA}/profile/spine.csv").content.decode()
    assert client.get(f"/area/{AREA}/profile/nothing.csv").status_code == 404
    assert client.get("/area/Atlantis/profile/rug.csv").status_code == 404


def test_an_indicator_is_drawn_across_areas_and_inside_one(people, sign_in, held):
    client = sign_in(people.viewer)
    page = text(client.get(f"/area/{AREA}/{BEHAVIOUR}/"))
    assert "Northmoor is number 11 of 11, 1 being the best; by chance alone it could as well be" in page
    assert "percentage points lower (slope index; 95% interval" in page
    assert "No map knows where these areas lie." in page
    assert "By the mean of the last three" in page
    for name in ("ranked", "funnel", "parts-1", "sexes"):
        assert client.get(f"/area/{AREA}/{BEHAVIOUR}/{name}.csv").status_code == 200


def test_a_layout_gives_the_areas_a_map(people, sign_in, held):
    client = sign_in(people.champion)
    tiles = (NORTHMOOR.parent / "northmoor.hexjson").read_bytes()
    wrong = client.post("/area/layout/", {"file": _named(b"no", "tiles.hexjson"), "source": "us"})
    assert wrong.status_code == 422
    assert "is not a HexJSON file" in text(wrong)
    done = client.post("/area/layout/", {"file": _named(tiles, "tiles.hexjson"), "source": "us"}, follow=True)
    assert "tiles.hexjson is in: 11 tiles." in text(done)
    assert "Map of areas beside England" in text(client.get(PAGE))


def test_one_sex_can_be_asked_for(people, sign_in, held):
    client = sign_in(people.viewer)
    page = text(client.get(f"/area/{AREA}/{BEHAVIOUR}/?sex=Male"))
    assert "17.0% (95% interval" in page
    assert "<strong>Males, 4 to 5 years</strong>" in page
    missing = client.get(f"/area/{AREA}/{BEHAVIOUR}/?sex=Martian")
    assert missing.status_code == 404
    assert "Persons, 4-5 yrs" in text(missing)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/area/Atlantis/", "Northmoor (X06000001)"),
        (f"/area/{AREA}/1/", "Re-referrals to children's social care within 12 months (made up) (990001)"),
        ("/area/Atlantis/990001/", "Northmoor (X06000001)"),
        (f"/area/{AREA}/1/beside.csv", "(990001)"),
    ],
)
def test_what_is_not_held_says_what_is(people, sign_in, held, address, said):
    response = sign_in(people.viewer).get(address)
    assert response.status_code == 404
    assert said in text(response)


def test_an_indicator_that_other_areas_have_names_them(people, sign_in, held, edited):
    def only_ravensby(row: dict[str, str]) -> dict[str, str]:
        return {
            "Indicator ID": "7" if row["Indicator ID"] == REREFERRALS else f"7{row['Indicator ID']}",
            "Area Code": row["Area Code"].replace("X", "Y"),
            "Area Name": "Elsewhere",
        }

    actions.import_file(by=people.champion, arrival=arrived(edited(only_ravensby)))
    response = sign_in(people.viewer).get(f"/area/{AREA}/7/")
    assert response.status_code == 404
    assert "Elsewhere" in text(response)


def test_the_figures_of_a_chart_can_be_taken_away(people, sign_in, held):
    response = sign_in(people.viewer).get(f"{PAGE}beside.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="northmoor-990001-beside.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["Area"] == "Northmoor"
    assert float(rows[0]["Value"]) == 26.39535
    assert "northmoor.csv" in rows[0]["Source"]
    assert sign_in(people.viewer).get(f"{PAGE}nothing.csv").status_code == 404


def test_a_contradicted_label_is_shown_with_both(people, sign_in, edited):
    def turned(row: dict[str, str]) -> dict[str, str]:
        label = "Compared to England value or percentiles"
        return {label: "Better"} if row["Area Code"] == AREA and row["Time period"] == "2024/25" else {}

    actions.import_file(by=people.champion, arrival=arrived(edited(turned)))
    page = text(sign_in(people.viewer).get(PAGE))
    assert "The file contradicts its own figures" in page
    assert (
        "The file says 'Better' for the comparison with England in 2024/25. Its own figures give 'Worse'"
        in page
    )


def test_an_earlier_edition_is_shown(people, sign_in, held, revised):
    actions.import_file(by=people.champion, arrival=revised)
    page = text(sign_in(people.viewer).get(PAGE))
    assert "What earlier editions said" in page
    assert "2024/25: was 26.4%, now 22.5%" in page


def test_a_figure_is_added_to_a_case_and_the_sentence_is_written_next(people, case, sign_in, held):
    client = sign_in(people.colleague)
    assert f"/area/{AREA}/?case={case.slug}" in text(client.get(f"{case.get_absolute_url()}analyse/"))
    page = text(client.get(f"{PAGE}?case={case.slug}"))
    assert f"Add to ‘{case.title}’" in page
    response = client.post(f"{PAGE}add/", {"case": case.slug, "sex": "Persons", "age": "0-17 yrs"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{case.get_absolute_url()}sentences/new/?finding=")
    assert client.get(response.headers["Location"]).status_code == 200
    assert case.title in text(client.get(PAGE)).split("What rests on this")[1]


def test_one_who_may_not_add_is_told_why_or_nothing(people, case, sign_in, held):
    answer = {"case": case.slug}
    refused = sign_in(people.viewer).post(f"{PAGE}add/", answer)
    assert refused.status_code == 403
    assert "You are viewer on this case" in text(refused)
    assert sign_in(people.outsider).post(f"{PAGE}add/", answer).status_code == 404
    assert sign_in(people.colleague).post(f"{PAGE}add/", {"case": "nothing"}).status_code == 404
    page = text(sign_in(people.outsider).get(f"{PAGE}?case={case.slug}"))
    assert case.title not in page
    assert "Start one" in page


def test_a_case_of_somebody_else_is_not_named_under_what_rests_on_this(people, case, sign_in, held):
    actions.add_indicator_to_case(by=people.colleague, case=case, area_code=AREA, indicator_id=REREFERRALS)
    assert case.title not in text(sign_in(people.outsider).get(PAGE))


def test_a_champion_brings_in_a_file(people, sign_in):
    response = upload(sign_in(people.champion), NORTHMOOR.read_bytes(), "northmoor.csv")
    assert (response.status_code, response.headers["Location"]) == (302, "/area/")
    again = sign_in(people.champion).post(
        "/area/import/", {"file": _named(NORTHMOOR.read_bytes(), "northmoor.csv")}, follow=True
    )
    assert "The same file is held already" in text(again)


@pytest.mark.parametrize("address", ["/area/import/", f"/area/{AREA}/neighbours/"])
def test_others_may_not_and_are_told_whom_to_ask(people, sign_in, held, address):
    client = sign_in(people.commissioner)
    for response in (client.get(address), client.post(address, {})):
        assert response.status_code == 403
        assert "evidence champion or administrator" in text(response)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty."),
        (b"  \n", "is empty."),
        (b"PK\x03\x04" + bytes(50), "could not be read as a workbook"),
        (NORTHMOOR.read_bytes().replace(b"26.39535", b"26.4 %"), f"row {ROW_OF_NEWEST}, column 'Value'"),
        (NORTHMOOR.read_bytes().replace(b",Denominator,", b",Under,"), "row 1, column 'Denominator'"),
        (NORTHMOOR.read_bytes().split(b"\n")[0] + b"\n", "has a header and no rows"),
    ],
)
def test_a_file_that_is_wrong_is_explained_and_not_taken(people, sign_in, data, said):
    response = upload(sign_in(people.champion), data)
    assert response.status_code == 422
    assert "There is a problem" in text(response)
    assert said in text(response).replace("&#34;", '"')
    assert not DataFile.objects.exists()


def test_a_file_that_is_too_large_is_stopped(people, sign_in, settings):
    settings.LARGEST_UPLOAD = 1024
    response = upload(sign_in(people.champion), NORTHMOOR.read_bytes())
    assert response.status_code == 422
    assert "larger than" in text(response)
    assert not DataFile.objects.exists()


def test_no_file_at_all_is_explained(people, sign_in):
    response = sign_in(people.champion).post("/area/import/", {})
    assert response.status_code == 422
    assert "Choose a file." in text(response)


def test_a_champion_names_neighbours(people, sign_in, held):
    client = sign_in(people.champion)
    address = f"/area/{AREA}/neighbours/"
    assert 'value="X06000008" checked' in text(client.get(address))
    wrong = client.post(address, {"neighbours": ["X06000008"], "source": ""})
    assert "Say who says that these areas are alike." in text(wrong)
    done = client.post(address, {"neighbours": ["X06000008"], "source": "a list"}, follow=True)
    assert "The neighbours of Northmoor are set." in text(done)
    assert "neighbours' median 20.8%" in text(client.get(PAGE))
    assert client.get("/area/Atlantis/neighbours/").status_code == 404


# --- a table of one's own -------------------------------------------------------------------------------

OWN = b"Ward,Year,Done in time,All\nHarbour,2023,30,60\nHarbour,2024,45,60\nMill Hill,2023,20,50\nMill Hill,2024,c,50\n"
SAID = {
    "period": "Year",
    "area_name": "Ward",
    "inside": "Northmoor",
    "called": "Early help assessments in time",
    "count": "Done in time",
    "denominator": "All",
    "shape": "percentage",
    "polarity": "high is good",
}


def test_a_table_of_ones_own_is_asked_about_once_and_then_read(people, sign_in, held):
    client = sign_in(people.champion)
    asked = upload(client, OWN, "early-help.csv")
    address = asked.headers["Location"]
    assert address.startswith("/area/import/")
    page = text(client.get(address))
    assert "<td>Harbour</td><td>2023</td><td>30</td><td>60</td>" in page
    done = text(client.post(address, SAID, follow=True))
    assert "early-help.csv is in: 4 values of 1 indicator for 2 areas, 2023 to 2024." in done
    assert client.get(address).status_code == 404
    shown = text(client.get("/area/Harbour/own:Early help assessments in time/"))
    assert "75.0% (95% interval 62.8 to 84.2) in 2024" in shown
    assert "Its value and interval were worked out here, from the counts." in shown
    assert "Map of areas" not in shown
    missing = text(client.get("/area/Mill Hill/own:Early help assessments in time/"))
    assert "No value for 2024 has been published (Suppressed, so that nobody can be recognised)." in missing
    again = upload(client, OWN.replace(b"45", b"46"), "early-help-2.csv")
    assert again.headers["Location"] == "/area/"
    assert "was 75.0%, now 76.7%" in text(client.get("/area/Harbour/own:Early help assessments in time/"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"count": "", "denominator": ""}, "Choose the column of the values"),
        ({"called": ""}, "Say what the file measures."),
        ({"area_name": ""}, "Choose the column that names the area"),
        ({"low": "All"}, "Choose both ends of the interval, or neither."),
        ({"period": "Ward"}, "'Harbour', which is not a year"),
        ({"count": "All", "denominator": "Done in time"}, "60 of 30"),
        ({"inside": "Atlantis"}, "No area 'Atlantis'"),
    ],
)
def test_columns_that_cannot_be_are_explained_and_nothing_is_kept(people, sign_in, held, changed, said):
    client = sign_in(people.champion)
    address = upload(client, OWN, "early-help.csv").headers["Location"]
    wrong = client.post(address, {**SAID, **changed})
    assert wrong.status_code == 422
    assert said in text(wrong)
    assert DataFile.objects.count() == 1
    assert client.get(address).status_code == 200


def test_a_waiting_table_is_its_bringers_alone(people, sign_in, held):
    address = upload(sign_in(people.champion), OWN).headers["Location"]
    assert sign_in(people.admin).get(address).status_code == 404
