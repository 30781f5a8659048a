"""Whether each service can be reached from this machine, and if not, why and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from wherewithal.sources.catalogue import SERVICES
from wherewithal.sources.client import Client
from wherewithal.sources.content import json_in, refuse_empty, refuse_web_page, xml_in
from wherewithal.sources.failures import Kind, SourceFailed
from wherewithal.sources.service import Service

State = Literal["reached"] | Kind

_AT_ONCE = 4


@dataclass(frozen=True)
class Reached:
    """What came of asking one service. ``found`` is one sentence; ``do`` the next thing to do, empty where there
    is nothing; ``said`` what the service said about limits.
    """

    service: Service
    state: State
    found: str
    do: str = ""
    said: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.service.key,
            "name": self.service.name,
            "address": self.service.base,
            "reached": self.state == "reached",
            "state": self.state,
            "found": self.found,
            "do": self.do,
            "limits": dict(self.said),
        }


def asking_client() -> Client:
    """A client that asks once, keeps nothing and does not wait long: a person is looking on."""
    return Client(keep_in=None, attempts=1, connect=5.0, read=15.0, budget=20.0)


def reach_all(
    services: Sequence[Service] = SERVICES,
    *,
    make_client: Callable[[], Client] = asking_client,
    progress: Callable[[Reached], None] | None = None,
) -> list[Reached]:
    """Ask each service the smallest useful thing, a few at a time, in the order given."""

    def ask(service: Service) -> Reached:
        with make_client() as client:
            found = reach(service, client)
        if progress:
            progress(found)
        return found

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as several:
        return list(several.map(ask, services))


def reach(service: Service, client: Client) -> Reached:
    """Ask one service the smallest useful thing."""
    if not service.base:
        return Reached(
            service,
            "no address",
            "Every repository and register has its own address.",
            f"Give it to 'sources fetch {service.key}', or set {service.address_variable} to have it tried here.",
        )
    path, parameters = service.probe
    read: Callable[[bytes], object] = {"JSON": json_in, "XML": xml_in}.get(service.answers, _something)
    try:
        _, answer = client.get(service, path, parameters, read=read, keep=None, accept="*/*")
    except SourceFailed as failure:
        return _failed(service, failure)
    said = tuple(
        (name, text)
        for name, text in answer.headers.items()
        if name.startswith(("x-ratelimit", "x-rate-limit"))
    )
    if service.key_variable and not service.secret:
        advice = f"It allows more with a key, from {service.key_from}: set {service.key_variable}."
        return Reached(service, "reached", "It answered, without a key.", advice, said)
    return Reached(service, "reached", "It answered.", "", said)


def _failed(service: Service, failure: SourceFailed) -> Reached:
    if service.needs_key and not service.secret:
        key = f"Get a key from {service.key_from}, and set {service.key_variable} in the environment."
        if failure.status in (401, 403):
            return Reached(service, "needs a key", "It answered that it needs a key, and none is set.", key)
        return Reached(
            service,
            failure.kind,
            f"{failure.said} It needs a key too, and none is set.",
            f"{failure.do} {key}",
        )
    return Reached(service, failure.kind, failure.said, failure.do)


def _something(body: bytes) -> object:
    refuse_empty(body)
    refuse_web_page(body)
    return None
