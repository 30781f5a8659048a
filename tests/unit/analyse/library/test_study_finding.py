from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library.study_finding import (
    SAYS_NOTHING,
    distinct_notices,
    study_finding,
    study_subject,
)
from wherewithal.sources.work import CONCERN, CORRECTION, REINSTATEMENT, RETRACTION, WITHDRAWAL, Notice, Work
from wherewithal.thread import Lane, Thread, changes_to

from .making import TODAY

WORK = Work(
    title="Benefits of a programme.",
    authors=("Gardner, Frances", "Hutchings, Judy", "Bywater, Tracey"),
    year=2017,
    venue="A Journal",
    doi="10.1000/ABC",
    licence="cc-by",
).as_dict()


def found(*notices: Notice, work=WORK, says="Parents did better", key="doi:10.1000/abc"):
    return study_finding(work, says, notices, slug="benefits", key=key, today=TODAY)


def test_a_study_says_who_when_where_and_what_a_person_here_wrote_of_it() -> None:
    study = found()
    assert study.lane is Lane.RESEARCH
    assert study.subject == study_subject("doi:10.1000/abc") == "library:study:doi:10.1000/abc"
    assert study.link == "/library/studies/benefits/"
    assert study.statement == (
        "Gardner and others (2017): Benefits of a programme. A Journal. It found, as noted here: Parents did better."
    )
    (source,) = study.sources
    assert source.key == "doi:10.1000/abc"
    assert source.url == "https://doi.org/10.1000/abc"
    assert source.edition == "A Journal, 2017"
    assert study.facts == {"What it found": "Parents did better", "Notices": "none known"}
    assert study.look_again == date(2029, 11, 23)


def test_a_retraction_is_a_new_finding_that_shows_as_drift_and_leads_the_cautions() -> None:
    was = found()
    now = found(Notice(RETRACTION, "10.1000/r", date(2026, 3, 1), "Crossref"))
    assert was.fingerprint != now.fingerprint
    assert now.statement.startswith("Retracted. Gardner")
    assert now.cautions[0] == (
        "Taken back (retraction) on 1 March 2026, by Crossref. Do not rest anything on it."
    )
    thread = Thread({was.fingerprint: was, now.fingerprint: now}, {was.fingerprint: now.fingerprint})
    (change,) = changes_to(was, thread, today=TODAY)
    assert change.words == "Notices: was none known, now retraction (1 March 2026)."


def test_a_mark_without_a_notice_counts_and_a_notice_beside_it_counts_once() -> None:
    marked = found(work={**WORK, "retracted": True, "source": "OpenAlex"})
    told = found(Notice(RETRACTION, "10.1000/r", date(2026, 3, 1), "Crossref"))
    both = found(
        Notice(RETRACTION, "10.1000/r", date(2026, 3, 1), "Crossref"), work={**WORK, "retracted": True}
    )
    assert marked.cautions[0].startswith("Taken back (retraction), by OpenAlex.")
    assert marked.fingerprint == told.fingerprint == both.fingerprint
    assert len(both.cautions) == 2


def test_a_correction_and_a_concern_are_cautions_and_do_not_take_the_study_back() -> None:
    study = found(
        Notice(CORRECTION, "10.1000/c", date(2019, 1, 2), "Crossref"), Notice(CONCERN, source="OpenAlex")
    )
    assert not study.statement.startswith("Retracted")
    assert study.cautions[0].startswith("Its journal voiced concern about it, by OpenAlex.")
    assert study.cautions[1].startswith("Corrected on 2 January 2019, by Crossref.")
    assert study.look_again == date(2027, 11, 23)


def test_a_study_that_was_put_back_is_no_longer_called_retracted() -> None:
    back = Notice(RETRACTION, date=date(2020, 1, 1))
    again = Notice(REINSTATEMENT, date=date(2021, 1, 1))
    earlier = Notice(REINSTATEMENT, date=date(2019, 1, 1))
    assert not found(back, again).statement.startswith("Retracted")
    assert found(back, earlier).statement.startswith("Retracted")


def test_the_papers_own_doi_is_not_a_notices_doi() -> None:
    first = Notice(CORRECTION, "10.1000/abc", date(2019, 1, 2), "Retraction Watch")
    second = Notice(CORRECTION, "10.1000/c", date(2019, 1, 2), "Crossref")
    assert found(first, second).fingerprint == found(second).fingerprint


def test_what_is_missing_is_said() -> None:
    study = found(work={"title": "A report"}, says="", key="hash:1")
    assert study.statement == f"(no date) A report. {SAYS_NOTHING}"
    assert study.sources[0].key == "study:hash:1"
    assert SAYS_NOTHING in study.cautions
    assert "It has no DOI, so nobody tells us of retractions or corrections." in study.cautions
    assert found(work={}, says="x").title == "Untitled study"


NOTICES = st.lists(
    st.builds(
        Notice,
        kind=st.sampled_from([RETRACTION, CORRECTION, CONCERN, WITHDRAWAL, "clarification"]),
        doi=st.sampled_from(["", "10.1000/a", "10.1000/b"]),
        date=st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)),
        source=st.sampled_from(["Crossref", "OpenAlex"]),
    ),
    max_size=6,
)


@given(NOTICES, st.randoms(use_true_random=False))
def test_the_order_in_which_notices_arrive_and_hearing_them_twice_change_nothing(notices, random) -> None:
    shuffled = notices * 2
    random.shuffle(shuffled)
    assert found(*shuffled).fingerprint == found(*notices).fingerprint


@given(NOTICES)
def test_no_kind_of_notice_is_ever_lost(notices) -> None:
    assert {notice.kind for notice in distinct_notices(notices)} == {notice.kind for notice in notices}
    assert bool(found(*notices).fingerprint != found().fingerprint) == bool(notices)
