"""Settings of the site, from the environment where a deployment may differ."""

from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from console.disk_faults import ends_in_a_sentence, keep_private
from console.secret_key import kept_secret_key

django_stubs_ext.monkeypatch()  # Django's generic classes take their arguments when it runs, too
env = Env()
"""Whatever a deployment sets is read through this: the settings page lists what was."""

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(env.str("ROLECALL_HOME", str(BASE_DIR / "var"))).resolve()
with ends_in_a_sentence(f"ROLECALL_HOME is `{HOME}`, which cannot be used"):
    HOME.mkdir(parents=True, exist_ok=True)
    next(HOME.iterdir(), None)

DEBUG = env.bool("ROLECALL_DEBUG", False)
with ends_in_a_sentence(f"The secret key in `{HOME / 'secret-key'}` cannot be used"):
    SECRET_KEY = kept_secret_key(HOME / "secret-key")

# Where `manage.py serve` listens; it refuses what is no port.
LISTEN_HOST = env.str("HOST", "") or "127.0.0.1"
LISTEN_PORT = env.str("PORT", "") or "8000"

_OTHER_HOSTS: list[str] = env.str("ROLECALL_HOSTS", "").replace(",", " ").split()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_OTHER_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _OTHER_HOSTS if host != "*"]


def lets_guests_in(host: str, other_hosts: list[str]) -> bool:
    """Return whether only this machine comes in, where no setting decides who gets a world."""
    try:
        return not other_hosts and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


# Whether a visitor without a login gets a world.
GUESTS = env.bool("ROLECALL_GUESTS", lets_guests_in(LISTEN_HOST, _OTHER_HOSTS))
GUEST_WORLDS = env.int("ROLECALL_GUEST_WORLDS", 500)

# Who may make a login: with a class's `code`, anybody (`open`), nobody (`closed`).
SIGN_UP = env.str("ROLECALL_SIGN_UP", "code")
if SIGN_UP not in {"code", "open", "closed"}:
    _message = f"ROLECALL_SIGN_UP is `{SIGN_UP}`: it must be code, open or closed."
    raise ImproperlyConfigured(_message)

# The hosts of learning management systems, such as `moodle.example.org`; no other site is called.
LTI_HOSTS: list[str] = env.str("ROLECALL_LTI_HOSTS", "").replace(",", " ").split()

# The hosts of teachers' programs that hear of classes, such as `bot.example.org`.
WEBHOOK_HOSTS: list[str] = env.str("ROLECALL_WEBHOOK_HOSTS", "").replace(",", " ").split()

# The proxies with TLS in front of the site: what they state of a request is believed.
try:
    PROXIES = [ip_network(one) for one in env.str("ROLECALL_PROXIES", "").replace(",", " ").split()]
except ValueError as _error:
    _message = f"ROLECALL_PROXIES: {_error}. Write addresses or networks, with commas."
    raise ImproperlyConfigured(_message) from None

INSTALLED_APPS = [
    "iam",
    "sts",
    "console",
    "console.administration",
    "console.signin",
    "console.services.s3",
    "console.services.cloudtrail",
    "console.services.ec2",
    "console.services.awslambda",
    "console.services.accessanalyzer",
    "console.labs",
    "console.queue",
    "console.classes",
    "console.lti",
    "console.webhooks",
    "console.tokens",
    "csp",
    "django_ace",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular_sidecar",
    "template_partials",
    "console.inside.apps.InsideConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "console.server.proxies.ProxyMiddleware",
    "console.endpoint.middleware.FrontDoorMiddleware",
    "console.pages.labs.polls.PollMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "console.pages.site.content_policy.ContentPolicyMiddleware",
    "console.pages.site.compression.CompressionMiddleware",
    "console.pages.site.bodies.RefusedBodyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "console.signin.log_outs.LogOutMiddleware",
    "console.signin.shared_computers.SharedComputerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "console.signin.guests.GuestMiddleware",
    "console.signin.middleware.ConsoleMiddleware",
    "console.pages.site.methods.WrongMethodMiddleware",
]

ROOT_URLCONF = "console.urls"
WSGI_APPLICATION = "console.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "console.signin.context.console",
                "console.pages.services.top_bar",
                "console.pages.labs.drawer.drawer_of_page",
            ],
            # Every form has guards, as it has Django's csrf_token: no template loads them.
            "builtins": ["console.templatetags.signin_tags"],
        },
    },
]

# Never ATOMIC_REQUESTS: with IMMEDIATE transactions every reader would take the write lock.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # The log is written back only every 32 MB, so that few writes wait for that.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8000;"
    ),
}


def _database(url: str) -> dict[str, Any]:
    """Django's settings for the database that the URL names."""
    with ends_in_a_sentence("DATABASE_URL cannot be used"):
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))
        if not database["ENGINE"].endswith(("sqlite3", "postgresql")):
            message = "write sqlite:///… or postgres://user:password@host/name."
            raise ValueError(message)
    database["CONN_HEALTH_CHECKS"] = True
    if database["ENGINE"].endswith("sqlite3"):
        database["ENGINE"] = "console.sqlite"
        database["OPTIONS"] = {**_SQLITE_OPTIONS, **database.get("OPTIONS", {})}
        if database["NAME"] != ":memory:":
            keep_private(Path(database["NAME"]))
    return database


DATABASES = {
    "default": _database(env.str("DATABASE_URL", "") or f"sqlite:///{HOME / 'rolecall.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What runs later: console/queue/README.md. A job that may take longer than some seconds is `long`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

# Site logins use the first, and the second until the next log-in of whoever has such a hash;
# simulated users' passwords, which protect little, use the third.
AUTHENTICATION_BACKENDS = ["console.signin.site_backend.SiteBackend"]
PASSWORD_HASHERS = [
    "console.signin.hashers.SitePasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "iam.models.hashers.ToyPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Names of our own, so that other sites on localhost do not end a session here.
SESSION_ENGINE = "console.signin.sessions"
SESSION_COOKIE_NAME = "rolecall_session"
CSRF_COOKIE_NAME = "rolecall_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(PROXIES)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PROXIES else 0  # sent over TLS only
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "console.pages.site.errors.stale_form"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

# An S3 object of 1 MiB may be three times as long URL-encoded; a picker may send a thousand ticks.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Not the compressing storage of WhiteNoise: Ace's 500 files would take half a minute.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "console.page_files.CollectedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# What OpenAPI shows of the API; how it works is in console/api/http/views.py.
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "console.api.http.operations.ApiSchema"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Rolecall",
    "DESCRIPTION": "Classes, students, labs and their worlds, for programs.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_PUBLIC": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # An operation that is not offered (501) and a request that was turned away (503) are no faults.
    "filters": {
        "faults": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 500) not in {501, 503},
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # What a client sends is no incident: a text that cannot be stored is answered with 400.
        "django.security.UnstorableText": {"level": "CRITICAL"},
        # Denied and unknown pages are everyday lessons here, not incidents.
        "django.request": {
            "handlers": ["stderr"],
            "level": "ERROR",
            "filters": ["faults"],
            "propagate": False,
        },
    },
}
