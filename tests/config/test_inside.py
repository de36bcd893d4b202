"""By settings alone what stands inside is reached by TLS, and its certificates are looked at: on real servers."""

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from smtplib import SMTPNotSupportedError

import psycopg
import pytest
import redis
from django.conf import LazySettings

from accounts.outbox.post import HouseBackend
from config.certificates import CA, write_certificates
from config.inside import Papers
from tests.gunicorn import Web, gunicorn
from tests.nginx import proxy
from tests.protected import ROOT, papers_of, protected_postgresql, protected_redis
from tests.services import ask, free_port
from tests.smtp import Office, post_office

pytestmark = pytest.mark.production

# What each process of the product does with its stores and its mail server, by settings and nothing else.
REACH = """
from django.core.mail import get_connection
from django.db import connection
from config.celery import app

def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user || ' ' || ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return cursor.fetchone()[0]

def broker():
    with app.connection_for_write() as found:
        return found.ensure_connection(max_retries=1, timeout=5) and "reached"

def mail():
    post = get_connection()
    return post.open() and str(bool(post.connection.sock.cipher()))

for each in (database, broker, mail):
    try:
        print(each.__name__, each())
    except Exception as error:
        told = f"{error} {error.__cause__}".lower()
        print(each.__name__, "not believed" if "certificate verify failed" in told else told)
"""


@dataclass(frozen=True)
class Inside:
    """What runs, and the folders of two signers of whom it knows the first."""

    ours: Path
    others: Path
    database: int
    broker: int
    office: Office

    def reach(self, papers: Papers) -> dict[str, str]:
        """What the product says of each, with these settings."""
        given = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"postgresql://survey_web@localhost:{self.database}/postgres",
            "BROKER_URL": f"rediss://localhost:{self.broker}/0",
            "EMAIL_URL": f"smtp+starttls://localhost:{self.office.port}",
            "INSIDE_CA": papers.ca,
            "INSIDE_CERTIFICATE": papers.certificate,
            "INSIDE_KEY": papers.key,
        }
        command = (sys.executable, "-c", REACH)
        ran = subprocess.run(command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=True)
        return dict(line.split(" ", 1) for line in ran.stdout.splitlines())


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    ours, others = (tmp_path_factory.mktemp(name) for name in ("ours", "others"))
    names = {service: ["localhost"] for service in ("database", "broker")}
    for folder in (ours, others):
        write_certificates(folder, now=datetime.now(UTC), days=2, hosts=names)
    with ExitStack() as stack:
        office = stack.enter_context(post_office())
        office.papers = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        office.papers.load_cert_chain(ours / "broker" / "certificate.pem", ours / "broker" / "key.pem")
        database = stack.enter_context(protected_postgresql(ours))
        yield Inside(ours, others, database, stack.enter_context(protected_redis(ours)), office)


def test_by_settings_alone_database_broker_and_mail_server_are_reached_by_certificates(inside: Inside) -> None:
    assert inside.reach(papers_of(inside.ours, "web")) == {
        "database": "survey_web true",
        "broker": "reached",
        "mail": "True",
    }


def test_servers_that_another_signed_are_not_believed(inside: Inside) -> None:
    strange = Papers(
        f"{inside.others}/{CA}", papers_of(inside.ours, "web").certificate, papers_of(inside.ours, "web").key
    )

    assert inside.reach(strange) == dict.fromkeys(("database", "broker", "mail"), "not believed")


def refusals(inside: Inside, papers: Papers, *, host: str = "localhost") -> list[str]:
    """What database and broker say, or what is said of them, with what the settings would give their clients."""
    where = f"postgresql://survey_web@{host}:{inside.database}/postgres"
    with pytest.raises(psycopg.OperationalError) as database:
        psycopg.connect(where, **papers.for_database())  # type: ignore[arg-type]
    with pytest.raises(redis.ConnectionError) as broker:
        redis.Redis(host=host, port=inside.broker, ssl=True, **papers.for_broker()).ping()
    return [str(database.value), str(broker.value)]


def test_a_server_whose_certificate_is_of_another_name_is_not_believed(inside: Inside, settings: LazySettings) -> None:
    settings.INSIDE = papers_of(inside.ours, "web")
    way = HouseBackend(host="127.0.0.1", port=inside.office.port, use_tls=True, use_ssl=False)

    database, broker = refusals(inside, settings.INSIDE, host="127.0.0.1")
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        way.open()
    way.close()

    assert "does not match host name" in database
    assert "IP address mismatch" in broker


def test_services_that_show_no_certificate_or_anothers_are_not_let_in(inside: Inside) -> None:
    nothing = refusals(inside, Papers(papers_of(inside.ours, "web").ca))
    anothers = papers_of(inside.ours, "worker").for_database()

    assert "requires a valid client certificate" in nothing[0]
    with pytest.raises(psycopg.OperationalError, match="certificate authentication failed"):
        psycopg.connect(f"postgresql://survey_web@localhost:{inside.database}/postgres", **anothers)  # type: ignore[arg-type]


def test_a_mail_server_that_knows_no_tls_is_given_nothing() -> None:
    with post_office() as office:
        way = HouseBackend(host="localhost", port=office.port, use_tls=True, use_ssl=False)
        with pytest.raises(SMTPNotSupportedError):
            way.open()
        way.close()


def test_the_proxy_asks_web_by_tls_and_believes_no_other(inside: Inside, tmp_path: Path) -> None:
    own = papers_of(inside.ours, "web")
    shown = {"INSIDE_CA": own.ca, "INSIDE_CERTIFICATE": own.certificate, "INSIDE_KEY": own.key}
    with gunicorn(tmp_path, **shown) as web:
        statuses = [
            _through(tmp_path / name, web, WEB_CA=f"{getattr(inside, name)}/{CA}") for name in ("ours", "others")
        ]
        in_the_clear = _through(tmp_path / "clear", web)

    assert (statuses, in_the_clear) == ([200, 503], 503)
    assert len(web.heard()) == 1


def _through(folder: Path, web: Web, **around: str) -> int:
    folder.mkdir()
    port = free_port()
    with proxy(folder, port=port, web=web.address, **around):
        return ask(port, "/")[0].status
