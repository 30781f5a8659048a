"""Studies: looked up by DOI, read from a file or written by hand; once each; with every notice about them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wherewithal.errors import BadInput
from wherewithal.sources.work import Notice, Work
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.forms import ChosenForm
from wherewithal_web.analyse.library.models import SearchEntry, Study, StudyNotice
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.cases.queries import lines_of
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

DOI = "10.5555/made-up.trial"
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": f"https://doi.org/{DOI}",
    "title": "A made-up trial of parenting groups",
    "publication_year": 2024,
    "authorships": [{"author": {"display_name": "Ada Example"}}, {"author": {"display_name": "Bo Sample"}}],
    "primary_location": {"source": {"display_name": "Journal of Examples"}, "license": "cc-by"},
    "open_access": {"oa_url": "https://open.example/trial.pdf"},
    "abstract_inverted_index": {"Groups": [0], "helped.": [1]},
    "type": "article",
    "is_retracted": False,
}
CROSSREF = {
    "message": {
        "DOI": DOI,
        "title": ["A made-up trial of parenting groups"],
        "issued": {"date-parts": [[2024]]},
        "updated-by": [
            {"DOI": "10.5555/notice", "type": "correction", "updated": {"date-parts": [[2025, 3, 4]]}}
        ],
    }
}
WORK = Work(title="A made-up trial", authors=("Example, Ada",), year=2024, doi=DOI, source="OpenAlex")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def services(monkeypatch, tmp_path) -> Iterator[SimpleNamespace]:
    """OpenAlex, Crossref and Europe PMC on this machine. ``answers`` hold what each says; None is "not found"."""
    said = SimpleNamespace(
        answers={"openalex": OPENALEX, "crossref": CROSSREF, "europepmc": {"resultList": {"result": []}}},
        broken=set(),
        asked=[],
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            which = self.path.split("/")[1]
            said.asked.append(which)
            answer = said.answers[which]
            status = 503 if which in said.broken else 404 if answer is None else 200
            body = json.dumps(answer or {}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path))
    for key in said.answers:
        address = f"http://127.0.0.1:{server.server_port}/{key}"
        monkeypatch.setenv(f"WHEREWITHAL_SOURCE_{key.upper()}", address)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield said
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def kept(people, library, case) -> Study:
    return actions.add_study(
        by=people.colleague, work=WORK, says="Groups helped a little.", programmes=["good-behaviour-game"]
    ).study


def test_a_study_is_looked_up_by_its_doi(people, library, case, sign_in, services) -> None:
    client = sign_in(people.colleague)
    sent = {
        "by": "doi",
        "doi": f"https://doi.org/{DOI.upper()}",
        "says": "Groups helped.",
        "programmes": "Good Behaviour Game",
    }
    response = client.post("/library/studies/new/", sent)
    study = Study.objects.get()
    assert response.url == f"/library/studies/{study.slug}/"
    assert (study.key, study.doi, study.known) == (f"doi:{DOI}", DOI, True)
    assert study.asked_at is not None
    page = text_of(client.get(response.url))
    assert (
        "Example, Ada; Sample, Bo (2024). A made-up trial of parenting groups. Journal of Examples." in page
    )
    assert f'href="https://doi.org/{DOI}"' in page
    assert "https://open.example/trial.pdf" in page
    assert "Groups helped." in page
    assert "Its abstract</h2>" in page
    assert "Corrected on 4 March 2025, by Crossref." in page
    assert StudyNotice.objects.get().notice_doi == "10.5555/notice"
    assert SearchEntry.objects.filter(key=f"study:{study.slug}", gone=False).exists()
    about = text_of(client.get("/library/programmes/good-behaviour-game/"))
    assert "A made-up trial of parenting groups" in about


def test_an_abstract_without_an_open_licence_is_not_shown(people, library, case, sign_in, services) -> None:
    services.answers["openalex"] = {**OPENALEX, "primary_location": {"license": None}}
    client = sign_in(people.colleague)
    page = text_of(client.get(client.post("/library/studies/new/", {"by": "doi", "doi": DOI}).url))
    assert "Groups helped." not in page
    assert "Its abstract is not shown" in page


def test_where_one_service_does_not_answer_the_next_is_asked(
    people, library, case, sign_in, services
) -> None:
    services.broken = {"openalex"}
    client = sign_in(people.colleague)
    response = client.post("/library/studies/new/", {"by": "doi", "doi": DOI}, follow=True)
    assert Study.objects.get().work["source"] == "Crossref"
    assert "Not asked: OpenAlex answered 503" in text_of(response)


def test_where_none_answers_it_can_be_written_by_hand(people, library, case, sign_in, services) -> None:
    services.broken = {"openalex", "crossref", "europepmc"}
    client = sign_in(people.colleague)
    page = text_of(client.post("/library/studies/new/", {"by": "doi", "doi": DOI, "says": "It helped."}))
    assert "It could not be looked up" in page
    for name in ("OpenAlex", "Crossref", "Europe PMC"):
        assert f"{name} answered 503" in page
    assert f'value="{DOI}"' in page
    assert "It helped.</textarea>" in page
    assert not Study.objects.exists()
    response = client.post(
        "/library/studies/new/",
        {
            "by": "hand",
            "title": "A made-up trial",
            "doi": DOI,
            "authors": "Ada Example\nBo Sample",
            "year": "2024",
        },
    )
    study = Study.objects.get()
    assert response.url == f"/library/studies/{study.slug}/"
    assert study.work["authors"] == ["Example, Ada", "Sample, Bo"]
    assert study.asked_at is None
    assert "not asked yet" in text_of(client.get(response.url))


def test_a_doi_that_nobody_knows_is_said_to_be_that(people, library, case, sign_in, services) -> None:
    services.answers |= {"openalex": None, "crossref": None}
    page = text_of(sign_in(people.colleague).post("/library/studies/new/", {"by": "doi", "doi": DOI}))
    assert "No service knows this DOI" in page
    assert "OpenAlex, Crossref and Europe PMC do not know it" in page


def test_a_study_that_is_there_leads_to_itself_without_asking_anyone(people, kept, sign_in, services) -> None:
    client = sign_in(people.commissioner)
    response = client.post(
        "/library/studies/new/", {"by": "doi", "doi": DOI, "says": "Otherwise."}, follow=True
    )
    assert "This study is in the library already" in text_of(response)
    assert services.asked == []
    by_hand = client.post("/library/studies/new/", {"by": "hand", "title": "Another title", "doi": DOI})
    assert by_hand.url == f"/library/studies/{kept.slug}/"
    assert Study.objects.get().says == "Groups helped a little."
    twice = [
        actions.add_study(by=people.commissioner, work=Work(title=" A  REPORT", year=2020)) for _ in range(2)
    ]
    assert [each.fresh for each in twice] == [True, False]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("openalex.json", OPENALEX),
        ("search.json", {"meta": {"count": 1, "next_cursor": None}, "results": [OPENALEX]}),
        ("crossref.json", CROSSREF),
    ],
)
def test_a_study_is_read_from_a_file_that_a_service_gave(people, library, case, sign_in, name, data) -> None:
    client = sign_in(people.colleague)
    file = SimpleUploadedFile(name, json.dumps(data).encode())
    page = client.post("/library/studies/new/?programme=good-behaviour-game", {"by": "file", "file": file})
    assert "A made-up trial of parenting groups, " in text_of(page)
    assert "Good Behaviour Game</textarea>" in text_of(page)
    (sealed,) = page.context["sealed"] if page.context else [ChosenForm.sealed(Work(title="x"))]
    assert not Study.objects.exists()
    chosen = {"by": "chosen", "works": sealed, "work": sealed, "says": "It helped."}
    assert client.post("/library/studies/new/", chosen).status_code == 302
    assert Study.objects.get().says == "It helped."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><title>Sign in</title>", "a web page titled"),
        (b'{"results": [', "breaks off"),
        (b"{}", "holds no study with a title"),
        (json.dumps({"meta": {}, "results": [OPENALEX] * 30}).encode(), "holds 30 studies"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(
    people, library, case, sign_in, content, said
) -> None:
    response = sign_in(people.colleague).post(
        "/library/studies/new/", {"by": "file", "file": SimpleUploadedFile("answer.json", content)}
    )
    assert response.status_code == 400
    assert said in text_of(response)
    assert not Study.objects.exists()


def test_a_work_that_was_not_read_here_is_not_taken(people, library, case, sign_in) -> None:
    forged = ChosenForm.sealed(WORK)[:-2] + "xx"
    response = sign_in(people.colleague).post(
        "/library/studies/new/", {"by": "chosen", "works": forged, "work": forged}
    )
    assert response.status_code == 400
    assert not Study.objects.exists()


def test_everything_wrong_is_said_at_once(people, library, case, sign_in) -> None:
    client = sign_in(people.colleague)
    assert "That is not a DOI." in text_of(client.post("/library/studies/new/", {"by": "doi", "doi": "ten"}))
    page = text_of(
        client.post(
            "/library/studies/new/",
            {"by": "hand", "year": "3000", "doi": "ten", "link": "nowhere", "programmes": "Nothing Like It"},
        )
    )
    for words in (
        "Write its title.",
        "Give a year up to 2027.",
        "That is not a DOI.",
        "no programme “Nothing Like It”",
    ):
        assert words in page, words
    with pytest.raises(BadInput):
        actions.add_study(by=people.colleague, work=Work())


def test_who_does_not_contribute_adds_no_study(people, library, case, sign_in) -> None:
    for user in (people.viewer, people.outsider, people.parent):
        assert sign_in(user).get("/library/studies/new/").status_code == 403
        with pytest.raises(Refused):
            actions.add_study(by=user, work=WORK)
    page = text_of(sign_in(people.outsider).get("/library/studies/"))
    assert "Nobody has added a study yet" in page
    assert "you need to contribute to a case" in page


def test_a_study_becomes_a_finding_and_a_newer_one_when_it_is_said_anew(people, kept, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    response = client.post(f"/library/studies/{kept.slug}/add/", {"case": case.slug})
    stored = StoredFinding.objects.get(subject=f"library:study:doi:{DOI}")
    assert response.url.endswith(f"?finding={stored.pk}&section=what-works")
    assert stored.lane == "research"
    write_sentence(
        by=people.commissioner, case=case, text="It helps.", section="what-works", rests_on=[stored]
    )
    edited = sign_in(people.colleague).post(
        f"/library/studies/{kept.slug}/edit/", {"says": "Groups did not help.", "programmes": ""}
    )
    assert edited.status_code == 302
    (line,) = lines_of(case)
    assert "now Groups did not help" in line.drift[0].change.words
    kept.refresh_from_db()
    assert kept.programmes == []
    assert Event.objects.filter(action="library.change_study").count() == 1


def test_a_retraction_stands_at_the_top(people, kept, case, sign_in) -> None:
    StudyNotice.objects.create(doi=DOI, kind="retraction", date=date(2026, 5, 6), source="Crossref")
    client = sign_in(people.outsider)
    page = text_of(client.get(f"/library/studies/{kept.slug}/"))
    assert "This study was taken back" in page
    assert page.index("Taken back (retraction) on 6 May 2026") < page.index("What it says")
    assert "Retracted" in text_of(client.get("/library/studies/"))
    stored = actions.add_study_finding(by=people.commissioner, case=case, study=kept)
    assert stored.body["statement"].startswith("Retracted.")


def test_a_service_that_only_says_retracted_is_believed(people, library, case) -> None:
    study = actions.add_study(
        by=people.colleague,
        work=Work(title="Taken back", doi="10.5555/Gone", retracted=True, source="OpenAlex"),
    ).study
    notice = StudyNotice.objects.get()
    assert (notice.doi, notice.kind, notice.source) == ("10.5555/gone", "retraction", "OpenAlex")
    again = Work(
        title="Noticed",
        doi="10.5555/noticed",
        retracted=True,
        notices=(Notice("retraction", "10.5555/n", date(2026, 1, 2), "Crossref"),),
    )
    actions.add_study(by=people.colleague, work=again)
    assert StudyNotice.objects.count() == 2
    assert study.doi == "10.5555/gone"


def test_only_who_added_it_or_keeps_the_library_changes_it(people, kept, sign_in) -> None:
    client = sign_in(people.commissioner)
    assert "Change what is said of it" not in text_of(client.get(f"/library/studies/{kept.slug}/"))
    assert client.get(f"/library/studies/{kept.slug}/edit/").status_code == 403
    assert client.post(f"/library/studies/{kept.slug}/remove/").status_code == 403
    assert sign_in(people.champion).get(f"/library/studies/{kept.slug}/edit/").status_code == 200


def test_a_study_that_a_case_rests_on_stays(people, kept, case, sign_in) -> None:
    stored = actions.add_study_finding(by=people.commissioner, case=case, study=kept)
    response = sign_in(people.colleague).post(f"/library/studies/{kept.slug}/remove/")
    assert response.status_code == 403
    assert "A case has this study on its thread" in text_of(response)
    assert stored.subject.endswith(kept.key)


def test_a_study_added_by_mistake_is_taken_out(people, kept, sign_in) -> None:
    assert sign_in(people.colleague).post(f"/library/studies/{kept.slug}/remove/").status_code == 302
    assert not Study.objects.exists()
    assert SearchEntry.objects.get(key=f"study:{kept.slug}").gone
    assert Event.objects.filter(action="library.remove_study").count() == 1
