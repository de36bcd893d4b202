"""Whoever rings while the broker is away does not wait for it."""

import os
import subprocess
import sys

import pytest

from tests.builders import ROOT
from tests.services import free_port

pytestmark = pytest.mark.pure
AT_MOST = 0.5  # seconds for three rings; a port where nobody listens answers at once
SCRIPT = """
import time
from uuid import uuid4
import config.celery
from accounts.doorbell import ring, ring_once
ring("accounts.outbox.tasks.send", [uuid4()])  # loads what sends
began = time.monotonic()
ring("accounts.outbox.tasks.send", [uuid4(), uuid4()], queue="codes")
ring("accounts.outbox.tasks.send", [uuid4()])
ring_once("accounts.outbox.tasks.send_bulk", queue="bulk", heard_for=15)
print(time.monotonic() - began)
"""


def test_a_ring_for_a_broker_that_is_gone_returns_at_once() -> None:
    own = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    environment = {**os.environ, **own, "BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.count("the broker is away") == 4
    assert float(done.stdout) < AT_MOST
