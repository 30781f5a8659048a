"""From need to people, differences inside an area on the thread, and the pack for a joint needs assessment."""

import io

import docx
import pytest

from tests.integration.analyse.needs.conftest import AREA, BEHAVIOUR, arrived
from tests.integration.analyse.needs.test_pages import text
from wherewithal.thread import Lane
from wherewithal_web.analyse.needs import actions
from wherewithal_web.cases.models import StoredFinding

pytestmark = pytest.mark.django_db

PAGE = f"/area/{AREA}/people/"
GIVEN = {
    "people": "children aged 3 and 4",
    "number": "5200",
    "number_source": "the register",
    "need_name": "with conduct problems",
    "need_value": "5",
    "need_low": "4",
    "need_high": "6.5",
    "need_source": "a survey",
    "reach_value": "30",
    "reach_low": "20",
    "reach_high": "45",
    "complete_value": "73",
}


def test_people_are_counted_step_by_step(people, sign_in, held):
    page = text(sign_in(people.viewer).get(PAGE, GIVEN))
    assert "About 57 (" in page
    assert '<th scope="row">with conduct problems</th><td>260</td><td>20' in page
    assert "The least certain step is: who are reached." in page
    assert "Taken as certain, because no range was given: who stay to the end." in page


def test_an_indicator_begins_the_count(people, sign_in, held):
    page = text(sign_in(people.viewer).get(PAGE, {"indicator": BEHAVIOUR}))
    assert 'value="13.5"' in page
    assert 'value="12.2"' in page
    missing = sign_in(people.viewer).get(PAGE, {"indicator": "nothing"})
    assert missing.status_code == 404
    assert sign_in(people.viewer).get("/area/Atlantis/people/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": ""}, "Write a number."),
        ({"number": "many"}, "Write a number, such as 12.5."),
        (
            {"need_value": "", "reach_value": "", "complete_value": ""},
            "Say what share of the people has the need.",
        ),
        ({"need_value": "140"}, "less than or equal to 100"),
        ({"need_low": ""}, "half a range"),
        ({"need_low": "6"}, "outside 0.06 to 0.065"),
    ],
)
def test_a_count_that_cannot_be_is_explained(people, sign_in, held, changed, said):
    response = sign_in(people.viewer).get(PAGE, {**GIVEN, **changed})
    assert response.status_code == 422
    assert said in text(response)


def test_a_count_goes_on_the_thread_of_its_case_alone(people, case, sign_in, held):
    client = sign_in(people.colleague)
    response = client.post(f"{PAGE}add/", {**GIVEN, "case": case.slug})
    assert response.headers["Location"].startswith(f"{case.get_absolute_url()}sentences/new/?finding=")
    (stored,) = StoredFinding.objects.filter(case=case)
    found = stored.finding
    assert found.lane is Lane.LOCAL_DATA
    assert round(found.value) == 57
    assert [source.title for source in found.sources] == ["the register", "a survey"]
    assert sign_in(people.viewer).post(f"{PAGE}add/", {**GIVEN, "case": case.slug}).status_code == 403
    assert sign_in(people.outsider).post(f"{PAGE}add/", {**GIVEN, "case": case.slug}).status_code == 404
    assert client.post(f"{PAGE}add/", {"case": case.slug}).status_code == 302


def test_a_difference_inside_the_area_goes_on_the_thread_and_moves_with_the_figures(
    people, case, sign_in, held, edited
):
    address = f"/area/{AREA}/{BEHAVIOUR}/add-parts/"
    client = sign_in(people.colleague)
    client.post(address, {"case": case.slug, "sex": "Persons", "age": "4-5 yrs", "kind": "Deprivation"})
    stored = StoredFinding.objects.get(subject=f"needs-parts:{BEHAVIOUR}:{AREA}:Persons:4-5 yrs:Deprivation")
    assert "Most deprived fifth 21.3%, Least deprived fifth 7.9%" in stored.finding.statement
    assert "slope index" in stored.finding.statement
    missing = client.post(address, {"case": case.slug, "kind": "Moon"})
    assert missing.status_code == 404
    assert "Deprivation" in text(missing)

    def other(row: dict[str, str]) -> dict[str, str]:
        if (row["Category"], row["Time period"]) != ("Most deprived fifth", "2024/25"):
            return {}
        return {"Value": "19.0", "Lower CI 95.0 limit": "16.0", "Upper CI 95.0 limit": "22.0"}

    done = actions.import_file(by=people.champion, arrival=arrived(edited(other), "later.csv"))
    assert [finding.subject for finding in done.changed] == [stored.subject]


def test_the_pack_is_a_word_file_with_words_pictures_and_figures(people, sign_in, held):
    response = sign_in(people.viewer).get(f"/area/{AREA}/profile.docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="northmoor-needs.docx"'
    document = docx.Document(io.BytesIO(response.content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "These figures are made up." in words
    assert "Of 8 figures held for Northmoor, 4 are worse than England" in words
    assert "What we do not know" in words
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(described) == 2
    assert all("Northmoor" in each or "scale of its own" in each for each in described)
    (table,) = document.tables
    assert table.rows[1].cells[2].text == "26.4% (25.1 to 27.7)"
    assert sign_in(people.viewer).get("/area/Atlantis/profile.docx").status_code == 404
