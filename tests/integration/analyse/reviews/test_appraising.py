"""Appraising a study: who may, what is kept, what one of two may not see, settling, and the pages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from wherewithal.analyse.reviews.appraisal.appraising import OVERALL, Answer, overall, standings
from wherewithal.analyse.reviews.appraisal.reconciling import Where
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import AppraisalAnswer, StudyAppraisal
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

SOUND = {
    "randomisation": {"1.1": "Y", "1.2": "Y", "1.3": "N"},
    "deviations": {"2.1": "Y", "2.2": "Y", "2.3": "N", "2.6": "Y"},
    "missing": {"3.1": "Y"},
    "measurement": {"4.1": "N", "4.2": "N", "4.3": "N"},
    "reporting": {"5.1": "Y", "5.2": "N", "5.3": "N"},
}


def text(response) -> str:
    return response.content.decode()


def fill(user, row: StudyAppraisal, codes: dict[str, dict[str, str]]) -> None:
    for domain in row.read_instrument.domains:
        given = {q: Answer(c, "as it says", "4") for q, c in codes.get(domain.key, {}).items()}
        actions.answer_domain(by=user, appraisal=row, domain=domain, answers=given)


@pytest.fixture
def row(people: SimpleNamespace, study) -> StudyAppraisal:
    return actions.begin_appraisal(
        by=people.commissioner, study=study, instrument_key="rob-2", outcome="Behaviour, 3 months"
    )


def test_an_appraisal_is_begun_once_and_by_contributors(people, study, row) -> None:
    with pytest.raises(BadInput, match="already"):
        actions.begin_appraisal(
            by=people.colleague, study=study, instrument_key="rob-2", outcome="behaviour, 3 Months"
        )
    with pytest.raises(BadInput, match="Choose an instrument"):
        actions.begin_appraisal(by=people.colleague, study=study, instrument_key="luck")
    with pytest.raises(BadInput, match="or two"):
        actions.begin_appraisal(by=people.colleague, study=study, instrument_key="amstar-2", people=3)
    with pytest.raises(Refused):
        actions.begin_appraisal(by=people.viewer, study=study, instrument_key="amstar-2")
    assert Event.objects.get(action="reviews.begin_appraisal").summary == (
        f"began to appraise {study.name}, RoB 2, Behaviour, 3 months"
    )


def test_only_what_changed_is_written_and_nothing_is_ever_changed(people, row) -> None:
    domain = row.read_instrument.domain("randomisation")
    first = actions.answer_domain(
        by=people.commissioner,
        appraisal=row,
        domain=domain,
        answers={"1.1": Answer("Y"), "1.2": Answer("NI")},
    )
    again = actions.answer_domain(
        by=people.commissioner,
        appraisal=row,
        domain=domain,
        answers={"1.1": Answer("Y"), "1.2": Answer("PY")},
    )
    assert ([each.question for each in first], [each.question for each in again]) == (["1.1", "1.2"], ["1.2"])
    mine = queries.state_of(row).of(people.commissioner)
    assert mine.answers["1.2"].code == "PY"
    taken_back = actions.answer_domain(
        by=people.commissioner, appraisal=row, domain=domain, answers={"1.1": Answer("")}
    )
    assert len(taken_back) == 1
    assert "1.1" not in queries.state_of(row).of(people.commissioner).answers
    with pytest.raises(TypeError):
        AppraisalAnswer.objects.update(code="N")
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE reviews_appraisalanswer SET code = 'N'")


def test_what_the_instrument_does_not_have_is_refused(people, row) -> None:
    domain = row.read_instrument.domain("randomisation")
    for answers, said in (({"2.1": Answer("Y")}, "no question 2.1"), ({"1.1": Answer("PERHAPS")}, "kept")):
        with pytest.raises(BadInput, match=said):
            actions.answer_domain(by=people.commissioner, appraisal=row, domain=domain, answers=answers)
    with pytest.raises(Refused):
        actions.answer_domain(by=people.viewer, appraisal=row, domain=domain, answers={"1.1": Answer("Y")})
    assert not AppraisalAnswer.objects.exists()


def test_judging_otherwise_needs_a_reason_and_keeps_both(people, row) -> None:
    fill(people.commissioner, row, SOUND)
    with pytest.raises(BadInput, match="without a reason"):
        actions.judge_domain(by=people.commissioner, appraisal=row, domain="missing", judgement="high")
    made = actions.judge_domain(
        by=people.commissioner, appraisal=row, domain="missing", judgement="high", reason="A third left."
    )
    assert (made.proposed, made.judgement) == ("low", "high")
    mine = queries.state_of(row).of(people.commissioner)
    whole = overall(mine)
    assert whole is not None
    assert whole.judgement == "high"
    actions.judge_domain(by=people.commissioner, appraisal=row, domain="missing", judgement="")
    assert {each.judgement for each in standings(queries.state_of(row).of(people.commissioner))} == {"low"}


def test_two_people_judge_alone_and_then_settle(people, row) -> None:
    fill(people.commissioner, row, SOUND)
    state = queries.state_of(row)
    assert (state.stage.where, state.open) == (Where.WAITING, False)
    assert state.seen_by(people.colleague) == ()
    assert queries.history_of(state, people.colleague) == []
    with pytest.raises(BadInput, match="Not everybody"):
        actions.settle_appraisal(by=people.colleague, appraisal=row, judgements={}, note="a")
    fill(people.colleague, row, SOUND | {"reporting": {"5.1": "NI", "5.2": "N", "5.3": "N"}})
    state = queries.state_of(row)
    assert (state.stage.where, state.open, len(state.seen_by(people.viewer))) == (Where.APART, True, 2)
    assert state.compared is not None
    assert [each.key for each in state.compared.domains] == ["reporting", OVERALL]
    with pytest.raises(BadInput, match="Say how"):
        actions.settle_appraisal(by=people.colleague, appraisal=row, judgements={}, note=" ")
    with pytest.raises(BadInput, match="everything that the two differ on"):
        actions.settle_appraisal(
            by=people.colleague, appraisal=row, judgements={"reporting": "low"}, note="a"
        )
    actions.settle_appraisal(
        by=people.colleague,
        appraisal=row,
        judgements={"reporting": "low", OVERALL: "low"},
        note="The protocol is in the trial register.",
    )
    state = queries.state_of(row)
    assert state.stage.where is Where.HOLDS
    assert state.holds is not None
    assert {each.judgement for each in standings(state.holds)} == {"low"}


def test_two_who_agree_have_nothing_to_settle(people, row) -> None:
    fill(people.commissioner, row, SOUND)
    fill(people.colleague, row, SOUND)
    assert queries.state_of(row).stage.where is Where.HOLDS


def test_the_audit_does_not_tell_one_what_the_other_answered(people, row) -> None:
    fill(people.commissioner, row, SOUND)
    actions.judge_domain(
        by=people.commissioner, appraisal=row, domain="missing", judgement="high", reason="A third left."
    )
    for event in Event.objects.filter(action__in=["reviews.answer_appraisal", "reviews.judge_appraisal"]):
        assert "A third left" not in event.summary
        assert "high" not in str(event.details)


@pytest.fixture
def client(people: SimpleNamespace, sign_in) -> Client:
    return sign_in(people.commissioner)


def test_from_beginning_to_the_table(people, client, study, base) -> None:
    page = client.get(f"{base}appraisals/")
    assert "Nothing has been appraised yet" in text(page)
    wrong = client.post(f"{base}appraisals/", {"study": study.number, "people": 1})
    assert wrong.status_code == 400
    assert "Choose an instrument." in text(wrong)
    begun = client.post(
        f"{base}appraisals/", {"study": study.number, "instrument": "rob-2", "people": 1}, follow=True
    )
    here = begun.request["PATH_INFO"]
    assert here == f"{base}appraisals/{study.number}/1/"
    question = client.get(f"{here}questions/missing/")
    assert "Only if 3.1 is probably no, no or no information." in text(question)
    after = None
    for domain, codes in SOUND.items():
        form = (
            queries.state_of(StudyAppraisal.objects.get()).of(people.commissioner).instrument.domain(domain)
        )
        data = {"next": "1"}
        for place, each in enumerate(form.questions):
            data[f"answer_{place}"] = codes.get(each.number, "")
            data[f"support_{place}"] = "As the <methods> say" if each.number in codes else ""
        after = client.post(f"{here}questions/{domain}/", data)
        assert after.status_code == 302
    assert after is not None
    assert after["Location"] == here
    done = text(client.get(here))
    assert "Low risk" in done
    assert "Judge otherwise" in done
    refused = client.post(f"{here}judge/", {"domain": "missing", "judgement": "high"})
    assert refused.status_code == 400
    assert "Say why you judge otherwise" in text(refused)
    client.post(f"{here}judge/", {"domain": "missing", "judgement": "high", "reason": "A third <left>."})
    done = text(client.get(here))
    assert "The rules propose low risk. A third &lt;left&gt;." in done
    table = text(client.get(f"{base}appraisals/"))
    assert "RoB 2: study by study" in table
    rows = text(client.get(f"{base}appraisals/rob-2.csv")).splitlines()
    assert rows[1].endswith("Low risk,Low risk,High risk,Low risk,Low risk,High risk")


def test_a_page_of_two_shows_neither_the_other(people, sign_in, row, base) -> None:
    fill(people.commissioner, row, SOUND)
    page = text(sign_in(people.colleague).get(row.get_absolute_url()))
    assert "shown once both have finished" in page
    assert "as it says" not in page
    assert "Commissioner" not in page.split("Your appraisal")[1].split("History")[0]
    viewer = sign_in(people.viewer).get(row.get_absolute_url())
    assert "Your appraisal" not in text(viewer)


def test_both_side_by_side_and_settled_on_the_page(people, sign_in, row) -> None:
    fill(people.commissioner, row, SOUND)
    fill(people.colleague, row, SOUND | {"reporting": {"5.1": "NI", "5.2": "N", "5.3": "N"}})
    client = sign_in(people.colleague)
    page = text(client.get(row.get_absolute_url()))
    assert "Both judge alike in 4 of 5 domains." in page
    assert "Settle what they differ on" in page
    wrong = client.post(f"{row.get_absolute_url()}settle/", {"judgement-reporting": "low", "note": "asked"})
    assert wrong.status_code == 400
    right = client.post(
        f"{row.get_absolute_url()}settle/",
        {"judgement-reporting": "low", "judgement-overall": "low", "note": "The register has it."},
        follow=True,
    )
    assert "(settled)" in text(right)
    assert "Appraised" in text(right)


def test_every_instrument_can_be_walked_through(people, client, study, base) -> None:
    for place, key in enumerate(
        ("rob-2-cluster", "robins-i", "amstar-2", "casp-trial", "casp-qualitative"), 1
    ):
        made = actions.begin_appraisal(by=people.commissioner, study=study, instrument_key=key, people=1)
        assert made.number == place
        assert client.get(made.get_absolute_url()).status_code == 200
        for domain in made.read_instrument.domains:
            found = client.get(f"{made.get_absolute_url()}questions/{domain.key}/")
            assert found.status_code == 200
    assert "not yet compared with the original" in text(found) or "compared with others" in text(found)


def test_what_is_not_there(client, study, base) -> None:
    assert client.get(f"{base}appraisals/{study.number}/9/").status_code == 404
    assert client.get(f"{base}appraisals/rob-2.csv").status_code == 404


def test_a_high_risk_of_bias_counts_for_its_own_outcome_and_only_once_it_holds(people, study) -> None:
    row = actions.begin_appraisal(
        by=people.commissioner, study=study, instrument_key="rob-2", outcome="Behaviour problems", people=1
    )
    assert queries.high_risks(queries.states_of(study.case), "Behaviour problems") == {}
    fill(people.commissioner, row, SOUND | {"missing": {"3.1": "N", "3.2": "N", "3.3": "Y", "3.4": "Y"}})
    states = queries.states_of(study.case)
    assert queries.high_risks(states, "behaviour problems") == {str(study.number): True}
    assert queries.high_risks(states, "Exclusion from school") == {}
    other = actions.begin_appraisal(by=people.commissioner, study=study, instrument_key="rob-2", people=1)
    fill(people.commissioner, other, SOUND)
    states = queries.states_of(study.case)
    assert queries.high_risks(states, "Exclusion from school") == {str(study.number): False}
    assert queries.high_risks(states, "Behaviour problems") == {str(study.number): True}
