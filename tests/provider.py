"""A provider of our own making on loopback: it insists on PKCE and on the secret, and can be told to lie."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Token = dict[str, Any]


class StrictProvider:
    """Signs one token for one code; `lie` changes the token's claims, `key` signs in place of the published one;
    what is asked for at `moved` is said to be elsewhere."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.begin()

    def begin(self) -> None:
        """As if nothing had happened."""
        self.key: Any = self.published
        self.algorithm = "RS256"
        self.asked: dict[str, str] = {}
        self.lie: Callable[[Token], Token] = lambda token: token
        self.moved = ""

    def answer(self, path: str, sent: dict[str, list[str]]) -> tuple[int, Token]:
        """Status and body."""
        if path == "/.well-known/openid-configuration":
            here = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return 200, {"issuer": self.issuer, "token_endpoint_auth_methods_supported": ["client_secret_post"], **here}
        if path == "/jwks_uri":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key(), as_dict=True)
            return 200, {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}
        digest = sha256(sent["code_verifier"][0].encode()).digest()
        fits = urlsafe_b64encode(digest).rstrip(b"=").decode() == self.asked["code_challenge"]
        if not fits or sent["client_secret"] != ["a secret of the test"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self._token()}

    def _token(self) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": "survey", "sub": "1", "iat": now, "exp": now + 60, "auth_time": now}
        person = {"email": "jo@example.org", "email_verified": True, "nonce": self.asked["nonce"]}
        return jwt.encode(self.lie(told | person), self.key, algorithm=self.algorithm, headers={"kid": "one"})


@contextmanager
def strict_provider(port: int) -> Iterator[StrictProvider]:
    """It answers until the block ends."""
    provider = StrictProvider(port)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(*provider.answer(self.path.removeprefix("/elsewhere"), {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*provider.answer(self.path.removeprefix("/elsewhere"), parse_qs(body)))

        def _say(self, status: int, said: Token) -> None:
            is_moved = self.path == provider.moved
            self.send_response(307 if is_moved else status)
            self.send_header("Location", f"/elsewhere{self.path}")
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
