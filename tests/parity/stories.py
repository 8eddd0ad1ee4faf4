"""The same things done in the console and by boto3, side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.pages.visitor import Visitor
from tests.worlds import allow, trust

S3_READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
READ, ASSUME = allow("s3:GetObject"), allow("sts:AssumeRole")
BUCKET = "parity-files"
TAGS = [{"Key": "team", "Value": "blue"}]


@dataclass(frozen=True)
class World:
    """What a step needs to know: the account, and clients by service."""

    account_id: str
    client: Callable[[str], Any]

    @property
    def trust(self) -> str:
        return trust(f"arn:aws:iam::{self.account_id}:root")

    def bucket_policy(self) -> str:
        """Return a bucket policy that lets the account read."""
        return (
            '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": '
            f'"arn:aws:iam::{self.account_id}:root"}}, "Action": "s3:GetObject", '
            f'"Resource": "arn:aws:s3:::{BUCKET}/*"}}]}}'
        )


@dataclass(frozen=True)
class Step:
    """One thing, done in the console and by a client."""

    name: str
    console: Callable[[Visitor, World], Any]
    client: Callable[[World], Any]


def _wizard(visitor: Visitor, name: str, steps: dict[str, dict[str, Any]]) -> None:
    for slug, fields in steps.items():
        visitor.post(f"{reverse(name)}?step={slug}", **fields)


def _role_in_console(visitor: Visitor, world: World) -> None:
    custom = {"entity": "custom", "document": world.trust}
    review = {"RoleName": "Reader", "Description": "Reads.", "Tags-key": "team"}
    permissions = {"selected": [S3_READ]}
    review |= {"Tags-value": "blue"}
    steps: dict[str, dict[str, Any]] = {
        "trust": custom,
        "permissions": permissions,
        "review": review,
    }
    _wizard(visitor, "role_create", steps)


def _role_by_client(world: World) -> None:
    iam = world.client("iam")
    iam.create_role(
        RoleName="Reader",
        AssumeRolePolicyDocument=world.trust,
        Description="Reads.",
        Tags=TAGS,
    )
    iam.attach_role_policy(RoleName="Reader", PolicyArn=S3_READ)


def _user_in_console(visitor: Visitor, world: World) -> None:
    steps: dict[str, dict[str, Any]] = {
        "details": {"UserName": "ann"},
        "permissions": {"option": "direct", "selected": [S3_READ]},
        "review": {},
    }
    _wizard(visitor, "user_create", steps)


def _user_by_client(world: World) -> None:
    iam = world.client("iam")
    iam.create_user(UserName="ann")
    iam.attach_user_policy(UserName="ann", PolicyArn=S3_READ)


def _inline_in_console(visitor: Visitor, world: World) -> None:
    url = reverse("inline_policy_create", args=["users", "ann"])
    fields = {"mode": "json", "step": "review", "document": ASSUME, "name": "assume", "do": "save"}
    visitor.post(url, **fields)


def _group_in_console(visitor: Visitor, world: World) -> None:
    fields = {"GroupName": "staff", "member": ["ann"], "selected": [S3_READ]}
    visitor.post(reverse("group_create"), **fields)


def _group_by_client(world: World) -> None:
    iam = world.client("iam")
    iam.create_group(GroupName="staff")
    iam.add_user_to_group(GroupName="staff", UserName="ann")
    iam.attach_group_policy(GroupName="staff", PolicyArn=S3_READ)


def _trust_in_console(visitor: Visitor, world: World) -> None:
    document = trust(f"arn:aws:iam::{world.account_id}:user/ann")
    visitor.post(reverse("trust_edit", args=["Reader"]), document=document, do="save")


def _trust_by_client(world: World) -> None:
    document = trust(f"arn:aws:iam::{world.account_id}:user/ann")
    iam = world.client("iam")
    iam.update_assume_role_policy(RoleName="Reader", PolicyDocument=document)


def _upload(visitor: Visitor, world: World) -> None:
    fields = {"kind": "text", "name": "a.txt", "text": "hello"}
    visitor.post(reverse("object_upload", args=[BUCKET]), **fields)


STORY = (
    Step("a role by the wizard", _role_in_console, _role_by_client),
    Step("a user by the wizard", _user_in_console, _user_by_client),
    Step(
        "an inline policy",
        _inline_in_console,
        lambda world: world.client("iam").put_user_policy(
            UserName="ann", PolicyName="assume", PolicyDocument=ASSUME
        ),
    ),
    Step("a group with a member", _group_in_console, _group_by_client),
    Step("a trust policy", _trust_in_console, _trust_by_client),
    Step(
        "a bucket",
        lambda visitor, world: visitor.post(
            reverse("bucket_create"), name=BUCKET, region="us-east-1", block="on"
        ),
        lambda world: world.client("s3").create_bucket(Bucket=BUCKET),
    ),
    Step(
        "a bucket policy",
        lambda visitor, world: visitor.post(
            reverse("bucket_policy_edit", args=[BUCKET]), policy=world.bucket_policy()
        ),
        lambda world: world.client("s3").put_bucket_policy(
            Bucket=BUCKET, Policy=world.bucket_policy()
        ),
    ),
    Step(
        "an object",
        _upload,
        lambda world: world.client("s3").put_object(
            Bucket=BUCKET, Key="a.txt", Body=b"hello", ContentType="text/plain; charset=utf-8"
        ),
    ),
    Step(
        "a policy taken away",
        lambda visitor, world: visitor.post(
            reverse("entity_policies_remove", args=["users", "ann"]),
            selected=[f"managed:{S3_READ}"],
        ),
        lambda world: world.client("iam").detach_user_policy(UserName="ann", PolicyArn=S3_READ),
    ),
    Step(
        "a refused deletion",
        lambda visitor, world: visitor.post(
            reverse("bucket_delete"), bucket=BUCKET, confirmation=BUCKET
        ),
        lambda world: world.client("s3").delete_bucket(Bucket=BUCKET),
    ),
)
