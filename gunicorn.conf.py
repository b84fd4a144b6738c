"""What gunicorn reads by itself where it is started in this folder: whom it believes, and its logs.

An access log is off unless --access-logfile asks for it, and then without addresses, query strings
and browsers; with LOG_FORMAT=json the site writes a line for each request itself.
"""

import os
import shutil
from tempfile import mkdtemp

# Nobody in front of us says where the site begins: without this, a header SCRIPT_NAME that a proxy
# passes on would be believed, and every address of a page would begin with it.
forwarder_headers = ""
# No way in for other programs of this account: two sites of it would share one socket.
control_socket_disable = True

access_log_format = "%(m)s %(s)s %(b)s bytes %(M)s ms"
formatters = {
    "plain": {
        "()": "blog.web.logs.PlainLines",
        "fmt": "{asctime} [{process}] {levelname} {name}: {message}",
        "style": "{",
        "hides_values": True,
    },
    "json": {"()": "blog.web.json_logs.JsonLines"},
}
log_format = os.environ.get("LOG_FORMAT", "plain")
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": formatters[log_format]},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"handlers": ["console"], "level": "INFO", "propagate": False}
        for name in ("gunicorn.error", "gunicorn.access")
    },
}

if os.environ.get("METRICS_TOKEN"):
    # Each worker counts into files here, for /metrics (blog/web/prometheus.py). Set before any of
    # them imports the library.
    made = "PROMETHEUS_MULTIPROC_DIR" not in os.environ
    folder = os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", mkdtemp(prefix="pln-metrics-"))

    def child_exit(server, worker):
        """Forget the files of a worker that is gone, but for what it has counted."""
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)

    def on_exit(server):
        if made:
            shutil.rmtree(folder, ignore_errors=True)
