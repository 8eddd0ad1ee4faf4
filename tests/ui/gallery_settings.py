"""Settings under which the gallery of components is served to be looked at."""

from copy import deepcopy

from tests import settings as site
from tests.settings import *  # noqa: F403
from tests.settings import BASE_DIR, INSTALLED_APPS

DEBUG = True
ROOT_URLCONF = "tests.ui.gallery"
# The kit alone: none of the parts that know IAM.
INSTALLED_APPS = [
    name
    for name in INSTALLED_APPS
    if not name.startswith(("iam", "sts", "console.", "django.contrib.admin"))
]
TEMPLATES = deepcopy(site.TEMPLATES)
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests" / "ui" / "templates"]
STATIC_URL = "/static/"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
]
