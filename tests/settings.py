"""The service's settings for tests: their own environment, which touches nothing of an installation.

It overrides the developer's shell before `web.settings` reads it. With TEST_DATABASE_URL the same tests run on
PostgreSQL. The temporary folder is removed after the run (by `tests/conftest.py`, or at exit).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" in os.environ:
    # This process inherited the TMPDIR that the first process set below. A folder inside that would make the paths of
    # sockets too long, so it gets its own folder beside it.
    tempfile.tempdir = str(Path(tempfile.gettempdir()).parents[1])
TEMPORARY_DIR = Path(tempfile.mkdtemp(prefix="photoalbum-tests-"))


def remove_temporary_dir() -> None:
    """Remove everything the tests wrote. Harmless when it is already gone."""
    shutil.rmtree(TEMPORARY_DIR, ignore_errors=True)


atexit.register(remove_temporary_dir)

os.environ.update(
    {
        "DATA_DIR": str(TEMPORARY_DIR / "data"),
        "SECRET_KEY": "tests-sign-with-this-and-nothing-else-does-0123456789",
        "DEBUG": "false",
        "PUBLIC_URL": "http://testserver",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite://{TEMPORARY_DIR / 'tests.sqlite3'}",
        # Nothing listens there, so connections are refused at once. Tests that need a broker start one.
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "STORAGE_URL": f"file://{TEMPORARY_DIR / 'objects'}",
        "MODEL_CACHE": str(TEMPORARY_DIR / "models"),
        "EMBEDDING_MODEL": "descriptor",
        # Each sandbox would take most of a second to load the networks.
        "FACE_DETECTOR": "haar",
        "LOG_LEVEL": "info",
        # A busy machine must not split the messages of tests that are not about turns.
        "TURN_SECONDS": "600",
        # For the programs that tests start: a killed worker leaves a folder, which is then removed with the others.
        # This process has already chosen its temporary folder and keeps it.
        "TMPDIR": str(TEMPORARY_DIR / "tmp"),
    }
)
TEMPORARY_DIR.chmod(0o755)
(TEMPORARY_DIR / "tmp").mkdir()
(TEMPORARY_DIR / "tmp").chmod(0o1777)
for name in (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "EMAIL_URL",
    "FACE_MODEL",
    "RESNET50_WEIGHTS",
    "SIGNUPS",
):
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)

from web.settings import *  # noqa: E402, F403
from web.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the embedded default, not shared memory, where two threads lock each other out at once.
    DATABASES["default"]["TEST"] = {"NAME": str(TEMPORARY_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Otherwise every test client would list all static files again.
WHITENOISE_AUTOREFRESH = True
# Rate limits also work in tests without a database. tests/web/test_cache.py counts in the real cache.
CACHES = {"default": {"BACKEND": "tests.json_cache.JsonCache"}}
