"""What every test can ask for, and which tests run on which database."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as hypothesis

from tests import required

ROOT = Path(__file__).resolve().parent.parent
# A busy machine is not a fault of what is tested: speed lives in benchmarks.
hypothesis.register_profile("project", deadline=None)
hypothesis.load_profile("project")

ON_POSTGRESQL = os.environ.get("WHEREWITHAL_TEST_DATABASE") == "postgresql"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder that lies beside the project, or that ``$WHEREWITHAL_SHARED`` names.

    It holds files too large or not ours to commit. A test that uses it carries ``@pytest.mark.shared``.
    """
    beside = Path(os.environ.get("WHEREWITHAL_SHARED") or ROOT.parent / "shared")
    if not (beside / "data").is_dir():
        required.skip(
            "shared", f"The shared data is not at {beside}; WHEREWITHAL_SHARED can name another place."
        )
    return beside / "data"


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """LibreOffice's program, which opens a paper as a reader would."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        required.skip("libreoffice", "LibreOffice is not here. Debian: apt-get install libreoffice-writer.")
    return Path(program)


# --- The second database --------------------------------------------------------------------------------


def uses_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})


def why_postgresql_does_not_answer() -> str:
    """The reason that PostgreSQL cannot be used, or nothing where it can."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    where = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    try:
        psycopg.connect(
            dbname="postgres",
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            connect_timeout=5,
        ).close()
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        return f"No PostgreSQL to test on at {where} ({said}). DATABASE_URL can name one."
    return ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, only the tests that use a database. Pages in a browser are the same on both."""
    if not ON_POSTGRESQL:
        return
    chosen, left = [], []
    for item in items:
        here = uses_the_database(item) and item.get_closest_marker("browser") is None
        (chosen if here else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = chosen
    if reason := why_postgresql_does_not_answer():
        if required.must_be_here("postgresql"):
            raise pytest.UsageError(f"{reason} WHEREWITHAL_NO_SKIP says that postgresql is here.")
        for item in items:
            item.add_marker(pytest.mark.skip(reason=reason))
