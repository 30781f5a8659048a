"""Text as it is compared: without case, accents, markup and signs, so that two databases' spellings meet."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]{0,200})?/?>")
_NOT_A_WORD = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]")
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "κ": " kappa ", "λ": " lambda ",
        "μ": " mu ", "ω": " omega ", "'": "", "’": "", "‘": "", "ʼ": "", "`": "", "´": "", "®": "", "™": "",
        "&": " and ",
    }
)  # fmt: skip


def folded(text: str) -> str:
    """``text`` in lower case without markup and accents; Greek letters by name, apostrophes closed up."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    text = text.lower()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
    elif "'" in text or "&" in text or "`" in text:
        text = text.translate(_LETTERS)
    return text


_PLAIN = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("'"): None, ord("`"): None}
"""What ``folded`` and ``_NOT_A_WORD`` make of ASCII without markup."""


def words(text: str) -> str:
    """``text`` folded, with one space between its words and nothing else: "Müller's <i>p53</i>" as "mullers p53"."""
    if text.isascii() and "<" not in text and "&" not in text:
        return " ".join(text.lower().translate(_PLAIN).split())
    return _NOT_A_WORD.sub(" ", folded(text)).strip()
