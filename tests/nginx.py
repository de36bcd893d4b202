"""The proxy of production, with its own configuration, on ports and in a folder of the test's choosing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import is_open, running, wait_until

CONFIGURATION = Path(__file__).resolve().parents[1] / "config" / "proxy" / "nginx.conf"


def program() -> str:
    """Where nginx is: Debian keeps it off the path of ordinary people."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    assert found, "nginx is missing: sudo apt-get install -y nginx-light"
    return found


def write_configuration(folder: Path, *, port: int, web: str) -> Path:
    """Production's configuration with other addresses and nothing else changed."""
    text = CONFIGURATION.read_text()
    for here, there in (("/tmp/", f"{folder}/"), ("listen 8080", f"listen 127.0.0.1:{port}"), ("web:8000", web)):
        assert here in text
        text = text.replace(here, there)
    path = folder / "nginx.conf"
    path.write_text(text)
    subprocess.run([program(), "-t", "-q", "-p", folder, "-c", path], check=True)
    return path


@contextmanager
def proxy(folder: Path, *, port: int, web: str) -> Iterator[None]:
    """Answer on the port for the web server at this address."""
    configuration, log = write_configuration(folder, port=port, web=web), folder / "proxy.log"
    # As root nginx gives its workers another account, which could not write into this folder.
    stay = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    with running((program(), "-p", folder, "-c", configuration, "-g", stay), log=log) as process:
        wait_until(lambda: is_open(port), process=process, log=log)
        yield
