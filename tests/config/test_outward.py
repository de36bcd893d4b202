"""Web, workers and scheduler reach this machine and what settings name; whatever else is asked for is refused."""

import os
import subprocess
import sys

import pytest

from config.env import Environment
from config.outward import HOUR, Reach, listed_hosts
from tests.builders import ROOT

pytestmark = pytest.mark.pure

TRIED = """
import socket, urllib.request
from config import gunicorn
from config.outward import NotListed
gunicorn.on_starting(None)  # as web begins

def tells(act):
    try:
        return act()
    except NotListed:
        return "refused"
    except OSError as error:
        return type(error).__name__

def connected(address, kind=socket.SOCK_STREAM):
    with socket.socket(type=kind) as one:
        one.settimeout(0.01)
        return one.connect(address)

with socket.create_server(("127.0.0.1", 0)) as here:
    print(tells(lambda: socket.create_connection(here.getsockname()).close()))
print(tells(lambda: socket.getaddrinfo("listed.invalid", 443)))
print(tells(lambda: connected(("192.0.2.7", 443), socket.SOCK_DGRAM)))
print(tells(lambda: socket.getaddrinfo("evil.example", 443)))
print(tells(lambda: connected(("192.0.2.8", 443))))
print(tells(lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.8", 53))))
try:
    urllib.request.urlopen("http://169.254.169.254/latest/")
except OSError as error:
    print("refused" if "NotListed" in repr(error) or isinstance(error, NotListed) else error)
"""

ROTATED = """
import itertools, socket
turn = itertools.count(1)

def ask(host, port, *rest, **more):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"192.0.2.{next(turn)}", port))]

socket.getaddrinfo = ask  # a resolver that gives another address each time
from config import gunicorn
from config.outward import NotListed
gunicorn.on_starting(None)

def reached(address):
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        try:
            one.connect(address)
        except NotListed:
            return "refused"
        except OSError:
            pass  # no way there, but it may be tried
        return "tried"

found = [socket.getaddrinfo(name, port=443)[0][4] for name in ("Login.example", b"login.example", "other.example")]
print(*map(reached, found), next(turn))
"""


def test_hosts_that_settings_name_are_listed_and_no_others() -> None:
    given = {
        "broker_url": "rediss://user:secret@Bell.example:6379/0",
        "email_url": "smtps://post.example",
        "traces_url": "https://collector.example/v1/traces",
        "outside_hosts": "login.example, keys.example",
    }
    found = listed_hosts(Environment(_env_file=None, **given))  # type: ignore[arg-type]
    assert found == {"bell.example", "post.example", "collector.example", "login.example", "keys.example"}


def test_what_is_not_listed_is_refused_whoever_asks() -> None:
    command = (sys.executable, "-c", TRIED)
    listed = {"OUTSIDE_HOSTS": "listed.invalid, 192.0.2.7"}
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | listed, capture_output=True, text=True, check=True)
    here, name, address, *others = ran.stdout.split()

    assert here == "None"
    assert "refused" not in {name, address}  # they are nowhere, but may be asked
    assert others == ["refused"] * 4


def test_each_address_that_a_listed_name_led_to_is_reached_and_the_name_is_not_asked_for_again() -> None:
    command, listed = (sys.executable, "-c", ROTATED), {"OUTSIDE_HOSTS": "login.example"}
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | listed, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["tried", "tried", "refused", "4"]


def test_an_address_is_remembered_for_an_hour_after_its_name_was_last_asked_for() -> None:
    reach = Reach({"login.example"})
    reach.remember("login.example", ["192.0.2.1"], at=0.0)
    assert [reach.has("192.0.2.1", at=at) for at in (0.0, HOUR - 1, HOUR)] == [True, True, False]
    reach.remember("login.example", ["192.0.2.2"], at=HOUR)
    assert [*reach.until] == ["192.0.2.2"]


def test_workers_and_scheduler_keep_to_the_list_before_they_begin() -> None:
    """In a process of its own, since nothing takes the list back."""
    known = "from celery import signals as s; from config import celery; assert s.worker_init.receivers; "
    then = "s.beat_init.send(None); import socket; socket.getaddrinfo('evil.example', 443)"
    command = (sys.executable, "-c", known + then)
    ran = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert "NotListed: evil.example is named by no setting" in ran.stderr, ran.stderr
