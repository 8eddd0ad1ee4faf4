"""A sandbox's own identity provider: what it signs, STS verifies like any other's."""

import json
from datetime import timedelta
from typing import Any

import pytest

from console.labs.scenarios import people_handout, restart, seed_scenario
from console.labs.scenarios.errors import ScenarioError
from iam.callers import Origin, Visit
from iam.federation import read_metadata
from iam.perform import perform
from iam.wire.errors import AwsError
from sts.built_in import (
    Entry,
    PersonError,
    add_offer,
    id_token,
    key_set_of,
    keys,
    metadata_of,
    name_of,
    offers_of,
    people,
    person_by_password,
    person_of,
    response_for,
    roles_for,
    save_person,
    signing_key,
)
from sts.credentials import unknown_caller
from tests.endpoint.federating import real_now, trusting
from tests.worlds import NOON, World, make_world

AUDIENCE = "sts.amazonaws.com"


@pytest.fixture
def alice(world: World):
    entry = Entry("alice", "alice@corp.example.com", groups=["Developers"], password="Secret-1")
    return save_person(world.sandbox, entry)


def somebody(world: World):
    return unknown_caller(world.account_id, world.origin, Visit())


def with_oidc(world: World) -> str:
    """Trust the sandbox's issuer, without giving keys; return the role's ARN."""
    name = name_of(world.sandbox)
    world.do("CreateOpenIDConnectProvider", Url=name.issuer, ClientIDList=[AUDIENCE])
    arn = f"arn:aws:iam::{world.account_id}:oidc-provider/{name.host}"
    condition = {"StringEquals": {f"{name.host}:sub": "alice"}}
    policy = trusting(arn, "AssumeRoleWithWebIdentity", condition, "sts:TagSession")
    made = world.do("CreateRole", RoleName="Web", AssumeRolePolicyDocument=policy)
    return str(made["Role"]["Arn"])


def by_token(world: World, role: str, token: str):
    request = {"RoleArn": role, "RoleSessionName": "alice", "WebIdentityToken": token}
    return perform(somebody(world), "sts:AssumeRoleWithWebIdentity", request)


def test_its_token_opens_a_role_without_keys_being_given(world, alice):
    role = with_oidc(world)
    token = id_token(alice, AUDIENCE, timedelta(hours=1), NOON)
    assert by_token(world, role, token)["SubjectFromWebIdentityToken"] == "alice"


def test_a_token_of_another_sandboxs_provider_proves_nothing_here(world, alice):
    role = with_oidc(world)
    other = make_world("bob", "210987654321")
    entry = Entry("alice", "alice@evil.example.com", password="Secret-1")
    token = id_token(save_person(other.sandbox, entry), AUDIENCE, timedelta(hours=1), NOON)
    with pytest.raises(AwsError, match="No OpenIDConnect provider found"):
        by_token(world, role, token)
    assert key_set_of(world.sandbox, name_of(other.sandbox).host, NOON) == {}


def test_its_assertion_opens_the_roles_that_it_offers(world, alice):
    metadata = metadata_of(world.sandbox, NOON, "https://example.com/idp")
    world.do("CreateSAMLProvider", Name="own", SAMLMetadataDocument=metadata)
    provider = f"arn:aws:iam::{world.account_id}:saml-provider/own"
    policy = trusting(provider, "AssumeRoleWithSAML", {})
    made = world.do("CreateRole", RoleName="Saml", AssumeRolePolicyDocument=policy)
    role = made["Role"]["Arn"]
    add_offer(world.sandbox, "Developers", role, provider)
    add_offer(world.sandbox, "Auditors", role + "Too", provider)
    offers = roles_for(alice)
    assert [one.role_arn for one in offers] == [role]
    request = {
        "RoleArn": role,
        "PrincipalArn": provider,
        "SAMLAssertion": response_for(alice, offers, NOON),
    }
    result = perform(somebody(world), "sts:AssumeRoleWithSAML", request)
    assert result["Subject"] == "alice@corp.example.com"
    assert result["AssumedRoleUser"]["Arn"].endswith("assumed-role/Saml/alice")


def test_attributes_become_session_tags(world, alice):
    role = with_oidc(world)
    entry = Entry("alice", "a@example.com", tags={"team": "blue"})
    tagged = save_person(world.sandbox, entry)
    token = id_token(tagged, AUDIENCE, timedelta(hours=1), NOON)
    assert by_token(world, role, token)["Credentials"]
    trust = world.do("GetRole", RoleName="Web")["Role"]["AssumeRolePolicyDocument"]
    untagging = trust.replace(', "sts:TagSession"', "")
    world.do("UpdateAssumeRolePolicy", RoleName="Web", PolicyDocument=untagging)
    with pytest.raises(AwsError, match="sts:TagSession"):
        by_token(world, role, token)


def test_tokens_end_by_the_sandboxs_clock(world, alice):
    """IAM user guide, *OIDC federation*: five minutes after `exp` a token is still accepted."""
    role = with_oidc(world)
    token = id_token(alice, AUDIENCE, timedelta(minutes=5), NOON)
    for minutes, accepted in ((5, True), (9, True), (10, False)):
        world.sandbox.clock_offset = timedelta(minutes=minutes)
        world.sandbox.save()
        if accepted:
            assert by_token(world, role, token)["Credentials"]
            continue
        with pytest.raises(AwsError, match="Token expired") as refused:
            by_token(world, role, token)
        assert refused.value.code == "ExpiredTokenException"


def test_the_metadata_names_the_sandboxs_own_entity_and_its_key(world):
    found = read_metadata(metadata_of(world.sandbox, NOON, "https://example.com/idp"))
    assert found.entity_id == name_of(world.sandbox).entity_id
    assert found.certificates == (signing_key(world.sandbox, NOON).certificate,)


def test_the_key_is_made_once(world):
    first, second = (signing_key(world.sandbox, NOON).key_set() for _ in range(2))
    assert first == second


def test_two_that_make_the_key_at_once_get_the_same(world, monkeypatch):
    new = keys.new_key
    theirs: list[Any] = []

    def overtaken(name, at):
        mine = new(name, at)
        if not theirs:
            theirs.append(mine)
            theirs.append(signing_key(world.sandbox, at).key_set())
        return mine

    monkeypatch.setattr(keys, "new_key", overtaken)
    assert signing_key(world.sandbox, NOON).key_set() == theirs[1]


def test_two_who_add_the_same_person_at_once_get_an_error(world, alice, monkeypatch):
    monkeypatch.setattr(people, "person_of", lambda *_: None)
    with pytest.raises(PersonError, match="called alice already"):
        save_person(world.sandbox, Entry("alice", "a@example.com", password="x"))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("a", "a@example.com", password="x"), "name"),
        (Entry("a b", "a@example.com", password="x"), "name"),
        (Entry("alice", "nobody", password="x"), "email"),
        (Entry("alice", "a@example.com"), "password"),
        (Entry("alice", "a@example.com", groups=["a,b"], password="x"), "groups"),
        (Entry("alice", "a@example.com", tags={"": "x"}, password="x"), "tags"),
        (Entry("alice", "a@example.com", tags={"aws:x": "x"}, password="x"), "tags"),
        (Entry("alice", "a@example.com", tags={"te\x01am": "x"}, password="x"), "tags"),
        (Entry("alice", "a@example.com", tags={"team": "bl\x0bue"}, password="x"), "tags"),
        (Entry("alice", "a@example.com", tags={"team": "\ufffe"}, password="x"), "tags"),
        (Entry("alice", '"\x01"@example.com', password="x"), "email"),
    ],
)
def test_an_invalid_person_is_refused_at_its_field(world, entry, field):
    with pytest.raises(PersonError) as wrong:
        save_person(world.sandbox, entry)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("role", "provider", "seconds", "field"),
    [
        ("Developers", "arn:aws:iam::123456789012:saml-provider/p", 3600, "role_arn"),
        ("arn:aws:iam::123456789012:role/R", "p", 3600, "provider_arn"),
        (
            "arn:aws:iam::123456789012:role/R",
            "arn:aws:iam::210987654321:saml-provider/p",
            3600,
            "provider_arn",
        ),
        (
            "arn:aws:iam::123456789012:role/R",
            "arn:aws:iam::123456789012:saml-provider/p",
            60,
            "seconds",
        ),
    ],
)
def test_an_invalid_offer_is_refused_at_its_field(world, role, provider, seconds, field):
    with pytest.raises(PersonError) as wrong:
        add_offer(world.sandbox, "Developers", role, provider, seconds)
    assert wrong.value.field == field
    assert offers_of(world.sandbox) == []


def test_an_offer_made_twice_is_changed(world):
    arns = ("arn:aws:iam::123456789012:role/R", "arn:aws:iam::123456789012:saml-provider/p")
    for seconds in (3600, 7200):
        add_offer(world.sandbox, "Developers", *arns, seconds)
    assert [one.seconds for one in offers_of(world.sandbox)] == [7200]


SCENARIO = """
schema: 1
world:
  accounts:
    you: {}
  roles:
    - account: you
      name: Dev
      trust: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sts:AssumeRoleWithSAML",
        Principal: {Federated: "arn:aws:iam::{you}:saml-provider/own"}}]}
    - account: you
      name: Web
      trust: {Version: "2012-10-17", Statement: [{Effect: Allow,
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: {Federated: "arn:aws:iam::{you}:oidc-provider/{issuer}"},
        Condition: {StringEquals: {"{issuer}:sub": bob}}}]}
  saml_providers:
    - {account: you, name: own}
  oidc_providers:
    - {account: you}
  identity_provider:
    people:
      - {name: alice, email: alice@example.com, groups: [Developers], tags: {team: blue}}
      - {name: bob, email: bob@example.com, password: Fixed-Password-1}
    roles:
      - {group: Developers, role: "arn:aws:iam::{you}:role/Dev",
         provider: "arn:aws:iam::{you}:saml-provider/own"}
"""


@pytest.mark.parametrize("trusted", [True, False])
def test_a_scenario_fills_it_with_people_who_can_sign_in(world, trusted):
    sandbox = seed_scenario(SCENARIO, world.sandbox.owner, trusted=trusted).sandbox
    handed = {one.name: one.password for one in people_handout(sandbox)}
    for name, password in handed.items():
        assert person_by_password(sandbox, name, password)
    assert (handed["bob"] == "Fixed-Password-1") is trusted
    alice, bob = (person_of(sandbox, name) for name in ("alice", "bob"))
    assert alice
    assert bob
    assert [one.role_arn.rpartition("/")[2] for one in roles_for(alice)] == ["Dev"]
    assert roles_for(bob) == []


def test_a_scenarios_role_trusts_the_issuer_of_its_own_sandbox(world):
    seeded = seed_scenario(SCENARIO, world.sandbox.owner)
    account = seeded.accounts[0].account_id
    bob = person_of(seeded.sandbox, "bob")
    assert bob
    now = real_now()
    token = id_token(bob, AUDIENCE, timedelta(hours=1), now)
    nobody = unknown_caller(account, Origin(received_at=now), Visit())
    assert nobody
    request = {
        "RoleArn": f"arn:aws:iam::{account}:role/Web",
        "RoleSessionName": "bob",
        "WebIdentityToken": token,
    }
    assert perform(nobody, "sts:AssumeRoleWithWebIdentity", request)["Credentials"]


def test_starting_again_keeps_names_and_passwords_and_makes_another_key(world):
    sandbox = seed_scenario(SCENARIO, world.sandbox.owner).sandbox
    before = (name_of(sandbox), people_handout(sandbox), signing_key(sandbox, NOON).key_set())
    fresh = restart(sandbox)
    assert (name_of(fresh), people_handout(fresh)) == before[:2]
    assert signing_key(fresh, NOON).key_set() != before[2]


def test_a_fault_of_the_scenario_is_told(world):
    wrong = SCENARIO.replace("arn:aws:iam::{you}:role/Dev", "Dev")
    with pytest.raises(ScenarioError, match="role_arn"):
        seed_scenario(wrong, world.sandbox.owner)


def test_the_published_keys_are_public_keys(world):
    told = json.dumps(signing_key(world.sandbox, NOON).key_set())
    assert '"d"' not in told
