"""What no file of the project may hold, be called or grow into."""

from __future__ import annotations

import re
from pathlib import Path

from tests.repository.files import ROOT, lines_that, project_files, text_of

# In pieces, so that this file does not hold what it looks for.
PACKAGE_HOSTS = (
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    "yarn" + r"pkg\.com",
    "deb" + r"\.debian\.org",
)
SAYS_NOTHING = re.compile(r"^(utils?|helpers?|common|misc)(\.\w+)?$", re.IGNORECASE)
PROSE_AND_CODE = (".py", ".md", ".toml", ".yml", ".cff", ".jinja", ".scss", ".js", ".mjs", "")
MOST_LINES = 500
MOST_BYTES = 1_000_000


def test_no_file_names_a_package_host() -> None:
    """Whoever builds this uses the package hosts of their own organisation."""
    assert lines_that("|".join(PACKAGE_HOSTS)) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    places = [re.escape(f"{ROOT}/")] if len(ROOT.parts) > 2 else []
    places.append(r"(?<![\w./%}~-])/(?:root|home/\w+|Users/\w+)/")
    assert lines_that("|".join(places)) == []


def test_no_file_talks_about_how_it_was_written() -> None:
    """What was decided and why is in docs/decisions; when somebody sat down to write it is not."""
    words = r"\b(?:this|my|our|next|previous|last|earlier) session\b"
    assert lines_that(words, suffixes=PROSE_AND_CODE) == []


def test_names_say_what_a_file_is_for() -> None:
    named = [str(path.relative_to(ROOT)) for path in project_files()]
    assert [name for name in named if any(SAYS_NOTHING.match(part) for part in Path(name).parts)] == []


def test_no_file_of_the_source_outgrows_one_idea() -> None:
    source = [path for path in project_files() if path.is_relative_to(ROOT / "src")]
    code = [path for path in source if path.suffix in {".py", ".jinja", ".scss", ".js"}]
    sizes = {str(path.relative_to(ROOT)): len(text_of(path).splitlines()) for path in code}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def test_nothing_large_is_committed() -> None:
    sizes = {str(path.relative_to(ROOT)): path.stat().st_size for path in project_files()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


def test_every_folder_of_tests_and_source_is_a_package() -> None:
    """A folder without __init__.py is left out by mypy, the import rules and the wheel without a word.

    Benchmarks are programs that are run where they lie, and not a package.
    """
    code = [path for path in project_files() if path.suffix == ".py" and path.parent != ROOT]
    inside = {folder for path in code for folder in path.parents if folder.is_relative_to(ROOT)}
    outside = {ROOT, ROOT / "src", *(each for each in inside if each.is_relative_to(ROOT / "benchmarks"))}
    lacking = {folder for folder in inside - outside if not (folder / "__init__.py").exists()}
    assert sorted(str(folder.relative_to(ROOT)) for folder in lacking) == []
