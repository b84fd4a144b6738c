"""Settings of the site; what differs between machines is read from the environment.

With nothing set this is a development site: SQLite in the project folder, mail printed on the
console, DEBUG on, reachable from this machine only. As soon as SECRET_KEY or ALLOWED_HOSTS is
set it is a production site: DEBUG is off, both are required, and everything is HTTPS. DEBUG=0 or
DEBUG=1 overrides that.
"""

import os
import zoneinfo
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from plnsite.monitoring import extra, log_format, logging_config, metrics_token
from plnsite.setting_values import (
    email_domains,
    notice_version,
    offered_languages,
    password_signup,
    retention_days,
    security_contact,
    service,
    site_language,
    two_step_groups,
    university_login,
)
from plnsite.stores import databases, default_cache, picture_storage

# The pinned tzdata says what clocks show, not the machine's, which may be years older.
zoneinfo.reset_tzpath(())

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def secret_key(*, debug: bool) -> str:
    """Return the key that signs sessions and links; a production site must have its own."""
    if debug and "SECRET_KEY" not in os.environ:
        return "known to everybody, good for development and for nothing else"
    key = env.str("SECRET_KEY", default="")
    if len(key) < 50 or len(set(key)) < 5:
        raise ImproperlyConfigured(
            "SECRET_KEY must be set to at least 50 random characters when DEBUG is off. "
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key


def allowed_hosts(*, debug: bool) -> list[str]:
    """Return the host names of this site.

    `*` is refused: the links in our mails contain the host of the request, so a forged header
    could send a reader's password link to somebody else's site.
    """
    hosts = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if debug else [])
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name this site's hosts when DEBUG is off.")
    if "*" in hosts and not debug:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name this site's hosts; '*' is refused.")
    return hosts


# What kind of site this is

DEBUG = env.bool("DEBUG", default=not {"SECRET_KEY", "ALLOWED_HOSTS"} & set(os.environ))
SECRET_KEY = secret_key(debug=DEBUG)
ALLOWED_HOSTS = allowed_hosts(debug=DEBUG)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies are in front of the site: so many entries of X-Forwarded-For are trusted.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# HTTPS=0 is for trying the production settings on one's own machine.
HTTPS = env.bool("HTTPS", default=not DEBUG)

SITE_NAME = "Commonplace"
# The site's address in mails, which are written without a request.
SITE_URL = env.str(
    "SITE_URL",
    default="http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
).rstrip("/")

# Apps, middleware, templates

INSTALLED_APPS = [
    "blog",
    "network",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "plnsite.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "blog.web.logs.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "blog.web.compression.CompressionMiddleware",
    "blog.web.middleware.PrivateCacheMiddleware",
    "blog.web.languages.LanguageMiddleware",
    "blog.web.middleware.WellFormedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "blog.web.middleware.LargeBodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "blog.web.middleware.SignInMiddleware",
    "blog.web.middleware.WriterMiddleware",
    "blog.web.notice.NoticeMiddleware",
    "blog.web.two_step.TwoStepMiddleware",
    "blog.web.middleware.OwnZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "blog.web.middleware.NotAllowedMiddleware",
    "blog.web.middleware.RateLimitMiddleware",
    "blog.web.middleware.OutageMiddleware",
]

ROOT_URLCONF = "plnsite.urls"
WSGI_APPLICATION = "plnsite.wsgi.application"
ASGI_APPLICATION = "plnsite.asgi.application"

TEMPLATE_LOADERS = [
    f"django.template.loaders.{kind}.Loader" for kind in ("filesystem", "app_directories")
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("plnsite.templates.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "blog.web.context_processors.masthead",
            ],
        },
    },
]
FORM_RENDERER = "blog.forms.renderer.FieldRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# Stores

DATABASES = databases()
if "replica" in DATABASES:
    DATABASE_ROUTERS = ["blog.web.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": default_cache()}
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if "CACHE_URL" in os.environ
    else "django.contrib.sessions.backends.db"
)

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "plnsite.finders.EditorModuleFinder",
]
# After so many days no backup holds what was deleted here; pages say so to people.
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", 30)
RETENTION_DAYS = retention_days(env.str("RETENTION_DAYS", default=""))
MEDIA_ROOT = BASE_DIR / "media"
MEDIA_URL = "media/"
STORAGES = {
    "default": picture_storage(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "plnsite.storage.StaticFilesStorage"
    },
}
# Explicit, because the test runner turns DEBUG off after this file was read.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

# People and their accounts

AUTH_USER_MODEL = "blog.User"
# E-mails are unique whatever their case: a constraint on lower(email), which this check overlooks.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "blog.web.backends.ReaderBackend",
    # Sessions that it began stay; it is asked for no password.
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name", "public_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "blog.web.allauth_adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "blog.forms.accounts.accounts.LoginForm",
    "signup": "blog.forms.accounts.accounts.SignupForm",
    "add_email": "blog.forms.accounts.accounts.AddEmailForm",
    "change_password": "blog.forms.accounts.accounts.ChangePasswordForm",
    "set_password": "blog.forms.accounts.accounts.SetPasswordForm",
    "reset_password": "blog.forms.accounts.accounts.ResetPasswordForm",
    "reset_password_from_key": "blog.forms.accounts.accounts.ResetPasswordKeyForm",
    "reauthenticate": "blog.forms.accounts.accounts.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Usernames are generated by the model and never made from an e-mail, so not by allauth.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# A link from one's own mail signs in, however many wrong passwords others have typed meanwhile.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A whole lecture hall may have one address, so limits per address are wide; limits per account
# are narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    # By account and known browser or address; the next by account alone, for unknown browsers.
    "login_failed": "200/m/ip,5/5m/key",
    "login_failed_everywhere": "50/h/key",
    "signup": "200/m/ip",
    "reset_password": "60/m/ip",  # and by mailbox, where mail is sent (blog/web/allauth_adapter.py)
    "reset_password_from_key": "60/m/ip",
    "confirm_email": "1/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# How long a password, passkey or code counts for exports and for what cannot be undone.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60  # seconds

# The domains of emails with which people create an account by themselves, or change theirs to.
SIGNUP_EMAIL_DOMAINS = email_domains(env.list("SIGNUP_EMAIL_DOMAINS", default=[]))

# The second step of signing in: passkeys, codes of an app, codes on paper. An account has a
# confirmed email before anybody signs in to it, so none of these can lock out its owner.
MFA_ADAPTER = "blog.web.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# A device always checks who holds it: otherwise a stolen one would be enough.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "blog.forms.accounts.two_step.CodeForm",
    "reauthenticate": "blog.forms.accounts.two_step.ConfirmByCodeForm",
    "activate_totp": "blog.forms.accounts.two_step.StartAppForm",
    "add_webauthn": "blog.forms.accounts.two_step.AddPasskeyForm",
    "edit_webauthn": "blog.forms.accounts.two_step.RenamePasskeyForm",
    "login_webauthn": "blog.forms.accounts.two_step.SignInByPasskeyForm",
    "authenticate_webauthn": "blog.forms.accounts.two_step.PasskeyForm",
    "reauthenticate_webauthn": "blog.forms.accounts.two_step.ConfirmByPasskeyForm",
}
# Who has to sign in in two steps: "staff" for site staff, "teams" for teaching teams, or both.
TWO_STEP_REQUIRED_FOR = two_step_groups(env.list("TWO_STEP_REQUIRED_FOR", default=[]))

# Signing in with the institution's account, by OpenID Connect.
UNIVERSITY_LOGIN = university_login(
    name=env.str("OIDC_NAME", default=""),
    address=env.str("OIDC_URL", default=""),
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    secret=env.str("OIDC_SECRET", default=""),
    trusts_email=env.bool("OIDC_EMAIL_TRUSTED", default=False),
    is_silent=env.bool("OIDC_SILENCE_TRUSTED", default=False),
)
PASSWORD_SIGNUP = password_signup(
    allowed=env.bool("PASSWORD_SIGNUP", default=True), university=UNIVERSITY_LOGIN
)
SOCIALACCOUNT_ADAPTER = "blog.web.university_login.UniversityAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "blog.forms.accounts.university.UniversitySignupForm",
    "disconnect": "blog.forms.accounts.university.DisconnectForm",
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [UNIVERSITY_LOGIN] if UNIVERSITY_LOGIN else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# The collection notice: the institution's part of it, and its version. Another version asks
# everybody again. Whom to ask about privacy, and by what right data is collected, in words.
NOTICE_VERSION = notice_version(env.str("NOTICE_VERSION", default=""))
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="")
PRIVACY_AUTHORITY = env.str("PRIVACY_AUTHORITY", default="")

# Mail

vars().update(
    env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"no-reply@{ALLOWED_HOSTS[0].lstrip('.')}"
)

# Outside services; one without an address is off and never asked.

CROSSREF_URL = service(env.str("CROSSREF_URL", default=""))
DOI_URL = service(env.str("DOI_URL", default=""))
# An e-mail for these services to write to; with it they serve this site from their polite pool.
LOOKUP_MAILTO = env.str("LOOKUP_MAILTO", default="")

# The spam filter that reads the comments of guests; without a key it is off.
AKISMET_URL = service(env.str("AKISMET_URL", default="https://rest.akismet.com"))
# Whether members can connect their blogs elsewhere, which this site then reads (ADR 0072).
OWN_BLOGS = env.bool("OWN_BLOGS", default=True)

AKISMET_KEY = env.str("AKISMET_KEY", default="")

# Language and time. Each course has its own zone; stored times are UTC.

LOCALE_PATHS = [BASE_DIR / "locale"]
# The languages of the interface, each by its own name: CONTRIBUTING.md says how to add one.
LANGUAGES = offered_languages(
    [("en", "English"), ("fr-ca", "Français"), ("ar", "العربية")], LOCALE_PATHS[0]
)
LANGUAGE_CODE = site_language(env.str("SITE_LANGUAGE", default="en"), LANGUAGES)
LANGUAGE_COOKIE_NAME = "language"  # what somebody chose who is not signed in
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["plnsite.formats"]

# Security. `manage.py check --deploy` must be silent in production; a test checks that.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'none'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
# Whom /.well-known/security.txt names; without one there is no such file.
SECURITY_CONTACT = security_contact(env.str("SECURITY_CONTACT", default=""))
CSRF_FAILURE_VIEW = "blog.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# Scripts read the token from the form they send, not from the cookie.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
KNOWN_DEVICE_COOKIE_NAME = "device"
if HTTPS:
    KNOWN_DEVICE_COOKIE_NAME = "__Host-device"
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez|metrics|readyz)$"]
    # A browser cannot be told to forget this, so it starts with an hour, for this host alone.
    # Raise it once HTTPS has worked for a while: a year is 31536000.
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=3600)
    # Subdomains may be other people's, and a listed name stays listed for years.
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# 60,000 characters of Persian, form-encoded, are 400 kB; a pasted bibliography is larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A rubric of 100 criteria with seven levels each has 2,500 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Logs

LOG_FORMAT = log_format(env.str("LOG_FORMAT", default="plain"))
LOGGING = logging_config(LOG_FORMAT, debug=DEBUG)

# Where errors are told, and who may read figures. Off, neither library is imported (ADR 0067).

SENTRY_DSN = extra("SENTRY_DSN", env.str("SENTRY_DSN", default=""), "sentry_sdk", "sentry")
METRICS_TOKEN = metrics_token(env.str("METRICS_TOKEN", default=""))
if SENTRY_DSN:
    from plnsite import sentry

    sentry.start(SENTRY_DSN, environment=ALLOWED_HOSTS[0], release="")
