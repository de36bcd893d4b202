"""Prometheus with the product's own rules, the exporter that looks at certificates, and who is told of alerts."""

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

from tests.collector import collector
from tests.faults.house import ROOT, House
from tests.faults.programs import Program
from tests.services import free_port, is_open

RULES = ROOT / "config" / "monitoring" / "rules.yaml"
NEEDED = ("prometheus", "prometheus-blackbox-exporter")
EVERY = 15  # seconds, as docs/operating/watching.md asks for
TOKEN = "of the laboratory's Prometheus alone, and long enough"
CONFIGURATION = """
global: {{scrape_interval: {every}s, evaluation_interval: {every}s}}
rule_files: [{rules}]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{told}"]}}]}}]}}
scrape_configs:
  - job_name: survey
    authorization: {{credentials: "{token}"}}
    static_configs: [{{targets: ["127.0.0.1:{web}"]}}]
  - job_name: certificate
    metrics_path: /probe
    params: {{module: [tls], target: ["127.0.0.1:{tls}"]}}
    static_configs: [{{targets: ["127.0.0.1:{exporter}"]}}]
"""
EXPORTER = "modules: {tls: {prober: tcp, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}}\n"


@dataclass
class Told:
    """What was posted, as a person on call would have it: each alert by when it began."""

    sent: list[bytes]
    runbooks: dict[str, str] = field(default_factory=dict)

    @property
    def fired(self) -> dict[str, list[datetime]]:
        """The moments at which each alert began to fire."""
        found: dict[str, set[str]] = {}
        for body in list(self.sent):
            for alert in json.loads(body):
                name = alert["labels"]["alertname"]
                self.runbooks[name] = alert["annotations"].get("runbook", "")
                found.setdefault(name, set()).add(alert["startsAt"])
        return {name: sorted(map(_moment, moments)) for name, moments in found.items()}


@contextmanager
def watched(house: House) -> Iterator[tuple[Told, "Certificate"]]:
    """Who is told, and the certificate that is looked at, until the block ends."""
    home = house.folder / "watchers"
    home.mkdir()
    with collector() as (port, sent), certificate(home) as shown:
        exporter = house.add(_exporter(home))
        asked = {
            "web": house.ports.web,
            "told": port,
            "tls": shown.port,
            "exporter": str(exporter.command[-1]).split(":")[-1],
        }
        house.add(_prometheus(home, asked))
        yield Told(sent), shown


def _exporter(home: Path) -> Program:
    (home / "exporter.yaml").write_text(EXPORTER)
    port = free_port()
    command = (NEEDED[1], f"--config.file={home / 'exporter.yaml'}", f"--web.listen-address=127.0.0.1:{port}")
    return Program("exporter", command, home / "exporter.log", lambda: is_open(port))


def _prometheus(home: Path, asked: dict[str, object]) -> Program:
    port, file = free_port(), home / "prometheus.yaml"
    file.write_text(CONFIGURATION.format(every=EVERY, rules=RULES, token=TOKEN, **asked))
    where = (f"--storage.tsdb.path={home / 'series'}", f"--web.listen-address=127.0.0.1:{port}")
    command = (NEEDED[0], f"--config.file={file}", *where)
    return Program("prometheus", command, home / "prometheus.log", lambda: is_open(port))


@dataclass
class Certificate:
    """A door with TLS whose certificate can be replaced."""

    home: Path
    context: ssl.SSLContext
    port: int = 0

    def show(self, days: int) -> None:
        """From the next visitor on, one that ends in so many days."""
        key, file = self.home / f"{days}.key", self.home / f"{days}.crt"
        own = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost")
        command = ("openssl", "req", "-x509", *own, "-days", str(days), "-keyout", key, "-out", file)
        subprocess.run(command, check=True, capture_output=True)
        self.context.load_cert_chain(file, key)


@contextmanager
def certificate(home: Path) -> Iterator[Certificate]:
    """The door, open until the block ends."""
    shown = Certificate(home, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    shown.show(100)
    with create_server(("127.0.0.1", 0)) as listener:
        shown.port = int(listener.getsockname()[1])
        threading.Thread(target=_open_door, args=(listener, shown), daemon=True).start()
        yield shown


def _open_door(listener: object, shown: Certificate) -> None:
    while True:
        try:
            line, _ = listener.accept()  # type: ignore[attr-defined]
        except OSError:  # the door is shut
            return
        with suppress(OSError), shown.context.wrap_socket(line, server_side=True) as guest:
            guest.settimeout(2)
            guest.recv(1)


def _moment(text: str) -> datetime:
    """Prometheus writes nine decimals, or fewer."""
    whole = text.rstrip("Z").split(".")[0]
    return datetime.fromisoformat(whole).replace(tzinfo=UTC)
