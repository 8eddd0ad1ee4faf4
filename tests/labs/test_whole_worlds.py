"""A scenario can describe whatever a world can hold."""

import base64
import json
from datetime import UTC, datetime

import pytest

from console.labs.scenarios import ScenarioError, read_scenario, restart, seed_scenario
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.services.cloudtrail.models import Trail
from console.services.ec2.models import Instance
from console.services.s3.models import Bucket, StoredObject
from iam.arns import aws_policy_arn, bucket_arn
from iam.factories.policies import ALLOW_ALL
from iam.models import (
    AccessKey,
    Account,
    Attachment,
    LoginProfile,
    MfaDevice,
    PasswordPolicy,
    PolicyVersion,
    Role,
    Sandbox,
    User,
)
from iam.models.organizations import root_id, unit_id
from iam.perform import perform
from iam.perform.unrecorded_calls import root_caller


def trust(principal: str) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"AWS": principal},
                "Action": "sts:AssumeRole",
            },
        }
    )


@pytest.fixture
def seeded(alice):
    """Return a function that seeds a world of the account `main`, given as YAML."""

    def seed(world: str, account: str = "{}") -> Sandbox:
        text = f"schema: 1\nworld:\n  accounts: {{main: {account}}}\n{world}"
        return seed_scenario(text, alice).sandbox

    return seed


def test_keys_have_a_status_also_when_started_again_and_root_has_some(seeded):
    sandbox = seeded(
        "  users: [{account: main, name: ann, access_keys: [auto, {status: Inactive}]}]",
        "{root_access_keys: [{status: Inactive}]}",
    )
    for _ in range(2):
        keys = AccessKey.in_sandbox(sandbox).order_by("pk")
        assert sorted(keys.values_list("user__name", "active"), key=str) == [
            ("ann", False),
            ("ann", True),
            (None, False),
        ]
        ((*_, last),) = handed_out_keys(sandbox).values()
        assert {one.user_name for one in handed_out_keys(sandbox).popitem()[1]} == {"ann", "root"}
        assert last.secret_access_key
        sandbox = restart(sandbox)


def test_somebody_has_several_devices_and_one_lies_in_a_drawer(seeded):
    sandbox = seeded(
        "  users: [{account: main, name: ann,"
        " mfa: [auto, {name: second, path: /t/, tags: {a: b}}]}]"
        "\n  mfa_devices: [{account: main, name: spare, tags: {c: d}}]",
        "{root_mfa: [auto, auto]}",
    )
    devices = MfaDevice.in_sandbox(sandbox).values_list("user__name", "path", "name", "tags")
    assert sorted(devices, key=str) == [
        ("ann", "/", "ann", {}),
        ("ann", "/t/", "second", {"a": "b"}),
        (None, "/", "root-account-mfa-device", {}),
        (None, "/", "root-account-mfa-device-2", {}),
        (None, "/", "spare", {"c": "d"}),
    ]
    before = handed_out_devices(sandbox)
    seeds = [one.seed for devices in before.values() for one in devices]
    assert len(set(seeds)) == len(seeds) == 4
    assert handed_out_devices(restart(sandbox)) == before


def test_an_account_has_its_own_settings(seeded):
    sandbox = seeded(
        "  users: [{account: main, name: ann, console_password: auto, password_reset: true}]",
        "{management: true, root_password: null, organization_features: [RootSessions],"
        " password_policy: {minimum_length: 40, max_age: 30, hard_expiry: true},"
        " sts: {global_endpoint_tokens: v2, inactive_regions: [eu-west-3]}}",
    )
    account = Account.in_sandbox(sandbox).get()
    assert account.root_password == ""
    assert account.organization_features == ["RootSessions"]
    assert (account.global_token_version, account.inactive_sts_regions) == (2, ["eu-west-3"])
    policy = PasswordPolicy.in_sandbox(sandbox).get()
    assert (policy.minimum_length, policy.max_age, policy.hard_expiry) == (40, 30, True)
    assert LoginProfile.in_sandbox(sandbox).get().password_reset_required


def test_versions_have_the_numbers_that_are_left(seeded):
    empty = '{Version: "2012-10-17", Statement: []}'
    some = '{Version: "2012-10-17", Statement: {Effect: Allow, Action: "*", Resource: "*"}}'
    sandbox = seeded(
        f"  policies: [{{account: main, name: P, versions: [{{document: {some}, number: 2}}, "
        f"{{document: {some}}}, {{document: {some}, number: 7, default: true}}]}}]"
    )
    versions = PolicyVersion.in_sandbox(sandbox).order_by("number")
    assert list(versions.values_list("number", "is_default")) == [(2, False), (3, False), (7, True)]
    account = Account.in_sandbox(sandbox).get()
    policy = versions[0].policy
    params = {"PolicyArn": policy.arn, "PolicyDocument": ALLOW_ALL}
    made = perform(root_caller(account, sandbox.created_at), "iam:CreatePolicyVersion", params)
    assert made["PolicyVersion"]["VersionId"] == "v8"
    with pytest.raises(ScenarioError, match=r"line 1, column .*Version 1 comes after version 2"):
        read_scenario(
            "{schema: 1, world: {accounts: {main: {}}, policies: [{account: main, name: P, "
            f"versions: [{{document: {empty}, number: 2}}, {{document: {empty}, number: 1}}]}}]}}}}"
        )


def test_roles_may_trust_each_other_and_themselves(seeded):
    roles = [
        {"account": "main", "name": name, "trust": trust(f"arn:aws:iam::{{main}}:role/{other}")}
        for name, other in (("A", "B"), ("B", "A"), ("C", "C"))
    ]
    sandbox = seeded(f"  roles: {json.dumps(roles)}")
    ids = dict(Role.in_sandbox(sandbox).values_list("name", "unique_id"))
    for role in Role.in_sandbox(sandbox).filter(path="/"):
        (bound,) = role.trust_bound.values()
        assert bound == ids[{"A": "B", "B": "A", "C": "C"}[role.name]]


def test_a_policy_can_name_somebody_who_was_deleted_and_came_back(seeded):
    ann, bob = (f"arn:aws:iam::{{main}}:user/{name}" for name in ("ann", "bob"))
    policy = json.loads(trust(bob))
    policy["Statement"] |= {"Action": "s3:GetObject", "Resource": f"{bucket_arn('files')}/*"}
    world = {
        "users": [{"account": "main", "name": "ann"}],
        "roles": [
            {"account": "main", "name": "R", "trust": trust(ann), "deleted_principals": [ann]}
        ],
        "buckets": [
            {"account": "main", "name": "files", "policy": policy, "deleted_principals": [bob]}
        ],
    }
    sandbox = seeded("".join(f"  {key}: {json.dumps(rows)}\n" for key, rows in world.items()))
    role, user = Role.in_sandbox(sandbox).get(path="/"), User.in_sandbox(sandbox).get()
    ((arn, bound),) = role.trust_bound.items()
    assert arn == user.arn
    assert arn in role.trust.text
    assert bound != user.unique_id
    bucket = Bucket.in_sandbox(sandbox).select_related("policy").get()
    assert list(bucket.policy_bound) == [arn.replace("ann", "bob")]
    assert next(iter(bucket.policy_bound)) in bucket.policy.text


def test_texts_can_name_unique_ids_and_units(alice):
    text = """
schema: 1
world:
  accounts: {boss: {management: true}, you: {organizational_unit: Work/Prod}}
  users: [{account: you, name: ann, tags: {me: "{user_id:you/ann}", boss: "{role_id:boss/R}"}}]
  roles: [{account: boss, name: R, trust: {Version: "2012-10-17", Statement: {Effect: Allow,
    Principal: {AWS: "{you}"}, Action: "sts:AssumeRole", Condition: {StringLike: {
    "aws:userid": "{user_id:you/ann}:*",
    "aws:PrincipalOrgPaths": "{organization}/{organization_root}/{ou:Work}/{ou:Work/Prod}/"}}}}}]
"""
    sandbox = seed_scenario(text, alice).sandbox
    for _ in range(2):
        ann, role = User.in_sandbox(sandbox).get(), Role.in_sandbox(sandbox).get(path="/")
        assert ann.tags == {"me": ann.unique_id, "boss": role.unique_id}
        statement = json.loads(role.trust.text)["Statement"]
        own = sandbox.organization_id
        path = [own, root_id(own), unit_id(own, "Work"), unit_id(own, "Work/Prod"), ""]
        assert statement["Condition"]["StringLike"] == {
            "aws:userid": f"{ann.unique_id}:*",
            "aws:PrincipalOrgPaths": "/".join(path),
        }
        sandbox = restart(sandbox)


SERVICES = """
  service_linked_roles: [{account: main, service: autoscaling.amazonaws.com, suffix: two}]
  instances: [{account: main, region: eu-west-1, metadata: {HttpTokens: optional}}]
  buckets:
    - account: main
      name: logs-of-all
      region: eu-west-1
      tags: {team: a}
      public_access_block: {BlockPublicPolicy: true}
      objects:
        a.bin: {base64: "AAEC/w==", content_type: image/png, metadata: {a: b}}
        b.txt: {text: "", headers: {CacheControl: no-store}}
      policy: {Version: "2012-10-17", Statement: [
        {Effect: Allow, Principal: "*", Action: "s3:GetObject",
         Resource: "arn:aws:s3:::logs-of-all/a"},
        {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Action: "s3:*",
         Resource: ["arn:aws:s3:::logs-of-all", "arn:aws:s3:::logs-of-all/*"]}]}
  trails:
    - {account: main, name: all, bucket: logs-of-all, prefix: p, multi_region: true, tags: {x: y},
       selectors: [{ReadWriteType: WriteOnly, IncludeManagementEvents: true}]}
    - {account: main, name: quiet, region: eu-west-1, bucket: logs-of-all, logging: false}
"""


OF_A_NEW_ACCOUNT = {
    "AWSServiceRoleForSupport": (
        "support.amazonaws.com",
        "AWSSupportServiceRolePolicy",
        "Enables resource access for AWS to provide billing, administrative and support services",
    ),
    "AWSServiceRoleForTrustedAdvisor": (
        "trustedadvisor.amazonaws.com",
        "AWSTrustedAdvisorServiceRolePolicy",
        "Access for the AWS Trusted Advisor Service to help reduce cost, increase performance, "
        "and improve security of your AWS environment.",
    ),
}
"""Sources: AWS Support user guide, *Using service-linked roles*, and accounts listed in public."""


def test_a_new_account_has_the_roles_that_aws_makes_in_it(seeded):
    """Also when started again; a description of the file takes the place of AWS's."""
    own = "  service_linked_roles: [{account: main, service: support.amazonaws.com, "
    for text, changed in (("", {}), (f"{own}description: ours}}]", {"Support": "ours"})):
        sandbox = seeded(text)
        for _ in range(2):
            account = Account.in_sandbox(sandbox).get()
            roles = perform(root_caller(account, datetime.now(UTC)), "iam:ListRoles")["Roles"]
            assert [role["RoleName"] for role in roles] == list(OF_A_NEW_ACCOUNT)
            for role in roles:
                service, policy, description = OF_A_NEW_ACCOUNT[role["RoleName"]]
                short = role["RoleName"].removeprefix("AWSServiceRoleFor")
                assert role["Path"] == f"/aws-service-role/{service}/"
                assert role["Description"] == changed.get(short, description)
                assert role["CreateDate"] == account.created_at
                (statement,) = json.loads(role["AssumeRolePolicyDocument"])["Statement"]
                assert statement["Principal"] == {"Service": [service]}
                attached = Attachment.in_sandbox(sandbox).get(role__name=role["RoleName"])
                assert attached.policy_arn == aws_policy_arn(policy, "/aws-service-role/")
            sandbox = restart(sandbox)


def test_buckets_objects_instances_and_trails_have_their_settings(seeded):
    sandbox = seeded(SERVICES)
    names = set(Role.in_sandbox(sandbox).values_list("name", flat=True))
    assert names == {*OF_A_NEW_ACCOUNT, "AWSServiceRoleForAutoScaling_two"}
    instance = Instance.in_sandbox(sandbox).get()
    assert (instance.region, instance.metadata["HttpTokens"]) == ("eu-west-1", "optional")
    bucket = Bucket.in_sandbox(sandbox).get()
    assert (bucket.region, bucket.tags) == ("eu-west-1", {"team": "a"})
    assert [name for name, on in bucket.public_access_block.items() if on] == ["BlockPublicPolicy"]
    binary, empty = StoredObject.in_sandbox(sandbox).order_by("key")
    assert bytes(binary.body) == base64.b64decode("AAEC/w==")
    assert (binary.content_type, binary.metadata) == ("image/png", {"a": "b"})
    assert (bytes(empty.body), empty.headers) == (b"", {"CacheControl": "no-store"})
    trail, quiet = Trail.in_sandbox(sandbox).order_by("name")
    assert (trail.prefix, trail.multi_region, trail.tags) == ("p", True, {"x": "y"})
    assert trail.selectors[0]["ReadWriteType"] == "WriteOnly"
    assert (trail.logging, quiet.logging, quiet.home_region) == (True, False, "eu-west-1")
    sandbox.refresh_from_db()
    assert sandbox.logs_due_at


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("trails: [{account: main, name: all, bucket: nowhere}]", "trails all: S3BucketDoesNot"),
        ("service_linked_roles: [{account: main, service: x.com}]", "service_linked_roles x.com"),
        ("instances: [{account: main, image: ami-00000000}]", "instances : InvalidAMIID"),
    ],
)
def test_what_aws_refuses_of_a_service_names_the_part(seeded, part, message):
    with pytest.raises(ScenarioError, match=message):
        seeded(f"  {part}")


def test_a_setting_of_an_organization_needs_one(seeded):
    with pytest.raises(ScenarioError, match="accounts main: OrganizationNotFoundException"):
        seeded("", "{organization_features: [RootSessions]}")
