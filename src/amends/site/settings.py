"""One house: its folder, its database, its doors. All that differs comes from the environment."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from amends.ground import secret_key

CHECKOUT = Path(__file__).resolve().parents[3]
HOUSE_HOME = Path(os.environ.get("AMENDS_HOME") or CHECKOUT / "var" / "house")
BACKUPS = Path(os.environ.get("AMENDS_BACKUPS") or HOUSE_HOME / "back-ups")
DEMO = os.environ.get("AMENDS_DEMO") == "1"
# Only the pictures of the desk are taken without it (screens/settings.py).
DEMO_BAR = DEMO


def _sqlite(name: Path, wait: float) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": wait,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            ),
        },
    }


def _house_database(url: str) -> dict[str, object]:
    if not url:
        # Requests give up on the writer soon; the worker waits (site/work.py raises it).
        wait = float(os.environ.get("AMENDS_DATABASE_WAIT", "2"))
        return _sqlite(HOUSE_HOME / "house.sqlite3", wait)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL names no PostgreSQL: postgresql://user:password@host/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        # After a restart of the database the first question of each thread is answered, too.
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = os.environ.get("AMENDS_SECRET_KEY") or secret_key.read_or_make(HOUSE_HOME)
# Links and secrets made with these still open; `bin/amends rotate-secrets` puts a key among them.
SECRET_KEY_FALLBACKS = [
    *filter(None, os.environ.get("AMENDS_OLDER_SECRET_KEYS", "").split(",")),
    *secret_key.older(HOUSE_HOME),
]
DEBUG = os.environ.get("AMENDS_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("AMENDS_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HOUSE_URL = os.environ.get("AMENDS_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [HOUSE_URL]
# Behind a proxy of the house's own, the proxy says who asks and whether over https; without
# one, whoever asks could say so themselves.
BEHIND_PROXY = os.environ.get("AMENDS_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "lucide",
    "template_partials.apps.SimpleAppConfig",
    "amends.ground.ui",
    "amends.ground.events",
    "amends.ground.jobs",
    "amends.ground.search",
    "amends.records.house",
    "amends.records.people",
    "amends.records.looking",
    "amends.records.customers",
    "amends.records.post",
    "amends.records.joining",
    "amends.records.complaints",
    "amends.records.promises",
    "amends.records.recovery",
    "amends.records.aftercare",
    "amends.records.answering",
    "amends.records.insights",
    "amends.records.retention",
    "amends.records.writing",
    "amends.records.notices",
    "amends.doors.desk",
    "amends.doors.entry",
    "amends.doors.portal",
    "amends.doors.mail",
    "amends.doors.terminal",
    *(["amends.doors.demo"] if DEMO else []),
    "amends.site",
]

MIDDLEWARE = [
    "amends.site.health.health_first",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "amends.site.middleware.no_nul_in_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amends.site.sessions.sessions_end",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amends.site.middleware.house_of_request",
    "amends.site.middleware.language_of_person",
    "amends.site.middleware.second_factor_where_asked",
]

ROOT_URLCONF = "amends.site.urls"
WSGI_APPLICATION = "amends.site.wsgi.application"

_FROM_FILES = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps' own, so that our sign-in page comes before allauth's.
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            # Cotton and partials each set loaders of their own and overwrite the other's.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _FROM_FILES)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amends.site.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": _house_database(os.environ.get("DATABASE_URL", "")),
    # Rate limits and presence: lost without loss, so that a flood never starves the intake.
    "disposable": _sqlite(HOUSE_HOME / "disposable.sqlite3", 2),
}
DATABASE_ROUTERS = ["amends.ground.routing.DisposableRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "disposable_cache",
        # Of 300, as it is by default, strangers could push out what counts them.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "amends.ground.jobs.backend.LeaseBackend"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "amends.site.sign_in.InvitedOnly"
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "amends.site.sign_in.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "login_webauthn": "amends.doors.entry.passkey_forms.LoginForm",
    "authenticate_webauthn": "amends.doors.entry.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "amends.doors.entry.passkey_forms.ReauthenticateForm",
    "add_webauthn": "amends.doors.entry.passkey_forms.AddForm",
}
MFA_TOTP_TOLERANCE = 1
# Addresses are the administrator's word here; nobody signs up with one that isn't theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
LOGIN_URL = "demo:entrance" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "desk:my_day"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish")), ("ru", _("Russian")), ("sk", _("Slovak"))]
LOCALE_PATHS = [CHECKOUT / "src" / "amends" / "site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOUSE_HOME / "static"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HOUSE_URL.startswith("https://")
# Only the demo shows its own pages in frames: the tour has the desk and the phone side by side.
_FRAMES = [SELF] if DEMO else [NONE]
X_FRAME_OPTIONS = "SAMEORIGIN" if DEMO else "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": _FRAMES,
        **({"frame-src": _FRAMES} if DEMO else {}),
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SMTP_HOST = os.environ.get("AMENDS_SMTP_HOST", "localhost")
SMTP_PORT = int(os.environ.get("AMENDS_SMTP_PORT", "25"))
SMTP_USER = os.environ.get("AMENDS_SMTP_USER", "")
SMTP_PASSWORD = os.environ.get("AMENDS_SMTP_PASSWORD", "")
# Sign in with the permission that the mailbox SMTP_USER has, instead of a password.
SMTP_OAUTH = os.environ.get("AMENDS_SMTP_OAUTH") == "1"
SMTP_SECURITY = os.environ.get("AMENDS_SMTP_SECURITY", "none")  # none, starttls, tls
LMTP_HOST = os.environ.get("AMENDS_LMTP_HOST", "localhost")
LMTP_PORT = int(os.environ.get("AMENDS_LMTP_PORT", "8024"))
# The flood brake: mails within an hour, beyond which what the program writes is held.
MOST_MAILS_TO_ONE = int(os.environ.get("AMENDS_MOST_MAILS_TO_ONE", "20"))
MOST_MAILS_A_CASE = int(os.environ.get("AMENDS_MOST_MAILS_A_CASE", "20"))
MOST_MAILS = int(os.environ.get("AMENDS_MOST_MAILS", "1000"))
# Replies come back to help+am-7k3f9.…@house; the mail server must take such addresses.
REPLY_TAGS = os.environ.get("AMENDS_REPLY_TAGS") == "1"
TRUSTED_AUTHSERV = os.environ.get("AMENDS_TRUSTED_AUTHSERV") or None

# Where an alarm is told: a command, or an address of the web (site/checkup/alarm.py).
ALARM = os.environ.get("AMENDS_ALARM", "")
ALARM_AFTER_MINUTES = int(os.environ.get("AMENDS_ALARM_AFTER", "10"))
ALARM_INSIDE = os.environ.get("AMENDS_ALARM_INSIDE") == "1"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"keys": {"()": "amends.site.logging_without_keys.WithoutKeys"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["keys"]}
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"amends": {"level": os.environ.get("AMENDS_LOG", "INFO")}},
}
