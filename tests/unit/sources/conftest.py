"""Every test of a source works on this machine alone: no name but this machine's is found."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sources.serving import LocalService
from wherewithal.sources.catalogue import SERVICES
from wherewithal.sources.client import CONTACT, Client

_REAL = socket.getaddrinfo


def _only_here(host: Any, *args: Any, **more: Any) -> Any:
    if host not in ("127.0.0.1", "localhost", None):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _REAL(host, *args, **more)


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _only_here)
    monkeypatch.setenv("WHEREWITHAL_HOME", str(tmp_path / "home"))
    monkeypatch.delenv(CONTACT, raising=False)
    for name in [*os.environ]:
        if name.lower().endswith("_proxy") or name.startswith("WHEREWITHAL_SOURCE_"):
            monkeypatch.delenv(name)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    for service in SERVICES:
        if service.key_variable:
            monkeypatch.delenv(service.key_variable, raising=False)


@pytest.fixture
def local() -> Iterator[LocalService]:
    service = LocalService()
    yield service
    service.close()


@pytest.fixture
def elsewhere() -> Iterator[LocalService]:
    """Another host, as far as a key is concerned: another port."""
    service = LocalService()
    yield service
    service.close()


@pytest.fixture
def everywhere(local: LocalService, monkeypatch: pytest.MonkeyPatch) -> LocalService:
    """Every source put at one local address."""
    for service in SERVICES:
        monkeypatch.setenv(service.address_variable, local.address)
    return local


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    @property
    def long_waits(self) -> list[float]:
        """What was waited for a reason: not the short gaps between requests."""
        return [seconds for seconds in self.waits if seconds > 1.0]


@pytest.fixture
def time_() -> Time:
    return Time()


@pytest.fixture
def client(time_: Time, tmp_path: Path) -> Iterator[Client]:
    with Client(keep_in=tmp_path / "answers", read=5.0, clock=time_.clock, sleep=time_.sleep) as made:
        yield made
