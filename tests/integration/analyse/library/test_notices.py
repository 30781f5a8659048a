"""A retraction arrives: the sentence and the decision that rest on the paper say so. A correction is no retraction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.integration.analyse.library.paper_services import Services, running
from wherewithal.analyse.library import Edition, Rating
from wherewithal.sources.client import Client
from wherewithal.sources.notices import check_notices
from wherewithal.thread import Finding, Input, Kind, Lane, Method, Source
from wherewithal.thread.decision import State
from wherewithal_web import commands as workbench
from wherewithal_web.analyse.library import actions, background, queries
from wherewithal_web.analyse.library.actions.threads import add_study_finding
from wherewithal_web.analyse.library.commands.keeping import notices
from wherewithal_web.analyse.library.models import Study, StudyNotice
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import actions as cases
from wherewithal_web.cases.models import Decision, SourceEvent
from wherewithal_web.cases.queries import lines_of, thread_of
from wherewithal_web.clock import today
from wherewithal_web.jobs.worker import Worker
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

PAPER = "10.5555/made-up.trial"
NOTICE = "10.5555/made-up.retraction"
OTHER = "10.5555/made-up.other"


@pytest.fixture
def services(monkeypatch, tmp_path) -> Iterator[Services]:
    with running() as found:
        monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
        monkeypatch.setenv("WHEREWITHAL_SOURCE_CROSSREF", f"{found.address}/crossref")
        monkeypatch.setenv("WHEREWITHAL_SOURCE_OPENALEX", f"{found.address}/openalex")
        found.known = {PAPER, OTHER}
        yield found


@pytest.fixture
def impatient() -> Iterator[Client]:
    with Client(keep_in=None, attempts=1) as client:
        yield client


def resting_on_the_paper(people, case):
    """A sentence, and a confirmed decision, on a finding whose source is the paper (its DOI in capitals)."""
    finding = Finding(
        lane=Lane.RESEARCH,
        subject="made-up:trial",
        title="A made-up trial",
        statement="It found an improvement.",
        method=Method("read", "1"),
        inputs=(Input("the paper", "f" * 64),),
        sources=(Source(f"doi:{PAPER.upper()}", "A made-up trial"),),
        found_on=date(2026, 1, 5),
    )
    stored = cases.add_finding(by=people.commissioner, case=case, finding=finding)
    cases.write_sentence(
        by=people.commissioner, case=case, text="It works.", section="what-works", rests_on=[stored]
    )
    decision = cases.propose_decision(
        by=people.commissioner,
        case=case,
        option="The programme",
        reason="The trial.",
        decided_on=date(2026, 3, 1),
        review_on=date(2027, 3, 1),
    )
    cases.move_decision(by=people.approver, decision=decision, to=State.CONFIRMED)
    return decision


def test_a_retraction_reaches_the_sentence_and_the_decision(people, case, services) -> None:
    decision = resting_on_the_paper(people, case)
    assert actions.ask_for_notices(by=people.champion).fresh == ()
    assert not lines_of(case)[0].drift

    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    asked = actions.ask_for_notices(by=people.champion)
    assert asked.counts["retracted"] == 1
    (notice,) = asked.fresh
    assert (notice.doi, notice.kind, notice.notice_doi, notice.date) == (
        PAPER,
        "retraction",
        NOTICE,
        date(2026, 11, 2),
    )
    (line,) = lines_of(case)
    (drift,) = line.drift
    assert drift.change.kind is Kind.RETRACTED
    assert "The paper was retracted (notice of 2 November 2026" in drift.change.words
    (on_the_decision,) = Decision.objects.get(pk=decision.pk).snapshot.drift(thread_of(case), today=today())
    assert on_the_decision.change.kind is Kind.RETRACTED

    assert actions.ask_for_notices(by=people.champion).fresh == ()
    assert StudyNotice.objects.count() == 1


def test_an_old_retraction_that_is_only_heard_of_now_is_news_now(people, case, services) -> None:
    resting_on_the_paper(people, case)
    services.notices[PAPER] = [("retraction", NOTICE, (2012, 5, 1))]
    actions.ask_for_notices(by=people.champion)
    (drift,) = lines_of(case)[0].drift
    assert "notice of 1 May 2012" in drift.change.words
    assert "Heard of here on 23 November 2026." in drift.change.words


def test_what_was_known_before_is_news_to_a_case_that_comes_to_it_later(people, case, services) -> None:
    Study.objects.create(
        key=f"doi:{PAPER}", slug="paper", work={"title": "It"}, doi=PAPER, added_by=people.champion
    )
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    actions.ask_for_notices(by=people.champion)
    assert not SourceEvent.objects.exists()
    resting_on_the_paper(people, case)
    for _again in range(2):
        assert actions.ask_for_notices(by=people.champion).fresh == ()
        assert [each.change.kind for each in lines_of(case)[0].drift] == [Kind.RETRACTED]


@pytest.mark.parametrize("kind", ["correction", "expression_of_concern", "partial_retraction"])
def test_less_than_a_retraction_is_shown_as_what_it_is(people, case, services, sign_in, kind: str) -> None:
    resting_on_the_paper(people, case)
    services.notices[PAPER] = [(kind, NOTICE, (2026, 10, 1))]
    asked = actions.ask_for_notices(by=people.champion)
    assert (asked.counts["retracted"], asked.counts["has notices"]) == (0, 1)
    (drift,) = lines_of(case)[0].drift
    assert drift.change.kind is Kind.NOTICE
    assert kind.replace("_", " ") in drift.change.words
    page = sign_in(people.viewer).get(case.get_absolute_url()).content.decode()
    assert "Notice published" in page
    assert "Retracted" not in page


def test_a_service_that_fails_takes_nothing_away(people, case, services, impatient) -> None:
    resting_on_the_paper(people, case)
    study = Study.objects.create(
        key=f"doi:{OTHER}", slug="other", work={"title": "Another"}, doi=OTHER, added_by=people.champion
    )
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    actions.ask_for_notices(by=people.champion)
    first = Study.objects.get(pk=study.pk).asked_at
    assert first is not None
    services.broken = True
    asked = actions.ask_for_notices(by=people.champion, client=impatient)
    assert asked.nobody_answered
    assert any("503" in problem for problem in asked.problems)
    assert StudyNotice.objects.count() == 1
    assert lines_of(case)[0].drift
    assert Study.objects.get(pk=study.pk).asked_at == first


def test_a_paper_that_nobody_knows_is_said_to_be_unknown(people, services) -> None:
    Study.objects.create(
        key="doi:10.5555/nobody",
        slug="nobody",
        work={"title": "N"},
        doi="10.5555/nobody",
        added_by=people.admin,
    )
    asked = actions.ask_for_notices(by=people.champion)
    assert asked.counts["not known"] == 1
    assert Study.objects.get().known is False


def test_the_paper_behind_a_rating_counts(people, case, services) -> None:
    edition = Edition(
        "trials-and-evaluations",
        date(2026, 11, 1),
        (Rating("Made-up Trial", link=f"https://doi.org/{PAPER}"),),
        complete=False,
    )
    actions.apply_edition(by=people.champion, edition=edition)
    assert PAPER in queries.named_dois()
    stored = actions.add_reading(by=people.commissioner, case=case, slug="made-up-trial")
    cases.write_sentence(
        by=people.commissioner, case=case, text="It works.", section="what-works", rests_on=[stored]
    )
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    actions.ask_for_notices(by=people.champion)
    assert [drift.change.kind for drift in lines_of(case)[0].drift] == [Kind.RETRACTED]


def test_a_study_on_a_thread_says_in_its_own_words_that_it_was_retracted(people, case, services) -> None:
    study = Study.objects.create(
        key=f"doi:{PAPER}",
        slug="made-up-trial",
        work={"title": "A made-up trial", "year": 2020, "doi": PAPER},
        doi=PAPER,
        says="It found an improvement.",
        added_by=people.champion,
    )
    stored = add_study_finding(by=people.commissioner, case=case, study=study)
    cases.write_sentence(
        by=people.commissioner, case=case, text="It works.", section="what-works", rests_on=[stored]
    )
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    asked = actions.ask_for_notices(by=people.champion)
    (newer,) = asked.refreshed
    assert newer.supersedes == stored
    assert newer.finding.statement.startswith("Retracted.")
    assert {drift.change.kind for drift in lines_of(case)[0].drift} == {Kind.SUPERSEDED, Kind.RETRACTED}


def test_only_who_curates_asks(people) -> None:
    with pytest.raises(Refused):
        actions.ask_for_notices(by=people.commissioner)
    assert not Event.objects.filter(action="library.ask_for_notices").exists()


# --- at a terminal -------------------------------------------------------------------------------------


@pytest.fixture
def at_a_terminal(monkeypatch) -> None:
    monkeypatch.setattr(workbench, "start_django", lambda *, demo=False: None)


def test_the_command_says_what_is_new(people, case, services, at_a_terminal) -> None:
    resting_on_the_paper(people, case)
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    told = json.loads(CliRunner().invoke(notices, ["--json"]).stdout)
    assert (told["papers"], told["counts"]["retracted"]) == (1, 1)
    assert told["new"][0]["notice"] == NOTICE
    again = CliRunner().invoke(notices, [])
    assert again.exit_code == 0
    assert "1 paper: 1 retracted" in again.stdout


def test_a_copy_of_retraction_watch_will_do_without_the_services(
    people, case, services, at_a_terminal, tmp_path: Path
) -> None:
    services.broken = True
    resting_on_the_paper(people, case)
    file = tmp_path / "retraction_watch.csv"
    file.write_text(
        "RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
        f"11/2/2026 0:00,{NOTICE},{PAPER},0,Retraction\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(notices, ["--file", str(file)])
    assert done.exit_code == 0, done.output
    assert f"new  retraction of {PAPER}, 2 November 2026 (Retraction Watch)" in done.stdout
    assert lines_of(case)[0].drift
    assert CliRunner().invoke(notices, ["--file", str(tmp_path / "absent.csv")]).exit_code == 1


def test_where_there_is_nothing_to_ask_it_says_so(people, at_a_terminal) -> None:
    assert "nothing to ask" in CliRunner().invoke(notices, []).stdout


# --- on the page ---------------------------------------------------------------------------------------


def test_the_button_on_the_re_check_page(people, case, services, sign_in) -> None:
    resting_on_the_paper(people, case)
    services.notices[PAPER] = [("retraction", NOTICE, (2026, 11, 2))]
    address = "/library/recheck/notices/"
    assert sign_in(people.commissioner).post(address).status_code == 403
    champion = sign_in(people.champion)
    assert "Ask now" in champion.get("/library/recheck/").content.decode()
    page = champion.post(address, follow=True).content.decode()
    assert "It has not begun yet." in page
    assert "Ask now" not in page
    assert Worker().once()
    page = champion.get("/library/recheck/").content.decode()
    assert "Asked about 1 paper: 1 retracted. 1 new notice, told to the cases that rest on them." in page
    assert lines_of(case)[0].drift


def test_the_page_says_who_could_not_be_asked(
    people, case, services, sign_in, impatient, monkeypatch
) -> None:
    monkeypatch.setattr(background, "check_notices", partial(check_notices, client=impatient))
    services.broken = True
    resting_on_the_paper(people, case)
    champion = sign_in(people.champion)
    champion.post("/library/recheck/notices/")
    assert Worker().once()
    page = champion.get("/library/recheck/").content.decode()
    assert "Nobody could be asked about 1 paper. What was known before stays" in page
    assert "Could not be asked:" in page
    assert "503" in page
