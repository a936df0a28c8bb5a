"""Gunicorn's settings, each under the name that gunicorn gives it; `reporting serve` loads them.

`gunicorn --config python:reporting.serving.settings reporting.app:application()` does the same by hand.
"""

import os

from reporting.config import ConfigError, Settings
from reporting.serving import side
from reporting.serving.log import QuietLog
from reporting.serving.worker import QuietWorker

_settings = Settings.from_environment(os.environ)
if not _settings.plain_http_is_safe:
    raise ConfigError("Plain HTTP is served to this machine alone; use `reporting serve`, which says what to do.")

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
threads = _settings.threads
worker_class = QuietWorker
# Each process opens its own connections: SQLite's must not cross a fork. Loading the application before the fork would
# save nothing anyway: two workers after Argon2 load and their parent take 139 MiB so, and 143 MiB preloaded.
preload_app = False
# Gunicorn sets its own files' modes by this, and leaves the process's to us: databases and logs are for this account.
umask = 0o077
os.umask(umask)

# Requests in progress end within this time after SIGTERM; all in all the server is gone within five seconds.
graceful_timeout = 3
# A worker whose main loop stands still for this long is replaced.
timeout = 30
keepalive = 2
# The heartbeat is a file that is touched each second: not on a disk that may be slow or full.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - the file is nameless

# Addresses are short and forms travel in bodies; three small cookies are all that is ever sent back.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 4096

# Only the application decides whether a proxy is to be believed (REPORTING_BEHIND_PROXY).
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}

accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = QuietLog
control_socket_disable = True

when_ready = side.start
on_exit = side.stop
