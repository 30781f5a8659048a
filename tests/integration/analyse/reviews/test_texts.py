"""Full texts as files: attached, read, opened by those who may, removed for good, and brought many at once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.integration.analyse.reviews.conftest import PLAN
from tests.unit.analyse.reviews.full_texts.made_pdf import bomb, made_pdf
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Place
from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries, shelf
from wherewithal_web.analyse.reviews.models import AttachedText, BroughtText, Result, TextRemoval, TextWords
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs.leases import claim
from wherewithal_web.jobs.models import Run
from wherewithal_web.jobs.worker import Worker
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

PAPER = made_pdf(
    ["First made study\nA trial of parenting groups", "The groups met weekly", "Costs were not reported"],
    title="First made study",
)
TALK = made_pdf(["Second made study", "Crops"], title="Slides")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def a_shelf(settings, tmp_path) -> None:
    settings.FULL_TEXTS = tmp_path / "full-texts"


@pytest.fixture
def kept(rows, decide):
    for row in rows[:3]:
        decide(row, "include")
    return rows


@pytest.fixture
def attach(people):
    def attached(record, content: bytes = PAPER, name: str = "paper.pdf", by=None) -> AttachedText:
        return actions.attach_text(
            by=by or people.colleague, record=record, source=io.BytesIO(content), name=name
        )

    return attached


def files(case) -> list[str]:
    folder = shelf.folder_of(case)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


# --- attaching ------------------------------------------------------------------------------------------


def test_a_pdf_is_attached_read_and_searched(people, sign_in, case, base, kept, learn) -> None:
    actions.write_protocol(
        by=people.commissioner, case=case, protocol=Protocol(intervention="parenting groups"), why="Said now."
    )
    client = sign_in(people.colleague)
    address = f"{base}records/{kept[0].pk}/full-text/"
    page = text(client.get(address))
    assert "Nobody has attached it" in page
    sent = {"pdf": SimpleUploadedFile("Paper 1.pdf", PAPER, "application/pdf")}
    page = text(client.post(f"{base}records/{kept[0].pk}/attach/", sent, follow=True))
    assert "Attached Paper 1.pdf, 3 pages." in page
    assert "They are being read" in page
    learn()
    page = text(client.get(address))
    assert "Open Paper 1.pdf (opens in a new tab)" in page
    assert "Read by a machine from 3 pages" in page
    assert 'rev-mark--asked" title="word of the question">parenting' in page
    page = text(client.get(address, {"q": "costs reported"}))
    assert '<span class="rev-passages__page">Page 3</span>' in page
    assert "No page holds this word." in text(client.get(address, {"q": "nowhere"}))


def test_the_same_file_twice_is_attached_once(people, case, kept, attach) -> None:
    first = attach(kept[0])
    assert attach(kept[0], by=people.commissioner) == first
    other = attach(kept[1])
    assert other.pk != first.pk
    assert files(case) == [f"{first.sha256}.pdf"]
    assert Event.objects.filter(action="reviews.attach_text").count() == 2
    assert Run.objects.filter(kind="reviews.read_text").count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "an empty file"), (b"<html>Sign in</html>", "a web page"), (PAPER[:-300], "breaks off")],
)
def test_what_is_no_pdf_is_refused_and_nothing_stays(
    people, sign_in, case, base, kept, content: bytes, words: str
) -> None:
    sent = {"pdf": SimpleUploadedFile("paper.pdf", content)}
    page = text(sign_in(people.colleague).post(f"{base}records/{kept[0].pk}/attach/", sent, follow=True))
    assert "paper.pdf was not taken: " in page
    assert words in page
    assert files(case) == []
    assert not AttachedText.objects.exists()


def test_a_file_of_200_megabytes_is_refused_as_it_arrives(people, case, kept, attach, monkeypatch) -> None:
    class Huge(io.RawIOBase):
        given = 0

        def seek(self, *_: int) -> int:
            return 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF-1.4\n".ljust(size, b" ")

    huge = Huge()
    with pytest.raises(BadInput, match="51 MB"):
        actions.attach_text(by=people.colleague, record=kept[0], source=huge, name="huge.pdf")
    assert huge.given < 60 * 1024 * 1024
    assert files(case) == []


def test_a_case_holds_so_much_and_no_more(settings, case, kept, attach) -> None:
    attach(kept[0])
    settings.FULL_TEXTS_PER_CASE = len(PAPER) + 10
    with pytest.raises(BadInput, match="the most that one may"):
        attach(kept[1], TALK)
    attach(kept[1], PAPER)  # the same file takes no more room
    assert len(files(case)) == 1


def test_a_bomb_is_attached_and_its_words_are_missing_not_the_worker(
    people, case, kept, attach, learn, monkeypatch
) -> None:
    from wherewithal.analyse.reviews.full_texts import pdf
    from wherewithal_web.analyse.reviews.learning import texts

    monkeypatch.setattr(texts, "read_words", lambda path: pdf.read_words(path, seconds=2))
    monkeypatch.setattr(
        shelf, "examine", lambda path, name: pdf.Examined(1, "", "") if path.stat().st_size else None
    )
    attach(kept[0], bomb(megabytes=60))
    learn()
    words = TextWords.objects.get()
    assert not any(page.strip() for page in words.pages)
    assert Run.objects.get(kind="reviews.read_text").state == "done"


def test_attaching_what_could_not_be_got_brings_the_record_back(people, case, kept, attach) -> None:
    actions.attach_full_text(by=people.colleague, record=kept[0], found=False)
    assert kept[0] not in queries.pile_of(case, queries.FULL_TEXT)
    attach(kept[0])
    assert kept[0] in queries.pile_of(case, queries.FULL_TEXT)
    assert queries.flow_now(case).not_retrieved == 0


def test_who_may_attach(people, sign_in, base, kept, attach) -> None:
    for user in (people.viewer, people.approver):
        with pytest.raises(Refused):
            attach(kept[0], by=user)
        assert "Attach it or say" not in text(sign_in(user).get(f"{base}records/{kept[0].pk}/full-text/"))
    with pytest.raises(Refused):
        attach(kept[0], by=people.outsider)


# --- opening --------------------------------------------------------------------------------------------


def test_the_file_is_served_to_those_who_may_see_the_case_and_reaches_nothing(
    people, sign_in, base, kept, attach
) -> None:
    made = attach(kept[0], name='pa"per.pdf')
    address = f"{base}texts/{made.pk}.pdf"
    for user in (people.viewer, people.approver, people.colleague):
        response = sign_in(user).get(address)
        assert b"".join(response.streaming_content) == PAPER
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline; filename=")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["Cache-Control"] == "private, no-store"
    for user in (people.outsider, people.parent, people.champion):
        assert sign_in(user).get(address).status_code == 404
    assert shelf.path_of(kept[0].file.case, made.sha256).stat().st_mode & 0o077 == 0


def test_a_file_that_is_not_on_this_machine_is_not_there(people, sign_in, base, kept, attach) -> None:
    made = attach(kept[0])
    shelf.path_of(kept[0].file.case, made.sha256).unlink()
    assert sign_in(people.viewer).get(f"{base}texts/{made.pk}.pdf").status_code == 404


# --- removing -------------------------------------------------------------------------------------------


def test_removing_deletes_the_file_and_leaves_a_mark(
    people, sign_in, case, base, kept, attach, learn, django_capture_on_commit_callbacks
) -> None:
    made = attach(kept[0])
    learn()
    client = sign_in(people.colleague)
    address = f"{base}texts/{made.pk}/remove/"
    assert "Say why the full text is removed" in text(client.post(address, {"why": " "}, follow=True))
    with django_capture_on_commit_callbacks(execute=True):
        page = text(client.post(address, {"why": "Our licence does not allow it."}, follow=True))
    assert "was removed by Col League" in page
    assert "Our licence does not allow it." in page
    assert "The file and the words read from it were deleted." in page
    assert files(case) == []
    assert not TextWords.objects.exists()
    assert AttachedText.objects.get() == made
    assert client.get(f"{base}texts/{made.pk}.pdf").status_code == 404
    assert client.post(address, {"why": "Again"}).status_code == 404
    assert Event.objects.filter(action="reviews.remove_text").count() == 1
    again = attach(kept[0])
    assert again.pk != made.pk


def test_the_file_stays_while_another_record_has_it(
    people, case, kept, attach, django_capture_on_commit_callbacks
) -> None:
    first, other = attach(kept[0]), attach(kept[1])
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.remove_text(by=people.colleague, text=first, why="Wrong record.").deleted
    assert files(case) == [f"{other.sha256}.pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remove_text(by=people.commissioner, text=other, why="Wrong too.").deleted
    assert files(case) == []


def test_only_who_attached_it_or_leads_the_case_removes_it(people, kept, attach) -> None:
    made = attach(kept[0], by=people.commissioner)
    for user in (people.colleague, people.viewer, people.outsider):
        with pytest.raises(Refused):
            actions.remove_text(by=user, text=made, why="No.")
    assert actions.remove_text(by=people.commissioner, text=made, why="Yes.")


# --- reading in the background --------------------------------------------------------------------------


def test_a_worker_killed_while_reading_is_taken_over(kept, attach, learn) -> None:
    learn()
    attach(kept[0])
    assert claim("killed") is not None  # and never heard of again
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert Worker("another").once()
    assert len(TextWords.objects.get().pages) == 3


def test_what_was_removed_while_it_was_read_is_not_kept(people, kept, attach) -> None:
    from wherewithal_web.analyse.reviews.learning.texts import read_text

    made = attach(kept[0])
    finish = read_text(lambda *_: None, text=made.pk)
    actions.remove_text(by=people.colleague, text=made, why="Wrong file.")
    assert finish() == {"pages": 0}
    assert not TextWords.objects.exists()
    assert read_text(lambda *_: None, text=made.pk) is None


def test_what_an_ended_upload_left_is_tidied(case, kept, attach) -> None:
    import os

    attach(kept[0])
    left = shelf.folder_of(case) / "arriving-1"
    left.write_bytes(b"half")
    fresh = shelf.folder_of(case) / "arriving-2"
    fresh.write_bytes(b"half")
    os.utime(left, (1, 1))
    shelf.tidy(case)
    assert not left.exists()
    assert fresh.exists()


# --- many at once ---------------------------------------------------------------------------------------


def test_several_are_recognised_and_a_person_says_whose_they_are(
    people, sign_in, case, base, kept, django_capture_on_commit_callbacks
) -> None:
    client = sign_in(people.colleague)
    unknown = made_pdf(["Something else entirely"])
    sent = {
        "pdfs": [
            SimpleUploadedFile("a.pdf", PAPER),
            SimpleUploadedFile("b.pdf", TALK),
            SimpleUploadedFile("c.pdf", unknown),
            SimpleUploadedFile("d.pdf", b"<html>Sign in"),
        ]
    }
    page = text(client.post(f"{base}texts/", sent))
    assert "d.pdf was not taken: a web page." in page
    waiting = {row.name: row for row in BroughtText.objects.all()}
    assert waiting["a.pdf"].suggestion is None  # its title has three words: too few to be sure
    assert {name: row.suggestion_id for name, row in waiting.items() if name != "a.pdf"} == {
        "b.pdf": None,
        "c.pdf": None,
    }
    places = {
        f"place-{waiting['a.pdf'].pk}": str(kept[0].pk),
        f"place-{waiting['c.pdf'].pk}": "away",
        f"place-{waiting['b.pdf'].pk}": "",
    }
    with django_capture_on_commit_callbacks(execute=True):
        page = text(client.post(f"{base}texts/place/", places, follow=True))
    assert "1 full text attached, 1 file thrown away." in page
    assert AttachedText.objects.get().record == kept[0]
    assert [row.name for row in BroughtText.objects.all()] == ["b.pdf"]
    assert len(files(case)) == 2


def test_a_doi_on_the_first_page_recognises_it(people, case, kept) -> None:
    paper = made_pdf(["Some journal"], doi="10.5555/made.1")
    brought, refused = actions.bring_texts(
        by=people.colleague, case=case, files=[("x.pdf", io.BytesIO(paper)), ("x.pdf", io.BytesIO(paper))]
    )
    assert not refused
    assert brought[0] == brought[1]
    assert (brought[0].suggestion, brought[0].by) == (kept[0], "its DOI")


def test_a_record_of_another_case_is_refused_and_nothing_is_placed(people, case, kept) -> None:
    brought, _refused = actions.bring_texts(
        by=people.colleague, case=case, files=[("x.pdf", io.BytesIO(PAPER))]
    )
    with pytest.raises(BadInput, match="a record of this case"):
        actions.place_texts(by=people.colleague, case=case, places={brought[0].pk: 999_999})
    assert BroughtText.objects.count() == 1
    assert not TextRemoval.objects.exists()


def test_nothing_chosen_is_said(people, sign_in, base, kept) -> None:
    client = sign_in(people.colleague)
    assert "Choose one PDF or more." in text(client.post(f"{base}texts/"))
    assert "Choose a PDF first." in text(client.post(f"{base}records/{kept[0].pk}/attach/", follow=True))
    assert sign_in(people.viewer).get(f"{base}texts/").status_code == 403


# --- numbers found in full texts ------------------------------------------------------------------------

NUMBERS = made_pdf(
    [
        "First made study\nWe allocated 120 families to groups or a waiting list",
        "After 12 weeks the mean differ-\nence was -16.7 \\(95% CI -28.2 to -5.2\\)\n"
        "and OR = 0.52 \\(95% CI 0.30 to 0.91\\)",
        "References\n1. Another trial: OR = 9.9 \\(95% CI 8.0 to 10.0\\)",
    ],
    title="First made study",
)


@pytest.fixture
def study(people, case, kept):
    actions.write_plan(by=people.commissioner, case=case, plan=PLAN)
    made = actions.make_studies(by=people.commissioner, case=case)[0]
    arms = [(None, "Groups", "programme", 60), (None, "Waiting list", "comparison", 60)]
    actions.write_arms(by=people.commissioner, study=made, arms=arms)
    return queries.study_for(people.commissioner, case.slug, made.number)


def test_numbers_of_a_full_text_are_suggested_with_their_page_until_a_person_accepts(
    people, sign_in, case, base, kept, attach, learn, study
) -> None:
    client = sign_in(people.colleague)
    address = f"{base}studies/{study.number}/full-text/"
    assert "No full text is attached" in text(client.get(address))
    assert "Numbers in its full text" not in text(client.get(study.get_absolute_url()))
    attach(kept[0], NUMBERS)
    assert "Its words are being read" in text(client.get(address))
    learn()
    assert "Numbers in its full text" in text(client.get(study.get_absolute_url()))
    page = text(client.get(address))
    assert "Page 2 of the file" in page
    assert "After 12 weeks the mean difference was -16.7 (95% CI -28.2 to -5.2)" in page
    assert "9.9" not in page
    assert not Result.objects.exists()
    (found,) = (
        each for each in queries.numbers_in_texts(study)[0].found if each.mention.kind == "difference"
    )
    assert (found.page, found.mention.form) == (2, "difference")
    new = f"{study.get_absolute_url()}results/new/?found={found.key}"
    assert "The machine found" in text(client.get(new))
    sent = {"instrument": "ecbi", "time_words": "after", "weeks": "12", "arm1": "1", "arm2": "2"}
    numbers = client.post(new, {**sent, "form": "difference"})["Location"]
    assert f"found={found.key}" in numbers
    page = text(client.get(numbers))
    assert "page 2 of the file" in page
    assert "-16.7" in page
    filled = {
        "value": "-16.7", "low": "-28.2", "high": "-5.2", "n1": "60", "n2": "60", "page": "page 2 of the file",
        "quotation": found.quotation, "token": "one",
    }  # fmt: skip
    client.post(numbers.split("#")[0], filled)
    taken = Result.objects.get()
    assert (taken.found_page, taken.found_in.name, taken.suggestion) == (2, "paper.pdf", None)
    assert "difference" not in {each.mention.kind for each in queries.numbers_in_texts(study)[0].found}
    told = Event.objects.filter(action="reviews.give_result").latest("pk")
    assert told.details["found_by_machine"]["page"] == 2


def test_who_may_not_see_the_text_is_told_nothing_of_it(
    people, sign_in, case, base, kept, attach, learn, study
) -> None:
    attach(kept[0], NUMBERS)
    learn()
    address = f"{base}studies/{study.number}/full-text/"
    for who in ("outsider", "parent"):
        answer = sign_in(getattr(people, who)).get(address)
        assert answer.status_code == 404
        assert "16.7" not in text(answer)
    assert "16.7" in text(sign_in(people.viewer).get(address))
    assert "Take it over" not in text(sign_in(people.viewer).get(address))
    everything = sign_in(people.commissioner).get(f"/cases/{case.slug}/download/")
    assert "16.7" not in everything.content.decode(errors="replace")


def test_a_removed_text_takes_its_numbers_along(
    people, sign_in, case, base, kept, attach, learn, study
) -> None:
    row = attach(kept[0], NUMBERS)
    learn()
    (found, *_rest) = queries.numbers_in_texts(study)[0].found
    actions.remove_text(by=people.colleague, text=row, why="Its licence does not allow it")
    assert queries.numbers_in_texts(study) == []
    assert queries.number_in_text(study, found.key) is None
    page = text(sign_in(people.colleague).get(f"{base}studies/{study.number}/full-text/"))
    assert "120 families" not in page
    read = actions.add_comparison(by=people.colleague, study=study, instrument="ecbi", arm1=1, arm2=2)
    with pytest.raises(BadInput, match="full text of another study"):
        actions.give_result(
            by=people.colleague,
            comparison=read,
            given=Given("difference", {"value": 1, "low": 0, "high": 2, "n1": 60, "n2": 60}),
            place=Place("2"),
            found=found,
        )
