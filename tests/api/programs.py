"""Programs that use the API with a token."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from console.tokens.issuing import issue_token
from console.tokens.scopes import known_scopes

PROBLEM = "application/problem+json"
JSON = "application/json"


def secret_of(user: User, scopes: Iterable[str] | None = None) -> str:
    """Return a new token of somebody's, with every scope unless some are named."""
    wanted = known_scopes() if scopes is None else list(scopes)
    return issue_token(user, "test", wanted, timedelta(days=1))[1]


class Program:
    """A program with a token; without a user it has none."""

    def __init__(
        self, user: User | None = None, scopes: Iterable[str] | None = None, *, secret: str = ""
    ) -> None:
        token = secret or (secret_of(user, scopes) if user else "")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(headers=headers)

    def send(self, method: str, path: str, data: Any = None, **options: Any) -> Any:
        """Send a request to an address below /api/; a body is sent as JSON."""
        options.setdefault("content_type", JSON)
        body = {} if data is None else {"data": data}
        return self.client.generic(method, f"/api/{path}", **_encoded(body), **options)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/{path}", query)

    def json(self, path: str, **query: Any) -> Any:
        response = self.get(path, **query)
        assert response.status_code == 200, response.content
        return response.json()


def _encoded(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    if isinstance(data, dict | list):
        return {"data": json.dumps(data)}
    return body


def problem_of(response: Any) -> dict[str, Any]:
    """Return what a refused request was answered, which is a problem whatever went wrong."""
    assert response["Content-Type"] == PROBLEM, response.content
    found: dict[str, Any] = response.json()
    assert {"title", "status", "code", "detail"} <= found.keys()
    assert found["status"] == response.status_code
    assert found["detail"].strip().endswith((".", "!", "?")), found["detail"]
    return found


def done(response: Any, status: int = 200) -> Any:
    """Return what a request was answered that is granted."""
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def faults(response: Any) -> dict[str, str]:
    """Return what is wrong by field."""
    assert response.status_code == 400
    return {one["field"]: one["message"] for one in problem_of(response).get("faults", ())}
