"""A post office that keeps what it is given and passes nothing on: enough of SMTP for one message at a time."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext, SSLSocket
from threading import Event, Thread


class Office(socketserver.ThreadingTCPServer):
    """What came in, and what the office says to the next recipient or message."""

    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1") -> None:
        super().__init__((address, 0), Counter)
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.says = {"RCPT": "250 ok", "DATA": "250 kept"}
        self.begun = 0  # letters handed in, whether or not the office has said anything yet
        self.conversations = 0
        self.refuses: set[int] = set()  # which letters, in the order they are handed in, are refused for now
        self.papers: SSLContext | None = None  # with these it speaks TLS once it is asked to
        self.speaks = Event()
        self.speaks.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Office

    def handle(self) -> None:
        self.server.conversations += 1
        self.say("220 office")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.keep(recipients)
            elif verb == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
                self.say(self.server.says["RCPT"])
            elif verb in {"MAIL", "RSET"}:
                recipients = []
                self.say("250 ok")
            elif verb == "EHLO" and self.server.papers:
                self.say("250-office\r\n250 STARTTLS")
            elif verb == "STAR" and self.server.papers:
                self.say("220 go on")
                if not self.protect(self.server.papers):
                    return None
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
        return None

    def protect(self, papers: SSLContext) -> bool:
        """Whether the other side believes who we are."""
        with suppress(OSError):
            self.request = papers.wrap_socket(self.request, server_side=True)
            self.setup()
            return True
        return False

    def finish(self) -> None:
        """The end, of a protected conversation too."""
        super().finish()
        if isinstance(self.request, SSLSocket):
            self.request.close()

    def keep(self, recipients: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.begun += 1
        self.server.speaks.wait(timeout=60)
        if self.server.begun in self.server.refuses:
            return self.say("451 later")
        if self.server.says["DATA"].startswith("2"):
            message = message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.letters.append((recipients, message))
        return self.say(self.server.says["DATA"])

    def say(self, words: str) -> None:
        with suppress(ConnectionError):  # whoever handed it in is gone
            self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def post_office(address: str = "127.0.0.1") -> Iterator[Office]:
    """An office that is open until the block ends."""
    with Office(address) as office:
        thread = Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
