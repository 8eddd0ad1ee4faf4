"""The course notes from the command line: the AWS CLI's own code against the site as served."""

import json
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from iam.models import Sandbox
from iam.perform import perform
from tests.endpoint.clients import Clients, Keys, keys_of
from tests.endpoint.command_line import aws_in_process
from tests.endpoint.federating import ROLE, SAML, make_federated, response, token
from tests.federation.documents import posted
from tests.worlds import ACCOUNT_ID, World, allow, document, trust

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
OTHER = "210987654321"
ROOT = f"arn:aws:iam::{ACCOUNT_ID}:root"
USERS = [f"arn:aws:iam::{ACCOUNT_ID}:user/{name}" for name in ("user1", "user2")]
DENY_USER3 = {
    "Sid": "two",
    "Effect": "Deny",
    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/User3"},
    "Action": "sts:AssumeRole",
    "Condition": {},
}


class Student:
    """Somebody at a shell."""

    def __init__(self, endpoint: str, keys: Keys | None) -> None:
        self.endpoint, self.keys = endpoint, keys

    def run(self, line: str, *more: str, **environment: str) -> Any:
        """Run a line that has to succeed; returns what it prints."""
        done = aws_in_process(self.endpoint, self.keys, *line.split(), *more, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip().startswith("{") else done.stdout

    def refused(self, line: str, *more: str) -> str:
        """Run a line that has to be refused; returns what the CLI says."""
        done = aws_in_process(self.endpoint, self.keys, *line.split(), *more)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def assume(self, name: str, account: str = ACCOUNT_ID) -> "Student":
        """Assume a role, as somebody else at the same shell."""
        role = f"arn:aws:iam::{account}:role/{name}"
        given = self.run(f"sts assume-role --role-arn {role} --role-session-name lesson")
        return Student(self.endpoint, keys_of(given["Credentials"]))


@pytest.fixture
def course(lesson: tuple[World, Clients, Keys]) -> tuple[World, Student, dict[str, Student]]:
    """The notes' world: an administrator, the three users, and a bucket."""
    world, clients, keys = lesson
    users = {}
    for name in ("user1", "user2", "User3"):
        world.add_user(name)
        key = world.do("CreateAccessKey", UserName=name)["AccessKey"]
        users[name] = Student(clients.endpoint, keys_of(key))
    perform(world.root(), "s3:CreateBucket", {"Bucket": "rolecall-dev-files"})
    return world, Student(clients.endpoint, keys), users


def make_role(admin: Student, policy: str, name: str = "S3Role") -> None:
    admin.run(f"iam create-role --role-name {name} --assume-role-policy-document", policy)
    admin.run(f"iam attach-role-policy --role-name {name} --policy-arn {S3_FULL}")


def retrust(admin: Student, policy: str, name: str = "S3Role") -> None:
    admin.run(f"iam update-assume-role-policy --role-name {name} --policy-document", policy)


def allow_assume(admin: Student, *names: str) -> None:
    for name in names:
        line = f"iam put-user-policy --user-name {name} --policy-name assume --policy-document"
        admin.run(line, allow("sts:AssumeRole"))


def test_a_role_of_the_same_account_from_the_first_user_on(lesson):
    _, clients, keys = lesson
    admin, role = Student(clients.endpoint, keys), f"arn:aws:iam::{ACCOUNT_ID}:role/S3Role"
    admin.run("iam create-user --user-name user1")
    key = admin.run("iam create-access-key --user-name user1")["AccessKey"]
    user1 = Student(clients.endpoint, keys_of(key))
    admin.run("s3 mb s3://rolecall-dev-files")
    make_role(admin, trust(ROOT))
    assert "s3:ListAllMyBuckets because no identity-based policy allows" in user1.refused(
        "s3api list-buckets"
    )
    asked = f"sts assume-role --role-arn {role} --role-session-name lesson"
    assert "(AccessDenied) when calling the AssumeRole operation" in user1.refused(asked)
    allow_assume(admin, "user1")
    session = user1.assume("S3Role")
    assert session.run("sts get-caller-identity")["Arn"].endswith("assumed-role/S3Role/lesson")
    assert session.run("s3api list-buckets")["Buckets"]
    assert "(AccessDenied)" in session.refused("iam list-users")


def test_each_trust_policy_of_the_notes(course):
    _, admin, users = course
    make_role(admin, trust(*USERS))
    users["user1"].assume("S3Role")
    users["user2"].assume("S3Role")
    role = f"arn:aws:iam::{ACCOUNT_ID}:role/S3Role"
    asked = f"sts assume-role --role-arn {role} --role-session-name lesson"
    allow_assume(admin, "user1", "user2", "User3")
    assert "(AccessDenied)" in users["User3"].refused(asked)
    retrust(admin, trust(*USERS, effect="Deny"))
    for student in users.values():
        assert "(AccessDenied)" in student.refused(asked)
    everybody = json.loads(trust(ROOT))["Statement"][0]
    retrust(admin, document({**everybody, "Sid": "one"}, DENY_USER3))
    users["user1"].assume("S3Role")
    assert "explicit deny" in users["User3"].refused(asked)


def test_a_role_of_another_account_and_a_bucket_policy_instead(course):
    world, admin, users = course
    other = world.add_account(OTHER)
    key = world.other(other, "CreateAccessKey")["AccessKey"]
    production = Student(admin.endpoint, keys_of(key))
    production.run("s3 mb s3://rolecall-prod-files")
    make_role(production, trust(ROOT), "Visitors")
    user1 = users["user1"]
    role = f"arn:aws:iam::{OTHER}:role/Visitors"
    asked = f"sts assume-role --role-arn {role} --role-session-name lesson"
    assert "(AccessDenied)" in user1.refused(asked)
    allow_assume(admin, "user1")
    visitor = user1.assume("Visitors", OTHER)
    assert "rolecall-prod-files" in visitor.run("s3 ls")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": USERS[0]},
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::rolecall-prod-files",
    }
    line = "s3api put-bucket-policy --bucket rolecall-prod-files --policy"
    production.run(line, document(statement))
    listing = "s3api list-objects-v2 --bucket rolecall-prod-files"
    assert "(AccessDenied)" in user1.refused(listing)
    given = "iam put-user-policy --user-name user1 --policy-name list --policy-document"
    admin.run(given, allow("s3:ListBucket"))
    user1.run(listing)


def test_credentials_keep_working_and_expire_and_can_be_revoked(course):
    world, admin, users = course
    make_role(admin, trust(ROOT))
    allow_assume(admin, "user1")
    session = users["user1"].assume("S3Role")
    admin.run("iam delete-user-policy --user-name user1 --policy-name assume")
    assert session.run("s3api list-buckets")["Buckets"]
    role = f"arn:aws:iam::{ACCOUNT_ID}:role/S3Role"
    asked = f"sts assume-role --role-arn {role} --role-session-name lesson"
    assert "(AccessDenied)" in users["user1"].refused(asked)
    soon = {"DateLessThan": {"aws:TokenIssueTime": "2099-01-01T00:00:00Z"}}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": soon}
    line = "iam put-role-policy --role-name S3Role --policy-name AWSRevokeOlderSessions"
    admin.run(line, "--policy-document", document(deny))
    assert "explicit deny" in session.refused("s3api list-buckets")
    rows = Sandbox.objects.filter(pk=world.sandbox.pk)
    rows.update(clock_offset=timedelta(hours=1, seconds=1))
    assert "(ExpiredToken)" in session.refused("sts get-caller-identity")
    assert "(ExpiredToken)" in session.refused("s3api list-buckets")


def test_the_other_ways_to_temporary_credentials(course):
    _, admin, users = course
    line = "iam put-user-policy --user-name user1 --policy-name more --policy-document"
    admin.run(line, allow("s3:*", "sts:GetFederationToken"))
    user1 = users["user1"]
    own = user1.run("sts get-session-token --duration-seconds 900")["Credentials"]
    session = Student(admin.endpoint, keys_of(own))
    assert session.run("sts get-caller-identity")["Arn"] == USERS[0]
    session.run("s3api list-buckets")
    assert "(InvalidClientTokenId)" in session.refused("iam list-users")
    given = user1.run("sts get-federation-token --name bob --policy", allow("s3:ListAllMyBuckets"))
    bob = Student(admin.endpoint, keys_of(given["Credentials"]))
    bob.run("s3api list-buckets")
    assert "(AccessDenied)" in bob.refused("s3api list-objects-v2 --bucket rolecall-dev-files")
    key = user1.keys[0]
    info = f"sts get-access-key-info --access-key-id {key}"
    assert admin.run(info)["Account"] == ACCOUNT_ID


def test_a_person_without_aws_credentials_signs_in_by_an_identity_provider(course, tmp_path: Path):
    world, admin, _ = course
    make_federated(world)
    nobody = Student(admin.endpoint, None)
    assertion = posted(response())
    by_saml = nobody.run(
        f"sts assume-role-with-saml --role-arn {ROLE} --principal-arn {SAML} --saml-assertion",
        assertion,
        "--no-sign-request",
    )
    assert by_saml["AssumedRoleUser"]["Arn"].endswith("assumed-role/Federated/alice")
    file = tmp_path / "token.jwt"
    file.write_text(token())
    session = f"pipeline-{token_hex(8)}"  # of this run: the CLI keeps credentials by such names
    environment = {
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(file),
        "AWS_ROLE_ARN": ROLE,
        "AWS_ROLE_SESSION_NAME": session,
    }
    me = nobody.run("sts get-caller-identity", **environment)
    assert me["Arn"].endswith(f"assumed-role/Federated/{session}")
    nobody.run("s3api list-buckets", **environment)


def test_the_calls_are_in_the_event_history(course):
    _, admin, users = course
    make_role(admin, trust(ROOT))
    allow_assume(admin, "user1")
    users["user1"].assume("S3Role")
    lookup = "cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue="
    found = admin.run(f"{lookup}AssumeRole")["Events"]
    record = json.loads(found[0]["CloudTrailEvent"])
    assert record["userIdentity"]["userName"] == "user1"
    assert record["userAgent"].startswith("aws-cli/")
    assert admin.run(f"{lookup}CreateRole")["Events"]
