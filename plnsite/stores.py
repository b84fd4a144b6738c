"""Stores of a site, read from the environment: databases, the cache, pictures."""

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from plnsite.setting_values import database_option, service

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def database(variable: str = "DATABASE_URL") -> dict:
    """Return the database of a variable, with the options that each engine needs.

    SQLite: WAL lets readers and one writer work side by side; IMMEDIATE takes the write lock at
    BEGIN, where `timeout` is honoured, instead of failing at once when a read turns into a write
    (docs/adr/0004), for which writers queue in our backend (docs/adr/0045). Its test database is a
    file, because only a file behaves like production.
    """
    config = env.db_url(variable, default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    usual = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": False}
    for option, value in usual.items():
        config[option] = database_option(variable, option, config.get(option, value))
    config["ATOMIC_REQUESTS"] = False
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["ENGINE"] = "plnsite.sqlite"
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                # INSERT OR REPLACE deletes a row, and so asks the triggers that refuse it.
                "PRAGMA recursive_triggers=ON;"
            ),
        }
        scratch = Path(tempfile.gettempdir()) / f"pln-test-{os.getpid()}.sqlite3"
        config["TEST"] = {"NAME": str(scratch)}
    return config


def databases() -> dict:
    """Return the database, and its replica if there is one, which reports and exports read."""
    found = {"default": database()}
    if env.str("REPLICA_URL", default=""):
        found["replica"] = replica = database("REPLICA_URL")
        if {config["ENGINE"] for config in found.values()} != {"django.db.backends.postgresql"}:
            raise ImproperlyConfigured(
                "REPLICA_URL is for PostgreSQL: it and DATABASE_URL must be postgres://…"
            )
        # One that is gone shall not be waited for: the page can be read from the primary.
        replica["OPTIONS"] = {"connect_timeout": 3} | replica.get("OPTIONS", {})
        replica["TEST"] = {"MIRROR": "default"}
    return found


def default_cache() -> dict:
    """Return the cache: the Redis of CACHE_URL, or a table of the database.

    All processes share it: rate limits counted per process would be too wide. Rows are cheap, so
    it holds far more than Django's 300 entries.
    """
    if "CACHE_URL" not in os.environ:
        return {
            "BACKEND": "blog.web.cache.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    config = env.cache_url("CACHE_URL")
    if config["BACKEND"] != "django.core.cache.backends.redis.RedisCache":
        raise ImproperlyConfigured("CACHE_URL must be redis://… or rediss://…, or stay unset.")
    return config


def picture_storage() -> dict:
    """Return the storage of pictures: in the folder media, or in the bucket of S3_BUCKET."""
    bucket = env.str("S3_BUCKET", default="")
    endpoint = service(env.str("S3_ENDPOINT", default=""))
    region = env.str("S3_REGION", default="")
    if not bucket:
        if endpoint or region:
            raise ImproperlyConfigured("S3_ENDPOINT and S3_REGION need S3_BUCKET, which is unset.")
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured(
            "S3_BUCKET needs packages that are not installed. "
            "Run: pip install --require-hashes -r requirements-s3.txt"
        )
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
    }
    return {"BACKEND": "plnsite.s3.S3Storage", "OPTIONS": options}
