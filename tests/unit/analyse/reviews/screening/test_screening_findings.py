from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.screening.decisions import REASONS, Decision, Verdict, reason
from wherewithal.analyse.reviews.screening.findings import (
    SearchFile,
    decision_words,
    record_finding,
    screening_finding,
)
from wherewithal.errors import BadInput, NothingThere
from wherewithal.thread import Finding, Lane

AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
PUBMED = SearchFile("pubmed.nbib", "a" * 64, 30, "PubMed", "parenting AND trial", date(2026, 11, 2))
PSYCINFO = SearchFile("psycinfo.ris", "b" * 64, 12)


def decided(
    verdict: Verdict, count: int, start: int, why: str = "", words: str = "", by: str = "Ana"
) -> list[Decision]:
    return [Decision(str(n), verdict, by, AT, why, words) for n in range(start, start + count)]


ALL = [
    *decided(Verdict.INCLUDE, 5, 0),
    *decided(Verdict.EXCLUDE, 30, 5, "population"),
    *decided(Verdict.EXCLUDE, 7, 35, "other", "conference poster"),
]


def finding(decisions: list[Decision], **more: object) -> Finding:
    return screening_finding(
        case_key="parenting",
        searches=[PUBMED, PSYCINFO],
        decisions=decisions,
        found_on=date(2026, 11, 3),
        **more,  # type: ignore[arg-type]
    )


def test_everything_looked_through() -> None:
    made = finding(ALL)
    assert made.lane is Lane.RESEARCH
    assert made.subject == "reviews:screening:parenting"
    assert made.statement == "42 records from 2 searches looked through: 5 kept and 37 left out."
    assert made.facts["Left out: wrong population"] == "30"
    assert made.facts["Left out: another reason"] == "7"
    assert made.facts["Still to look at"] == "0"
    assert made.value == 5
    assert made.judged_by == "Ana"
    assert made.look_again == date(2027, 11, 2)
    assert [source.title for source in made.sources] == ["Search of PubMed", "Search of psycinfo.ris"]
    assert made.sources[0].edition == "searched 2 November 2026"
    assert any("One person" in caution for caution in made.cautions)
    assert any("psycinfo.ris" in caution for caution in made.cautions)


def test_part_looked_through_is_said() -> None:
    made = finding([*decided(Verdict.INCLUDE, 1, 0), *decided(Verdict.UNSURE, 1, 1, by="Ben")])
    assert made.statement == (
        "2 of 42 records from 2 searches looked through: 1 kept, 0 left out and 1 unsure. 40 still to look at."
    )
    assert made.judged_by == "Ana and Ben"
    assert "40 records not looked at yet." in made.cautions
    assert not any("One person" in caution for caution in made.cautions)


def test_the_same_decisions_are_the_same_finding_and_a_changed_one_is_not() -> None:
    assert finding(ALL).fingerprint == finding(list(reversed(ALL))).fingerprint
    changed = [*ALL[:-1], Decision("41", Verdict.INCLUDE, "Ana", AT)]
    assert finding(changed).fingerprint != finding(ALL).fingerprint


def test_nothing_decided_makes_no_finding() -> None:
    with pytest.raises(ValueError, match="at least one"):
        finding([])
    with pytest.raises(ValueError, match="latest of each"):
        finding(decided(Verdict.INCLUDE, 43, 0))


def test_reasons_are_data_and_each_can_be_found() -> None:
    assert [each.key for each in REASONS] == [
        "question", "population", "intervention", "comparison", "outcome", "design", "language", "duplicate", "other",
    ]  # fmt: skip
    assert reason("design").words == "Wrong study design"
    with pytest.raises(NothingThere, match="question"):
        reason("colour")


def test_a_decision_says_why() -> None:
    with pytest.raises(BadInput, match="Say why") as raised:
        Decision("1", Verdict.EXCLUDE, "Ana", AT)
    assert "wrong population" in raised.value.problems[0].expected
    with pytest.raises(BadInput, match="own words"):
        Decision("1", Verdict.EXCLUDE, "Ana", AT, "other", " ")
    with pytest.raises(BadInput, match="Only a record that is left out"):
        Decision("1", Verdict.INCLUDE, "Ana", AT, "design")


KEPT = Decision("1", Verdict.INCLUDE, "Ana", AT)
STUDY = Record(
    title="A made trial of parenting support.",
    authors=tuple(f"Person{n}, A" for n in range(8)),
    year=2006,
    journal="Journal of Made Examples",
    doi="10.5555/MADE.1",
    abstract="Made.",
)


def test_one_study() -> None:
    made = record_finding(STUDY, decision=KEPT, found_on=date(2026, 11, 3), search=PUBMED)
    assert made.subject == "reviews:record:doi:10.5555/made.1"
    assert made.sources[0].key == "doi:10.5555/made.1"
    assert made.sources[0].url == "https://doi.org/10.5555/MADE.1"
    assert made.statement == "A made trial of parenting support. Journal of Made Examples."
    assert made.cautions == ("One study; not appraised yet.",)
    assert made.facts["Authors"].endswith("Person5 and others")


def test_one_study_without_doi_or_abstract_and_retracted() -> None:
    record = Record(title="A made trial", extra=(("nbib:PT", "Retracted Publication"),))
    made = record_finding(record, decision=KEPT, found_on=date(2026, 11, 3))
    assert made.sources[0].key.startswith("title:")
    assert "retracted" in made.cautions[0]
    assert any("no abstract" in caution for caution in made.cautions)
    with pytest.raises(ValueError, match="title"):
        record_finding(Record(), decision=KEPT, found_on=date(2026, 11, 3))


def test_a_study_left_out_after_all_is_a_new_finding_on_the_same_subject() -> None:
    kept = record_finding(STUDY, decision=KEPT, found_on=date(2026, 11, 3))
    left_out = Decision("1", Verdict.EXCLUDE, "Ana", AT, "population", "adults only")
    after = record_finding(STUDY, decision=left_out, found_on=date(2026, 11, 4))
    assert after.subject == kept.subject
    assert after.fingerprint != kept.fingerprint
    assert kept.facts["Screening"] == "kept"
    assert after.facts["Screening"] == "left out: wrong population (adults only)"
    assert after.cautions[0].startswith("No longer kept in the review")
    own = Decision("1", Verdict.EXCLUDE, "Ana", AT, "other", "a poster")
    assert decision_words(own) == "left out: a poster"
