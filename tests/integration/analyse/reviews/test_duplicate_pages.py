"""The pages about duplicates: what was merged and why, a pair to settle, a group to take apart, the downloads."""

from __future__ import annotations

import csv
import io

import pytest

from tests.integration.analyse.reviews.conftest import COSTS, FIRST, SECOND, SURVEY, TRIAL, ris
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Ruling

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_before_there_is_anything_the_page_says_so(people, sign_in, case, base) -> None:
    page = text(sign_in(people.colleague).get(f"{base}duplicates/"))
    assert "No search has been brought in yet" in page


def test_while_the_machine_looks_people_are_told_how_far_it_is(people, sign_in, case, base, bring) -> None:
    bring(FIRST, look=False)
    client = sign_in(people.colleague)
    for address in (base, f"{base}duplicates/"):
        assert "Duplicates are being looked for" in text(client.get(address))
    bring()
    assert "Duplicates are being looked for" not in text(client.get(base))
    assert "No two of the 3 records are surely the same work" in text(client.get(f"{base}duplicates/"))


def test_what_was_merged_is_listed_with_its_reason(people, sign_in, case, base, six) -> None:
    client = sign_in(people.viewer)
    page = text(client.get(f"{base}duplicates/"))
    assert TRIAL in page
    assert "the same DOI" in page
    assert "Settle 1 doubtful pair" not in page  # a viewer settles nothing
    assert "Settle 1 doubtful pair" in text(sign_in(people.colleague).get(f"{base}duplicates/"))
    doubtful = text(client.get(f"{base}duplicates/?show=doubtful"))
    assert COSTS in doubtful
    assert "Against: different DOIs" in doubtful
    home = text(client.get(base))
    assert "1 duplicate removed: 1 by the machine, 0 by a person" in home


def test_a_doubtful_pair_is_settled_side_by_side(people, sign_in, case, base, six) -> None:
    client = sign_in(people.colleague)
    address = client.get(f"{base}duplicates/next/")["Location"]
    page = text(client.get(address))
    assert '<mark class="rev-differs">10.5555/other.3</mark>' in page
    assert page.count(">The same work</button>") == 1
    assert (
        client.post(address, {"kind": "unsure"})["Location"] == address
    )  # put off, and the only one there is
    assert "1 put off" in text(client.get(address))
    wrong = client.post(address, {"kind": "perhaps"})
    assert wrong.status_code == 400
    assert "Choose one" in text(wrong)
    client.post(address, {"kind": "same", "why": "One DOI is mistyped.", "token": "b" * 32})
    client.post(address, {"kind": "same", "why": "One DOI is mistyped.", "token": "b" * 32})
    assert Ruling.objects.filter(kind=Ruling.SAME).count() == 1
    assert "They are one work already" in text(client.get(address))
    late = client.post(address, {"kind": "different"})
    assert late.status_code == 400
    assert "Col League has said meanwhile" in text(late)
    assert "No pair waits any more" in text(client.get(f"{base}duplicates/next/", follow=True))


def test_a_group_shows_what_each_record_gave_and_can_be_undone(people, sign_in, case, base, six) -> None:
    client = sign_in(people.colleague)
    address = f"{base}duplicates/{six[0].pk}/"
    page = text(client.get(address))
    assert "2 records, one work" in page
    assert "Merged by the machine: " in page
    assert "search 2.ris, record 1" in page
    refused = client.post(f"{base}duplicates/{six[3].pk}/out/", {"why": ""})
    assert refused.status_code == 400
    assert "Say in a few words" in text(refused)
    done = client.post(f"{base}duplicates/{six[3].pk}/out/", {"why": "Another sample."}, follow=True)
    assert "back to be looked at on its own" in text(done)
    alone = text(client.get(address))
    assert "stands alone" in alone
    assert "Another sample." in alone
    actions.rule_on_pair(by=people.colleague, one=six[0], other=six[3], kind=Ruling.SAME)
    done = client.post(f"{base}duplicates/{six[0].pk}/apart/", {"why": "Two after all."}, follow=True)
    assert "Taken apart: 2 records" in text(done)
    assert queries.copies_of(case) == {}


def test_nobody_without_a_part_in_the_case_rules(people, sign_in, base, six) -> None:
    addresses = {
        f"{base}duplicates/{six[2].pk}/{six[5].pk}/": {"kind": "same"},
        f"{base}duplicates/{six[3].pk}/out/": {"why": "No."},
        f"{base}duplicates/{six[3].pk}/apart/": {"why": "No."},
        f"{base}duplicates/look/": {},
    }
    for address, posted in addresses.items():
        assert sign_in(people.viewer).post(address, posted).status_code == 403
        assert sign_in(people.outsider).post(address, posted).status_code == 404
    assert not Ruling.objects.exists()


def test_a_record_says_where_it_came_from_and_what_belongs_with_it(
    people, sign_in, case, base, bring
) -> None:
    abstract = "Parents met weekly for ten weeks in four family hubs, and were asked again after a year. " * 3
    rows = bring(
        FIRST,
        SECOND,
        ris({"TI": TRIAL, "DO": "10.31234/osf.io/made1", "JF": "PsyArXiv", "PY": "2005", "AB": abstract}),
        ris({"TI": SURVEY, "DO": "10.5555/made.2", "PY": "2011", "AU": "Made, Bea", "AB": abstract}),
    )
    client = sign_in(people.colleague)
    page = text(client.get(rows[0].get_absolute_url()))
    assert "Records of this work" in page
    assert "search 2.ris, record 1" in page
    assert "Parents met weekly for ten weeks." in page  # the abstract of the other record
    copy = text(client.get(rows[3].get_absolute_url()))
    assert "A duplicate of another record" in copy
    assert "Is it about the question?" not in copy
    told = text(client.post(rows[3].get_absolute_url(), {"verdict": "include", "seen": "0"}, follow=True))
    assert "your decision counts for both" in told
    assert queries.standing(rows[0]).outcome == "include"


def test_two_records_can_be_compared_by_number(people, sign_in, base, six) -> None:
    client = sign_in(people.colleague)
    address = f"{base}records/{six[0].pk}/compare/"
    wanted = f"{base}duplicates/{six[0].pk}/{six[1].pk}/"
    assert client.get(address, {"other": str(six[1].pk)})["Location"] == wanted
    assert (
        client.get(address, {"other": f"https://x.example{six[1].get_absolute_url()}"})["Location"] == wanted
    )
    for wrong in ("", "nothing", "9" * 30, str(six[0].pk)):
        assert "There is no other record of that number" in text(
            client.get(address, {"other": wrong}, follow=True)
        )
    assert "nothing that makes these two one work" in text(client.get(wanted))


def test_what_two_copies_differ_on_is_shown_with_where_it_was_said(people, sign_in, base, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    actions.record_decision(by=people.colleague, record=rows[0], verdict=Verdict.INCLUDE)
    actions.record_decision(by=people.colleague, record=rows[3], verdict=Verdict.EXCLUDE, reason="design")
    bring()
    page = text(sign_in(people.colleague).get(f"{base}differ/"))
    assert "about <a" in page
    assert "its duplicate from search 2.ris" in page


def test_the_account_and_the_downloads_follow(people, sign_in, case, base, bring) -> None:
    rows = bring(FIRST, SECOND, ris({"TI": f"={TRIAL}", "DO": "10.5555/made.1", "VL": "4", "SP": "10"}))
    actions.rule_on_pair(
        by=people.colleague, one=rows[2], other=rows[5], kind=Ruling.SAME, why="=HYPERLINK(1)"
    )
    client = sign_in(people.colleague)
    page = text(client.get(f"{base}account/"))
    assert "3 removed: 2 by the machine, 1 by a person" in page
    assert "Found by the machine" in page
    duplicates = rows_of(client.get(f"{base}account/duplicates.csv"))
    assert [row["Duplicate of record"] for row in duplicates] == [str(rows[0].pk)] * 2 + [str(rows[2].pk)]
    assert "the same DOI" in duplicates[0]["Why"]
    assert duplicates[1]["Title"].startswith("'=")
    assert duplicates[2]["Said by"] == "a person"
    (ruling,) = rows_of(client.get(f"{base}account/decisions-about-duplicates.csv"))
    assert (ruling["Decision"], ruling["Why"]) == ("the same work", "'=HYPERLINK(1)")
    actions.record_decision(by=people.colleague, record=rows[0], verdict=Verdict.INCLUDE)
    kept = client.get(f"{base}kept.ris").content.decode()
    assert kept.count("TY  -") == 1
    assert "Parents met weekly" in kept
    searches = rows_of(client.get(f"{base}account/searches.csv"))
    assert [row["Duplicates of earlier records"] for row in searches] == ["0", "2", "1"]


def test_a_group_of_thousands_has_a_page(people, sign_in, base, bring) -> None:
    rows = bring(ris(*[{"TI": TRIAL, "DO": "10.5555/made.1"}] * 700))
    page = text(sign_in(people.colleague).get(f"{base}duplicates/{rows[0].pk}/"))
    assert "700 records, one work" in page
    assert "The first 50 are shown" in page
    assert "And 694 more records." in text(sign_in(people.colleague).get(rows[0].get_absolute_url()))
