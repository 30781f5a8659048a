from __future__ import annotations

import gzip
import json
import logging
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from shutil import which

import pytest

from tests.unit.sources.conftest import Time
from tests.unit.sources.serving import WEB_PAGE, Asked, LocalService, Reply, json_reply
from wherewithal.errors import BadInput
from wherewithal.sources.catalogue import CROSSREF, NICE, OPENALEX
from wherewithal.sources.client import Client, _next_hop
from wherewithal.sources.content import json_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.service import Service

FINE = json_reply({"fine": True})


@pytest.fixture
def service(local: LocalService) -> Service:
    return Service("made", "Made", "nothing", local.address, "", "", per_second=10)


def ask(client: Client, service: Service, path: str = "/works") -> object:
    return client.get(service, path, [("q", "a b")], read=json_in)[0]


def refused(client: Client, service: Service, path: str = "/works") -> SourceFailed:
    with pytest.raises(SourceFailed) as caught:
        ask(client, service, path)
    return caught.value


def test_it_says_who_asks_and_whom_to_write_to(local: LocalService, tmp_path: Path) -> None:
    local.replies = [FINE]
    with Client(contact="evidence@council.example", keep_in=None) as client:
        ask(client, replace(OPENALEX, address=local.address))
    sent = local.asked[0]
    assert sent.headers["user-agent"].startswith("Wherewithal/")
    assert "mailto:evidence@council.example" in sent.headers["user-agent"]
    assert sent.parameters == {"q": "a b", "mailto": "evidence@council.example"}


def test_the_contact_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREWITHAL_CONTACT", "a@council.example")
    with Client() as client:
        assert client.contact == "a@council.example"


def test_the_environment_puts_a_service_elsewhere(
    client: Client, local: LocalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHEREWITHAL_SOURCE_CROSSREF", f"{local.address}/mirror/")
    local.replies = [FINE]
    assert ask(client, CROSSREF) == {"fine": True}
    assert local.asked[0].path == "/mirror/works"


# --- Asked again only when it must be -------------------------------------------------------------------


def conditional(asked: Asked) -> Reply:
    if asked.headers.get("if-none-match") == '"one"':
        return Reply(status=304, headers={"ETag": '"one"'})
    return json_reply({"fine": True}, ETag='"one"')


def test_an_unchanged_answer_is_not_sent_twice(client: Client, service: Service, local: LocalService) -> None:
    local.answers = conditional
    first, answer = client.get(service, "/works", read=json_in)
    second, again = client.get(service, "/works", read=json_in)
    assert first == second == {"fine": True}
    assert (answer.kept, again.kept, again.asked) == (False, True, True)
    assert "if-none-match" not in local.asked[0].headers
    assert local.asked[1].headers["if-none-match"] == '"one"'


def test_a_date_of_change_alone_is_enough_to_ask_by(
    client: Client, service: Service, local: LocalService
) -> None:
    stamp = formatdate(1_700_000_000, usegmt=True)
    local.answers = lambda asked: (
        Reply(status=304)
        if asked.headers.get("if-modified-since") == stamp
        else json_reply([1], Last_Modified=stamp)
    )
    ask(client, service)
    assert ask(client, service) == [1]
    assert len(local.asked) == 2


def test_what_holds_for_a_while_is_not_asked_for(
    client: Client, service: Service, local: LocalService
) -> None:
    local.replies = [json_reply([1], Cache_Control="max-age=3600")]
    ask(client, service)
    _, answer = client.get(service, "/works", [("q", "a b")], read=json_in)
    assert (len(local.asked), answer.kept, answer.asked) == (1, True, False)


@pytest.mark.parametrize("said", ["no-store, max-age=3600", "no-cache, max-age=3600"])
def test_what_must_not_be_kept_is_asked_for_again(
    client: Client, service: Service, local: LocalService, said: str
) -> None:
    local.replies = [json_reply([1], Cache_Control=said)]
    ask(client, service)
    ask(client, service)
    assert len(local.asked) == 2


def test_a_block_page_is_not_kept(
    client: Client, service: Service, local: LocalService, tmp_path: Path
) -> None:
    page = replace(WEB_PAGE, headers={"ETag": '"page"', "Cache-Control": "max-age=86400"})
    local.replies = [page, FINE]
    refused(client, service)
    assert ask(client, service) == {"fine": True}
    assert "if-none-match" not in local.asked[1].headers


def test_a_spoilt_kept_answer_is_as_if_it_were_not_there(
    client: Client, service: Service, local: LocalService, tmp_path: Path
) -> None:
    local.answers = conditional
    ask(client, service)
    for file in (tmp_path / "answers").iterdir():
        file.write_bytes(file.read_bytes()[:-3])
    assert ask(client, service) == {"fine": True}
    assert "if-none-match" not in local.asked[1].headers


def test_the_folder_of_kept_answers_is_private_and_has_a_largest_size(
    client: Client, service: Service, local: LocalService, tmp_path: Path
) -> None:
    assert client._kept is not None
    client._kept.largest = 3000
    local.replies = [json_reply("x" * 1000, ETag='"one"')]
    for number in range(6):
        ask(client, service, f"/{number}")
    files = list((tmp_path / "answers").iterdir())
    assert 1 <= len(files) <= 2
    assert (tmp_path / "answers").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


# --- Patience, within limits ----------------------------------------------------------------------------


def test_too_many_requests_waits_as_long_as_asked(
    client: Client, service: Service, local: LocalService, time_: Time
) -> None:
    local.replies = [Reply(status=429, headers={"Retry-After": "7"}), FINE]
    assert ask(client, service) == {"fine": True}
    assert time_.long_waits == [7.0]


def test_a_long_wait_is_reported_and_not_waited(
    client: Client, service: Service, local: LocalService, time_: Time
) -> None:
    local.replies = [Reply(status=429, headers={"Retry-After": "3600"})]
    failure = refused(client, service)
    assert (failure.kind, failure.status, failure.wait, failure.passing) == (
        "too many requests",
        429,
        3600.0,
        True,
    )
    assert str(failure) == "Made answered 429 (too many requests). Try again after 3,600 s."
    assert (len(local.asked), time_.long_waits) == (1, [])


def test_a_wait_given_as_a_date_is_understood(
    client: Client, service: Service, local: LocalService, time_: Time
) -> None:
    import time

    local.replies = [
        Reply(status=503, headers={"Retry-After": formatdate(time.time() + 20, usegmt=True)}),
        FINE,
    ]
    assert ask(client, service) == {"fine": True}
    assert 17 < time_.long_waits[0] < 21


def test_an_answer_of_500_is_tried_again(
    client: Client, service: Service, local: LocalService, time_: Time
) -> None:
    local.replies = [Reply(status=500), Reply(status=502, headers={"Retry-After": "soon"}), FINE]
    assert ask(client, service) == {"fine": True}
    assert time_.waits.count(1.0) == 1
    assert time_.long_waits == [2.0]


def test_it_gives_up_after_four_attempts(client: Client, service: Service, local: LocalService) -> None:
    local.replies = [json_reply({"error": "Database away"}, 503)]
    failure = refused(client, service)
    assert len(local.asked) == 4
    assert failure.kind == "broken"
    assert failure.said == "Made answered 503 (not available for now: Database away)."


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "not accepted"),
        (401, "needs a key"),
        (403, "forbidden"),
        (404, "not there"),
        (418, "not accepted"),
    ],
)
def test_what_waiting_does_not_cure_is_not_tried_again(
    client: Client, service: Service, local: LocalService, status: int, kind: str
) -> None:
    local.replies = [Reply(status=status)]
    assert refused(client, service).kind == kind
    assert len(local.asked) == 1


def test_a_body_that_breaks_off_is_tried_again_and_then_said(
    client: Client, service: Service, local: LocalService
) -> None:
    broken = Reply(b'{"fine": ', length=100)
    local.replies = [broken, FINE]
    assert ask(client, service) == {"fine": True}
    local.replies = [broken]
    failure = refused(client, service)
    assert (failure.kind, len(local.asked)) == ("cut off", 6)


def test_json_that_breaks_off_in_a_whole_body_is_cut_off(
    client: Client, service: Service, local: LocalService
) -> None:
    local.replies = [Reply(b'{"results": [{"title": "Par')]
    failure = refused(client, service)
    assert failure.kind == "cut off"
    assert "breaks off after 27 characters" in failure.said


def test_a_slow_answer_ends_in_a_time_out(service: Service, local: LocalService, time_: Time) -> None:
    local.replies = [Reply(b"{}", wait=30)]
    with Client(keep_in=None, attempts=2, read=0.1, clock=time_.clock, sleep=time_.sleep) as client:
        failure = refused(client, service)
    assert (failure.kind, len(local.asked)) == ("time-out", 2)
    assert failure.said == "127.0.0.1 did not answer within 0.1 s."


def test_an_answer_that_never_ends_is_not_waited_for(service: Service, local: LocalService) -> None:
    local.replies = [Reply(b"1" * 1000, drip=0.02)]
    with Client(keep_in=None, attempts=1, budget=0.3) as client:
        failure = refused(client, service)
    assert failure.kind == "time-out"
    assert "was still sending" in failure.said


def test_the_budget_counts_waits_too(service: Service, local: LocalService, time_: Time) -> None:
    local.replies = [Reply(status=503, headers={"Retry-After": "40"})]
    with Client(keep_in=None, budget=60, clock=time_.clock, sleep=time_.sleep) as client:
        assert refused(client, service).kind == "broken"
    assert time_.long_waits == [40.0]


def test_an_answer_that_is_too_large_is_not_read_whole(
    client: Client, service: Service, local: LocalService
) -> None:
    local.replies = [Reply(b"1" * 100_000)]
    with pytest.raises(SourceFailed) as caught:
        client.get(service, "/", read=json_in, largest=1000)
    assert (caught.value.kind, len(local.asked)) == ("too large", 1)


def test_an_answer_that_unpacks_to_too_much_is_not_unpacked_whole(
    client: Client, service: Service, local: LocalService
) -> None:
    packed = gzip.compress(b"1" * 50_000_000)
    local.replies = [Reply(packed, headers={"Content-Encoding": "gzip"})]
    with pytest.raises(SourceFailed) as caught:
        client.get(service, "/", read=json_in, largest=1_000_000)
    assert caught.value.kind == "too large"


def test_a_packed_answer_is_unpacked(client: Client, service: Service, local: LocalService) -> None:
    local.replies = [Reply(gzip.compress(b"[1]"), headers={"Content-Encoding": "gzip"})]
    assert ask(client, service) == [1]


def test_an_answer_in_chunks_is_put_together(client: Client, service: Service, local: LocalService) -> None:
    chunked = {"Transfer-Encoding": "chunked"}
    local.replies = [Reply(b"3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n", headers=chunked)]
    assert ask(client, service) == [1, 2]
    local.replies = [Reply(b"3\r\n[1,\r\n", headers=chunked)]
    assert refused(client, service, "/other").kind == "cut off"
    local.replies = [Reply(b"6\r\n[1, 2]\r\n", headers=chunked)]
    assert refused(client, service, "/third").kind == "cut off"


def test_an_answer_without_a_length_is_read_to_its_end(
    client: Client, service: Service, local: LocalService
) -> None:
    local.replies = [Reply(b"[1]", headers={"Transfer-Encoding": "identity"})]
    assert ask(client, service) == [1]


def test_a_web_page_where_json_was_expected_is_named(
    client: Client, service: Service, local: LocalService
) -> None:
    local.replies = [WEB_PAGE]
    failure = refused(client, service)
    assert (
        failure.said == "127.0.0.1 answered with a web page titled 'Access denied', where JSON was expected."
    )
    assert "proxy or a sign-in page" in failure.do
    assert (failure.kind, len(local.asked)) == ("wrong content", 1)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "nothing at all"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b'{"a": nope}', "broken JSON in line 1"),
        (b"Service is busy", "text that is not JSON ('Service is busy')"),
        (b"[" * 200_000 + b"]" * 200_000, "nested more deeply"),
        (b'{"a": "\xff"}', "bytes that are not UTF-8"),
    ],
)
def test_what_is_not_json_is_said(
    client: Client, service: Service, local: LocalService, body: bytes, found: str
) -> None:
    local.replies = [Reply(body)]
    assert found in refused(client, service).said


def test_requests_keep_their_distance(
    client: Client, service: Service, local: LocalService, time_: Time
) -> None:
    local.replies = [replace(FINE, headers={"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "2s"})]
    for number in range(3):
        ask(client, service, f"/{number}")
    assert time_.waits == [pytest.approx(0.1), pytest.approx(2.0)]


# --- Redirects, keys and secrets ------------------------------------------------------------------------


def test_the_key_goes_to_its_own_service_and_nowhere_else(
    client: Client,
    local: LocalService,
    elsewhere: LocalService,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(NICE.key_variable, "very-secret")
    monkeypatch.setenv(NICE.address_variable, local.address)
    caplog.set_level(logging.DEBUG)
    local.replies = [Reply(status=302, headers={"Location": f"{elsewhere.address}/there"})]
    elsewhere.replies = [json_reply([1], ETag='"one"', Vary="API-Key")]
    assert ask(client, NICE) == [1]
    assert local.asked[0].headers["api-key"] == "very-secret"
    assert "api-key" not in elsewhere.asked[0].headers
    assert "very-secret" not in str(elsewhere.asked)
    assert "very-secret" not in caplog.text
    assert all(b"very-secret" not in file.read_bytes() for file in (tmp_path / "answers").iterdir())


def test_a_key_in_the_address_is_neither_kept_nor_logged_nor_said(
    client: Client,
    local: LocalService,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(OPENALEX.key_variable, "very-secret")
    monkeypatch.setenv(OPENALEX.address_variable, local.address)
    caplog.set_level(logging.DEBUG)
    local.replies = [json_reply([1], ETag='"one"'), json_reply({"message": "bad api_key=very-secret"}, 403)]
    _, answer = client.get(OPENALEX, "/works", read=json_in)
    failure = refused(client, OPENALEX)
    assert local.asked[0].parameters["api_key"] == "very-secret"
    assert "very-secret" not in answer.address + str(failure) + repr(failure) + caplog.text
    assert caplog.text.count("api_key=…") == 2
    assert all(b"very-secret" not in file.read_bytes() for file in (tmp_path / "answers").iterdir())


def test_no_password_of_a_netrc_file_is_sent(
    client: Client, service: Service, local: LocalService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    local.replies = [FINE]
    ask(client, service)
    assert "authorization" not in local.asked[0].headers


def test_a_key_is_not_sent_unprotected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NICE.key_variable, "very-secret")
    monkeypatch.setenv(NICE.address_variable, "http://nice.example/services")
    with Client(keep_in=None) as client:
        assert client._signed(NICE, "http://nice.example/services/guidance") == (
            "http://nice.example/services/guidance",
            {},
        )


def test_redirects_are_followed_and_not_for_ever(
    client: Client, service: Service, local: LocalService
) -> None:
    local.answers = lambda asked: (
        FINE if asked.path == "/new" else Reply(status=301, headers={"Location": "/new"})
    )
    assert ask(client, service) == {"fine": True}
    local.answers = lambda asked: Reply(status=301, headers={"Location": "/again"})
    assert "from one address to the next" in refused(client, service).said


@pytest.mark.parametrize("location", ["http://api.example/works", "file:///etc/passwd", "ftp://api.example/"])
def test_an_unsafe_redirect_is_not_followed(service: Service, location: str) -> None:
    with pytest.raises(SourceFailed, match="not safe to follow"):
        _next_hop(service, "https://api.example/works", location)


@pytest.mark.parametrize(
    "address", ["example.org/file.csv", "ftp://example.org/a", "https://me:secret@example.org/a"]
)
def test_what_is_no_address_is_said(client: Client, service: Service, address: str) -> None:
    with pytest.raises(BadInput) as caught:
        client.get(service, address, read=json_in)
    assert "secret" not in str(caught.value)


# --- The network ----------------------------------------------------------------------------------------


def test_a_name_that_is_not_found_is_said(client: Client) -> None:
    failure = refused(client, replace(OPENALEX, address="https://api.openalex.example"))
    assert (failure.kind, failure.said) == (
        "no such host",
        "This machine does not find api.openalex.example.",
    )
    assert "HTTPS_PROXY" in failure.do


def test_a_refused_connection_is_said(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    failure = refused(client, replace(OPENALEX, address=f"http://127.0.0.1:{port}"))
    assert (failure.kind, failure.said) == ("refused", "127.0.0.1 refused the connection.")


def test_the_proxy_of_the_environment_is_used(
    client: Client, local: LocalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", local.address)
    local.replies = [FINE]
    assert ask(client, replace(CROSSREF, address="http://api.crossref.example")) == {"fine": True}
    assert local.asked[0].target == "http://api.crossref.example/works?q=a%20b"


def test_a_proxy_that_will_not_let_us_through_is_said(
    client: Client, local: LocalService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", local.address)
    failure = refused(client, replace(CROSSREF, address="https://api.crossref.example"))
    assert local.asked[0].method == "CONNECT"
    assert (failure.kind, failure.said) == (
        "proxy",
        "The proxy on the way to api.crossref.example could not be used.",
    )


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if not which("openssl"):
        pytest.skip("openssl, which makes the certificate of this test, is not here.")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    made = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "certificate.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made, *subject]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def secure(certificate: Path) -> Iterator[LocalService]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    service = LocalService(context)
    service.replies = [FINE]
    yield service
    service.close()


def test_a_certificate_that_the_system_does_not_trust_is_refused(
    client: Client, secure: LocalService
) -> None:
    failure = refused(client, replace(CROSSREF, address=secure.address))
    assert failure.kind == "certificate"
    assert failure.said == "The certificate that 127.0.0.1 showed is not trusted here."
    assert "inspects secure traffic" in failure.do
    assert secure.asked == []


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_certificate_that_the_environment_names_is_trusted(
    client: Client, secure: LocalService, certificate: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(certificate / "certificate.pem"))
    assert ask(client, replace(CROSSREF, address=secure.address)) == {"fine": True}


def test_a_failure_survives_the_way_to_another_process() -> None:
    import pickle

    failure = SourceFailed("Made", "broken", "Made answered 500.", status=500, wait=3.0)
    back = pickle.loads(pickle.dumps(failure))
    assert (back.said, back.kind, back.status, back.wait, back.do) == (
        failure.said,
        failure.kind,
        failure.status,
        failure.wait,
        failure.do,
    )


def test_kept_answers_hold_no_header_of_the_request(
    client: Client, service: Service, local: LocalService, tmp_path: Path
) -> None:
    local.replies = [json_reply([1], ETag='"one"', Vary="User-Agent", Set_Cookie="session=1")]
    ask(client, service)
    (file,) = (tmp_path / "answers").iterdir()
    about = json.loads(file.read_bytes().split(b"\n")[0])
    assert set(about["headers"]) <= {"etag", "content-type", "date"}
