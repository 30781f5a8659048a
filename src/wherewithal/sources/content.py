"""What an answer or a file really is, told by its content: the same refusals for both.

A council's proxy answers with a web page and status 200; a browser saves half a download. So nothing is
believed because of its name, its type or its status.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Literal
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

Wrong = Literal["empty", "web page", "cut off", "other form", "forbidden XML", "other service"]

_HTML = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_LONGEST_TITLE = 80


class Unreadable(ValueError):
    """The content is not what was expected. ``found`` says what it is instead, in words for a person."""

    def __init__(self, wrong: Wrong, found: str) -> None:
        super().__init__(found)
        self.wrong: Wrong = wrong
        self.found = found


def refuse_web_page(data: bytes) -> None:
    """Raises Unreadable where ``data`` is HTML, with the title of the page, which often says what happened."""
    head = data[:65536].removeprefix(b"\xef\xbb\xbf")
    if not _HTML.search(head):
        return
    title = _TITLE.search(head)
    words = " ".join(html.unescape(title.group(1).decode("utf-8", "replace")).split()) if title else ""
    named = f" titled '{words[:_LONGEST_TITLE]}'" if words else ""
    raise Unreadable("web page", f"a web page{named}")


def refuse_empty(data: bytes) -> None:
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Unreadable("empty", "nothing at all")


def json_in(data: bytes) -> Any:
    """The one JSON value that ``data`` holds. Raises Unreadable: empty, a web page, cut off, or not JSON."""
    refuse_empty(data)
    refuse_web_page(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        raise Unreadable("cut off" if cut else "other form", "bytes that are not UTF-8 text") from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken_json(text, error) from error
    except RecursionError as error:
        raise Unreadable("other form", "JSON nested more deeply than any answer is") from error


def _broken_json(text: str, error: json.JSONDecodeError) -> Unreadable:
    start = text.lstrip()[:1]
    if start == "<":
        return Unreadable("other form", "XML")
    if start not in "{[":
        return Unreadable("other form", f"text that is not JSON ('{text.strip()[:40]}')")
    # What breaks off is wrong at its very end, or in a string that began somewhere and never ended.
    unfinished = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    if unfinished:
        return Unreadable("cut off", f"JSON that breaks off after {len(text):,} characters")
    return Unreadable("other form", f"broken JSON in line {error.lineno}, column {error.colno}")


def xml_in(data: bytes) -> Element:
    """The root of the XML that ``data`` holds. Raises Unreadable as ``json_in`` does, and for any document type
    declaration: the services send none, and entities are how XML is turned against its reader.
    """
    refuse_empty(data)
    refuse_web_page(data)
    try:
        root: Element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unreadable(
            "forbidden XML", "XML with a document type or entities, which is not read"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        if data.lstrip()[:1] in (b"{", b"["):
            raise Unreadable("other form", "JSON") from error
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise Unreadable("other form", "text that is not XML") from error
        cut = not data.rstrip().endswith(b">") or "no element found" in str(error)
        raise Unreadable("cut off" if cut else "other form", f"broken XML ({error})") from error
    return root
