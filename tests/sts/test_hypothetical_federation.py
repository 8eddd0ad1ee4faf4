"""Sessions that identity providers and services would open are those that they really open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.services.ec2.analysis import suppose_instance_session
from console.services.ec2.metadata.credentials import instance_credentials
from console.services.ec2.models import Instance
from iam.callers import Visit
from iam.federation import (
    SubjectStatement,
    assertion_of,
    read_metadata,
    saml_response,
    verify_assertion,
)
from iam.models import Role
from sts.analysis import (
    SessionRequest,
    suppose_person_by_oidc,
    suppose_person_by_saml,
    suppose_role_session,
    suppose_saml_session,
    suppose_web_identity_session,
)
from sts.built_in import (
    Entry,
    add_offer,
    id_token,
    metadata_of,
    name_of,
    response_for,
    roles_for,
    save_person,
    signing_key,
)
from sts.built_in.models import Person
from sts.credentials import caller_of
from tests.endpoint.federating import trusting
from tests.federation.documents import CLIENT, ENTITY, ISSUER, Response, posted
from tests.federation.documents import id_token as foreign_token
from tests.iam.analysis_worlds import arn, seen
from tests.iam.providers import SAML
from tests.iam.rehearsing import furnished
from tests.sts.supposing import hold_equal, really
from tests.sts.test_built_in_provider import AUDIENCE, somebody
from tests.worlds import NOON, World, document

OURS = "https://aws.amazon.com/SAML/Attributes/"
NARROW = SessionRequest(
    session_name="alice",
    policy_arns=("arn:aws:iam::aws:policy/IAMReadOnlyAccess",),
    duration=900,
)


@pytest.fixture
def federated(world: World) -> World:
    furnished(world, 1)
    return world


SAID = {
    f"{OURS}Role": [f"{arn('role', 'r0')},{SAML}"],
    f"{OURS}RoleSessionName": ["alice"],
    f"{OURS}PrincipalTag:team": ["blue"],
    f"{OURS}TransitiveTagKeys": ["team"],
    f"{OURS}SourceIdentity": ["alice"],
    "urn:oid:2.5.4.3": ["Alice"],
}


def _untagged(said: dict[str, list[str]]) -> dict[str, list[str]]:
    left_out = ("PrincipalTag", "TransitiveTagKeys", "SourceIdentity")
    return {key: value for key, value in said.items() if not any(one in key for one in left_out)}


@pytest.mark.parametrize("attributes", [SAID, _untagged(SAID), {}])
@pytest.mark.parametrize("issuer", [ENTITY, "https://idp.example.com/other"])
def test_a_saml_session_is_what_the_signed_response_opens(
    federated: World, attributes: dict[str, list[str]], issuer: str
) -> None:
    said = SubjectStatement(issuer, "alice@example.com", NOON, attributes)
    role = arn("role", "r0")
    supposed = suppose_saml_session(seen(federated), role, SAML, said, NARROW)
    given = {"RoleArn": role, "PrincipalArn": SAML, **NARROW.limits()}
    response = Response(attributes, issuer=issuer)
    sent = {**given, "SAMLAssertion": posted(response)}
    hold_equal(supposed, really(somebody(federated), "sts:AssumeRoleWithSAML", sent))


CLAIMS: list[dict[str, Any]] = [
    {"sub": "alice", "aud": CLIENT, "amr": ["authenticated"]},
    {"sub": "alice", "aud": [CLIENT, "x"], "azp": CLIENT},
    {"sub": "alice", "aud": "other"},
    {"sub": "alice", "aud": CLIENT, "https://aws.amazon.com/source_identity": "alice"},
    {"sub": "", "aud": CLIENT},
    {"sub": "alice", "aud": CLIENT, "exp": 1},
]


@pytest.mark.parametrize("claims", CLAIMS)
def test_a_web_identity_session_is_what_the_signed_token_opens(
    federated: World, claims: dict[str, Any]
) -> None:
    role = arn("role", "r0")
    said = {"iss": ISSUER, **claims}
    supposed = suppose_web_identity_session(seen(federated), role, said, NARROW)
    given = {"RoleArn": role, "RoleSessionName": "alice", **NARROW.limits()}
    sent = {**given, "WebIdentityToken": foreign_token(**claims)}
    hold_equal(supposed, really(somebody(federated), "sts:AssumeRoleWithWebIdentity", sent))


def test_a_token_of_no_known_issuer_opens_nothing(federated: World) -> None:
    role, claims = arn("role", "r0"), {"iss": "https://no.example.com", "sub": "a", "aud": "b"}
    supposed = suppose_web_identity_session(seen(federated), role, claims)
    assert supposed.error
    assert supposed.error.code == "InvalidIdentityToken"


@pytest.fixture
def alice(world: World) -> Person:
    """A person of the sandbox's own provider, whom it offers a role; another role has no offer."""
    sandbox, name = world.sandbox, name_of(world.sandbox)
    entry = Entry("alice", "a@example.com", groups=["Dev"], tags={"team": "blue"}, password="x1")
    person = save_person(sandbox, entry)
    metadata = metadata_of(sandbox, NOON, "https://example.com/idp")
    world.do("CreateSAMLProvider", Name="own", SAMLMetadataDocument=metadata)
    world.do("CreateOpenIDConnectProvider", Url=name.issuer, ClientIDList=[AUDIENCE])
    saml, oidc = arn("saml-provider", "own"), arn("oidc-provider", name.host)
    for role, provider, action in (
        ("Saml", saml, "AssumeRoleWithSAML"),
        ("Other", saml, "AssumeRoleWithSAML"),
        ("Web", oidc, "AssumeRoleWithWebIdentity"),
    ):
        text = trusting(provider, action, {}, "sts:TagSession")
        world.do("CreateRole", RoleName=role, AssumeRolePolicyDocument=text)
    add_offer(sandbox, "Dev", arn("role", "Saml"), saml)
    return person


@pytest.mark.parametrize("role", ["Saml", "Other"])
def test_a_person_gets_by_saml_what_the_own_provider_signs(
    world: World, alice: Person, role: str
) -> None:
    supposed = suppose_person_by_saml(seen(world), "alice", arn("role", role))
    sent = {
        "RoleArn": arn("role", role),
        "PrincipalArn": arn("saml-provider", "own"),
        "SAMLAssertion": response_for(alice, roles_for(alice), NOON),
    }
    hold_equal(supposed, really(somebody(world), "sts:AssumeRoleWithSAML", sent))
    assert (supposed.principal is None) == (role == "Other")


def test_a_person_gets_by_oidc_what_the_own_provider_signs(world: World, alice: Person) -> None:
    supposed = suppose_person_by_oidc(seen(world), "alice", arn("role", "Web"))
    given = {"RoleArn": arn("role", "Web"), "RoleSessionName": SessionRequest().session_name}
    sent = {**given, "WebIdentityToken": id_token(alice, AUDIENCE, timedelta(hours=1), NOON)}
    hold_equal(supposed, really(somebody(world), "sts:AssumeRoleWithWebIdentity", sent))
    assert supposed.principal
    assert supposed.principal.caller.session_tags == {"team": "blue"}


def test_further_claims_replace_those_of_the_provider(world: World, alice: Person) -> None:
    role = arn("role", "Web")
    supposed = suppose_person_by_oidc(seen(world), "alice", role, {"aud": "others"})
    assert supposed.error
    assert supposed.error.message == "Incorrect token audience"


def test_a_person_that_there_is_not_is_an_error_of_who_asks(world: World) -> None:
    with pytest.raises(LookupError, match="no person bob"):
        suppose_person_by_saml(seen(world), "bob", arn("role", "R"))


def test_what_is_read_in_a_response_is_what_it_was_made_of(world: World) -> None:
    said = SubjectStatement(name_of(world.sandbox).entity_id, "alice", NOON, SAID)
    metadata = read_metadata(metadata_of(world.sandbox, NOON, "https://example.com/idp"))
    signed = saml_response(said, signing_key(world.sandbox, NOON))
    read = verify_assertion(signed, metadata, NOON)
    assert read.id
    assert assertion_of(said) == replace(read, id="")  # only what is written has an ID


def _service_role(world: World, service: str, condition: dict[str, Any]) -> str:
    trusted = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    text = document({**trusted, **({"Condition": condition} if condition else {})})
    made = world.do("CreateRole", RoleName="Served", AssumeRolePolicyDocument=text)
    return str(made["Role"]["Arn"])


@pytest.mark.parametrize("account_id", ["", "975050059573"])
def test_a_service_is_let_in_by_name(world: World, account_id: str) -> None:
    role, whole = _service_role(world, "lambda.amazonaws.com", {}), seen(world)
    long = SessionRequest(duration=43200)
    for name, allowed in (("lambda.amazonaws.com", True), ("ec2.amazonaws.com", False)):
        service = whole.service(name, account_id)
        assert (suppose_role_session(whole, service, role, long).error is None) == allowed


def test_a_service_sends_whom_it_acts_for(world: World) -> None:
    function = f"arn:aws:lambda:us-east-1:{world.account_id}:function:f"
    condition = {
        "StringEquals": {"aws:SourceAccount": world.account_id},
        "ArnLike": {"aws:SourceArn": function},
    }
    role, whole = _service_role(world, "lambda.amazonaws.com", condition), seen(world)
    sent = [(world.account_id, function), (world.account_id, ""), ("111122223333", function)]
    opened = [
        suppose_role_session(whole, whole.service("lambda.amazonaws.com", *one), role).principal
        for one in sent
    ]
    assert [one is not None for one in opened] == [True, False, False]
    assert opened[0]
    assert opened[0].caller.origin == whole.origin


def test_an_instances_session_is_the_one_that_ec2_gives_it(world: World) -> None:
    stage = furnished(world, 1)
    instance = Instance.in_sandbox(world.sandbox).get(instance_id=stage.found["instance"])
    role = Role.in_sandbox(world.sandbox).select_related("account").get(name="r0")
    supposed = suppose_instance_session(seen(world), instance.instance_id)
    given = instance_credentials(instance, role, NOON)
    assert given.token
    real = caller_of(given.token, world.origin, Visit())
    hold_equal(supposed, real)


def test_an_instance_without_a_role_has_no_session(world: World) -> None:
    stage = furnished(world, 1)
    with pytest.raises(LookupError, match="that runs with a role"):
        suppose_instance_session(seen(world), stage.found["bare"])
