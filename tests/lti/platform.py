"""A learning management system on this machine: it signs launches, gives tokens, takes grades."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"


@lru_cache
def key_of(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid})


class FakePlatform:
    """Its keys, its gradebook, and what was asked of it; `status` is what it answers to grades."""

    def __init__(self) -> None:
        self.key = key_of("lms-1")
        self.items: dict[str, dict[str, Any]] = {}
        self.scores: list[tuple[str, dict[str, Any]]] = []
        self.assertions: list[str] = []
        self.members: list[dict[str, Any]] = []
        self.status = 200
        self.url = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def fields(self) -> dict[str, str]:
        """Return the registration form as a teacher fills it in."""
        return {
            "name": "Moodle",
            "issuer": self.url,
            "client_id": "client-7",
            "deployment_id": "1",
            "login_url": f"{self.url}/auth",
            "token_url": f"{self.url}/token",
            "keys_url": f"{self.url}/keys",
        }

    def claims(self, given_nonce: str, /, **changes: Any) -> dict[str, Any]:
        """Return the claims of a student's launch."""
        now = int(time())
        return {
            "iss": self.url,
            "aud": "client-7",
            "sub": "person-1",
            "iat": now,
            "exp": now + 300,
            "nonce": given_nonce,
            "name": "Mia Example",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}roles": [LEARNER],
            **changes,
        }

    def linking(self, **changes: Any) -> dict[str, Any]:
        """Return what a teacher's request for a link has beside a launch."""
        settings = {
            "deep_link_return_url": f"{self.url}/links",
            "accept_types": ["link", "ltiResourceLink"],
            "data": "opaque-7",
            **changes,
        }
        return {
            f"{CLAIM}message_type": "LtiDeepLinkingRequest",
            f"{CLAIM}roles": [INSTRUCTOR],
            f"{LINKING}deep_linking_settings": settings,
        }

    def sign(self, claims: dict[str, Any], key: RSAKey | None = None) -> str:
        return jwt.encode({"alg": "RS256", "kid": "lms-1"}, claims, key or self.key)

    def answer(  # noqa: PLR0911 - a line for each address
        self, method: str, path: str, body: bytes
    ) -> tuple[int, Any]:
        """Answer a request as the specification says."""
        if path == "/keys":
            return 200, KeySet([self.key]).as_dict(private=False)
        if path == "/token":
            self.assertions.append(parse_qs(body.decode())["client_assertion"][0])
            return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 3600}
        if self.status != 200:
            return self.status, {}
        if path.startswith("/members"):
            later = path == "/members/2"
            return 200, {"members": self.members[2:] if later else self.members[:2]}
        if path.endswith("/scores"):
            self.scores.append((path.removesuffix("/scores"), json.loads(body)))
            return 200, {}
        if path == "/items" and method == "GET":
            return 200, list(self.items.values())
        if path == "/items":
            url = f"{self.url}/items/{len(self.items) + 1}"
            self.items[url] = {**json.loads(body), "id": url}
            return 201, self.items[url]
        return 404, {}


@contextmanager
def running() -> Iterator[FakePlatform]:
    """Run a platform on a free port of this machine."""
    fake = FakePlatform()

    class Handler(BaseHTTPRequestHandler):
        """Hands requests to the platform."""

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            path = urlsplit(self.path).path
            status, answer = fake.answer(self.command, path, self.rfile.read(length))
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            if path == "/members" and len(fake.members) > 2:
                self.send_header("Link", f'<{fake.url}/members/2>; rel="next"')
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
