"""Made files of records and what they hold, for the tests of every format."""

from __future__ import annotations

import io

from wherewithal.analyse.reviews.records import Format, Record, RecordFile


def read(text: str | bytes, name: str = "made") -> list[Record]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(RecordFile(data, name=name))


def written(records: list[Record], to: Format) -> str:
    out = io.StringIO()
    assert to.write is not None
    assert to.write(records, out) == len(records)
    return out.getvalue()


OVID = """\
1.
TY  - JOUR
DB  - Ovid MEDLINE(R)
AN  - 17076747
T1  - Parenting support in the voluntary sector: a made title that runs on
      over a second line
A1  - Example, Anna
A1  - Sample, Ben C.
Y1  - 2006//
N2  - BACKGROUND: Made text.
      Wrapped by the exporting program.
KW  - Child
KW  - *Parenting
JF  - Journal of Made Examples
JA  - J Made Ex
VL  - 47
IS  - 11
SP  - 1123
EP  - 1132
DO  - https://dx.doi.org/10.5555/made.2006.1
XT  - a field of Ovid's own
ER  -\x20

"""

EBSCO = """\
Provider: EBSCOhost
Database: Made Index
Content: text/plain; charset="UTF-8"

TY  - JOUR
ID  - 2008-00001-002
AU  - Example, Anna
AU  - Example, Anna
T1  - A made study
JO  - Journal of Made Examples
JF  - Journal of Made Examples
Y1  - 2008/03//
VL  - 1
IS  - 2
SP  - 5
EP  - 9
SN  - 1234-5678
AB  - Made.
L3  - 10.5555/made.2008.2
UR  - https://search.example.org/login.aspx?db=made&AN=1
ER  -\x20
"""

PROQUEST = """\
TY  - RPRT
T1  - A made report
AU  - Made Council
A2  - Editor, Edith
CY  - Northmoor
PB  - Made Press
PY  - 2011
DA  - 2011 Jan 05
N1  - Copyright - made
N1  - Last updated - 2012-01-01
LA  - English
DB  - Made Database
ER  -\x20
"""

WEB_OF_SCIENCE = """\
TY  - JOUR
AU  - Example, A
AU  - Sample, BC
TI  - Made in capitals
T2  - JOURNAL OF MADE EXAMPLES
LA  - English
DE  - parenting; behaviour
PD  - NOV
PY  - 2006
VL  - 47
IS  - 11
SP  - 1123
EP  - 1132
DI  - 10.5555/made.2006.1
AN  - WOS:000000000000001
SN  - 1234-5678
EI  - 8765-4321
ER  -\x20
"""

ENDNOTE = """\
TY  - JOUR
AU  - Example, A.
AB  - BACKGROUND: made.
METHODS: also made.

RESULTS: T1 and T2 - both made.
KW  - Child
Family
Parenting
TI  - A made study
T2  - Journal of Made Examples
PY  - 2010
M3  - 10.5555/made.2010.3
N1  - Some
words of a person
ER  -\x20


"""

ZOTERO = """\
TY  - JOUR
TI  - A made study – with a dash
AU  - Exämple, Ánna
T2  - Journal of Made Examples
DA  - 2012/01/26/
PY  - 2012
DO  - 10.5555/made.2012.4
VL  - 344
SP  - e1107
J2  - J Made Ex
LA  - en
SN  - 1756-1833
UR  - https://example.org/made
Y2  - 2026/11/03/09:00:00
L1  - https://example.org/made.pdf
N1  - PMID: 22222222
ER  -\x20
"""

DIALECTS = {
    "Ovid": OVID,
    "EBSCO": EBSCO,
    "ProQuest": PROQUEST,
    "Web of Science": WEB_OF_SCIENCE,
    "EndNote": ENDNOTE,
    "Zotero": ZOTERO,
}

NBIB = """\

PMID- 11111111
OWN - NLM
STAT- MEDLINE
DCOM- 20070101
IS  - 1234-5678 (Print)
IS  - 8765-4321 (Electronic)
VI  - 47
IP  - 11
DP  - 2006 Nov
TI  - A made study of parenting support that is long enough to go on over
      a second line.
PG  - 1123-32
LID - 10.5555/made.2006.1 [doi]
AB  - BACKGROUND: Made. METHODS: Made
      as well.
FAU - Example, Anna Maria
AU  - Example AM
AUID- ORCID: 0000-0000-0000-0001
AD  - First made institute.
AD  - Second made institute.
FAU - Sample, Ben
AU  - Sample B
AD  - Third made institute.
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
PL  - Madeland
TA  - J Made Ex
JT  - Journal of made examples
MH  - Child
MH  - *Parenting/psychology
OT  - voluntary sector
AID - 10.5555/made.2006.1 [doi]
AID - MADE1234 [pii]
SO  - J Made Ex. 2006 Nov;47(11):1123-32.

PMID- 22222222
TI  - Another made study.
DP  - 2007
PT  - Journal Article
PT  - Retracted Publication
"""

BIBTEX = r"""
% exported by nobody
@string{jme = {Journal of Made Examples}}

@article{example2006,
  author = {Example, Anna and van der Sample, Ben and {Made Council}},
  title = {A {Made} Study of {\"U}ber-parenting: 50\% more},
  journal = jme,
  year = 2006,
  volume = {47},
  number = "11",
  pages = {1123--1132},
  doi = {10.5555/made_2006.1},
  keywords = {child, parenting},
  abstract = {Made text costing $5 a head, 10% of it wasted.},
  eprint = {kept as it is}
}

@MastersThesis{sample2010,
  author = "Ben Sample",
  title = "A made thesis",
  school = {University of Made},
  year = {2010},
  note = {kept on a shelf}
}
"""
