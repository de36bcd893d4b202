"""How gunicorn is set up beside its command line: `--config python:config.gunicorn`."""

import gc
import os
import tempfile

from gunicorn.config import Config
from gunicorn.glogging import Logger

from config.env import read_environment
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


def when_ready(_server: object) -> None:
    """What is loaded stays: it is not looked through again by each process, least of all while one ends."""
    gc.collect()
    gc.freeze()


if ENVIRONMENT.metrics_token.get_secret_value():
    # The workers' counts; new with each start, as Prometheus expects of counters.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="survey-counts-")
