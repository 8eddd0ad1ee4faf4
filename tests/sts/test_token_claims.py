"""Claims of well-known OpenID Connect providers as condition keys of AssumeRoleWithWebIdentity.

Sources: AWS's What's new of January 2026, *AWS STS supports validation of identity provider
claims*; the condition keys of AssumeRoleWithWebIdentity in STS's Service Authorization Reference;
configure-aws-credentials' README, whose table says that no session has them.
"""

from typing import Any

import pytest

from iam.authorization.context import request_context
from iam.catalogue import CataloguedFacts
from iam.models import ControlPolicy
from iam.perform import PermissionCheck
from sts.analysis import HypotheticalSession, suppose_web_identity_session
from tests.iam.analysis_worlds import arn, seen
from tests.iam.providers import KEYS
from tests.iam.test_organizations import MANAGER, control
from tests.worlds import World, document

GITHUB = "token.actions.githubusercontent.com"
SAID = {
    "aud": "sts.amazonaws.com",
    "sub": "repo:octo-org/app:ref:refs/heads/main",
    "actor": "octocat",
    "actor_id": "583231",
    "enterprise_id": 4200000,
    "environment": "prod",
    "job_workflow_ref": "octo-org/shared/.github/workflows/deploy.yml@refs/heads/main",
    "ref": "refs/heads/main",
    "repository": "octo-org/app",
    "repository_id": "74",
    "repository_owner_id": "65",
    "workflow": "deploy",
    "repository_visibility": "private",
}
NAMED = [name for name in SAID if name not in {"aud", "sub", "repository_visibility"}]


def trusting(world: World, provider: str, condition: dict[str, Any]) -> None:
    """Make a provider and a role that lets its tokens in under a condition."""
    url = f"https://{provider}"
    world.do("CreateOpenIDConnectProvider", Url=url, ClientIDList=["sts.amazonaws.com"])
    named = {"OpenIDConnectProviderArn": arn("oidc-provider", provider)}
    world.do("UpdateOpenIDConnectProviderKeys", **named, JsonWebKeySet=KEYS)
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": arn("oidc-provider", provider)},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    world.do("CreateRole", RoleName="Ci", AssumeRolePolicyDocument=document(statement))


def come(world: World, provider: str, claims: dict[str, Any]) -> HypotheticalSession:
    said = {"iss": f"https://{provider}", "sub": "s", "aud": "sts.amazonaws.com", **claims}
    return suppose_web_identity_session(seen(world), arn("role", "Ci"), said)


@pytest.mark.parametrize("claim", NAMED)
def test_a_trust_policy_sees_a_claim_of_github(world: World, claim: str) -> None:
    condition = {f"{GITHUB}:sub": SAID["sub"], f"{GITHUB}:{claim}": str(SAID[claim])}
    trusting(world, GITHUB, {"StringEquals": condition})

    assert come(world, GITHUB, SAID).principal
    for other in ({**SAID, claim: "other"}, {k: v for k, v in SAID.items() if k != claim}):
        error = come(world, GITHUB, other).error
        assert error
        assert error.code == "AccessDenied"


def test_the_one_claim_that_a_message_of_create_role_proposes_lets_in(world: World) -> None:
    """`must evaluate … :sub or …:job_workflow_ref`: the second alone is enough."""
    key = f"{GITHUB}:job_workflow_ref"
    trusting(world, GITHUB, {"StringLike": {key: "octo-org/shared/.github/workflows/*"}})
    assert come(world, GITHUB, SAID).principal
    assert not come(world, GITHUB, {**SAID, "job_workflow_ref": "evil/app/x.yml@main"}).principal


@pytest.mark.parametrize(
    ("provider", "key", "claims", "operator", "value"),
    [
        ("accounts.google.com", "google/organization_number",
         {"google": {"organization_number": 1234567}}, "NumericEquals", "1234567"),
        ("oidc.circleci.com/org/0a-1b", "oidc.circleci.com/project-id",
         {"oidc.circleci.com/project-id": "p-1"}, "StringEquals", "p-1"),
        ("idcs-0a1b.identity.oraclecloud.com", "rpst_id", {"rpst_id": "r"}, "StringEquals", "r"),
        ("token.actions.acme.ghe.com", "actor", {"actor": "ann"}, "StringEquals", "ann"),
        (f"{GITHUB}/octo", "ref", {"ref": "refs/heads/main"}, "StringEquals", "refs/heads/main"),
        ("gitlab.com", "ref_protected", {"ref_protected": True}, "Bool", "true"),
        ("agent.buildkite.com", "pipeline_slug", {"pipeline_slug": "p"}, "StringEquals", "p"),
    ],
)  # fmt: skip
def test_other_providers_have_claims_of_their_own(
    world: World, provider: str, key: str, claims: dict[str, Any], operator: str, value: str
) -> None:
    scoped = {"StringLike": {f"{provider}:sub": "s*"}}
    trusting(world, provider, {**scoped, operator: {f"{provider}:{key}": value}})

    assert come(world, provider, claims).principal
    assert not come(world, provider, {}).principal
    assert CataloguedFacts().key_type(f"{provider}:{key}")


def test_google_is_trusted_by_the_name_that_aws_has_for_it(world: World) -> None:
    """IAM user guide, *Creating a role for OIDC federation*: it is built in, so it needs no ARN.

    Its keys are those of a provider of the account: there is no network to fetch them from.
    """
    google = "accounts.google.com"
    trusting(world, google, {"StringEquals": {f"{google}:sub": "nobody"}})
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": google},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"NumericEquals": {f"{google}:google/organization_number": "42"}},
    }
    text = document(statement)
    world.do("UpdateAssumeRolePolicy", RoleName="Ci", PolicyDocument=text)
    assert come(world, google, {"google": {"organization_number": 42}}).principal
    assert not come(world, google, {"google": {"organization_number": 43}}).principal


@pytest.mark.parametrize(
    ("provider", "claim"),
    [
        (GITHUB, "repository_visibility"),
        (GITHUB, "runner_environment"),
        ("accounts.google.com", "hd"),
        ("oidc.circleci.com/org/0a-1b", "oidc.circleci.com/org-id"),
        ("idp.example.com", "actor"),
        (f"{GITHUB}.evil.example.com", "actor"),
    ],
)
def test_a_claim_that_aws_does_not_list_is_no_key(world: World, provider: str, claim: str) -> None:
    condition = {f"{provider}:sub": "s", f"{provider}:{claim}": "x"}
    trusting(world, provider, {"StringEquals": condition})
    assert not come(world, provider, {claim: "x"}).principal
    assert CataloguedFacts().key_type(f"{provider}:{claim}") == ""


def test_the_session_afterwards_has_the_subject_and_none_of_the_claims(world: World) -> None:
    trusting(world, GITHUB, {"StringEquals": {f"{GITHUB}:sub": SAID["sub"]}})
    principal = come(world, GITHUB, SAID).principal
    assert principal
    check = PermissionCheck("s3:ListAllMyBuckets", "*")
    keys = {key for key in request_context(principal.caller, check) if key.startswith(GITHUB)}
    assert keys == {f"{GITHUB}:aud", f"{GITHUB}:sub"}


def test_a_resource_control_policy_sees_the_claims(world: World) -> None:
    trusting(world, GITHUB, {"StringLike": {f"{GITHUB}:sub": "repo:octo-org/*"}})
    World(world.sandbox, world.add_account(MANAGER)).organize()
    world.sandbox.refresh_from_db()
    denied = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Resource": "*",
        "Condition": {"StringNotEquals": {f"{GITHUB}:enterprise_id": "4200000"}},
    }
    control(world, document(denied), type=ControlPolicy.Type.RCP)
    assert come(world, GITHUB, SAID).principal
    assert not come(world, GITHUB, {**SAID, "enterprise_id": "7"}).principal
