"""Django's settings of the sandbox store. `DATABASE_URL`, `REDIS_URL` and `EMAIL_URL` name its servers."""

from __future__ import annotations

import os

from saleor_custom_events.hosts.sandbox.addresses import database_of, mail_server_of

#: How everybody recognises the sandbox; Saleor's settings have no such name.
SANDBOX = True

SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-the-sandbox-which-holds-no-customers")
DEBUG = False
ALLOWED_HOSTS = ["*"]
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
#: JSON that the storefront's page reads: `{"key": storefront key, "event": slug}`.
STOREFRONT_CONFIG = os.environ.get("STOREFRONT_CONFIG", "storefront.json")
#: How long the token lives that the dashboard gives to an app's page; Saleor's JWT_TTL_APP_ACCESS.
THIRDPARTY_TOKEN_SECONDS = int(os.environ.get("THIRDPARTY_TOKEN_SECONDS", "300"))
#: As in Saleor: `fnmatch` patterns.
ALLOWED_GRAPHQL_ORIGINS = os.environ.get("ALLOWED_GRAPHQL_ORIGINS", "*").split(",")

INSTALLED_APPS = [
    "saleor_custom_events.hosts.sandbox",
    "saleor_custom_events",
]
AUTH_USER_MODEL = "sandbox.User"
PASSWORD_HASHERS = ["saleor_custom_events.hosts.sandbox.hashing.QuickHasher"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "saleor_custom_events.hosts.sandbox.urls"
ASGI_APPLICATION = "saleor_custom_events.hosts.sandbox.asgi.application"
USE_TZ = True
TIME_ZONE = "UTC"

DATABASES = {"default": database_of(os.environ.get("DATABASE_URL", "postgresql://127.0.0.1/sandbox"))}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # 32 bits, as in Saleor

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE: dict[str, object] = {}

EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = mail_server_of(
    os.environ.get("EMAIL_URL", "")
)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Sandbox store <store@sandbox.example>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(process)d %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
}
