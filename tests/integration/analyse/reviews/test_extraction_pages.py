from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from wherewithal.cli.synthesis import synthesis
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Answer, Comparison, NumberSuggestion, Result, Study

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def here(base) -> str:
    return f"{base}studies/"


def test_from_what_was_kept_to_a_result_with_its_effect(people, sign_in, case, here, rows, decide) -> None:
    client = sign_in(people.colleague)
    assert "Nothing has been kept yet" in text(client.get(here))
    decide(rows[0], "include")
    assert "Make studies of what was kept" in text(client.get(here))
    assert "Make studies" not in text(sign_in(people.viewer).get(here))
    client.post(f"{here}make/")
    page = text(client.get(here))
    assert "Example (2006)" in page
    assert "its arms" in page
    study = f"{here}1/"
    assert "First <a" in text(client.get(study))
    client.post(
        f"{study}arms/",
        {"number": ["", ""], "name": ["Parent groups", "Waiting list"], "people": ["60", "60"],
         "role0": "programme", "role1": "comparison"},
    )  # fmt: skip
    client.post(
        f"{here}plan/outcomes/new/", {"name": "Behaviour problems", "better": "lower", "measure": "SMD"}
    )
    response = client.post(
        f"{here}plan/measures/new/",
        {
            "outcome": "behaviour-problems",
            "name": "ECBI intensity",
            "more": "higher",
            "lowest": "36",
            "highest": "252",
        },
    )
    assert response["Location"] == f"{here}plan/"
    assert "36 to 252" in text(client.get(f"{here}plan/"))
    response = client.post(
        f"{study}results/new/",
        {"instrument": "ecbi-intensity", "time_words": "after the programme", "weeks": "12", "arm1": "1", "arm2": "2",
         "form": "means"},
    )  # fmt: skip
    assert response["Location"] == f"{study}results/1/?form=means#numbers"
    asked = text(client.get(f"{study}results/1/?form=means"))
    assert "Standard deviation, arm 2" in asked
    assert f'action="{study}results/1/?form=means"' in asked
    numbers = {"n1": "58", "m1": "118,2", "sd1": "31.4", "n2": "55", "m2": "134.9", "sd2": "30.1"}
    response = client.post(
        f"{study}results/1/?form=means",
        {**numbers, "page": "p 5, Table 2", "quotation": "118.2 (31.4)", "token": "a"},
    )
    assert response["Location"] == f"{study}results/1/"
    page = text(client.get(f"{study}results/1/"))
    assert "Standardised difference −0.54 (95% interval −0.91 to −0.16)" in page
    assert "which speaks for Parent groups" in page
    assert "p 5, Table 2" in page
    assert "Standardised difference −0.54" in text(client.get(study))


def test_bad_numbers_are_refused_with_words(people, sign_in, study, comparison) -> None:
    client = sign_in(people.commissioner)
    address = f"{comparison.get_absolute_url()}?form=p-value"
    response = client.post(address, {"n1": "20", "n2": "20", "p": "<0.001"})
    assert response.status_code == 400
    assert "is a bound, not a number" in text(response)
    response = client.post(address, {"n1": "twenty", "n2": "20", "p": "0.03"})
    assert "is not a number" in text(response)
    assert client.get(f"{comparison.get_absolute_url()}?form=guess").status_code == 404
    assert not Result.objects.exists()
    ok = client.post(address, {"n1": "20", "n2": "20", "p": "0.001", "p_is": "below", "favours": "2"})
    assert ok.status_code == 302
    assert "the real one is larger" in text(client.get(comparison.get_absolute_url()))


def test_doubts_are_answered_on_the_page(people, sign_in, study, comparison) -> None:
    client = sign_in(people.commissioner)
    address = comparison.get_absolute_url()
    numbers = {"n1": "58", "m1": "18.2", "sd1": "31.4", "n2": "55", "m2": "134.9", "sd2": "30.1"}
    client.post(f"{address}?form=means", numbers)
    page = text(client.get(address))
    assert "18.2 is outside what ECBI intensity can give (36 to 252)." in page
    client.post(f"{address}keep/", {"warning": "outside-range-m1", "reason": "Average of items"})
    assert "Kept: Average of items" in text(client.get(address))
    client.post(f"{address}withdraw/", {"why": "Wrong table"})
    assert "No result yet" in text(client.get(study.get_absolute_url()))


def test_the_form_is_filled_section_by_section(people, sign_in, study) -> None:
    client = sign_in(people.colleague)
    address = f"{study.get_absolute_url()}form/1/"
    response = client.post(
        address,
        {"a-age": "3 to 8", "p-age": "2", "q-age": "aged 3 to 8 years", "a-setting": "school", "next": "1"},
    )
    assert response["Location"].endswith("/form/2/")
    page = text(client.get(study.get_absolute_url()))
    assert "3 to 8" in page
    assert "<q>aged 3 to 8 years</q>" in page
    response = client.post(address, {"a-age": "3 to 9", "a-setting": "the moon"})
    assert response.status_code == 400
    assert "3 to 9" in text(response)
    assert Answer.objects.count() == 2
    assert client.get(f"{study.get_absolute_url()}form/99/").status_code == 404


def test_the_form_is_changed_as_lines(people, sign_in, case, here, study) -> None:
    client = sign_in(people.colleague)
    address = f"{here}plan/form/"
    assert "# Who took part" in client.get(address).content.decode()
    response = client.post(address, {"people": "2", "lines": "# Who\nAge | numbre"})
    assert response.status_code == 400
    assert "line 2" in text(response)
    client.post(address, {"people": "2", "lines": "# Who\nHow old? | number | In years", "why": "Shorter"})
    plan = queries.plan_of(case)
    assert (plan.people, [question.words for question in plan.form.questions]) == (2, ["How old?"])
    assert len(plan.outcomes) == 2
    page = text(client.get(f"{here}plan/"))
    assert "Shorter" in page
    assert "two people extract" in page


TABLE = (
    "Outcome\tGroups n\tGroups mean (SD)\tList n\tList mean (SD)\n"
    "ECBI\t58\t118.2 (31.4)*\t55\t134.9 (30.1)\n"
    "Strengths\t57\t21.0 (5.2)\t54\t18.7 (5.3)\n"
)
COLUMNS = {"column0": "label", "column1": "n@1", "column2": "m-sd@1", "column3": "n@2", "column4": "m-sd@2"}


def test_a_pasted_table_is_seen_before_it_is_kept(people, sign_in, study) -> None:
    client = sign_in(people.commissioner)
    address = f"{study.get_absolute_url()}paste/"
    page = text(client.post(address, {"step": "read", "text": TABLE}))
    assert "3 rows and 5 columns, parted by tabs" in page
    assert '<option value="m-sd@1" selected>' in page
    rows = {"row1": "ecbi", "row2": "strengths"}
    response = client.post(address, {"step": "preview", "text": TABLE, **COLUMNS})
    assert "Choose for at least one row" in text(response)
    page = text(client.post(address, {"step": "preview", "text": TABLE, **COLUMNS, **rows}))
    assert "Standardised difference −0.54" in page
    assert "Standardised difference −0.44" in page  # strengths, turned round
    assert not Comparison.objects.exists()
    response = client.post(address, {"step": "keep", "text": TABLE, **COLUMNS, **rows})
    assert "Choose which arm" in text(response)
    arms = {"arm1": "1", "arm2": "2", "time_words": "after", "page": "Table 2"}
    response = client.post(address, {"step": "keep", "text": TABLE, **COLUMNS, **rows, **arms})
    assert response.status_code == 302
    assert Result.objects.earliest("pk").quotation.startswith("ECBI | 58 | 118.2 (31.4)*")
    wrong = client.post(address, {"step": "preview", "text": TABLE, **COLUMNS, "column4": "m-sd@1", **rows})
    assert "Two columns hold the same" in text(wrong)
    assert client.post(address, {"step": "read", "text": "one line"}).status_code == 400


def test_two_people_reconcile(people, sign_in, case, here, study, comparison) -> None:
    first, second = sign_in(people.commissioner), sign_in(people.colleague)
    first.post(f"{here}plan/form/", {"people": "2", "lines": "# Who\nAge of the children | text\nCountry"})
    address = f"{comparison.get_absolute_url()}?form=means"
    numbers = {"n1": "58", "m1": "118.2", "sd1": "31.4", "n2": "55", "m2": "134.9", "sd2": "30.1"}
    first.post(address, {**numbers, "page": "Table 2"})
    first.post(f"{study.get_absolute_url()}form/1/", {"a-age": "3 to 8", "a-country": "England"})
    hidden = text(second.get(comparison.get_absolute_url()))
    assert "118.2" not in hidden
    assert "is shown once you have" in hidden
    assert "England" not in text(second.get(study.get_absolute_url()))
    assert "118.2" not in text(second.get(f"{here}extracted.json"))
    second.post(address, {**numbers, "m1": "119.2"})
    second.post(f"{study.get_absolute_url()}form/1/", {"a-age": "3 to 9", "a-country": "England"})
    page = text(second.get(f"{study.get_absolute_url()}reconcile/"))
    assert "Mean, arm 1" in page
    assert "Two people took the same from the paper in 1 of 3 cases (33%)." in page
    mine = comparison.results.get(given_by=people.commissioner)
    response = second.post(f"{study.get_absolute_url()}reconcile/", {"result": "1", "chosen": mine.pk})
    assert response.status_code == 400
    settle = {"result": "1", "chosen": mine.pk, "note": "Table 2 says 118.2"}
    assert second.post(f"{study.get_absolute_url()}reconcile/", settle).status_code == 302
    second.post(
        f"{study.get_absolute_url()}reconcile/",
        {"question": "age", "value": "3 to 8", "other": "3 to 8 years", "note": "p 2"},
    )
    assert "Nothing differs" in text(second.get(f"{study.get_absolute_url()}reconcile/"))
    assert "3 to 8 years" in text(first.get(study.get_absolute_url()))


def test_the_export_is_what_the_commands_read(people, sign_in, here, study, comparison, tmp_path) -> None:
    client = sign_in(people.commissioner)
    numbers = {"n1": "58", "m1": "118.2", "sd1": "31.4", "n2": "55", "m2": "134.9", "sd2": "30.1"}
    client.post(f"{comparison.get_absolute_url()}?form=means", {**numbers, "quotation": "=1+1"})
    other = actions.add_comparison(
        by=people.commissioner, study=study, instrument="strengths", time_words="later", arm1=1, arm2=2
    )
    client.post(f"{other.get_absolute_url()}?form=means", {**numbers, "m1": "140", "n1": "50"})
    response = client.get(f"{here}extracted.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [row["study"] for row in rows] == ["Example (2006)"] * 2
    assert rows[0]["quotation"] == "'=1+1"
    assert float(rows[0]["yi"]) < 0
    file, out = tmp_path / "extracted.csv", tmp_path / "effects.csv"
    file.write_bytes(response.content)
    run = CliRunner().invoke(synthesis, ["pool", str(file), "--knha", "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["k"] == 2
    asked = ["effects", str(file), "--measure", "SMD", "--turn", "turned", "-o", str(out)]
    run = CliRunner().invoke(synthesis, asked)
    assert run.exit_code == 0, run.output
    again = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [float(row["yi"]) for row in again] == pytest.approx([float(row["yi"]) for row in rows])
    whole = json.loads(client.get(f"{here}extracted.json").content)
    assert whole["results"][0]["m1i"] == 118.2


def test_studies_are_joined_and_arms_refused_on_the_page(people, sign_in, here, study) -> None:
    client = sign_in(people.commissioner)
    response = client.post(
        f"{study.get_absolute_url()}arms/",
        {"number": ["1"], "name": ["A"], "people": ["many"], "role0": "programme"},
    )
    assert response.status_code == 400
    assert "whole number" in text(response)
    client.post(f"{here}2/join/", {"into": "1", "why": "Same trial number"})
    page = text(client.get(study.get_absolute_url()))
    assert "One of them is a study of its own" in page
    record = queries.reports_of(study)[1].pk
    client.post(f"{study.get_absolute_url()}apart/", {"record": record, "why": "Other children"})
    assert Study.objects.count() == 3


def test_the_machine_is_asked_and_its_suggestion_taken_over(people, sign_in, study) -> None:
    client = sign_in(people.commissioner)
    client.post(f"{study.get_absolute_url()}find/")
    found = NumberSuggestion.objects.create(
        study=study, record=study.records[0], grammar="1", kind="ratio", start=4,
        numbers={"form": "ratio", "ratio": "OR", "numbers": {"value": 0.62, "low": 0.41, "high": 0.93}},
        quotation="odds ratio of 0.62 (95% CI 0.41 to 0.93)",
    )  # fmt: skip
    assert "odds ratio of 0.62" in text(client.get(study.get_absolute_url()))
    new = f"{study.get_absolute_url()}results/new/?suggestion={found.pk}"
    assert "The machine found" in text(client.get(new))
    response = client.post(new, {"instrument": "excluded", "arm1": "1", "arm2": "2", "form": "ratio"})
    page = text(client.get(response["Location"]))
    assert 'value="0.62"' in page
    client.post(response["Location"], {"value": "0.62", "low": "0.41", "high": "0.93", "ratio": "OR"})
    assert Result.objects.get().suggestion == found
    assert "odds ratio of 0.62" not in text(client.get(study.get_absolute_url()))
