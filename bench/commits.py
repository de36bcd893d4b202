"""How many commits a second one PostgreSQL takes from so many connections at a time, and what a connection costs it.

    python -m bench.commits [--seconds 4]

The server waits for its disk as in production. A commit is what a save writes, without the product: a row of a
kilobyte is added and another is changed. Prints what it found for each number of connections, then the memory.
"""

import argparse
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tests.postgres import postgresql

DURABLE = ("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=300")
MANY = 200
ROW = "x" * 1000


def main() -> None:
    """One run on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0)
    seconds = parser.parse_args().seconds
    with postgresql(*DURABLE) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE one (number int PRIMARY KEY, version int)")
            connection.execute("INSERT INTO one SELECT n, 0 FROM generate_series(0, 99) n")
            connection.execute("CREATE TABLE added (number bigserial PRIMARY KEY, words text)")
        for count in (1, 4, 16, 48):
            print(f"{count} connections: {commits(url, count, seconds=seconds):.0f} commits a second", flush=True)
        print(f"a connection at rest holds {memory_of(url):.1f} MiB for itself")


def commits(url: str, count: int, *, seconds: float) -> float:
    """Commits a second by so many connections, each of which writes to rows of its own."""
    over, start = threading.Event(), threading.Barrier(count + 1)

    def write(number: int) -> int:
        done = 0
        with psycopg.connect(url) as connection:
            start.wait(30)
            while not over.is_set():
                connection.execute("UPDATE one SET version = version + 1 WHERE number = %s", [number])
                connection.execute("INSERT INTO added (words) VALUES (%s)", [ROW])
                connection.commit()
                done += 1
        return done

    with ThreadPoolExecutor(count) as pool:
        written = [pool.submit(write, number) for number in range(count)]
        start.wait(30)
        time.sleep(seconds)
        over.set()
        return sum(each.result() for each in written) / seconds


def memory_of(url: str) -> float:
    """MiB that one of many connections holds for itself, after it has asked for something."""
    with ExitStack() as stack:
        held = [stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(MANY)]
        for connection in held:
            connection.execute("SELECT count(*) FROM one JOIN added ON added.number = one.version")
        return sum(_own(connection.info.backend_pid) for connection in held) / MANY / 2**20


def _own(pid: int) -> int:
    kinds = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines() if "Private_" in line]
    return 1024 * sum(int(size) for name, size, _ in kinds if name != "Private_Hugetlb:")


if __name__ == "__main__":
    main()
