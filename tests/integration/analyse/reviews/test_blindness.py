"""What one of two people decided is told to nobody before the other has decided: on no page, in no file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Copy, RankingOrder, Record, ScreeningDecision, Standing
from wherewithal_web.cases.outgoing import whole_case

pytestmark = pytest.mark.django_db

READERS = ("colleague", "viewer", "approver")
SECRET = "Zebrafish only"


def text(response) -> str:
    return response.content.decode("utf-8", errors="replace")


def ask_for_two(people, case) -> None:
    why = (
        "A second person was found." if case.protocol_versions.exists() or case.record_files.exists() else ""
    )
    actions.write_protocol(by=people.commissioner, case=case, protocol=Protocol(second_share=100), why=why)


def leave_out(
    people, record: Record, *, stage: str = queries.ABSTRACT, words: str = SECRET
) -> ScreeningDecision:
    return actions.record_decision(
        by=people.commissioner,
        record=record,
        verdict=Verdict.EXCLUDE,
        reason="other",
        words=words,
        stage=stage,
        seen=0,
    )


def every_page(client: Client, case, record: Record) -> Iterator[tuple[str, str]]:
    """Every address of the case that can be read, of this room and of the case itself."""
    for space in ("reviews", "cases"):
        _pattern, resolver = get_resolver().namespace_dict[space]
        for name in {key for key in resolver.reverse_dict if isinstance(key, str)}:
            parts = set(resolver.reverse_dict.getlist(name)[0][0][0][1])
            known = {"slug": case.slug, "pk": record.pk, "ending": "csv", "stage": "analyse"}
            if "slug" not in parts or not parts <= set(known):
                continue
            address = reverse(f"{space}:{name}", kwargs={part: known[part] for part in parts})
            response = client.get(address)
            if response.status_code == 200:
                yield address, text(response)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("amended", [False, True], ids=["from-the-start", "amended"])
def test_no_page_and_no_file_tells(people, sign_in, case, rows, learn, reader, amended) -> None:
    if amended:
        leave_out(people, rows[0])
        ask_for_two(people, case)
    else:
        ask_for_two(people, case)
        leave_out(people, rows[0])
    actions.add_note(by=people.commissioner, record=rows[0], words="Remark about zebrafish")
    actions.put_label(by=people.commissioner, record=rows[0], words="Label of zebrafish")
    learn()
    assert queries.standing(rows[0]).outcome == "waiting"
    pages = dict(every_page(sign_in(getattr(people, reader)), case, rows[0]))
    assert len(pages) > 15
    for address, page in pages.items():
        assert "zebrafish" not in page.lower(), address
        assert not re.search(r"[Ll]eft out: another reason", page), address


def test_the_download_says_so_and_is_whole_once_both_have_decided(people, sign_in, case, rows) -> None:
    ask_for_two(people, case)
    leave_out(people, rows[0])
    actions.add_note(by=people.commissioner, record=rows[0], words="A note")
    client = sign_in(people.colleague)
    address = f"/cases/{case.slug}/download/"

    def room() -> dict:
        return json.loads(text(client.get(address)))["rooms"]["reviews"]

    hidden = room()["decisions"][0]
    assert (hidden["verdict"], hidden["reason"], hidden["words"]) == (queries.HIDDEN, "", "")
    assert hidden["decided_by"] == "Cora Commissioner"
    assert room()["remarks"][0]["words"] == queries.HIDDEN
    actions.record_decision(by=people.colleague, record=rows[0], verdict=Verdict.INCLUDE, seen=0)
    whole = room()
    assert [each["verdict"] for each in whole["decisions"]] == ["exclude", "include"]
    assert whole["decisions"][0]["words"] == SECRET
    assert whole["remarks"][0]["words"] == "A note"


def test_a_note_is_kept_back_before_its_writer_decides_and_shown_to_its_writer(
    people, sign_in, case, base, rows
) -> None:
    ask_for_two(people, case)
    actions.add_note(by=people.commissioner, record=rows[0], words="I would leave it out")
    address = f"{base}records/{rows[0].pk}/"
    assert "I would leave it out" in text(sign_in(people.commissioner).get(address))
    page = text(sign_in(people.colleague).get(address))
    assert "I would leave it out" not in page
    assert "shown once both have" in page
    actions.record_decision(by=people.commissioner, record=rows[0], verdict=Verdict.INCLUDE, seen=0)
    actions.record_decision(by=people.colleague, record=rows[0], verdict=Verdict.INCLUDE, seen=0)
    page = text(sign_in(people.colleague).get(address))
    assert "I would leave it out" in page


def test_at_the_full_text_only_what_was_written_since_is_kept_back(people, sign_in, case, base, rows) -> None:
    ask_for_two(people, case)
    actions.add_note(by=people.commissioner, record=rows[0], words="From the abstract")
    for user in (people.commissioner, people.colleague):
        actions.record_decision(by=user, record=rows[0], verdict=Verdict.INCLUDE, seen=0)
    actions.add_note(by=people.commissioner, record=rows[0], words="From the methods")
    leave_out(people, rows[0], stage=queries.FULL_TEXT)
    page = text(sign_in(people.colleague).get(f"{base}records/{rows[0].pk}/full-text/"))
    assert "From the abstract" in page
    assert "From the methods" not in page
    pages = dict(every_page(sign_in(people.colleague), case, rows[0]))
    assert not any("zebrafish" in each.lower() for each in pages.values())


def test_where_one_person_decides_nothing_is_kept_back(people, sign_in, base, rows, decide) -> None:
    actions.add_note(by=people.commissioner, record=rows[0], words="Open to all")
    decide(rows[0], "include")
    assert "Open to all" in text(sign_in(people.viewer).get(f"{base}records/{rows[0].pk}/"))


def test_the_order_of_what_waits_tells_nothing(people, case, sixty, learn) -> None:
    """Whatever the first of two decided, the second gets the same records in the same order."""
    ask_for_two(people, case)
    for number, verdict in ((7, Verdict.EXCLUDE), (6, Verdict.INCLUDE), (1, Verdict.EXCLUDE)):
        actions.record_decision(
            by=people.commissioner,
            record=sixty[number],
            verdict=verdict,
            reason="question" if verdict is Verdict.EXCLUDE else "",
            seen=0,
        )
    learn()
    order = RankingOrder.objects.get()
    assert order.numbers[:3].tolist() == [sixty[number].pk for number in (7, 6, 1)]
    assert all(not reason["towards"] and not reason["like"] for reason in order.why.values())
    read = []
    while len(read) < 3:
        record = actions.reserve_next(by=people.colleague, case=case)
        read.append(record)
        actions.record_decision(by=people.colleague, record=record, verdict=Verdict.INCLUDE, seen=0)
    assert read == [sixty[number] for number in (7, 6, 1)]


def test_what_was_decided_about_a_duplicate_is_kept_back_too(people, case, rows) -> None:
    ask_for_two(people, case)
    leave_out(people, rows[1])
    Standing.objects.update(record=rows[0])
    Copy.objects.create(case=case, record=rows[1], of=rows[0])
    assert {(rows[0].pk, queries.ABSTRACT), (rows[1].pk, queries.ABSTRACT)} == queries.waiting_in(case)
    assert SECRET not in json.dumps(whole_case(case), default=str)
