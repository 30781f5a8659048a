"""The tags of RIS: what each means to us, and how types translate.

Databases disagree about tags (journal is JF, JO or T2; the abstract AB or N2), so each field of a record has
its tags in the order in which they are believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wherewithal.analyse.reviews.records.record import ARTICLE

TITLE = ("TI", "T1", "CT", "BT")
ABSTRACT = ("AB", "N2")
AUTHORS = ("AU", "A1")
YEAR = ("PY", "Y1", "DA", "PD", "YR")
JOURNAL_OF_ARTICLE = ("JF", "T2", "JO", "JA", "J1", "J2")
JOURNAL_OF_PART = ("T2", "BT", "JF", "JO", "JA", "J1", "J2")
DOI = ("DO", "DI")

LONG = frozenset(
    [
        "TI", "T1", "T2", "T3", "CT", "BT", "AB", "N1", "N2", "RN", "KW", "AD", "C1", "C2", "C3", "C4",
        "C5", "C6", "C7", "C8", "CA", "CR", "FU", "FX", "ID", "M1", "M2", "M3", "NT", "U1", "U2", "U3",
        "U4", "U5", "U6", "L1", "L2", "L3", "L4", "LK", "NO", "OP", "RI", "SE", "TT"
    ]
)  # fmt: skip
"""Tags whose text may go on over further lines without being indented."""

WRAPPED_ONLY = frozenset(
    [
        "TI", "T1", "T2", "T3", "CT", "BT"
    ]
)  # fmt: skip
"""Of those, the ones that are one line of text, however many lines it was written on."""

KNOWN = frozenset(
    [
        "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "AV", "BT", "C1", "C2", "C3", "C4", "C5", "C6",
        "C7", "C8", "CA", "CN", "CP", "CR", "CT", "CY", "DA", "DB", "DI", "DO", "DP", "ED", "EI", "EP",
        "ER", "ET", "FU", "FX", "ID", "IS", "J1", "J2", "JA", "JF", "JO", "KW", "L1", "L2", "L3", "L4",
        "LA", "LB", "LK", "M1", "M2", "M3", "N1", "N2", "NO", "NT", "NV", "OP", "PA", "PB", "PD", "PP",
        "PY", "RI", "RN", "RP", "SE", "SN", "SP", "ST", "T1", "T2", "T3", "TA", "TI", "TT", "TY", "U1",
        "U2", "U3", "U4", "U5", "U6", "UR", "UT", "VL", "VO", "Y1", "Y2", "YR"
    ]
)  # fmt: skip

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.|internal-pdf://|file://)\S+.*")
_SERIAL = re.compile(r"[\dXx][\dXx -]{7,16}(?: ?\(.*\))?")
SEVERAL: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("UR", "L1", "L2", "L3", "L4", "LK"), _ADDRESS), "SN": _SERIAL
}  # fmt: skip
"""Tags of which EndNote writes the second value and the following on lines of their own, and what these look like."""

UNMISTAKABLE = frozenset(
    [
        "TY", "ER", "AU", "TI", "PY", "VL", "UR", "KW", "JF", "JO"
    ]
)  # fmt: skip
"""Tags that are not the start of an English sentence or an abbreviation met in abstracts ("T1", "IS", "DO").
"""

TYPES: Mapping[str, str] = {
    "JOUR": ARTICLE,
    "EJOUR": ARTICLE,
    "JFULL": ARTICLE,
    "ABST": ARTICLE,
    "INPR": ARTICLE,
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "UNPB": "article",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "RPRT": "report",
    "GOVDOC": "report",
    "THES": "thesis",
    "ELEC": "webpage",
    "BLOG": "webpage",
    "WEB": "webpage",
    "GEN": "document",
}
"""RIS type to ours. A type that is not the first for its meaning is kept beside it as ``ris:TY``."""

TYPE_CODES: Mapping[str, str] = {meaning: code for code, meaning in reversed(list(TYPES.items()))}
