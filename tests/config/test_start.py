"""A process starts with what it needs and no more: starting is paid for by every command, worker and web process."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.pure

# Each takes from half a second to some seconds to load; the code that needs one loads it when it is needed.
HEAVY = ("scipy", "statsmodels", "pandas", "weasyprint", "openpyxl", "odfdo", "matplotlib", "opentelemetry")
SCRIPT = "import sys, django; django.setup(); import config.urls; print(*sys.modules)"


def test_no_page_loads_what_takes_seconds_to_load() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    loaded = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert "django" in loaded
    assert [name for name in HEAVY if name in loaded] == []
