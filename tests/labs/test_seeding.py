"""Sandboxes made from scenarios, and started again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from console.labs.scenarios import DEMO, ScenarioError, handout, restart, seed_scenario
from console.labs.scenarios.keys import handed_out_devices
from console.labs.scenarios.removal import simulated_models
from console.services.ec2.metadata.credentials import profile_of
from console.services.ec2.models import Instance
from console.services.s3.models import Bucket, StoredObject
from iam.callers import CallerKind, Visit
from iam.models import (
    AccessKey,
    Account,
    Attachment,
    Event,
    InlinePolicy,
    InstanceProfile,
    LoginProfile,
    Role,
    User,
)
from iam.perform import AccessDenied, perform
from iam.perform.unrecorded_calls import root_caller

FIXED = """
schema: 1
sandbox: {name: Fixed, public: true, secure_transport: false}
world:
  accounts:
    you: {id: "111122223333", root_password: Root-Pass-1}
  users:
    - account: you
      name: ann
      console_password: Ann-Pass-12
      access_keys: [{id: AKIAABCDEFGHIJKLMNOP, secret: abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123}]
"""


def test_the_demo_holds_what_the_notes_begin_with(demo):
    main, production = demo.accounts
    assert (main.account_id, main.alias) == ("975050059573", "rolecall-dev")
    assert [user.name for user in main.users] == ["admin", "user1", "user2", "User3"]
    assert [user.name for user in main.users if user.start] == ["admin"]
    assert [user.name for user in production.users] == ["admin"]
    attached = Attachment.in_sandbox(demo.sandbox).filter(user__name="user1")
    assert attached.get().policy_arn == "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
    assert not Role.in_sandbox(demo.sandbox).filter(path="/").exists()
    assert not InlinePolicy.in_sandbox(demo.sandbox).exists()
    assert not Event.in_sandbox(demo.sandbox).exists()
    owners = Bucket.in_sandbox(demo.sandbox).values_list("account__account_id", flat=True)
    assert sorted(owners) == ["210987654321", "975050059573"]
    assert not demo.sandbox.public


def test_handed_out_passwords_are_the_ones_that_work(demo):
    for account in demo.accounts:
        row = Account.in_sandbox(demo.sandbox).get(account_id=account.account_id)
        assert check_password(account.root_password, row.root_password)
        assert row.root_password.startswith("pbkdf2_toy$")
        for user in account.users:
            profile = LoginProfile.in_sandbox(demo.sandbox).get(
                user__name=user.name, user__account=row
            )
            assert check_password(user.password, profile.password)


def test_two_sandboxes_have_other_passwords_and_both_work(demo, bob):
    other = seed_scenario(DEMO.read_text(encoding="utf-8"), bob)
    passwords = [u.password for s in (demo, other) for a in s.accounts for u in a.users]
    assert len(set(passwords)) == len(passwords)
    for seeded in (demo, other):
        account = Account.in_sandbox(seeded.sandbox).get(name="Development")
        caller = root_caller(account, seeded.sandbox.created_at)
        users = perform(caller, "iam:ListUsers")["Users"]
        assert {user["UserName"] for user in users} == {"admin", "user1", "user2", "User3"}
        assert {user["Arn"].split(":")[4] for user in users} == {account.account_id}
        named = perform(caller, "s3:ListBuckets")["Buckets"]
        assert [bucket["Name"] for bucket in named] == ["rolecall-dev-files"]


def test_starting_again_undoes_everything_but_the_clock(demo):
    sandbox = demo.sandbox
    before = handout(sandbox)
    sandbox.clock_offset = timedelta(hours=5)
    sandbox.save()
    account = Account.in_sandbox(sandbox).get(account_id="975050059573")
    caller = root_caller(account, sandbox.created_at)
    perform(caller, "iam:CreateUser", {"UserName": "eve"})
    perform(caller, "iam:DeleteLoginProfile", {"UserName": "admin"})
    perform(caller, "s3:CreateBucket", {"Bucket": "mine-and-only-mine"})
    assert [user.name for user in handout(sandbox)[0].users] == ["user1", "user2", "User3"]
    fresh = restart(sandbox)
    assert handout(fresh) == before
    assert not User.in_sandbox(fresh).filter(name="eve").exists()
    assert not Event.in_sandbox(fresh).exists()
    assert Bucket.in_sandbox(fresh).count() == 2
    assert StoredObject.in_sandbox(fresh).count() == 7
    assert fresh.generation == 2
    assert fresh.clock_offset == timedelta(hours=5)


def test_starting_again_leaves_other_sandboxes_alone(demo, bob):
    other = seed_scenario(DEMO.read_text(encoding="utf-8"), bob).sandbox
    rows = {model: list(model.in_sandbox(other)) for model in simulated_models()}
    restart(demo.sandbox)
    assert {model: list(model.in_sandbox(other)) for model in simulated_models()} == rows
    other.refresh_from_db()
    assert other.generation == 1


def test_starting_again_takes_few_queries(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(400):
        restart(demo.sandbox)


def test_fixed_secrets_count_only_where_the_file_is_trusted(alice):
    seeded = seed_scenario(FIXED, alice)
    (account,) = seeded.accounts
    assert account.root_password != "Root-Pass-1"
    assert account.users[0].password != "Ann-Pass-12"
    key = AccessKey.in_sandbox(seeded.sandbox).get()
    assert key.access_key_id != "AKIAABCDEFGHIJKLMNOP"
    assert not seeded.sandbox.public
    assert not seeded.sandbox.secure_transport
    assert "Ann-Pass-12" not in seeded.sandbox.scenario


def test_fixed_secrets_survive_starting_again_and_are_not_kept_in_clear(alice):
    seeded = seed_scenario(FIXED, alice, trusted=True)
    assert seeded.sandbox.public
    assert handout(restart(seeded.sandbox)) == seeded.accounts
    (account,) = seeded.accounts
    assert (account.root_password, account.users[0].password) == ("Root-Pass-1", "Ann-Pass-12")
    key = AccessKey.in_sandbox(seeded.sandbox).get()
    assert key.access_key_id == "AKIAABCDEFGHIJKLMNOP"
    for secret in ("Root-Pass-1", "Ann-Pass-12", "abcdefghijklm"):
        assert secret not in seeded.sandbox.scenario


def test_a_fixed_key_that_is_taken_becomes_another(alice, bob):
    seed_scenario(FIXED, alice, trusted=True)
    other = seed_scenario(FIXED, bob, trusted=True)
    key = AccessKey.in_sandbox(other.sandbox).get()
    assert key.access_key_id != "AKIAABCDEFGHIJKLMNOP"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            "users: [{account: you, name: ann, managed: ['arn:aws:iam::aws:policy/Nope']}]",
            "users ann: NoSuchEntity",
        ),
        ("users: [{account: you, name: 'a b'}]", "users a b: ValidationError"),
        ("users: [{account: you, name: ann}, {account: you, name: Ann}]", "EntityAlreadyExists"),
        ("users: [{account: you, name: ann, console_password: weak}]", "PasswordPolicyViolation"),
        ("roles: [{account: you, name: r, trust: '{'}]", "roles r: MalformedPolicyDocument"),
        ("buckets: [{account: you, name: No_Bucket}]", "InvalidBucketName"),
        ("groups: [{account: you, name: g, members: [nobody]}]", "groups g: NoSuchEntity"),
    ],
)
def test_what_aws_refuses_is_a_fault_of_the_file_and_leaves_nothing(part, message, alice):
    text = f"schema: 1\nworld:\n  accounts: {{you: {{}}}}\n  {part}\n"
    with pytest.raises(ScenarioError, match=message):
        seed_scenario(text, alice, trusted=True)
    assert not alice.sandboxes.exists()
    assert not Account.unbound.exists()


def test_the_handout_takes_two_queries(demo, django_assert_num_queries):
    with django_assert_num_queries(2):
        handout(demo.sandbox)


def test_a_device_of_a_scenario_keeps_its_seed_when_started_again(alice):
    text = (
        "schema: 1\nworld:\n  accounts: {you: {root_mfa: auto}}\n  users:\n"
        "    - {account: you, name: ann, mfa: {seed: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}}\n"
    )
    seeded = seed_scenario(text, alice)
    before = handed_out_devices(seeded.sandbox)
    ((root, ann),) = before.values()
    assert root.serial_number.endswith("mfa/root-account-mfa-device")
    assert ann.serial_number.endswith("mfa/ann")
    assert len(ann.seed) == 64  # a file that is not trusted fixes no secret
    assert handed_out_devices(restart(seeded.sandbox)) == before


ORGANIZED = """
schema: 1
world:
  accounts:
    boss: {management: true}
    you: {organizational_unit: Workloads/Prod}
  users:
    - account: you
      name: ann
      inline: {own: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*",
        Condition: {StringEquals: {"aws:PrincipalOrgID": "{organization}"}}}]}}
  control_policies:
    - {type: SCP, name: Guard, targets: ["account:you"], document: {Version: "2012-10-17",
       Statement: [{Effect: Deny, Action: "iam:ListRoles", Resource: "*"}]}}
"""


def test_an_organization_controls_its_members_also_when_started_again(bob):
    sandbox = seed_scenario(ORGANIZED, bob).sandbox
    for _ in range(2):
        you = Account.in_sandbox(sandbox).get(management=False)
        ann = replace(root_caller(you, sandbox.created_at), **_as_user(you, "ann"))
        assert perform(ann, "iam:ListUsers")
        with pytest.raises(AccessDenied, match="explicit deny in a service control policy"):
            perform(ann, "iam:ListRoles")
        sandbox = restart(sandbox)


def test_a_control_policy_that_aws_refuses_is_told_with_its_name(bob):
    with pytest.raises(ScenarioError, match="control_policies Guard: MalformedPolicyDocument"):
        seed_scenario(ORGANIZED.replace("Effect: Deny", "Effect: Dony"), bob)


def _as_user(account: Account, name: str) -> dict[str, Any]:
    """Return what makes a root caller a user of the same account."""
    user = User.in_sandbox(account.sandbox).get(account=account, name=name)
    return {
        "kind": CallerKind.USER,
        "arn": user.arn,
        "principal_id": user.unique_id,
        "name": name,
        "user_pk": user.pk,
        "visit": Visit(),
    }


RUNNING = """
schema: 1
world:
  accounts: {you: {}}
  roles:
    - account: you
      name: web
      trust: {Version: "2012-10-17", Statement: [{Effect: Allow,
        Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
  instance_profiles: [{account: you, name: web-profile, role: web}]
  instances: [{account: you, name: shop, profile: web-profile, tags: {team: shop}}]
  buckets: [{account: you, name: acme-files, objects: {"a.txt": plain,
    "b.txt": {text: sealed, tags: {class: secret}}}}]
"""


def test_instances_run_with_a_profile_and_objects_have_tags(bob):
    sandbox = seed_scenario(RUNNING, bob).sandbox
    instance = Instance.in_sandbox(sandbox).get()
    assert instance.tags == {"Name": "shop", "team": "shop"}
    assert InstanceProfile.in_sandbox(sandbox).get(role__name="web") == profile_of(instance)
    tags = StoredObject.in_sandbox(sandbox).values_list("key", "tags")
    assert dict(tags) == {"a.txt": {}, "b.txt": {"class": "secret"}}
