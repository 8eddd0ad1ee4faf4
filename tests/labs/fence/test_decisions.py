"""What the table of decisions says of a tool, its addresses and operations do."""

import pytest

from console.labs.rules import TOOL_OF_OPERATION, Tool
from tests.labs.fence.decisions import ROUTES, decided_operations
from tests.labs.fence.student import Student, shown, with_rules
from tests.robustness.addresses import address, routes

BY_POST = {"instance_connect"}
UNSEEN = {
    Tool.ADVICE: "a part of another page",
    Tool.CLI: "asked by the endpoint for every call",
    Tool.CAPTURE: "a page of instructors, where tests/pages/teach asks it",
}


def test_the_operations_that_are_tools_are_those_that_the_endpoint_withholds():
    tools = {name: tool for name, tool in decided_operations().items() if isinstance(tool, Tool)}
    assert tools == TOOL_OF_OPERATION


def test_every_tool_has_an_address_or_a_reason_why_not():
    assert {tool for tool in Tool if tool not in ROUTES} <= set(UNSEEN)


@pytest.mark.parametrize(
    ("tool", "name"),
    [(tool, name) for tool in ROUTES if isinstance(tool, Tool) for name in ROUTES[tool].split()],
)
def test_an_address_of_a_tool_is_refused_where_a_lab_withholds_it(
    guest: Student, lab, monkeypatch, tool, name
):
    guest.enter("you", "dev")
    guest.client.post(f"/idp/{guest.sandbox.slug}/as", {"name": "alice"})
    values = {
        "pk": guest.attempt.sandbox_id,
        "attempt_id": guest.attempt.public_id,
        "slug": guest.sandbox.slug,
        "event_id": "0b3bd3d9-4b6c-4a4b-9d1a-111122223333",
    }
    with_rules(monkeypatch, lab, **{tool: "no"})
    url = address(routes()[name], values)
    page = guest.post(url) if name in BY_POST else guest.client.get(url)
    assert page.status_code == 403
    assert "is not available in this lab." in shown(page)
