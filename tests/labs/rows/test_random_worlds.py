"""Two copies of any world share nothing, decide alike, and start again as they began."""

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.labs.rows import copy_world, restore, snapshot
from console.labs.scenarios import seed_scenario
from console.labs.site_users import site_student
from iam.models import Sandbox
from tests.labs.rows.comparing import values_of
from tests.labs.rows.conftest import empty
from tests.labs.rows.deciding import decisions
from tests.labs.rows.test_nothing_shared import shared
from tests.labs.rows.worlds import Place, real_now

_IDS = {"one": "111122223333", "two": "444455556666"}
_NAMES = st.sampled_from(["ann", "ben", "cat"])
_ACCOUNTS = st.sampled_from(["one", "two"])
_ALIKE = "9111122223333"  # a longer number, which is no ID
_GLUE = st.sampled_from(["-", "/", ":", "\n", "x", "\t", '"', "é", " "])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Return a text in which IDs stand close to anything."""
    parts = draw(st.lists(st.sampled_from(["{one}", "{two}", "{issuer}", "word"]), max_size=4))
    return draw(_GLUE).join([*parts, _ALIKE, draw(_GLUE)])


def _document(draw: st.DrawFn, **principal: Any) -> dict[str, Any]:
    resource = draw(st.sampled_from(["*", "arn:aws:s3:::files/*", "arn:aws:iam::{two}:role/*"]))
    actions = draw(st.lists(st.sampled_from(["s3:*", "iam:*", "sts:*"]), min_size=1, max_size=2))
    statement: dict[str, Any] = {
        "Effect": draw(st.sampled_from(["Allow", "Deny"])),
        "Action": actions,
    }
    statement |= principal or {"Resource": resource}
    if draw(st.booleans()):
        key = draw(st.sampled_from(["aws:PrincipalAccount", "{issuer}:sub", "aws:userid"]))
        statement["Condition"] = {"StringLike": {key: ["{one}", "*"]}}
    return {"Version": "2012-10-17", "Statement": [statement]}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Return a scenario of two accounts with users, roles that trust them, and a bucket."""
    names = sorted(draw(st.sets(_NAMES, min_size=1)))
    users = [
        {
            "account": "one",
            "name": name,
            "console_password": "auto",
            **({"access_keys": ["auto"]} if draw(st.booleans()) else {}),
            **({"mfa": "auto"} if draw(st.booleans()) else {}),
            **({"inline": {"own": _document(draw)}} if draw(st.booleans()) else {}),
        }
        for name in names
    ]
    trusted = [*(f"arn:aws:iam::{{one}}:user/{name}" for name in names), "{one}", "{two}"]
    roles = [
        {
            "account": draw(_ACCOUNTS),
            "name": f"Role{number}",
            "description": draw(st.sampled_from(["of {one}", "{two}-{one}", ""])),
            "trust": {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"AWS": draw(st.sampled_from(trusted))},
                    "Action": "sts:AssumeRole",
                },
            },
            "inline": {"own": _document(draw)},
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    bucket = {"account": draw(_ACCOUNTS), "name": "files", "objects": {"a.txt": draw(_texts())}}
    world: dict[str, Any] = {
        "accounts": {name: {"id": account_id} for name, account_id in _IDS.items()},
        "users": users,
        "roles": roles,
        "buckets": [bucket],
    }
    if draw(st.booleans()):
        world["accounts"]["one"]["management"] = True
        world["oidc_providers"] = [{"account": "two"}]
    return {"schema": 1, "world": world}


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_copies_of_any_world(scenario):
    with transaction.atomic():
        Sandbox.objects.create(pk=10**6, name="far away", owner=site_student("teacher"))
        original = seed_scenario(json.dumps(scenario), site_student("teacher")).sandbox
        template, now = snapshot(original), real_now()
        copies = [copy_world(template, empty(owner), received_at=now) for owner in ("ann", "ben")]
        alike = shared(*copies).keys() | shared(original, copies[0]).keys()
        assert all(_ALIKE in run for run in alike)
        expected = decisions(Place(original, now))
        for copy in copies:
            assert decisions(Place(copy, now)) == expected
            own, began = snapshot(copy, now), values_of(copy)
            assert values_of(restore(copy, own, received_at=now)) == began
        transaction.set_rollback(True)
