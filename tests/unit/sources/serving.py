"""A service on this machine, in the test's own process: it answers what the test tells it to, however badly."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came. ``path`` is decoded no further than it was sent."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """One answer. ``length`` is the Content-Length to claim instead of the true one; ``drip`` sends the body in
    pieces of a byte with as many seconds between them; ``wait`` is the seconds before anything is sent.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    wait: float = 0.0
    drip: float = 0.0


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): said for name, said in headers.items()}
    return Reply(json.dumps(value).encode(), status, {"Content-Type": "application/json", **named})


WEB_PAGE = Reply(b"<!DOCTYPE html><html><head><title>Access denied</title></head><body>No.</body></html>")

Answers = Callable[[Asked], Reply]


class LocalService:
    """A server on 127.0.0.1. Put a function into ``answers``, or several replies into ``replies``; ``asked``
    holds what came.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.replies: list[Reply] = []
        self.answers: Answers = self._next_reply
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False  # joined on close, so that no socket outlives the test
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.scheme = "https" if context else "http"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _next_reply(self, asked: Asked) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        local = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 5

            def do_GET(self) -> None:
                asked = Asked("GET", self.path, {name.lower(): said for name, said in self.headers.items()})
                local.asked.append(asked)
                reply = local.answers(asked)
                local.over.wait(reply.wait)
                self.send_response(reply.status)
                for name, said in reply.headers.items():
                    self.send_header(name, said)
                length = len(reply.body) if reply.length is None else reply.length
                if reply.status != 304 and "Transfer-Encoding" not in reply.headers:
                    self.send_header("Content-Length", str(length))
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                if not reply.drip:
                    self.wfile.write(reply.body)
                    return
                for byte in reply.body:
                    if local.over.wait(reply.drip):
                        return
                    self.wfile.write(bytes([byte]))

            def do_CONNECT(self) -> None:
                local.asked.append(Asked("CONNECT", self.path, {}))
                self.send_error(407, "Proxy Authentication Required")

            def log_message(self, *args: object) -> None:
                pass

        return Handler
