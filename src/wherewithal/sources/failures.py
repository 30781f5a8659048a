"""Why a service could not be used: one kind for each thing that a person can do something about."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Literal

import requests
import urllib3.exceptions

Kind = Literal[
    "no such host",
    "refused",
    "no network",
    "time-out",
    "proxy",
    "certificate",
    "needs a key",
    "forbidden",
    "not there",
    "not accepted",
    "too many requests",
    "broken",
    "wrong content",
    "cut off",
    "too large",
    "no address",
]

WHAT_TO_DO: dict[Kind, str] = {
    "no such host": "Check that this machine is on the internet. Where the council reaches it through a proxy, "
    "set HTTPS_PROXY to the proxy's address.",
    "refused": "The host is there and does not take the connection: a firewall may be in between. Ask whoever "
    "looks after the network to allow it.",
    "no network": "Check that this machine is on the internet.",
    "time-out": "Try again later. If it happens every time, a firewall may swallow the connection: ask whoever "
    "looks after the network to allow it.",
    "proxy": "Check HTTPS_PROXY and its name and password with whoever looks after the network.",
    "certificate": "Where the council inspects secure traffic, its certificate must be installed on this machine: "
    "ask whoever looks after it. SSL_CERT_FILE can name a file of certificates.",
    "needs a key": "Get a key from the service and set it in the environment.",
    "forbidden": "The service does not let this address or key ask for this.",
    "not there": "Check the identifier or the address.",
    "not accepted": "Check the query.",
    "too many requests": "Wait, then try again: what was fetched so far is kept.",
    "broken": "The fault is at the service: try again later. What was fetched so far is kept.",
    "wrong content": "A proxy or a sign-in page may have answered in its place: open the address in a browser on "
    "this machine.",
    "cut off": "Try again: the connection broke off before the end.",
    "too large": "Ask for less: fewer records, or a narrower query.",
    "no address": "Name the address.",
}

PASSING: frozenset[Kind] = frozenset({"time-out", "too many requests", "broken", "cut off", "refused"})
"""The kinds that waiting may cure."""


class SourceFailed(Exception):
    """A service did not give what it was asked for; whatever it gave before is kept by the caller.

    ``said`` is one sentence, "OpenAlex answered 429 (too many requests)"; ``do`` the next thing to do. Neither
    ever holds a key. ``status`` is the HTTP status where there was one, ``wait`` the seconds that the service
    asked to be left alone.
    """

    def __init__(
        self,
        service: str,
        kind: Kind,
        said: str,
        *,
        do: str = "",
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        super().__init__(said)
        self.service = service
        self.kind: Kind = kind
        self.said = said
        self.do = do or (f"Try again after {round(wait):,} s." if wait else WHAT_TO_DO[kind])
        self.status = status
        self.wait = wait

    @property
    def passing(self) -> bool:
        """Whether trying again later may help."""
        return self.kind in PASSING

    def __str__(self) -> str:
        return f"{self.said} {self.do}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (self.service, self.kind, self.said, self.do, self.status, self.wait)


def _rebuilt(
    service: str, kind: Kind, said: str, do: str, status: int | None, wait: float | None
) -> SourceFailed:
    return SourceFailed(service, kind, said, do=do, status=status, wait=wait)


_STATUS: dict[int, tuple[Kind, str]] = {
    400: ("not accepted", "the request is not one it understands"),
    401: ("needs a key", "it does not know the key"),
    403: ("forbidden", "not allowed"),
    404: ("not there", "nothing at that address"),
    407: ("proxy", "the proxy wants to know who is asking"),
    408: ("time-out", "the request took too long"),
    410: ("not there", "it is no longer there"),
    414: ("not accepted", "the request is too long"),
    422: ("not accepted", "a parameter is not one it takes"),
    429: ("too many requests", "too many requests"),
    500: ("broken", "a fault of its own"),
    502: ("broken", "it cannot reach its own servers"),
    503: ("broken", "not available for now"),
    504: ("broken", "its own servers did not answer in time"),
}


def of_status(
    service: str, status: int, *, needs_key: bool = False, said: str = "", wait: float | None = None
) -> SourceFailed:
    """The failure that an HTTP status means; ``said`` is the service's own explanation, added in brackets."""
    kind, words = _STATUS.get(
        status, ("broken", "a fault of its own") if status >= 500 else ("not accepted", "")
    )
    if status == 403 and needs_key:
        kind, words = "needs a key", "it does not accept the key"
    explained = f"{words}: {said}" if words and said else words or said
    sentence = f"{service} answered {status}{f' ({explained})' if explained else ''}."
    return SourceFailed(service, kind, sentence, status=status, wait=wait)


def of_exception(service: str, host: str, error: BaseException, waited: float) -> SourceFailed:
    """The failure behind an exception of requests; ``waited`` is the read time-out in seconds. The exception's
    own text is not passed on: it holds the address asked for with its parameters, where a key may stand.
    """
    causes = list(_causes(error))
    if any(
        isinstance(cause, requests.exceptions.ProxyError | urllib3.exceptions.ProxyError) for cause in causes
    ):
        return SourceFailed(service, "proxy", f"The proxy on the way to {host} could not be used.")
    if any(isinstance(cause, requests.exceptions.SSLError | urllib3.exceptions.SSLError) for cause in causes):
        return SourceFailed(
            service, "certificate", f"The certificate that {host} showed is not trusted here."
        )
    if any(isinstance(cause, urllib3.exceptions.NameResolutionError) for cause in causes):
        return SourceFailed(service, "no such host", f"This machine does not find {host}.")
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if errno.ECONNREFUSED in numbers:
        return SourceFailed(service, "refused", f"{host} refused the connection.")
    if numbers & {errno.ENETUNREACH, errno.EHOSTUNREACH}:
        return SourceFailed(service, "no network", f"There is no way from this machine to {host}.")
    if any(isinstance(cause, urllib3.exceptions.ReadTimeoutError) for cause in causes):
        return SourceFailed(service, "time-out", f"{host} did not answer within {waited:g} s.")
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return SourceFailed(service, "time-out", f"{host} did not take the connection in time.")
    # A kind of ConnectTimeoutError to urllib3, whatever the reason was.
    if any(isinstance(cause, urllib3.exceptions.NewConnectionError) for cause in causes):
        return SourceFailed(service, "refused", f"No connection to {host} could be made.")
    if any(isinstance(cause, urllib3.exceptions.ConnectTimeoutError) for cause in causes):
        return SourceFailed(service, "time-out", f"{host} did not take the connection in time.")
    return SourceFailed(service, "cut off", f"The connection to {host} broke off.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and everything that it was raised from or wraps, each once."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
