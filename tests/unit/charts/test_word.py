"""Charts in Word: both pictures inside, alternative text, the same bytes twice, and lines that LibreOffice prints."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from tests.unit.charts.test_charts import CHARTS as PLACES
from tests.unit.charts.test_study_charts import CHARTS
from wherewithal.charts.emf import emf
from wherewithal.charts.word import add_chart, add_table


def records(content: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at < len(content):
        kind, size = struct.unpack_from("<II", content, at)
        found.append((kind, content[at + 8 : at + size]))
        assert size >= 8
        assert size % 4 == 0
        at += size
    return found


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_every_chart_is_a_whole_metafile(name: str, kind: str) -> None:
    content = emf(getattr(CHARTS[name], kind))
    found = records(content)
    assert (found[0][0], found[-1][0]) == (1, 14)
    signature, _, size, count = struct.unpack_from("<IIII", content, 40)
    assert (signature, size, count) == (0x464D4520, len(content), len(found))
    words = [content[16:].decode("utf-16-le", "ignore") for kind_, content in found if kind_ == 84]
    drawn = [e for e in ElementTree.fromstring(getattr(CHARTS[name], kind)).iter() if e.tag.endswith("}text")]
    assert len(words) == len(drawn)


def test_timelines_and_places_are_metafiles_too() -> None:
    for chart in PLACES:
        assert records(emf(chart.wide))[-1][0] == 14


def test_an_element_that_drawings_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no <ellipse>"):
        emf('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><ellipse/></svg>')


def written() -> bytes:
    document = docx.Document()
    for name in ("forest", "funnel"):
        add_chart(document, CHARTS[name])
    add_table(document, CHARTS["forest"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_holds_both_pictures_with_alternative_text() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as inside:
        names = set(inside.namelist())
        document = inside.read("word/document.xml").decode()
        svg = inside.read("word/media/chart1.svg").decode()
    assert {f"word/media/chart{n}.{suffix}" for n in (1, 2) for suffix in ("emf", "svg")} <= names
    assert document.count("svgBlip") == 2
    assert CHARTS["forest"].description.replace("&", "&amp;").replace("<", "&lt;")[:60] in document
    assert 'title="A forest"' in document
    assert "font-family" in svg
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == tuple(f"{x:g}" for x in CHARTS["forest"].size())
    assert "w:tblHeader" in document


def test_a_word_file_prints_lines_and_letters(libreoffice: Path, tmp_path: Path) -> None:
    """LibreOffice's PDF has the chart's words as words: an image would have none."""
    path = tmp_path / "charts.docx"
    path.write_bytes(written())
    command = [libreoffice, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    content = (tmp_path / "charts.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"LiberationSans" in content or b"Arial" in content
    assert content.count(b"/Subtype/Image") == 0
