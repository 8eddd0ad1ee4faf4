"""Variations: the values that policies can tell apart, each decided by the engine."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from iam.engine import (
    Freedom,
    LayeredPolicies,
    decide,
    variations,
    ways_to,
)
from tests.engine.documents import policies, requests
from tests.engine.test_asking import ALLOW, ASSUME, DENY, LIST, given_by, trusting

OF_A_CALLER = Freedom(
    sent=frozenset({"aws:sourceip", "aws:currenttime", "aws:epochtime", "sts:rolesessionname"}),
    optional=frozenset({"sts:externalid", "aws:multifactorauthpresent", "aws:multifactorauthage"}),
    prefixes=("aws:requesttag/",),
)
NOW = {"aws:CurrentTime": "2026-12-01T00:00:00Z", "aws:EpochTime": "1796083200"}
HERE = replace(LIST, context={"aws:SourceIp": "203.0.113.7", **NOW})


def ways(request: Any, given_: LayeredPolicies) -> list[dict[str, str | None]]:
    return [dict(one.change) for one in ways_to(request, given_, OF_A_CALLER, allowed=True)]


def test_a_wildcard_in_an_external_id_lets_others_in() -> None:
    found = ways(ASSUME, trusting(StringLike={"sts:ExternalId": "ours-12?"}))

    assert {"sts:ExternalId": "ours-12?"} in found
    assert any(one["sts:ExternalId"] != "ours-12?" for one in found)


def test_each_external_id_that_is_accepted_is_a_way() -> None:
    found = ways(ASSUME, trusting(StringEquals={"sts:ExternalId": ["ours", "theirs"]}))

    assert [one["sts:ExternalId"] for one in found] == ["ours", "theirs"]


def test_a_condition_that_is_met_without_the_key_is_a_way_without_a_change() -> None:
    assert ways(ASSUME, trusting(StringEqualsIfExists={"sts:ExternalId": "ours"})) == [{}]


DENIED_SOMEWHERE: dict[str, tuple[dict[str, Any], str]] = {
    "outside of a network": (
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, "aws:SourceIp"),
    "after a date": (
        {"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}}, "aws:CurrentTime"),
    "by the other key of the time": (
        {"NumericLessThan": {"aws:EpochTime": "1800000000"}}, "aws:EpochTime"),
    "with MFA": (
        {"Null": {"aws:MultiFactorAuthPresent": "true"}}, "aws:MultiFactorAuthPresent"),
}  # fmt: skip


@pytest.mark.parametrize("case", DENIED_SOMEWHERE)
def test_an_allow_that_depends_on_circumstances_has_an_exception(case: str) -> None:
    condition, key = DENIED_SOMEWHERE[case]
    allowed = given_by({**ALLOW, "Condition": condition})
    assert decide(HERE, allowed).allowed

    found = ways_to(HERE, allowed, OF_A_CALLER, allowed=False)

    assert list(found[0].change) == [key]


def test_two_keys_are_changed_together_where_one_is_not_enough() -> None:
    condition = {
        "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    }
    (found,) = ways(HERE, given_by({**ALLOW, "Condition": condition}))

    assert found == {"aws:SourceIp": "10.0.0.1", "aws:MultiFactorAuthPresent": "true"}


def test_keys_that_the_caller_cannot_choose_stay_as_they_are() -> None:
    tagged = given_by({**ALLOW, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}})

    assert ways(HERE, tagged) == []


def test_what_holds_in_all_circumstances_has_no_exception() -> None:
    assert ways_to(HERE, given_by(ALLOW), OF_A_CALLER, allowed=False) == []
    assert ways_to(HERE, given_by(ALLOW, DENY), OF_A_CALLER, allowed=True) == []


@given(requests, policies)
def test_every_variation_is_decided_as_the_request_that_it_is(
    request_: Any, given_: LayeredPolicies
) -> None:
    for one in list(variations(request_, given_, OF_A_CALLER))[:50]:
        assert one.decision == decide(one.request, given_)
