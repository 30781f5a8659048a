from __future__ import annotations

import errno

import pytest
import requests
import urllib3.exceptions

from wherewithal.sources.failures import WHAT_TO_DO, SourceFailed, of_exception, of_status


def raised_from(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.exceptions.ProxyError("x"), "proxy"),
        (requests.exceptions.SSLError("x"), "certificate"),
        (requests.exceptions.ConnectTimeout(urllib3.exceptions.ConnectTimeoutError()), "time-out"),
        (raised_from(requests.ConnectionError(), OSError(errno.ENETUNREACH, "x")), "no network"),
        (raised_from(requests.ConnectionError(), OSError(errno.EHOSTUNREACH, "x")), "no network"),
        (raised_from(requests.ConnectionError(), TimeoutError(errno.ETIMEDOUT, "x")), "time-out"),
        (requests.ConnectionError(urllib3.exceptions.NewConnectionError(None, "x")), "refused"),  # type: ignore[arg-type]
        (requests.exceptions.ChunkedEncodingError("x"), "cut off"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "cut off"),
    ],
)
def test_each_fault_of_the_network_has_its_kind(error: BaseException, kind: str) -> None:
    failure = of_exception("Made", "made.example", error, 30)
    assert failure.kind == kind
    assert failure.do == WHAT_TO_DO[failure.kind]


def test_an_error_that_names_itself_as_its_cause_does_not_go_round() -> None:
    error = requests.ConnectionError()
    error.args = (error,)
    assert of_exception("Made", "made.example", error, 30).kind == "cut off"


def test_a_refused_key_is_told_from_a_forbidden_question() -> None:
    assert of_status("NICE", 403, needs_key=True).kind == "needs a key"
    assert of_status("OpenAlex", 403).kind == "forbidden"
    assert of_status("Made", 599).kind == "broken"
    assert of_status("Made", 451).said == "Made answered 451."


def test_every_failure_says_what_to_do() -> None:
    for kind in WHAT_TO_DO:
        failure = SourceFailed("Made", kind, "It failed.")
        assert str(failure) == f"It failed. {WHAT_TO_DO[kind]}"
