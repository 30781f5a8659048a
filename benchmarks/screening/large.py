"""50,000 records in one case's pile: how long a person waits for the next one, with learning in the background.

    python3 run.py setup                                   once, so that .venv is there
    .venv/bin/python benchmarks/screening/large.py [--records 50000] [--decisions 150] [--shared ../shared]

Makes records by splicing the shared reviews' titles and abstracts (the front of one, the back of another), brings
them in as one search, starts ``wherewithal serve`` on them in a data folder of its own, and decides as a browser
does: post the form, follow where it leads, fetch the page with its text. The time is from the post to the last
byte of the next record's page. The server's own worker learns from the decisions meanwhile, as in use. Printed:
the median and the 95th in a hundred, and the processor time and memory of the server.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[2]
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|token|seen|ranking)" value="(\w*)"')


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="large-") as folder:
        os.environ["WHEREWITHAL_HOME"] = folder
        search = Path(folder) / "search.csv"
        included = _spliced(asked.shared / "data" / "screening", search, asked.records)
        address, cookie = _brought_in(search)
        with _Server(Path(folder)) as server:
            print(_measured(server, address, cookie, included, asked.decisions, asked.records))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--decisions", type=int, default=150)
    shared = os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(shared))
    return parser.parse_args()


def _spliced(folder: Path, target: Path, count: int) -> set[str]:
    """Write the records, and say which titles to include: those whose front comes from an inclusion."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        if path.name != "INDEX.csv":
            with path.open(encoding="utf-8", newline="") as file:
                rows += [row for row in csv.DictReader(file) if row["abstract"]]
    draw = np.random.default_rng(1)
    included = set()
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Title", "Abstract", "Year", "DOI"])
        for number in range(count):
            front, back = (rows[place] for place in draw.integers(0, len(rows), 2))
            title = f"{_half(front['title'])} {_half(back['title'], second=True)} ({number})"
            abstract = f"{_half(front['abstract'])} {_half(back['abstract'], second=True)}"
            writer.writerow([title, abstract, 1990 + number % 35, f"10.5555/spliced.{number}"])
            if front["label_included"] == "1":
                included.add(title)
    return included


def _half(text: str, *, second: bool = False) -> str:
    words = text.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[middle:] if second else words[:middle])


def _brought_in(search: Path) -> tuple[str, str]:
    """Make a case with the records. Gives the address of its next record and a signed-in session's cookie."""
    from wherewithal_web.commands import start_django

    start_django()
    from django.conf import settings
    from django.test import Client

    from wherewithal_web.analyse.reviews import actions
    from wherewithal_web.cases.actions import start_case
    from wherewithal_web.people.actions import first_administrator

    user = first_administrator(
        email="large@example.org", name="Large", password="a long enough phrase", organisation="Large",
        kind="council",
    )  # fmt: skip
    case = start_case(by=user, title="Large", question="Does parent training help children with anxiety?")
    started = time.perf_counter()
    actions.import_records(by=user, case=case, source=search)
    print(f"brought in after {time.perf_counter() - started:.1f} s", file=sys.stderr)
    client = Client()
    client.force_login(user)
    return f"/cases/{case.slug}/reviews/next/", client.cookies[settings.SESSION_COOKIE_NAME].value


class _Server:
    """``wherewithal serve`` in a process of its own, until the block ends."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def __enter__(self) -> _Server:
        command = [Path(sys.executable).parent / "wherewithal", "serve", "--port", str(self.port)]
        log = (self.home / "serve.log").open("wb")
        self.process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.home / "serve.log").read_text(encoding="utf-8"))

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def said(self, field: str) -> str:
        """A line of what Linux says of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return next(line.split(":")[1].strip() for line in status.splitlines() if line.startswith(field))

    def processor_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Browser:
    """One connection with one person's cookies."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {"sessionid": session}

    def get(self, address: str) -> tuple[str, str]:
        """The page at an address or where that leads, and where it was found."""
        while True:
            answer, body = self._asked("GET", address, None)
            if answer.status not in (301, 302, 303):
                if answer.status != 200:
                    raise RuntimeError(f"{address}: {answer.status} {body[:500]}")
                return address, body
            address = answer.headers["Location"]

    def post(self, address: str, fields: dict[str, str]) -> tuple[str, str]:
        answer, body = self._asked("POST", address, fields)
        if answer.status not in (302, 303):
            raise RuntimeError(f"{address}: {answer.status} {body[:500]}")
        return self.get(answer.headers["Location"])

    def _asked(
        self, method: str, address: str, fields: dict[str, str] | None
    ) -> tuple[http.client.HTTPResponse, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode("utf-8")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer, page


def _measured(
    server: _Server, address: str, session: str, included: set[str], decisions: int, records: int
) -> str:
    browser = _Browser(server.port, session)
    at, page = browser.get(address)
    waits, rankings = [], set()
    before = server.processor_seconds()
    for _ in range(decisions):
        fields = dict(_FIELD.findall(page))
        rankings.add(fields.get("ranking", ""))
        kept = any(title in page for title in _titles(page) if title in included)
        answer = {"verdict": "include"} if kept else {"verdict": "exclude", "reason": "population"}
        started = time.perf_counter()
        at, page = browser.post(at, {**fields, **answer})
        waits.append(1000 * (time.perf_counter() - started))
        time.sleep(0.2)  # somebody reads; far less than in life, so that learning hardly ever rests
    waits.sort()
    return (
        f"{records:,} records, {decisions} decisions, {len(rankings - {''})} orders learnt meanwhile: "
        f"from the decision to the next record's page median {waits[len(waits) // 2]:.0f} ms, "
        f"95th in a hundred {waits[int(0.95 * len(waits))]:.0f} ms, longest {waits[-1]:.0f} ms; "
        f"server {server.processor_seconds() - before:.1f} s of processor, {server.said('VmRSS')} in memory "
        f"(at most {server.said('VmHWM')})."
    )


def _titles(page: str) -> Iterator[str]:
    """The record's title, as text, however its words are marked."""
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    if heading:
        yield " ".join(re.sub(r"<[^>]+>", "", heading[1]).split())


if __name__ == "__main__":
    main()
