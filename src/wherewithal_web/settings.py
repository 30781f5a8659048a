"""Settings of the workbench. Secrets and places come from the environment; everything else is here.

WHEREWITHAL_HOME         where the embedded database and files live
WHEREWITHAL_DEMO         1: the demo, in a database of its own, with demo accounts
DATABASE_URL             postgresql://... instead of the embedded database
WHEREWITHAL_SECRET_KEY   the signing key; without it one is made and kept in the data folder
WHEREWITHAL_HOSTS        comma-separated host names it answers to, beyond this machine
WHEREWITHAL_HTTPS        1: behind HTTPS, so cookies are sent over it only
WHEREWITHAL_TODAY        a date to take as today, for tests and pictures
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF

from wherewithal.home import home
from wherewithal_web.databases import postgresql, sqlite

HERE = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "") == "1"


def _secret_key() -> str:
    named = os.environ.get("WHEREWITHAL_SECRET_KEY")
    if named:
        return named
    file = home() / "secret-key"
    if not file.exists():
        made = file.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        try:
            os.link(made, file)  # fails where another process was first, whose key then counts
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text()


DEMO = _flag("WHEREWITHAL_DEMO")
WHEREWITHAL_TODAY = (
    date.fromisoformat(os.environ["WHEREWITHAL_TODAY"]) if "WHEREWITHAL_TODAY" in os.environ else None
)

SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("WHEREWITHAL_HOSTS", "").split(",")),
]

# --- Rooms, in the order of the commissioning cycle -----------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "wherewithal_web.people",
    "wherewithal_web.audit",
    "wherewithal_web.jobs",
    "wherewithal_web.cases",
    "wherewithal_web.components",
    "wherewithal_web.analyse.library",
    "wherewithal_web.analyse.reviews",
    "wherewithal_web.analyse.needs",
    "wherewithal_web.plan.options",
    "wherewithal_web.plan.papers",
    "wherewithal_web.do.delivery",
    "wherewithal_web.review.outcomes",
    "wherewithal_web.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wherewithal_web.components.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "wherewithal_web.urls"
WSGI_APPLICATION = "wherewithal_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "wherewithal_web.components.templating.RoomTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wherewithal_web.components.templating.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wherewithal_web.components.templating.page_furniture",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------

if os.environ.get("WHEREWITHAL_TEST_DATABASE") == "postgresql":
    DATABASES = {
        "default": postgresql(os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"))
    }
elif os.environ.get("DATABASE_URL"):
    DATABASES = {"default": postgresql(os.environ["DATABASE_URL"])}
else:
    DATABASES = {"default": sqlite(home() / ("demo.sqlite3" if DEMO else "wherewithal.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each machine searches its own copy of the index, in the data folder; "memory" keeps it in the process, for tests.
SEARCH_INDEX = "disk"
LARGEST_UPLOAD = 100 * 1024 * 1024
# Full texts of studies, a folder a case: private, and served to whoever may see the case.
FULL_TEXTS = home() / ("demo-full-texts" if DEMO else "full-texts")
FULL_TEXTS_PER_CASE = 2 * 1024 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "wherewithal_web.components.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- People ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["wherewithal_web.people.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wherewithal_web.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Language, time -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# --- Static files and safety ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
# Files are served from the packages themselves: nothing to collect on a laptop, one year of caching by hash
# is for installations that collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
HTTPS = _flag("WHEREWITHAL_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
