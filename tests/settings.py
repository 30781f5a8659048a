"""The workbench's settings, with everything a test could leave behind put in a folder of its own.

A module of settings, and not a fixture, because Django reads them before the first fixture exists.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="wherewithal-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in ("DEMO", "TODAY", "AS", "SECRET_KEY", "HOSTS", "HTTPS"):
    os.environ.pop(f"WHEREWITHAL_{_name}", None)  # how somebody has set up their own workbench
os.environ["WHEREWITHAL_HOME"] = _FOLDER
if os.environ.get("WHEREWITHAL_TEST_DATABASE") != "postgresql":
    os.environ.pop("DATABASE_URL", None)  # a plain run of the tests never works on somebody's server

from wherewithal_web.settings import *  # noqa: E402, F403
from wherewithal_web.settings import DATABASES  # noqa: E402

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in life. In memory, the server of the browser tests would share one connection with the test.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_FOLDER, "test.sqlite3")}
else:
    # A database of this run's own, so that two runs on one server do not take it from each other; and one that
    # holds any character, whatever the server was set up with.
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_wherewithal_{os.getpid()}",
        "CHARSET": "UTF8",
        "TEMPLATE": "template0",
    }

# Hashing a password well takes as long as ten of these tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The reference engine, made in no time for a handful of things. That both engines answer alike is tested apart.
SEARCH_INDEX = "memory"
