"""The files of an exported synthesis, and the folder they are written to."""

from __future__ import annotations

import csv
import io
import json
import math
import platform
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from wherewithal.analyse.reviews.synthesis.drawn import DRAWN, Drawable, axis_of, bubble_of
from wherewithal.analyse.reviews.synthesis.export.figures import figures
from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies, ready, told
from wherewithal.analyse.reviews.synthesis.export.scripts import python_script, r_script
from wherewithal.analyse.reviews.synthesis.export.words import readable, readme
from wherewithal.errors import BadInput, Problem


def export(studies: Studies, settings: Settings, folder: Path) -> tuple[str, ...]:
    """Write everything into ``folder``, which must not exist or be empty, and give the names of its files.

    Raises BadInput where the folder holds something and for what ``pool`` refuses; nothing is half-written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            f"{folder} is not empty, and nothing is written over.",
            [Problem(str(folder), "files", "an empty or a new folder", "Name another folder.")],
        )
    files = contents(studies, settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as work:
        made = Path(work) / "whole"
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return tuple(files)


def contents(studies: Studies, settings: Settings) -> dict[str, bytes]:
    """The files of the folder by name, in order. Raises BadInput as ``pool`` does."""
    studies = ready(studies)
    it = drawable_of(studies, settings)
    pooled = it.pooled()
    results = figures(it, studies, settings, pooled)
    charts, undrawn = _charts(it, studies)
    files: dict[str, str] = {
        "README.md": readme(studies, settings, pooled, charts, undrawn),
        "data.csv": _data(studies),
        "settings.json": as_json({**vars(settings), "versions": versions()}),
        "results.json": as_json(results),
        "results.txt": readable(pooled, results, studies, undrawn),
        "rerun.py": python_script(studies, settings),
        "rerun.R": r_script(studies, settings, results),
    }
    for name, chart in charts.items():
        files[f"charts/{name}.svg"] = chart.file("wide")
        files[f"charts/{name}.csv"] = chart.csv()
        files[f"charts/{name}.txt"] = f"{chart.title}\n\n{chart.read_out}\n"
    return {name: text.encode() for name, text in files.items()}


def drawable_of(studies: Studies, settings: Settings) -> Drawable:
    """The studies as their charts and figures need them."""
    return Drawable(
        studies.effects,
        studies.variances,
        studies.names,
        axis_of(settings.measure, better=settings.better, left=settings.left, right=settings.right),
        settings.method,
        settings.test,
        settings.confidence,
        group=studies.group,
        study=studies.cluster,
        order=studies.order,
        title=settings.title,
        correlation=settings.correlation,
    )


def versions() -> dict[str, str]:
    """The versions of what an exported folder was made by."""
    from importlib.metadata import version

    return {
        "wherewithal": version("wherewithal"),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }


def as_json(what: dict[str, Any]) -> str:
    """JSON as the folder has it: no rounding, and no number that is none."""
    return json.dumps(what, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _data(studies: Studies) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    more = list(studies.moderators)
    texts = {
        name: column
        for name, column in (("group", studies.group), ("cluster", studies.cluster))
        if len(column)
    }
    head = ["study", "yi", "vi", *texts, *more, *(["order"] if studies.order else [])]
    writer.writerow(head)
    for place, name in enumerate(studies.names):
        writer.writerow(
            [
                name,
                repr(float(studies.effects[place])),
                repr(float(studies.variances[place])),
                *(column[place] for column in texts.values()),
                *(_number(studies.moderators[each][place]) for each in more),
                *([repr(float(studies.order[place]))] if studies.order else []),
            ]
        )
    return out.getvalue()


def _number(value: float) -> str:
    """A number in full, blank where there is none."""
    return "" if math.isnan(value) else repr(float(value))


def _charts(it: Drawable, studies: Studies) -> tuple[dict[str, Any], dict[str, str]]:
    """Charts by name, and those that cannot be drawn with the reason."""
    made, undrawn = {}, {}
    wanted = [name for name in DRAWN if name != "cumulative" or len(studies.order)]
    for name in wanted:
        try:
            made[name] = DRAWN[name](it)
        except BadInput as refused:
            undrawn[name] = refused.message
    for name, values in studies.moderators.items():
        file = "bubble-" + "".join(letter if letter.isalnum() else "-" for letter in name.lower())
        try:
            rows = told(values)
            made[file] = bubble_of(replace(it, group=()).only(rows), name, [values[row] for row in rows])
        except BadInput as refused:
            undrawn[file] = refused.message
    return made, undrawn
