"""Settings: wiring only, no rule.

Read from the environment (the console sets all of it; see `lienthong --help`):
DATABASE_URL          the application's role; it does not own the tables
LIENTHONG_OWNER_URL   the owner's role, which migrates; taken where LIENTHONG_ROLE=owner
All others, LIENTHONG_PUBLIC_URL and LIENTHONG_HOSTS first: the tables of deploy/README.md. LIENTHONG_DEBUG=1 is for
a developer's own machine.
"""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LIENTHONG_VAR", ROOT / "var"))
PROVINCE = os.environ.get("LIENTHONG_PROVINCE", "79")
DEBUG = os.environ.get("LIENTHONG_DEBUG") == "1"
TESTING = "pytest" in sys.modules


def database(url: str) -> dict[str, object]:
    """The Django form of a PostgreSQL URL; query options go to libpq."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("Chỉ dùng PostgreSQL 15-18 (DATABASE_URL=postgresql://...).")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    port = str(options.pop("port", "") or parts.port or "")
    suffix = os.environ.get("TEST_DB_SUFFIX", "")
    name = parts.path.lstrip("/") or "lienthong"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_lienthong{suffix}"},
    }


OWNER_URL = os.environ.get("LIENTHONG_OWNER_URL", "")
APP_URL = os.environ.get("DATABASE_URL", "postgresql:///lienthong")
# Tests make their database as the owner and then work as the application (tests/conftest.py).
AS_OWNER = (TESTING or os.environ.get("LIENTHONG_ROLE") == "owner") and bool(OWNER_URL)
APP_ROLE = unquote(urlsplit(APP_URL).username or "")
DATABASES = {"default": database(OWNER_URL if AS_OWNER else APP_URL)}
if not TESTING and not AS_OWNER:
    # One pool a process: a connection costs more than a worklist.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 20}  # type: ignore[index]
# Hot statements are parsed and planned once a connection; off for a pooler that keeps no prepared statements.
PREPARE_STATEMENTS = os.environ.get("LIENTHONG_PREPARE", "1") == "1"
if PREPARE_STATEMENTS:
    # Without a threshold psycopg prepares nothing, even where it is asked to; with this one only where it is.
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 2**31  # type: ignore[index]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = os.environ.get("LIENTHONG_SECRET_KEY") or ("only-for-tests" if TESTING else "")
if not SECRET_KEY:
    key_file = VAR / "secret-key"
    SECRET_KEY = key_file.read_text().strip() if key_file.exists() else ""
if not SECRET_KEY:
    raise ImproperlyConfigured("Thiếu LIENTHONG_SECRET_KEY (make run tự tạo trong var/secret-key).")
# This machine's own names always: `lienthong up` asks by them whether the server answers.
ALLOWED_HOSTS = [
    *(name.strip() for name in os.environ.get("LIENTHONG_HOSTS", "").split(",") if name.strip()),
    *("localhost", "127.0.0.1", "[::1]"),
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("LIENTHONG_ORIGINS", "").split(",") if o]
SECURE_COOKIES = os.environ.get("LIENTHONG_HTTPS") == "1"

ROOMS = [
    "core.instruments",
    "core.journal",
    "core.lifecycle",
    "core.numbering",
    "core.scope",
    "core.shell",
    "core.workdays",
    "people.organisation",
    "people.identity",
    "people.parties",
    "mandate.competence",
    "mandate.procedures",
    "facilities.documents",
    "facilities.fees",
    "facilities.casework",
    "facilities.statistics",
    "facilities.notifications",
    "facilities.exchange",
    "work.dossiers",
    "work.readiness",
    "work.certification",
    "work.stewardship",
    "fronts.public",
    "fronts.desk",
    "fronts.overview",
    "fronts.cockpit",
    "fronts.api",
    "fronts.administration",
]
INSTALLED_APPS = [
    *(f"lienthong.{room}" for room in ROOMS),
    "lienthong.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "lienthong.fronts.api.views.gate.ApiGate",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lienthong.people.identity.middleware.ActingPostMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lienthong.people.identity.middleware.actor_context",
                "lienthong.fronts.desk.views.navigation.navigation",
            ],
            "builtins": ["lienthong.core.shell.templatetags.shell"],
        },
    }
]

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_ADAPTER = "lienthong.people.identity.adapter.OfficerAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# A whole office sits behind one address: failed attempts count for a user name at an address (see adapter).
# Wrong codes of slips count for the address alone: before the code is right there is no name.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "120/m/ip,5/300s/key",
    "invitation_failed": "60/300s/ip",
}
_FORMS = "lienthong.people.identity.forms."
ACCOUNT_FORMS = {
    "login": f"{_FORMS}LoginForm",
    "change_password": f"{_FORMS}ChangePasswordForm",
    "reauthenticate": f"{_FORMS}ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}AuthenticateForm",
    "reauthenticate": f"{_FORMS}ReauthenticateCodeForm",
    "activate_totp": f"{_FORMS}ActivateTOTPForm",
}
MFA_ADAPTER = "lienthong.people.identity.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Liên Thông"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/start/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lienthong.fronts.public.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    (f"npm/{name}", str(path))
    for name, path in {
        "be-vietnam-pro": ROOT / "node_modules/@fontsource/be-vietnam-pro/files",
        "leaflet": ROOT / "node_modules/leaflet/dist",
    }.items()
    if path.exists()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
# What a QR code on paper, a message's link and an invitation lead to; `lienthong up` sets it where it is not set.
PUBLIC_URL = (os.environ.get("LIENTHONG_PUBLIC_URL") or "http://localhost:8000").rstrip("/")
FONT_DIR = ROOT / "node_modules/@expo-google-fonts/tinos"
FILES_ROOT = VAR / "files"
# Private networks (CIDR, by comma) into which status webhooks may be sent; none of them otherwise.
WEBHOOK_NETWORKS = [one for one in os.environ.get("LIENTHONG_WEBHOOK_NETWORKS", "").split(",") if one]
CLAMAV_SOCKET = os.environ.get("LIENTHONG_CLAMAV", "")
# Private networks (CIDR, by comma) from which files offered by links may be fetched; none of them otherwise.
FILE_NETWORKS = [one for one in os.environ.get("LIENTHONG_FILE_NETWORKS", "").split(",") if one]
FILES_FROM_HERE = TESTING
# How many processes serve: each grants a client of the API its share of the agreed calls a minute.
API_PROCESSES = int(os.environ.get("LIENTHONG_PROCESSES", "1"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# Who carries messages to citizens (deploy/README.md): a mail server, an SMS and a Zalo provider. "" = not connected.
MESSAGE_CARRIERS = {
    "email": {
        "url": os.environ.get("LIENTHONG_SMTP_URL", ""),
        "sender": os.environ.get("LIENTHONG_SMTP_FROM", ""),
    },
    **{
        channel: {
            part: os.environ.get(f"LIENTHONG_{channel.upper()}_{part.upper()}", "")
            for part in ("url", "token", "header", "body", "accepted", "repeatable")
        }
        for channel in ("sms", "zalo")
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "lienthong.lib.discreet.DiscreetFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
