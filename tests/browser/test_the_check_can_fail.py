"""A check that never fails proves nothing: pages that must fail it, and one that must pass."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.checks import Console, assert_accessible, assert_no_sideways_scroll, violations

BAD = """<!doctype html>
<html><head><title></title><link rel="stylesheet" href="/styles.css"></head><body>
<h1>A page that must fail</h1>
<p class="faint">Grey on white.</p>
<img src="/dot.svg">
<form><input type="text" name="area"></form>
<a href="/somewhere"></a>
<button class="tiny">a</button><button class="tiny">b</button>
</body></html>"""

GOOD = """<!doctype html>
<html lang="en-GB"><head><title>A page that must pass</title><link rel="stylesheet" href="/styles.css"></head>
<body>
<main><h1>A page that must pass</h1>
<img src="/dot.svg" alt="A dot">
<form><label for="area">Area</label> <input type="text" id="area" name="area"></form></main>
</body></html>"""

WIDE = GOOD.replace("<form>", '<pre class="wide">A table that nobody thought of on a phone.</pre><form>')
LOUD = GOOD.replace("<head>", "<head><script>document.title = 'an inline script'</script>")

STYLES = """
.faint { color: #bbb; background: #fff }
.tiny { padding: 0; border: 0; margin: 0; width: 10px; height: 10px; font-size: 8px }
.tiny { color: #000; background: #fff }
.wide { width: 900px }
"""
FILES = {
    "/bad": ("text/html; charset=utf-8", BAD),
    "/good": ("text/html; charset=utf-8", GOOD),
    "/wide": ("text/html; charset=utf-8", WIDE),
    "/loud": ("text/html; charset=utf-8", LOUD),
    "/styles.css": ("text/css", STYLES),
    "/dot.svg": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "/favicon.ico": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
}


class Pages(BaseHTTPRequestHandler):
    """Served as the workbench serves: with a policy that allows no inline script or style."""

    def do_GET(self) -> None:
        kind, body = FILES.get(self.path, ("text/plain", "There is nothing here."))
        self.send_response(200 if self.path in FILES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *words: object) -> None:
        """Say nothing: the tests' output is for the tests."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_axe_finds_every_fault_of_a_bad_page(page: Page, address: str) -> None:
    page.goto(f"{address}/bad")
    assert set(violations(page)) == {
        "image-alt",
        "label",
        "color-contrast",
        "html-has-lang",
        "document-title",
        "target-size",
        "link-name",
    }
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_a_good_page_passes(narrow_page: Page, address: str) -> None:
    narrow_page.goto(f"{address}/good")
    assert_accessible(narrow_page)
    assert_no_sideways_scroll(narrow_page)


def test_a_page_too_wide_for_a_phone_is_found_and_named(narrow_page: Page, address: str) -> None:
    narrow_page.goto(f"{address}/wide")
    with pytest.raises(AssertionError, match='class="wide"'):
        assert_no_sideways_scroll(narrow_page)


def test_a_blocked_inline_script_and_a_missing_page_are_heard(
    page: Page, console: Console, address: str
) -> None:
    page.goto(f"{address}/loud")
    page.goto(f"{address}/nowhere")
    assert any("Content Security Policy" in heard for heard in console.unexpected), console.unexpected
    assert any("404" in heard for heard in console.unexpected), console.unexpected
    with pytest.raises(pytest.fail.Exception, match="404"):
        console.fail_on_the_unexpected()
    console.expect("Content Security Policy")
    console.expect(f"404 {address}/nowhere")
