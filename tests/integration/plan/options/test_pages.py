"""The pages of options: what they show, to whom, and that the forms do what they say without JavaScript."""

import csv
import io
import re
from datetime import date

import pytest

from tests.integration.plan.conftest import rating
from wherewithal.plan.options import Kind
from wherewithal.thread import Finding, Input, Interval, Lane, Method, Source, fingerprint_of
from wherewithal_web.cases.actions import add_finding, refresh_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.plan.options import actions, queries

pytestmark = pytest.mark.django_db

PAGES = ("", "parent-groups/", "assumptions/")
FORMS = ("new/", "years/", "parent-groups/change/", "parent-groups/costs/", "parent-groups/staff/")
FORMS += ("parent-groups/remove/",)
POSTS = ("run/", "parent-groups/run/")


def address(case, path=""):
    return f"/cases/{case.slug}/options/{path}"


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_every_page_opens_for_the_commissioner(sign_in, people, case, options, path):
    assert sign_in(people.commissioner).get(address(case, path)).status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_a_viewer_sees_the_options_and_no_form(sign_in, people, case, options, path):
    client = sign_in(people.viewer)
    assert client.get(address(case)).status_code == 200
    assert "Add an option" not in text_of(client.get(address(case)))
    assert client.get(address(case, path)).status_code == 403


@pytest.mark.parametrize("path", [*PAGES, *FORMS, *POSTS, "spreadsheet/"])
def test_nobody_else_learns_that_there_is_anything(sign_in, people, case, options, path):
    for person in (people.outsider, people.parent, people.admin):
        client = sign_in(person)
        asked = client.post if path in POSTS else client.get
        assert asked(address(case, path)).status_code == 404


@pytest.mark.parametrize("path", POSTS)
def test_only_contributors_put_figures_on_the_thread(sign_in, people, case, options, path):
    assert sign_in(people.viewer).post(address(case, path)).status_code == 403
    assert sign_in(people.commissioner).get(address(case, path)).status_code == 405
    assert not StoredFinding.objects.filter(subject__startswith="options:").exists()


def test_the_comparison_puts_words_first_and_says_what_its_figures_assume(sign_in, people, case, options):
    page = text_of(sign_in(people.viewer).get(address(case)))
    for words in (
        "3 years from 2027/28, 2026/27 prices, discounted at 3.5% a year",
        "green-book-2026",
        "a person must check whether these rates still stand",
        "B. Parent groups",
        "Foundations Guidebook: 4+",
        "Evening groups near home",
        "2 more than in post",
        "£41,000 of training and set-up lost",
        "Northmoor ICB 90% and Northmoor 10%",
        "everything going badly",
        'data-label="C. Stop the service"',
    ):
        assert words in page
    assert "confidence interval" not in page


def test_what_changed_under_an_option_is_said_in_its_column(sign_in, people, case, options):
    refresh_finding(by=people.champion, finding=rating("mixed", "Mixed"))
    page = text_of(sign_in(people.viewer).get(address(case)))
    assert "Changed 3 November 2026" in page
    assert "was 4+, now mixed" in page


def test_an_empty_case_is_told_where_to_begin(sign_in, people, case):
    page = text_of(sign_in(people.commissioner).get(address(case)))
    assert "Add ‘carry on as now’" in page
    assert "<table" not in page
    assert 'value="Carry on as now"' in text_of(sign_in(people.commissioner).get(address(case, "new/")))


def test_missing_years_are_named_with_what_to_do(sign_in, people, case, options):
    actions.set_horizon(by=people.commissioner, case=case, first_year=2027, years=4, price_year=2026)
    client = sign_in(people.commissioner)
    page = text_of(client.get(address(case)))
    assert "Parent groups, cost &#39;Training&#39;: 3 years. Expected 4 years, 2027/28 to 2030/31" in page
    assert client.get(address(case, "parent-groups/")).status_code == 200
    assert client.get(address(case, "spreadsheet/")).status_code == 302
    assert client.post(address(case, "run/")).status_code == 302
    assert client.get(address(case, "assumptions/")).status_code == 200


def test_an_option_is_added_with_its_costs_and_staff_by_forms_alone(sign_in, people, case, options):
    client = sign_in(people.colleague)
    answer = client.post(
        address(case, "new/"),
        {
            "name": "EPEC, parent-led",
            "kind": Kind.PROGRAMME.value,
            "year_1": "48 (32 to 64)",
            "year_2": "88",
            "year_3": "88",
            "share": "69 (55 to 80)",
            "group_size": "7.3",
            "evidence": [options.voice.pk],
        },
    )
    assert answer.headers["Location"] == address(case, "epec-parent-led/costs/")
    answer = client.post(
        answer.headers["Location"],
        {
            "line-TOTAL_FORMS": "2",
            "line-INITIAL_FORMS": "0",
            "line-0-label": "Coordinator",
            "line-0-kind": "running",
            "line-0-paid_by": "Northmoor",
            "line-0-year_1": "£48,000",
            "line-0-year_2": "48,000 (45,000 to 52,000)",
            "line-0-year_3": "48000",
            "line-0-from_grant": "on",
            "line-1-kind": "running",
        },
    )
    assert answer.headers["Location"] == address(case, "epec-parent-led/staff/")
    answer = client.post(
        answer.headers["Location"],
        {
            "line-TOTAL_FORMS": "1",
            "line-INITIAL_FORMS": "0",
            "line-0-role": "coordinator",
            "line-0-in_post": "0",
            "line-0-trained": "0",
            "line-0-training_weeks": "4",
            "line-0-year_1": "1",
            "line-0-year_2": "1",
            "line-0-year_3": "0.5",
        },
    )
    assert answer.headers["Location"] == address(case, "epec-parent-led/")
    kept = queries.library_option(queries.option_for(case, "epec-parent-led"), 3)
    assert kept.delivery.start[0].as_list() == [32, 48, 64]
    assert kept.delivery.share_finish.as_list() == pytest.approx([0.55, 0.69, 0.8])
    assert kept.costs[0].amounts[1].as_list() == [45_000, 48_000, 52_000]
    assert kept.staff[0].fte[2].central == 0.5
    page = text_of(client.get(address(case, "epec-parent-led/")))
    assert "D. EPEC, parent-led" in page
    assert "Put this on the thread" in page


def test_wrong_figures_come_back_with_what_to_write_and_nothing_is_kept(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    answer = client.post(
        address(case, "new/"),
        {
            "name": "",
            "kind": Kind.BUSINESS_AS_USUAL.value,
            "year_1": "many",
            "year_2": "-3",
            "year_3": "",
            "share": "120",
        },
    )
    page = text_of(answer)
    for words in (
        "There is a problem",
        "Give the option a name.",
        "is what you do now already",
        "2027/28: &#39;many&#39; is not a figure.",
        "2028/29: write 0 or more.",
        "2029/30: write a figure, or 0 where there is none.",
        "write 100 or less",
    ):
        assert words in page
    assert len(queries.options_of(case)) == 3


def test_a_line_with_something_wrong_is_named_by_number_and_linked(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    answer = client.post(
        address(case, "parent-groups/costs/"),
        {
            "line-TOTAL_FORMS": "2",
            "line-INITIAL_FORMS": "0",
            "line-0-label": "Rooms",
            "line-0-kind": "running",
            "line-0-paid_by": "",
            "line-0-year_1": "100 (200 to 50)",
            "line-0-year_2": "1",
            "line-1-kind": "running",
        },
    )
    page = text_of(answer)
    assert "Line 1: Name the organisation that pays." in page
    assert 'href="#id_line-0-year_1"' in page
    assert 'id="id_line-0-year_1"' in page
    assert "Line 1: 2029/30: write a figure, or 0 where there is none." in page
    assert "Line 2" not in page
    assert len(queries.option_for(case, "parent-groups").costs.all()) == 2


def test_a_line_is_taken_out_even_when_its_figures_are_wrong(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    answer = client.post(
        address(case, "parent-groups/costs/"),
        {
            "line-TOTAL_FORMS": "2",
            "line-INITIAL_FORMS": "2",
            "line-0-label": "Training",
            "line-0-kind": "training",
            "line-0-paid_by": "Northmoor",
            "line-0-year_1": "nonsense",
            "line-0-take_out": "on",
            "line-1-label": "Leaders",
            "line-1-kind": "running",
            "line-1-paid_by": "Northmoor ICB",
            "line-1-year_1": "100,000",
            "line-1-year_2": "150,000",
            "line-1-year_3": "150,000",
            "more": "1",
        },
    )
    assert answer.headers["Location"] == address(case, "parent-groups/costs/")
    assert [line.label for line in queries.option_for(case, "parent-groups").costs.all()] == ["Leaders"]


def test_what_somebody_else_wrote_meanwhile_is_not_lost_unseen(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    page = text_of(client.get(address(case, "parent-groups/costs/")))
    seen = re.search('name="seen" value="([0-9a-f]{64})"', page).group(1)
    actions.change_option(by=people.colleague, option=options.groups, costs=[])
    posted = {
        "seen": seen,
        "line-TOTAL_FORMS": "1",
        "line-INITIAL_FORMS": "1",
        "line-0-label": "Training",
        "line-0-kind": "training",
        "line-0-paid_by": "Northmoor",
        "line-0-year_1": "1",
        "line-0-year_2": "1",
        "line-0-year_3": "1",
    }
    page = text_of(client.post(address(case, "parent-groups/costs/"), posted))
    assert "Somebody changed this option while you were writing" in page
    assert 'value="Training"' in page
    assert "Take this line out" in page
    assert not queries.option_for(case, "parent-groups").costs.all()
    posted["seen"] = re.search('name="seen" value="([0-9a-f]{64})"', page).group(1)
    assert client.post(address(case, "parent-groups/costs/"), posted).status_code == 302
    assert len(queries.option_for(case, "parent-groups").costs.all()) == 1


def test_years_and_prices_are_set_on_their_page(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    answer = client.post(
        address(case, "years/"),
        {"first_year": "2026", "years": "2", "price_year": "2025", "pack": "green-book-2026"},
    )
    assert answer.headers["Location"] == address(case)
    assert "2 years from 2026/27, 2025/26 prices" in text_of(client.get(address(case)))


def test_figures_put_on_the_thread_lead_to_the_case_or_to_a_sentence(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    assert (
        client.post(address(case, "parent-groups/run/"))
        .headers["Location"]
        .startswith(f"/cases/{case.slug}/sentences/new/?finding=")
    )
    assert client.post(address(case, "run/")).headers["Location"] == f"/cases/{case.slug}/"
    assert "These figures are on the thread" in text_of(client.get(address(case)))
    page = text_of(client.get(f"/cases/{case.slug}/"))
    assert "What it costs: Parent groups" in page
    assert "Options so far" in page


def test_taking_out_is_asked_first(sign_in, people, case, options):
    client = sign_in(people.commissioner)
    assert "Its figures stay in the history" in text_of(client.get(address(case, "stop-the-service/remove/")))
    assert len(queries.options_of(case)) == 3
    client.post(address(case, "stop-the-service/remove/"))
    assert len(queries.options_of(case)) == 2


def test_the_spreadsheet_opens_in_excel_and_runs_nothing(sign_in, people, case, options):
    actions.change_option(by=people.commissioner, option=options.stop, name="=1+1")
    answer = sign_in(people.viewer).get(address(case, "spreadsheet/"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.slug}-options.csv"'
    content = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows_like(rows, "Cost", "2027/28") == [
        "Parent groups",
        "programme",
        "Cost",
        "2027/28",
        "130000.00",
    ]
    assert any(row[0] == "'=1+1" for row in rows if row)
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def rows_like(rows, figure, year):
    return next(row[:5] for row in rows if row[:1] == ["Parent groups"] and row[2:4] == [figure, year])


def test_the_choices_of_a_decision_are_the_options(sign_in, people, case, options):
    page = text_of(sign_in(people.commissioner).get(f"/cases/{case.slug}/decisions/new/"))
    assert 'value="Parent groups"' in page
    assert 'value="Carry on as now"' in page


def test_an_option_begins_with_the_people_counted_on_the_thread(sign_in, people, case, options):
    counted = Finding(
        lane=Lane.LOCAL_DATA,
        subject="cohort:X06000001:0123",
        title="People in Northmoor: families",
        statement="120 families.",
        method=Method("people after each step", "1"),
        inputs=(Input("people", fingerprint_of(1)),),
        sources=(Source("cohort:1", "The register of births"),),
        found_on=date(2026, 11, 3),
        value=119.7,
        unit="people",
        interval=Interval(90.2, 150.4, "95% range"),
    )
    stored = add_finding(by=people.commissioner, case=case, finding=counted)
    client = sign_in(people.commissioner)
    page = text_of(client.get(address(case, "new/")))
    assert f'<a href="?people={stored.pk}">begin with 120 (90 to 150)' in page
    page = text_of(client.get(address(case, "new/"), {"people": stored.pk}))
    assert page.count('value="120 (90 to 150)"') == 3
    assert re.search(rf'value="{stored.pk}"[^>]*checked', page)
    assert "from this case’s thread: People in Northmoor: families" in page
    assert "begins with" not in text_of(client.get(address(case, "new/"), {"people": "999"}))
