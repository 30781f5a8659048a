"""Crossref and OpenAlex on this machine: they answer in the services' documented format with what a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Services:
    """What the services know: ``notices`` of a DOI are (kind, the notice's DOI, its day). Or they are ``broken``."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.notices: dict[str, list[tuple[str, str, tuple[int, int, int]]]] = {}
        self.broken = False
        self.address = ""

    def crossref(self, filters: str) -> dict:
        asked = [each.split(":", 1) for each in filters.split(",")]
        return {
            "message": {
                "total-results": 0,
                "items": [
                    {
                        "DOI": doi,
                        "updated-by": [
                            {"DOI": notice, "type": kind, "updated": {"date-parts": [list(day)]}}
                            for kind, notice, day in self.notices.get(doi, [])
                        ],
                    }
                    for name, doi in asked
                    if name == "doi" and doi in self.known
                ],
            }
        }

    def openalex(self, filters: str) -> dict:
        dois = filters.removeprefix("doi:").split("|")
        return {
            "meta": {"count": 0},
            "results": [
                {
                    "id": f"https://openalex.org/W{number}",
                    "doi": f"https://doi.org/{doi}",
                    "title": "A trial",
                    "is_retracted": any(kind == "retraction" for kind, *_ in self.notices.get(doi, [])),
                }
                for number, doi in enumerate(dois, 1)
                if doi in self.known
            ],
        }


@contextmanager
def running() -> Iterator[Services]:
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            (filters,) = parse_qs(parts.query)["filter"]
            which = services.crossref if parts.path.startswith("/crossref/") else services.openalex
            body = json.dumps(which(filters)).encode()
            self.send_response(503 if services.broken else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
