"""The proxy of production, with its own configuration, on ports and in a folder of the test's choosing."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services import is_open, running, wait_until

CONFIGURATION = Path(__file__).resolve().parents[1] / "config" / "proxy" / "nginx.conf"
START = CONFIGURATION.with_name("start.sh")


def program() -> str:
    """Where nginx is: Debian keeps it off the path of ordinary people."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    assert found, "nginx is missing: sudo apt-get install -y nginx-light"
    return found


def write_configuration(folder: Path, *, port: int, web: str, others: Sequence[str] = (), **around: str) -> Path:
    """Production's configuration with other addresses and nothing else changed; each further host of web has a line.

    `around` is the environment of the proxy.
    """
    where = {"AROUND": str(folder / "around.conf"), "SITE_URL": "http://localhost", **around}
    subprocess.run(["/bin/sh", START, "true"], env=os.environ | where, check=True)
    text = CONFIGURATION.read_text()
    moved = dict.fromkeys(("/tmp/", "/bodies/", "/replies/"), f"{folder}/")
    for here, there in (*moved.items(), ("listen 8080", f"listen 127.0.0.1:{port}")):
        assert here in text
        text = text.replace(here, there)
    path = folder / "nginx.conf"
    path.write_text(with_hosts(text, (web, *others)))
    subprocess.run([program(), "-t", "-q", "-p", folder, "-c", path], check=True)
    return path


def with_hosts(text: str, webs: Sequence[str]) -> str:
    """The configuration with a line like that of the first host for each of these, which are addresses, not names."""
    line = next(each for each in text.splitlines(keepends=True) if "server web:8000" in each)
    return text.replace(line, "".join(line.replace("web:8000 resolve", web) for web in webs))


@contextmanager
def proxy(folder: Path, *, port: int, web: str, others: Sequence[str] = (), **around: str) -> Iterator[None]:
    """Answer on the port for the web servers at these addresses."""
    configuration = write_configuration(folder, port=port, web=web, others=others, **around)
    log = folder / "proxy.log"
    # As root nginx gives its workers another account, which could not write into this folder.
    stay = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    with running((program(), "-p", folder, "-c", configuration, "-g", stay), log=log) as process:
        wait_until(lambda: is_open(port), process=process, log=log)
        yield
