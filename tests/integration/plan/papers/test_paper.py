"""The paper of a case: started by a person, composed from the case, downloaded as files with a record."""

import io
import re
from datetime import date

import docx
import pytest

from tests.integration.plan.conftest import rating
from wherewithal.thread.decision import State
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import move_decision, propose_decision, refresh_finding, write_sentence
from wherewithal_web.cases.queries import lines_of, present_needs
from wherewithal_web.people.permissions import Refused
from wherewithal_web.plan.papers import actions, queries
from wherewithal_web.plan.papers.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(people, case, options):
    write_sentence(by=people.commissioner, case=case, text="Parents <wait> too long.", section="families")
    return actions.start_paper(by=people.commissioner, case=case)


def address(case, path=""):
    return f"/cases/{case.slug}/paper/{path}"


def text_of(response):
    return response.content.decode()


def test_a_case_has_at_most_one_paper_and_the_start_is_recorded(people, case, started):
    again = actions.start_paper(by=people.colleague, case=case)
    assert again == started
    assert Paper.objects.count() == 1
    assert Event.objects.filter(action="papers.start_paper").count() == 1
    assert "paper" in present_needs(case, lines_of(case))


def test_only_contributors_start_it_and_everyone_on_the_case_downloads_it(people, case, options):
    with pytest.raises(Refused):
        actions.start_paper(by=people.viewer, case=case)
    paper = actions.start_paper(by=people.colleague, case=case)
    assert actions.export_paper(by=people.viewer, paper=paper, ending="html").startswith(b"<!DOCTYPE html>")
    for person in (people.outsider, people.parent, people.admin):
        with pytest.raises(Refused):
            actions.export_paper(by=person, paper=paper, ending="docx")


def test_the_paper_holds_the_cases_sentences_with_the_options_table(case, started):
    paper = queries.composed(started)
    assert [sentence.text for sentence in paper.sentences] == [
        "Parents <wait> too long.",
        "Groups work for this age.",
    ]
    options = next(section for section in paper.sections if section.key == "options")
    assert options.tables[0].header == ("", "A. Carry on as now", "B. Parent groups", "C. Stop the service")
    assert options.tables[0].rows[0][2].startswith("Strong: Foundations Guidebook: 4+")
    assert any("green-book-2026" in line for line in options.tables[0].below)
    money = next(section for section in paper.sections if section.key == "money")
    assert money.tables[0].rows[0] == ("2027/28", "£76,000", "£130,000 (120,000 to 136,000)", "£24,000")
    assert "Do: no provider named." in paper.unknown


def test_a_rating_that_changes_is_beside_its_sentence_on_the_page_and_in_the_files(
    sign_in, people, case, started
):
    refresh_finding(by=people.champion, finding=rating("mixed", "Mixed"))
    client = sign_in(people.commissioner)
    page = text_of(client.get(address(case)))
    assert "was 4+, now mixed" in page
    assert "Keep the sentence or say it anew" in page
    assert "1 sentence rests on something that has changed since." in page
    html = text_of(client.post(address(case, "html/")))
    assert re.search(r"Changed 3 November 2026: [^<]*Foundations Guidebook: was 4\+, now mixed", html)
    document = docx.Document(io.BytesIO(client.post(address(case, "docx/")).content))
    assert any("was 4+, now mixed" in p.text for p in document.paragraphs)


def test_the_page_shows_lanes_sources_checks_and_what_is_not_known(sign_in, people, case, started):
    page = text_of(sign_in(people.commissioner).get(address(case)))
    for words in (
        "Strategic case",
        "[1<span",
        'id="source-1" value="1"',
        "Parents &lt;wait&gt; too long.",
        "nothing yet behind this",
        "No sentence rests on what children or families say.",
        "No date is set to review what is decided.",
        "What is not known",
        "Careful: The review is ten years old.",
        "None of this stops you",
    ):
        assert words in page
    assert "Move up" not in page
    assert "No research result shown is rated as mixed, or as of no effect." in page


def test_a_viewer_reads_and_changes_nothing(sign_in, people, case, started):
    client = sign_in(people.viewer)
    page = text_of(client.get(address(case)))
    assert "Add a sentence" not in page
    assert "/sentences/" not in page
    assert client.post(address(case, "start/")).status_code == 403
    assert client.post(address(case, "docx/")).status_code == 200


@pytest.mark.parametrize("path", ["", "docx/", "html/", "start/"])
def test_nobody_else_learns_that_there_is_a_paper(sign_in, people, case, started, path):
    for person in (people.outsider, people.parent, people.admin):
        client = sign_in(person)
        assert (client.post if path else client.get)(address(case, path)).status_code == 404


def test_before_it_is_started_the_page_says_how(sign_in, people, case):
    client = sign_in(people.commissioner)
    assert "Start the paper" in text_of(client.get(address(case)))
    assert client.post(address(case, "docx/")).headers["Location"] == address(case)
    assert client.post(address(case, "start/")).headers["Location"] == address(case)
    page = text_of(client.get(address(case)))
    assert "Nothing written yet." in page
    assert "Download for Word" in page


def test_files_come_as_downloads_with_a_record(sign_in, people, case, started):
    client = sign_in(people.commissioner)
    answer = client.post(address(case, "docx/"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.slug}-business-case.docx"'
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    event = Event.objects.filter(case=case.slug).first()
    assert (event.actor_name, event.summary) == ("Cora Commissioner", "downloaded the paper for Word")
    document = docx.Document(io.BytesIO(answer.content))
    assert document.core_properties.title == f"Business case: {case.title}"
    assert document.core_properties.created.date() == date(2026, 11, 23)
    assert client.post(address(case, "docx/")).content == answer.content
    assert client.get(address(case, "docx/")).status_code == 405
    assert client.post(address(case, "pdf/")).status_code == 404


def test_sentences_are_moved_from_the_paper_and_come_back_to_it(sign_in, people, case, started):
    second = write_sentence(by=people.commissioner, case=case, text="A second one.", section="what-works")
    client = sign_in(people.commissioner)
    page = text_of(client.get(address(case)))
    assert "Move up" in page
    back = f"{address(case)}#{second.key}"
    answer = client.post(f"/cases/{case.slug}/sentences/{second.pk}/move/", {"to": "earlier", "back": back})
    assert answer.headers["Location"] == back
    texts = [s.text for s in queries.composed(started).sentences]
    assert texts.index("A second one.") < texts.index("Groups work for this age.")


def test_a_decision_shows_with_its_review_date(sign_in, people, case, started):
    decision = propose_decision(
        by=people.commissioner,
        case=case,
        option="Parent groups",
        reason="Most families who finish",
        decided_on=date(2027, 3, 12),
        review_on=date(2028, 3, 12),
    )
    move_decision(by=people.approver, decision=decision, to=State.CONFIRMED)
    page = text_of(sign_in(people.viewer).get(address(case)))
    assert "Parent groups, 12 March 2027; to be reviewed on 12 March 2028" in page
    assert "No date is set to review" not in page


def test_the_case_page_leads_to_the_paper(sign_in, people, case, started):
    assert f'href="{address(case)}"' in text_of(sign_in(people.commissioner).get(f"/cases/{case.slug}/"))


def test_made_up_figures_are_said_on_the_page_and_in_every_file(sign_in, people, case, started):
    case.made_up_figures = True
    case.save()
    client = sign_in(people.viewer)
    assert "made up" in text_of(client.get(address(case)))
    assert "made up" in text_of(client.post(address(case, "html/")))
    document = docx.Document(io.BytesIO(client.post(address(case, "docx/")).content))
    assert "made up" in document.sections[0].header.paragraphs[0].text
