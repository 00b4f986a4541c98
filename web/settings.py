"""One settings module for every process and every installation. The environment sets all values.

DATABASE_URL, REDIS_URL and STORAGE_URL decide between one machine and many. Nothing else differs.
`.env.example` lists every variable with its default.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from web import env, network
from web.api.spectacular import SPECTACULAR_SETTINGS  # noqa: F401
from web.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "data")

# --- The service ------------------------------------------------------------------------------------------------------

SECRET_KEY = secret_key(DATA_DIR)
DEBUG = env.boolean("DEBUG", default=False)
PORT = env.integer("PORT", 8000, minimum=1)
# `lan`: `manage.py serve` makes certificates for the names of this machine in its network, and sets what follows.
HTTPS = env.choice("HTTPS", "off", ("off", "lan"))
# Files of a certificate and its key: the web process itself encrypts. Behind a proxy, the proxy does.
TLS_CERTIFICATE = env.file("TLS_CERTIFICATE")
TLS_KEY = env.file("TLS_KEY")
if bool(TLS_CERTIFICATE) != bool(TLS_KEY):
    raise ImproperlyConfigured("TLS_CERTIFICATE and TLS_KEY belong together: set both, or none.")
# The address that people open in a browser. It decides the links in mails, the allowed host and the cookie flags.
_SCHEME = "https" if TLS_CERTIFICATE else "http"
PUBLIC_URL = env.url("PUBLIC_URL", f"{_SCHEME}://localhost:{PORT}", ("http", "https")).rstrip("/")
if (TLS_CERTIFICATE or (HTTPS == "lan" and env.text("PUBLIC_URL"))) and not PUBLIC_URL.startswith("https:"):
    raise ImproperlyConfigured("With TLS_CERTIFICATE or HTTPS=lan, PUBLIC_URL must begin with https://.")
_PUBLIC = urlsplit(PUBLIC_URL)
_SECURE = _PUBLIC.scheme == "https"
# A proxy terminates TLS, and sets X-Forwarded-Proto and X-Forwarded-For itself.
BEHIND_PROXY = env.boolean("BEHIND_PROXY", default=False)
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS"), _PUBLIC.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "web.accounts",
    "web.api",
    "web.embedded",
    "web.doctor",
    "albums",
    "worker",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "web.middleware.request_id",
    "web.middleware.response_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.middleware.session_use",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "web.middleware.flat_json",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "web.urls"
WSGI_APPLICATION = "web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
# Where `npm run build` leaves the front end: index.html, and everything it loads in static/.
FRONTEND_DIST = BASE_DIR / "web" / "frontend" / "dist"
STATICFILES_DIRS = [("app", FRONTEND_DIST / "static")] if FRONTEND_DIST.exists() else []
# Files with a hash in their name. Browsers may keep them forever.
WHITENOISE_IMMUTABLE_FILE_TEST = f"^{STATIC_URL}app/assets/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Without collectstatic (development, the embedded default), files come from the folders of the apps, as they were when
# the process started. With DEBUG=true, every request looks for changed files.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
if WHITENOISE_USE_FINDERS:
    warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)

# --- The three URLs ---------------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite://{DATA_DIR / 'photoalbum.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Empty if no broker is configured: then the supervisor starts one and gives its children the URL.
REDIS_URL = env.url("REDIS_URL", "", ("redis", "rediss", "unix"))
STORAGE_URL = env.url("STORAGE_URL", f"file://{DATA_DIR / 'objects'}", ("file", "s3"))

# --- Celery -----------------------------------------------------------------------------------------------------------
# The producer in albums.jobs, the worker's app and the scheduler's read these, under the prefix CELERY_.

# The longest a task may run, in seconds. The visibility timeout must exceed it by the largest difference between the
# workers' clocks, time zones included. Otherwise a running task is delivered a second time: each worker notes by its
# own clock when it took a message, and any worker requeues what its own clock says is too old. Nothing waits for this,
# because the sweep finds lost work.
TASK_TIME_LIMIT = env.integer("TASK_TIME_LIMIT", 3600, minimum=60)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) if REDIS_URL else "redis://127.0.0.1:6379/0"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": TASK_TIME_LIMIT + 86_400,
    # How often a worker looks for messages that a dead worker left unacknowledged.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # An unreachable broker must not delay a web request. The sweep later enqueues what could not be enqueued.
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "socket_keepalive": True,
    # A worker waits for messages without a timeout of its own.
    "socket_keepalive_options": network.SOCKET,
    "health_check_interval": 25,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
SWEEP_SECONDS = env.integer("SWEEP_SECONDS", 30, minimum=1)
# A worker's process that had no work for so long is replaced by one that has loaded no networks; 0 means never.
WORKER_IDLE_SECONDS = env.integer("WORKER_IDLE_SECONDS", 600)
# Sweeps that pile up do not expire here: see worker.backoff.SweepInterval.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "sweep", "schedule": float(SWEEP_SECONDS), "options": {"queue": "albums"}},
}

# --- Photos and work --------------------------------------------------------------------------------------------------

MAX_PHOTO_BYTES = env.integer("MAX_PHOTO_BYTES", 200 * 1024**2, minimum=1)
MAX_PHOTO_PIXELS = env.integer("MAX_PHOTO_PIXELS", 250_000_000, minimum=1)
MAX_VIDEO_BYTES = env.integer("MAX_VIDEO_BYTES", 2 * 1024**3, minimum=1)
MAX_VIDEO_SECONDS = env.integer("MAX_VIDEO_SECONDS", 3600, minimum=1)
# Photos that browsers do not show (HEIC and others) get a JPEG at full size up to this many pixels; with 0, none does.
MAX_FULL_SIZE_PIXELS = env.integer("MAX_FULL_SIZE_PIXELS", 110_000_000, minimum=0)
# When the best frames of a video become photos: when somebody asks, or always.
FRAMES_OF_VIDEOS = env.choice("FRAMES_OF_VIDEOS", "ask", ("ask", "always"))
# Time and memory for one photo, in the process that reads it. Photos of the largest accepted size needed 2.0 GB.
PHOTO_SECONDS = env.integer("PHOTO_SECONDS", 120, minimum=1)
PHOTO_MEMORY_BYTES = env.integer("PHOTO_MEMORY_BYTES", 3 * 1024**3, minimum=512 * 1024**2)
# Photos per message: a multiple of EMBEDDING_BATCH.
PHOTOS_PER_TASK = env.integer("PHOTOS_PER_TASK", 16, minimum=1)
# How long one message with that many photos works before those of other accounts come first.
TURN_SECONDS = env.integer("TURN_SECONDS", 5, minimum=1)
EMBEDDING_BATCH = env.integer("EMBEDDING_BATCH", 16, minimum=1)
# A photo or job fails after it has brought its worker down this many times.
MAX_ATTEMPTS = env.integer("MAX_ATTEMPTS", 3, minimum=1)
# Work counts as abandoned after this many seconds without a heartbeat.
CLAIM_LEASE_SECONDS = env.integer("CLAIM_LEASE_SECONDS", 180, minimum=5)
if PHOTO_SECONDS >= CLAIM_LEASE_SECONDS:
    message = f"PHOTO_SECONDS={PHOTO_SECONDS} must be below CLAIM_LEASE_SECONDS={CLAIM_LEASE_SECONDS}."
    raise ImproperlyConfigured(message)
# A worker counts as dead after this many seconds without a heartbeat, which it sends every few. Its work is released.
WORKER_SILENT_SECONDS = env.integer("WORKER_SILENT_SECONDS", 30, minimum=10)
# Work that waits longer than this while its queue is empty counts as lost. The sweep enqueues it again.
REQUEUE_AFTER_SECONDS = env.integer("REQUEUE_AFTER_SECONDS", 60, minimum=1)
# The personal ranker learns when a person has decided nothing for this long, or has been deciding for ten times that.
LEARN_AFTER_SECONDS = env.integer("LEARN_AFTER_SECONDS", 60, minimum=0)
# A queue with work but without progress for this many seconds is stalled: /health/progress/ says so.
PROGRESS_SECONDS = env.integer("PROGRESS_SECONDS", 300, minimum=10)
PRESIGNED_UPLOAD_SECONDS = env.integer("PRESIGNED_UPLOAD_SECONDS", 3600, minimum=60)
DOWNLOAD_LINK_SECONDS = env.integer("DOWNLOAD_LINK_SECONDS", 300, minimum=10)
EXPORT_DAYS = env.integer("EXPORT_DAYS", 7, minimum=1)

# Limits per account; 0 means no limit. Photos count from their announcement, exports until they expire.
QUOTA_BYTES = env.integer("QUOTA_BYTES", 500 * 10**9)
QUOTA_PHOTOS = env.integer("QUOTA_PHOTOS", 250_000)
ALBUM_PHOTOS = env.integer("ALBUM_PHOTOS", 50_000)
QUOTA_ALBUMS = env.integer("QUOTA_ALBUMS", 1_000)
QUOTA_EXPORTS = env.integer("QUOTA_EXPORTS", 30)
# Exports that are being built at once.
QUOTA_JOBS = env.integer("QUOTA_JOBS", 5)

EMBEDDING_MODEL = env.choice("EMBEDDING_MODEL", "auto", ("auto", "resnet50", "efficientnet-lite0", "descriptor"))
# KERAS_BACKEND is Keras' own variable. `auto` chooses TensorFlow on a GPU, and OpenVINO on a CPU if it is installed.
EMBEDDING_BACKEND = env.choice("KERAS_BACKEND", "auto", ("auto", "tensorflow", "openvino"))
MODEL_CACHE = env.path("MODEL_CACHE", DATA_DIR / "models")
RESNET50_WEIGHTS = env.text("RESNET50_WEIGHTS")
FACE_MODEL = env.file("FACE_MODEL")
FACE_DETECTOR = env.choice("FACE_DETECTOR", "yunet" if FACE_MODEL else "network", ("network", "haar", "yunet"))
if FACE_DETECTOR == "yunet" and not FACE_MODEL:
    raise ImproperlyConfigured("FACE_DETECTOR=yunet needs FACE_MODEL, the path of the ONNX file of YuNet.")

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["web.accounts.backends.AddressBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = "Lax"
# Only where it is known whether the request used TLS. Load balancers check health without TLS, and a device gets the
# certificate of a household before it can trust it.
SECURE_SSL_REDIRECT = _SECURE and (BEHIND_PROXY or bool(TLS_CERTIFICATE))
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$", "^trust/"]
# A name in a household may belong to another machine tomorrow, and without TLS.
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE and HTTPS == "off" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# W021 wants browsers to preload the domain as https. That cannot be undone, so its owner has to decide. The others ask
# for settings that follow from PUBLIC_URL here; web/production.py says in one sentence what is wrong.
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("004", "008", "012", "016", "021")]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- People / API -----------------------------------------------------------------------------------------------------

# Sign-in by e-mail address, over JSON only: the front end has the pages. Browsers use cookies and CSRF tokens. Programs
# use the API's own tokens, so allauth's client for apps stays off.
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_URL}/account/verify-email/{{key}}",
    "account_reset_password": f"{PUBLIC_URL}/account/password/reset",
    "account_reset_password_from_key": f"{PUBLIC_URL}/account/password/reset/{{key}}",
    "account_signup": f"{PUBLIC_URL}/account/signup",
}
LOGIN_URL = f"{PUBLIC_URL}/account/login"
SIGNUPS = env.boolean("SIGNUPS", default=True)
ACCOUNT_ADAPTER = "web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# `mandatory` also hides at sign-up which addresses have an account. It needs mail that works.
ACCOUNT_EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION", "optional", ("optional", "mandatory", "none"))
ACCOUNT_CHANGE_EMAIL = True
# The mailed link is also the way in for an owner whose account somebody else locks with wrong passwords.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords for one account from everywhere, besides allauth's own limits (web/accounts/guessing.py).
    "login_failed_anywhere": "100/h/key",
    # Mails that anybody can have sent to an address (`key`): as many as a person needs who finds none of them. The
    # links in them work for days, so that nobody keeps the owner out by asking for more.
    "reset_password": "20/m/ip,3/h/key,10/d/key",
    "confirm_email": "1/180s/key,5/h/key,10/d/key",
    "manage_email": "10/m/user,20/h/user",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# allauth's rate limits count per IP address. Behind a proxy, trust the address from the proxy, not from the client.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

_MAIL = env.mail("EMAIL_URL", "console:")
EMAIL_BACKEND = _MAIL.backend
EMAIL_FILE_PATH = _MAIL.folder
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.use_tls
EMAIL_USE_SSL = _MAIL.use_ssl
EMAIL_TIMEOUT = _MAIL.timeout
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"noreply@{_PUBLIC.hostname or 'localhost'}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Rate limits must count across all processes and machines. They use the broker's server, which the embedded default has
# too. Without one (single commands, a development server) each process counts alone.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "web.cache.ResilientRedisCache",
        "LOCATION": REDIS_URL,
        # Values without the 2 are from before they were JSON.
        "KEY_PREFIX": "photoalbum2",
        "OPTIONS": {
            "socket_connect_timeout": 1,
            "socket_timeout": 1,
            "health_check_interval": 25,
            # By default redis-py retries for seconds. One retry is enough for a connection that was idle too long.
            "retry": Retry(NoBackoff(), 1),
        },
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Our own model instead of knox's: people tell their tokens apart by name. Knox's tables are never created.
KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {"TOKEN_TTL": None, "TOKEN_PREFIX": "album_", "AUTO_REFRESH": False}
MAX_API_TOKENS = env.integer("MAX_API_TOKENS", 50, minimum=1)
MAX_JSON_BYTES = env.integer("MAX_JSON_BYTES", 2 * 1024**2, minimum=1024)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "web.accounts.authentication.SessionAuthentication",
        "web.accounts.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["web.api.parsers.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["web.api.renderers.FastJSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "web.api.schema.ApiSchema",
    # Far above what the pages need, even while they upload and several of them poll the progress.
    "DEFAULT_THROTTLE_RATES": {
        "account": env.rate("RATE_ACCOUNT", "3000/min"),
        "address": env.rate("RATE_ADDRESS", "300/min"),
        # Guests of shared albums, whose pictures go through the service: a party may come from one address.
        "guest": env.rate("RATE_GUEST", "6000/min"),
        "share": env.rate("RATE_SHARE", "30000/min"),
        "share_password": "10/min",
        "share_password_anywhere": "100/hour",
        "password": "10/min",
        "token": "30/hour",
        "schema": "20/min",
    },
    "EXCEPTION_HANDLER": "web.api.problems.exception_handler",
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
CSRF_FAILURE_VIEW = "web.api.problems.csrf_failure"

# --- Operators --------------------------------------------------------------------------------------------------------

# The bearer token that gives access to /metrics.
METRICS_TOKEN = env.text("METRICS_TOKEN")

# --- Logs -------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")).upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "web.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s",
        },
        "json": {"()": "web.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": env.choice("LOG_FORMAT", "line", ("line", "json"))}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {name: {"level": LOG_LEVEL} for name in ("albums", "web", "worker")},
}
