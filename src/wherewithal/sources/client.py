"""The one way to the outside: polite, patient within limits, and careful with keys.

    with Client() as client:
        answer = client.get(service, "/works", [("search", "parenting")], read=json_in)

Retries are made here and not by urllib3: its Retry knows no budget for the whole, waits as long as a
``Retry-After`` asks, and never sees an answer whose body broke off, which is the commonest fault of all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

import requests
import urllib3
import urllib3.exceptions

from wherewithal.errors import BadInput, Problem
from wherewithal.home import home
from wherewithal.plain_english import counted
from wherewithal.sources import transport
from wherewithal.sources.answers import Answer, KeptAnswers
from wherewithal.sources.content import Unreadable, json_in, refuse_web_page
from wherewithal.sources.failures import SourceFailed, of_exception, of_status
from wherewithal.sources.json_values import words_in
from wherewithal.sources.pace import Pace
from wherewithal.sources.service import Service, origin_of

T = TypeVar("T")
Parameters = Sequence[tuple[str, str]]

LARGEST_ANSWER = 50 * 1024 * 1024
"""Bytes of one answer, unpacked; a page of a hundred works is a hundredth of it."""

CONTACT = "WHEREWITHAL_CONTACT"
"""The environment variable with the address that services may write to when we do something wrong."""

_AGAIN = frozenset({429, 500, 502, 503, 504})
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
_MOST_HOPS = 5
_CHUNK = 64 * 1024
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Client:
    """Asks services and keeps what they answered.

    ``attempts`` counts the first; ``budget`` is the seconds for one question with its attempts and waits;
    ``longest_wait`` the longest ``Retry-After`` that is waited for rather than reported; ``keep_in`` the folder
    of kept answers (the user's data folder where none is given), ``None`` for keeping none. ``clock`` and
    ``sleep`` are there for tests. Use it in one thread, and close it.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        keep_in: Path | bool | None = True,
        attempts: int = 4,
        connect: float = 10.0,
        read: float = 30.0,
        budget: float = 120.0,
        longest_wait: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.contact = os.environ.get(CONTACT, "").strip() if contact is None else contact
        folder = home() / "answers" if keep_in is True else keep_in or None
        self._kept = KeptAnswers(folder) if folder else None
        self.attempts = attempts
        self.timeout = (connect, read)
        self.budget = budget
        self.longest_wait = longest_wait
        self._clock = clock
        self._sleep = sleep
        self._paces: dict[str, Pace] = {}
        self._session = transport.session()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    @property
    def user_agent(self) -> str:
        """Who is asking, and whom to write to: services ask for both."""
        contact = f" (mailto:{self.contact})" if self.contact else ""
        return f"Wherewithal/{version('wherewithal')}{contact}"

    def get(
        self,
        service: Service,
        path: str,
        parameters: Parameters = (),
        *,
        read: Callable[[bytes], T],
        accept: str = "application/json",
        largest: int = LARGEST_ANSWER,
        keep: Callable[[bytes], bytes] | None = lambda body: body,
    ) -> tuple[T, Answer]:
        """What ``read`` makes of the answer to one question, and the answer itself.

        ``path`` follows the service's address, or is a whole address. ``read`` raises Unreadable where the
        content is not what it should be; only what it could read is kept on disk, as ``keep`` reduces it
        (``None``: not at all). Raises SourceFailed, and BadInput for an address that is none.
        """
        address = _address(service, path, parameters)
        key = f"{accept} {address}"
        found = self._kept.find(key) if self._kept and keep else None
        if found:
            try:
                kept = read(found.body)
            except Unreadable:
                found = None  # kept by an older version that understood other things
            else:
                if found.is_fresh(time.time()):
                    return kept, replace(found, asked=False)
        deadline = self._clock() + self.budget
        for attempt in range(1, self.attempts + 1):
            last = attempt == self.attempts
            try:
                answer = self._ask(service, address, accept, largest, deadline, found)
                if answer.status == 304 and found:
                    answer = replace(
                        found, headers={**found.headers, **_about(answer)}, fetched=answer.fetched, asked=True
                    )
                result = _understood(service, address, read, answer)
            except SourceFailed as failure:
                wait = self._wait_before_next(failure, attempt, deadline)
                if last or wait is None:
                    raise
                self._sleep(wait)
                continue
            if self._kept and keep:
                self._kept.keep(key, replace(answer, body=keep(answer.body)) if not answer.kept else answer)
            return result, answer
        raise AssertionError("the loop ends by returning or raising")

    def _wait_before_next(self, failure: SourceFailed, attempt: int, deadline: float) -> float | None:
        """Seconds until the next attempt; ``None`` where there should be none."""
        transient = failure.kind in ("time-out", "cut off") or (failure.status in _AGAIN)
        if not transient:
            return None
        wait = failure.wait if failure.wait is not None else float(2 ** (attempt - 1))
        if wait > self.longest_wait or self._clock() + wait >= deadline:
            return None
        return wait

    def _pace(self, service: Service) -> Pace:
        if service.key not in self._paces:
            self._paces[service.key] = Pace(service.per_second, self._clock, self._sleep)
        return self._paces[service.key]

    def _ask(
        self, service: Service, address: str, accept: str, largest: int, deadline: float, found: Answer | None
    ) -> Answer:
        """One attempt, with its redirects. Raises SourceFailed for everything that is not an answer to keep."""
        pace = self._pace(service)
        asked = address
        for _ in range(_MOST_HOPS + 1):
            pace.wait()
            # The key is added for the service's own host alone, so a redirect cannot carry it elsewhere.
            target, headers = self._signed(service, asked)
            headers |= {"User-Agent": self.user_agent, "Accept": accept, **(found.questions if found else {})}
            try:
                with self._session.get(
                    target, headers=headers, timeout=self.timeout, stream=True, allow_redirects=False
                ) as response:
                    pace.heed(_small(response.headers))
                    if response.status_code in _ELSEWHERE and response.headers.get("Location"):
                        asked = _next_hop(service, asked, response.headers["Location"])
                        continue
                    return self._answer(service, address, response, largest, deadline)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                raise of_exception(service.name, _host(asked), error, self.timeout[1]) from None
        raise SourceFailed(service.name, "broken", f"{service.name} sent us from one address to the next.")

    def _signed(self, service: Service, address: str) -> tuple[str, dict[str, str]]:
        headers: dict[str, str] = {}
        if not service.is_at(address):
            return address, headers
        more: list[tuple[str, str]] = []
        if service.contact_parameter and self.contact:
            more.append((service.contact_parameter, self.contact))
        if service.secret and _may_carry_keys(address):
            if service.key_header:
                headers[service.key_header] = service.secret
            if service.key_parameter:
                more.append((service.key_parameter, service.secret))
        return (f"{address}{'&' if '?' in address else '?'}{urlencode(more)}" if more else address), headers

    def _answer(
        self, service: Service, address: str, response: requests.Response, largest: int, deadline: float
    ) -> Answer:
        headers = _small(response.headers)
        body = self._body(service, response, largest, deadline)
        if response.status_code not in (200, 304):
            raise of_status(
                service.name,
                response.status_code,
                needs_key=service.needs_key,
                said=_without_key(service, _explanation(body)),
                wait=_wait_asked_for(headers),
            )
        return Answer(address, response.status_code, headers, body)

    def _body(self, service: Service, response: requests.Response, largest: int, deadline: float) -> bytes:
        """The body, read as it arrives, so that neither a huge nor an endless answer is waited for."""
        parts: list[bytes] = []
        size = 0
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > largest:
                words = (
                    f"{largest / 1024 / 1024:,.0f} MB" if largest >= 1024 * 1024 else counted(largest, "byte")
                )
                raise SourceFailed(
                    service.name, "too large", f"{service.name} answered with more than {words}."
                )
            if self._clock() > deadline:
                raise SourceFailed(
                    service.name,
                    "time-out",
                    f"{service.name} was still sending after {self.budget:,.0f} s; the rest was not waited for.",
                )
            parts.append(chunk)
        if response.raw.length_remaining:
            raise SourceFailed(
                service.name,
                "cut off",
                f"{service.name}'s answer broke off with {counted(response.raw.length_remaining, 'byte')} missing.",
            )
        return b"".join(parts)


def _address(service: Service, path: str, parameters: Parameters) -> str:
    """The address of a question, without keys."""
    if path and not path.startswith("/"):
        address = path
    elif not service.base:
        raise SourceFailed(
            service.name,
            "no address",
            f"{service.name} has no address of its own.",
            do=f"Give one, or set {service.address_variable}.",
        )
    else:
        address = service.base + path
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise BadInput(
            "That is not an address to fetch from.",
            [
                Problem(
                    "the address",
                    transport.without_secrets(f"'{parts.hostname or address}'"),
                    "https:// and a host, without a name or password in it",
                    "Copy it from the browser's address bar.",
                )
            ],
        )
    query = urlencode(parameters, quote_via=quote)
    return f"{address}{'&' if parts.query else '?'}{query}" if query else address


def _may_carry_keys(address: str) -> bool:
    return urlsplit(address).scheme == "https" or _host(address) in _LOCAL


def _next_hop(service: Service, here: str, location: str) -> str:
    there = urljoin(here, location)
    scheme = urlsplit(there).scheme
    insecure = scheme == "http" and origin_of(here)[0] == "https"
    if scheme not in ("http", "https") or insecure:
        raise SourceFailed(
            service.name,
            "broken",
            f"{service.name} sent us to an address that is not safe to follow ({scheme}).",
        )
    return there


def _host(address: str) -> str:
    return urlsplit(address).hostname or address


def _small(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _about(answer: Answer) -> dict[str, str]:
    """The headers of a 304 that bring those of the kept answer up to date (RFC 9111, section 3.2)."""
    return {name: value for name, value in answer.headers.items() if name != "content-length"}


def _wait_asked_for(headers: Mapping[str, str]) -> float | None:
    said = headers.get("retry-after", "")
    try:
        return max(0.0, float(urllib3.Retry().parse_retry_after(said))) if said else None
    except urllib3.exceptions.InvalidHeader:
        return None


def _understood(service: Service, address: str, read: Callable[[bytes], T], answer: Answer) -> T:
    try:
        return read(answer.body)
    except Unreadable as error:
        if error.wrong == "cut off":
            raise SourceFailed(
                service.name, "cut off", f"{service.name}'s answer was not whole: {error.found}."
            ) from error
        raise SourceFailed(
            service.name,
            "wrong content",
            f"{_host(address)} answered with {_without_key(service, error.found)}, "
            f"where {service.answers} was expected.",
        ) from error


def _without_key(service: Service, text: str) -> str:
    """A service's own words without the key, which some repeat when they refuse it."""
    return text.replace(service.secret, "…") if service.secret else text


def _explanation(body: bytes) -> str:
    """What a service says about its own refusal, where it says it in a known way, on one short line."""
    try:
        refuse_web_page(body)
        value = json_in(body)
    except Unreadable as error:
        return "with a web page" if error.wrong == "web page" else ""
    if isinstance(value, dict) and isinstance(value.get("message"), list):  # Crossref
        value = {
            "message": next((item for item in value["message"] if isinstance(item, dict)), {}).get("message")
        }
    if not isinstance(value, dict):
        return ""
    said = words_in(value.get("message")) or words_in(value.get("error")) or words_in(value.get("errMsg"))
    return transport.without_secrets(said[:200]).rstrip(".")
