"""The demo's figures are what their script writes, and contradict themselves nowhere."""

import runpy
from pathlib import Path

import wherewithal_web.demo
from wherewithal.analyse.needs import Figures, read
from wherewithal.sources.fingertips import read_export

FIGURES = Path(wherewithal_web.demo.__file__).with_name("figures")


def test_the_file_is_what_its_script_writes():
    script = runpy.run_path(str(FIGURES / "generate.py"))
    assert (FIGURES / "northmoor.csv").read_text(encoding="utf-8") == script["northmoor"]()


def test_no_label_of_it_contradicts_its_figures():
    figures = Figures(read_export(FIGURES / "northmoor.csv").rows)
    for area in figures.areas:
        assert area.startswith("X"), "no real place may be given made-up figures"
        for series in figures.of_area(area):
            reading = read(figures, series)
            assert reading.contradictions == ()
            assert reading.measure.made_up


def test_it_tells_the_story_of_the_demo():
    figures = Figures(read_export(FIGURES / "northmoor.csv").rows)
    found = [read(figures, series).headline for series in figures.of_area("X06000001")]
    assert found[:2] == ["Worse than England, and getting worse", "Worse than England, with no clear change"]
