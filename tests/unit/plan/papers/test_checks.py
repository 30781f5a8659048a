"""What a careful reader would ask: each is found, said with what to do, and gone once answered."""

from dataclasses import replace

from tests.unit.plan.papers.cases import CLAIMS, FINDINGS, INCREDIBLE_YEARS, REREFERRALS, finding, paper
from wherewithal.plan.papers import checks_of
from wherewithal.thread import Claim, Lane
from wherewithal.thread.sections import SECTIONS


def found(a_paper):
    return {check.key: check for check in checks_of(a_paper)}


def test_a_paper_with_gaps_is_told_each_with_what_to_do():
    checks = found(paper(in_place=()))
    assert list(checks) == ["drift", "unsupported", "empty", "voice", "business as usual", "review date"]
    assert checks["drift"].sentences == ("not-paths",)
    assert checks["unsupported"].sentences == ("wait",)
    assert checks["unsupported"].words == "1 sentence has nothing to rest on yet."
    assert checks["empty"].sections == ("money", "review")
    assert all(check.do.endswith(".") for check in checks.values())


def test_a_mixed_result_that_is_shown_is_enough_and_leaving_it_out_is_said():
    assert "null" not in found(paper())
    only_good = tuple(replace(claim, rests_on=(INCREDIBLE_YEARS.fingerprint,)) for claim in CLAIMS[2:3])
    assert "null" in found(paper(claims=only_good))
    no_research = (replace(CLAIMS[0], rests_on=(REREFERRALS.fingerprint,)),)
    assert "null" not in found(paper(claims=no_research))


def test_a_whole_paper_has_nothing_to_be_told():
    voice = finding(Lane.VOICE, "theme:wait", "Waiting", "Nine of twelve parents said so.")
    claims = [
        *CLAIMS[2:3],
        *(Claim(section.key, "A sentence.", section.key, (voice.fingerprint,)) for section in SECTIONS),
    ]
    whole = paper(
        claims=claims,
        findings={**FINDINGS, voice.fingerprint: voice},
        drift=(),
        in_place={"business as usual", "review date"},
    )
    assert checks_of(whole) == []
