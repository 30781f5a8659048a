"""One case from question to decision on real input, and then a newer register edition: the whole promise at once."""

from __future__ import annotations

import io
from datetime import date
from importlib.resources import files

import pytest
from docx import Document

from wherewithal.plan.options import CostKind, CostLine, Delivery, Kind, Quantity, StaffLine
from wherewithal.thread.decision import State
from wherewithal.thread.sections import SECTIONS
from wherewithal_web.analyse.library import actions as library
from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.models import Decision
from wherewithal_web.plan.options import actions as options

pytestmark = pytest.mark.django_db

PROGRAMME = "incredible-years-preschool"


def newer_guidebook() -> bytes:
    """A later edition in which one rating is another: made for this test, and no fact about the programme."""
    folder = files("wherewithal.analyse.library") / "editions" / "foundations-guidebook"
    text = (folder / "2026-04-30.csv").read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("Incredible Years Preschool")]
    name, rating, rest = line.split(",", 2)
    assert rating == "4+"
    return text.replace(line, f"{name},2,{rest}").encode()


@pytest.fixture
def decided(people, case):
    """A case that rests on the Guidebook, compared, written up and confirmed by a second person."""
    library.load_starter_editions(by=people.champion)
    reading = library.add_reading(by=people.colleague, case=case, slug=PROGRAMME)
    actions.write_sentence(
        by=people.colleague,
        case=case,
        text="Incredible Years has strong evidence.",
        section="what-works",
        rests_on=[reading],
    )
    years = (Quantity.of(10_000),) * 5
    for name, kind, evidence in (
        ("Carry on as now", Kind.BUSINESS_AS_USUAL, []),
        ("Incredible Years", Kind.PROGRAMME, [reading]),
        ("Parent-led groups", Kind.PROGRAMME, []),
    ):
        options.add_option(
            by=people.colleague,
            case=case,
            name=name,
            kind=kind,
            delivery=Delivery((Quantity.of(60),) * 5, Quantity.of(0.7)),
            costs=[CostLine("All of it", CostKind.RUNNING, "The council", years)],
            staff=[StaffLine("Group leader", (Quantity.of(1.0),) * 5, in_post=1.0, trained=1.0)],
            evidence=evidence,
        )
    for cost in options.run_appraisal(by=people.colleague, case=case):
        actions.write_sentence(
            by=people.colleague, case=case, text=f"{cost.title} is known.", section="options", rests_on=[cost]
        )
    decision = actions.propose_decision(
        by=people.commissioner,
        case=case,
        option="Incredible Years",
        reason="The strongest evidence.",
        decided_on=date(2026, 3, 12),
        review_on=date(2027, 3, 12),
    )
    actions.move_decision(by=people.approver, decision=decision, to=State.CONFIRMED)
    return case


def test_a_newer_edition_shows_on_the_case_the_sentence_the_paper_and_the_decision(
    people, decided, sign_in
) -> None:
    reader, champion, base = sign_in(people.viewer), sign_in(people.champion), decided.get_absolute_url()
    sign_in(people.colleague).post(f"{base}paper/start/")
    changed = "Foundations Guidebook: was 4+, now 2"
    decision = Decision.objects.get()
    before = {part: reader.get(base + part).text for part in ("", "paper/", f"decisions/{decision.pk}/")}
    assert all(changed not in page for page in before.values())
    assert "Nothing it was decided on has changed since" in before[f"decisions/{decision.pk}/"]

    upload = io.BytesIO(newer_guidebook())
    upload.name = "2026-11-01.csv"
    answers = {
        "register": "foundations-guidebook",
        "edition_date": "2026-11-01",
        "part": "whole",
        "file": upload,
    }
    looked_at = champion.post("/library/registers/bring-in/", answers)
    assert changed not in reader.get(base).text, "nothing is applied before a person accepts it"
    champion.post(looked_at.headers["Location"], {"answer": "accept"})

    for part in before:
        assert changed in reader.get(base + part).text, part
    assert "What it was decided on has changed since" in reader.get(f"{base}decisions/{decision.pk}/").text
    assert decision.snapshot.claims == Decision.objects.get().snapshot.claims
    line = next(line for line in queries.lines_of(decided) if line.drift)
    assert line.wording.text == "Incredible Years has strong evidence."

    word_file = reader.post(f"{base}paper/docx/")
    paragraphs = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(word_file.content)).paragraphs)
    assert "Incredible Years has strong evidence." in paragraphs
    assert "was 4+, now 2" in paragraphs


def test_every_sentence_of_the_paper_is_a_sentence_of_the_case(people, decided, sign_in) -> None:
    sign_in(people.colleague).post(f"{decided.get_absolute_url()}paper/start/")
    page = sign_in(people.viewer).get(f"{decided.get_absolute_url()}paper/").text
    for line in queries.lines_of(decided):
        assert line.wording.text.replace("'", "&#39;") in page
    assert {line.sentence.section for line in queries.lines_of(decided)} <= {part.key for part in SECTIONS}
