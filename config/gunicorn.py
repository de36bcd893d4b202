"""How gunicorn is set up beside its command line: `--config python:config.gunicorn`."""

import gc
import os
import ssl
import tempfile
from collections.abc import Callable

from gunicorn.config import Config
from gunicorn.glogging import Logger

from config.env import read_environment
from config.inside import require_protected
from config.outward import keep_to, listed_hosts
from config.watching.lines import house_formatter

ENVIRONMENT = read_environment()


class HouseLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines, written as the house writes its lines."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(house_formatter(ENVIRONMENT.log_format))


logger_class = HouseLogger
# Loaded before it listens: a host that starts again takes nothing that it would keep waiting until it can answer.
preload_app = True


def on_starting(_server: object) -> None:
    """Before anything is answered: nothing leaves in the clear, and what web may reach."""
    require_protected(ENVIRONMENT)
    keep_to(listed_hosts(ENVIRONMENT))


def when_ready(_server: object) -> None:
    """What is loaded stays: it is not looked through again by each process, least of all while one ends."""
    gc.collect()
    gc.freeze()


# With a certificate of its own web is spoken to by TLS alone.
if ENVIRONMENT.inside_certificate:
    certfile, keyfile = ENVIRONMENT.inside_certificate, ENVIRONMENT.inside_key


def ssl_context(_config: Config, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """TLS 1.2 is the least."""
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


if ENVIRONMENT.metrics_token.get_secret_value():
    # The workers' counts; new with each start, as Prometheus expects of counters.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="survey-counts-")
