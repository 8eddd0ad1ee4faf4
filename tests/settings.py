"""The site's settings, with a home of its own and what would slow every test taken out."""

import os
from tempfile import TemporaryDirectory

_home = TemporaryDirectory(prefix="rolecall-tests-")
os.environ["ROLECALL_HOME"] = _home.name
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from console.settings import *  # noqa: E402, F403
from console.settings import DATABASES, HOME, PASSWORD_HASHERS, STATIC_ROOT, STORAGES  # noqa: E402

# In a file, since the threads of the live server would share the one connection of a database in
# memory; and closed after each request, so that none outlives its thread.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Its tables are made from the models: `tests/test_migrations.py` tries the migrations.
DATABASES["default"]["TEST"] = {"MIGRATE": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    DATABASES["default"]["TEST"]["NAME"] = str(HOME / "tests.sqlite3")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
GUESTS = True  # whatever HOST is where the tests run
STATIC_ROOT.mkdir()
