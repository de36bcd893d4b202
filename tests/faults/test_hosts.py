"""What the experiment with several hosts reckons: its addresses, its lines of the proxy, and who was not served."""

import pytest

from bench.faults.hosts import furnished, packets_in, wired
from bench.faults.losing import rings_left
from bench.faults.moments import Met, Moment, figures, problems_of, share_out
from bench.faults.quotas import TICK, used
from tests.nginx import CONFIGURATION, with_hosts

pytestmark = pytest.mark.pure
HEARD = """Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
    lo:     100       2    0    0    0     0          0         0      100       2    0    0
  wire: 5304123    4711    0    0    0     0          0         0     9000      90    0    0
"""


def test_a_host_is_wired_to_the_bridge_and_has_one_address() -> None:
    assert wired(21, pid=77) == [
        "link add port21 type veth peer name wire netns 77",
        "link set port21 master bridge",
        "link set port21 up",
    ]
    assert furnished(21) == ["address add 10.77.0.21/24 dev wire", "link set wire up", "link set lo up"]


def test_packets_are_those_that_came_over_the_wire() -> None:
    assert packets_in(HEARD) == 4711


def test_each_host_of_web_has_a_line_of_its_own() -> None:
    text = with_hosts(CONFIGURATION.read_text(), ("10.77.0.21:80", "10.77.0.22:80"))
    asked = [line.strip() for line in text.splitlines() if line.strip().startswith("server 10.")]
    assert asked == [f"server 10.77.0.{number}:80 max_fails=3 fail_timeout=10s;" for number in (21, 22)]
    assert "web:8000" not in text


def moments() -> tuple[Moment, Moment]:
    """Something planned from 10 to 19, and a loss that had happened at 20 and lasted until 30."""
    lost = Moment("lost", is_loss=True, since=19.0, begin=20.0, end=30.0)
    return Moment("step", is_loss=False, begin=10.0, end=19.0), lost


def test_what_was_under_way_belongs_to_the_loss_and_the_rest_to_when_it_was_asked() -> None:
    step, lost = moments()
    before, in_it, after = (Met(200, at=at, seconds=2.0) for at in (5.0, 12.0, 29.0))
    cut, while_it_fell = Met(0, at=19.0, seconds=20.0), Met(503, at=18.9, seconds=0.2)
    share_out([step, lost], [before, in_it, cut, while_it_fell, after])
    assert (step.met, lost.under_way, lost.begun) == ([in_it], [cut, while_it_fell], [after])


def test_only_what_was_under_way_may_fail_and_once_for_each() -> None:
    step, lost = moments()
    share_out([step, lost], [Met(200, at=11.0), Met(0, at=19.0, seconds=20.0), Met(200, at=21.0)])
    assert [*problems_of(step, people=1), *problems_of(lost, people=1)] == []
    share_out([step, lost], [Met(503, at=12.0), Met(502, at=18.0, seconds=3.0), Met(0, at=22.0)])
    assert problems_of(step, people=1) == ["step: 1 of 2 requests failed with [503]"]
    assert problems_of(lost, people=1) == [
        "lost: 1 of 2 requests failed with [0]",
        "lost: 2 of 1 people lost what was under way",
    ]
    assert problems_of(moments()[0], people=1) == ["step: nobody asked for anything"]


def test_the_figure_says_how_many_and_how_long() -> None:
    step, lost = moments()
    share_out([step, lost], [Met(200, at=11.0, seconds=0.1), Met(0, at=19.0, seconds=20.0), Met(200, at=21.0)])
    assert figures([step, lost]) == (
        "step: 0 of 1 failed, 95% within 100 ms; "
        "lost: 0 of 1 and 1 of 1 that were under way on any host failed (50.0%), 95% within 0 ms"
    )


def test_the_host_that_was_rung_and_has_not_answered_holds_the_build() -> None:
    log = "".join(f"Task analysis.builds.tasks.run[{ring}] {said}\n" for ring, said in (
        ("aa-1", "received"), ("bb-2", "received"), ("aa-1", "succeeded in 2.1s: None"),
    ))  # fmt: skip
    assert rings_left(log) == {"bb-2"}


def test_processor_time_is_that_of_the_program_and_of_what_has_ended_below_it() -> None:
    line = f"7 (a (b) c) S 1 1 1 0 -1 4 0 0 0 0 {2 * TICK} {TICK} {4 * TICK} {8 * TICK} 20 0 1 0"
    assert (used(line, with_ended=False), used(line, with_ended=True)) == (3, 15)
