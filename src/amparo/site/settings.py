"""Django's settings. What a deployment may change is in ``amparo.site.config``."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.base.web import current
from amparo.site import databases
from amparo.site.config import from_environment

CONFIG = from_environment(os.environ)
HERE = Path(__file__).parent


def _secret_key() -> str:
    """Django's signing key, derived from the workspace's keys so that it is nowhere in clear."""
    return hmac.new(current.workspace().keyring.name_key, b"django", hashlib.sha256).hexdigest()


class _SecretKey:
    """Ask for the key only when something is signed: importing settings opens nothing."""

    def __str__(self) -> str:
        return _secret_key()

    def __bool__(self) -> bool:
        return True

    def encode(self, *args: str) -> bytes:
        return str(self).encode(*args)


SECRET_KEY = _SecretKey()
DEBUG = False
ALLOWED_HOSTS = [*CONFIG.hosts]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    *databases.apps(CONFIG),
    "amparo.base.web",
    "amparo.accounts.web",
    "amparo.matters.web",
    "amparo.search.web",
    "amparo.evidence.web",
    "amparo.extract.web",
    "amparo.interviews.web",
    "amparo.deadlines.web",
    "amparo.filing.web",
    "amparo.patterns.web",
    "amparo.linkage.web",
    "amparo.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "amparo.accounts.web.middleware.PrivatePagesMiddleware",
    "amparo.accounts.web.middleware.SessionLockMiddleware",
    "amparo.matters.web.veiling.VeilMiddleware",
    "amparo.site.middleware.AmparoErrorMiddleware",
]

ROOT_URLCONF = "amparo.site.urls"
WSGI_APPLICATION = "amparo.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amparo.site.context.frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": databases.of(CONFIG)}
OBJECTS_URL = CONFIG.objects_url
METRICS_TOKEN = CONFIG.metrics_token
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, _(language.english)) for language in INTERFACE_LANGUAGES]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "amparo_language"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "amparo.site.formats"
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = "amparo.accounts.web.sessions"
SESSION_COOKIE_NAME = "amparo_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.https
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_LOCK_MINUTES = CONFIG.lock_minutes
CSRF_COOKIE_NAME = "amparo_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = CONFIG.https
CSRF_FAILURE_VIEW = "amparo.site.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.https else None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

SPEECH_MODEL = CONFIG.speech_model
TRANSLATION_MODELS = CONFIG.translation_models

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "amparo": {"handlers": ["console"], "level": "WARNING"},
        "django": {"handlers": ["console"], "level": "ERROR"},
    },
}
