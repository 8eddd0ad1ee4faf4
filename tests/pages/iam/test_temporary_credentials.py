"""*Temporary credentials*: STS's operations run in the browser, and what those may do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse

from iam.models import Event, Sandbox
from tests.mfa import assigned_device
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow, trust

READ = allow("s3:ListAllMyBuckets", "iam:ListUsers")


@pytest.fixture
def ann(world: World) -> Visitor:
    """A user who may assume the role R, make federated users and list users."""
    world.add_user("ann", allow("sts:*", "iam:ListUsers", "iam:ListRoles"))
    world.add_role("R")
    world.do("PutRolePolicy", RoleName="R", PolicyName="p", PolicyDocument=READ)
    return Visitor(world, "ann")


def arn(world: World, name: str = "R") -> str:
    return f"arn:aws:iam::{world.account_id}:role/{name}"


def ask(visitor: Visitor, tab: str, **fields: Any) -> Any:
    return visitor.post(f"{reverse('temporary_credentials')}?tab={tab}", **fields)


def kept(response: Any) -> Any:
    return response.context["credentials"][0].kept


def use(visitor: Visitor, one: Any, operation: str) -> Any:
    return visitor.post(reverse("temporary_use"), id=one.id, operation=operation)


def assume(world: World, ann: Visitor, **more: Any) -> Any:
    fields = {"RoleArn": arn(world), "RoleSessionName": "lesson", **more}
    return ask(ann, "role", **fields)


def test_the_form_knows_the_roles_and_a_name_for_the_session(world: World, ann: Visitor) -> None:
    page = ann.get(reverse("temporary_credentials"))
    assert arn(world) in page.content.decode()
    assert page.context["form"]["RoleSessionName"].value() == "ann"


def test_assume_role_gives_credentials_and_their_lines(world: World, ann: Visitor) -> None:
    page = assume(world, ann, DurationSeconds="900")
    said = text_of(page)
    one = kept(page)
    assert "assumed-role/R/lesson" in said
    assert one.access_key_id.startswith("ASIA")
    shown = page.context["credentials"][0]
    shell, powershell, command, profile = (lines.text for lines in shown.lines)
    assert f"export AWS_ACCESS_KEY_ID='{one.access_key_id}'" in shell
    assert "AWS_ENDPOINT_URL='http://testserver/aws'" in shell
    assert f"$Env:AWS_SESSION_TOKEN='{one.session_token}'" in powershell
    assert f"SET AWS_SECRET_ACCESS_KEY={one.secret_access_key}" in command
    assert f"aws_session_token = {one.session_token}" in profile
    assert shown.seconds_left <= 900


def test_the_credentials_are_used_as_they_are(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann))
    used = use(ann, one, "sts:GetCallerIdentity")
    assert "assumed-role/R/lesson" in text_of(used)
    assert f'action="{reverse("temporary_credentials")}?tab=role"' in used.content.decode()
    assert ann.get(reverse("temporary_use")).redirect_chain
    assert "Buckets" in text_of(use(ann, one, "s3:ListBuckets"))
    denied = text_of(use(ann, one, "ec2:DescribeInstances"))
    assert "UnauthorizedOperation" in denied
    assert "Why?" in denied
    barred = text_of(use(ann, one, "sts:GetSessionToken"))
    assert "Cannot call GetSessionToken with session credentials" in barred


def test_a_refused_request_keeps_the_typed_values_and_shows_why(world: World, ann: Visitor) -> None:
    world.do("UpdateAssumeRolePolicy", RoleName="R", PolicyDocument=trust(f"{arn(world)}"))
    page = assume(world, ann, ExternalId="kept-id")
    said = text_of(page)
    assert "is not authorized to perform: sts:AssumeRole" in said
    assert "Why?" in said
    assert page.context["form"]["ExternalId"].value() == "kept-id"
    assert page.context["credentials"] == []


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"RoleSessionName": "x"}, "RoleSessionName", "greater than or equal to 2"),
        ({"RoleSessionName": "a b"}, "RoleSessionName", "regular expression pattern"),
        ({"DurationSeconds": "60"}, "DurationSeconds", "greater than or equal to 900"),
        ({"DurationSeconds": "x"}, "DurationSeconds", "Enter a whole number."),
        ({"ExternalId": "x"}, "ExternalId", "greater than or equal to 2"),
        ({"Policy": "{"}, "Policy", "Syntax errors in policy."),
    ],
)
def test_a_refusal_of_sts_is_shown_at_its_field(world, ann, fields, field, sentence) -> None:
    page = assume(world, ann, **fields)
    errors = page.context["form"].errors
    assert list(errors) == [field]
    assert sentence.lower() in errors[field][0].lower()


def test_a_session_policy_limits_the_credentials(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann, Policy=allow("iam:ListUsers")))
    assert "no session policy allows" in text_of(use(ann, one, "s3:ListBuckets"))
    assert "Users" in text_of(use(ann, one, "iam:ListUsers"))


def test_get_session_token_gives_ones_own_permissions(world: World, ann: Visitor) -> None:
    one = kept(ask(ann, "session"))
    assert "user/ann" in text_of(use(ann, one, "sts:GetCallerIdentity"))
    refused = text_of(use(ann, one, "iam:ListUsers"))
    assert "InvalidClientTokenId" in refused


def test_get_session_token_with_mfa_calls_iam(world: World, ann: Visitor, monkeypatch) -> None:
    now = Visitor(world, "ann").get(reverse("buckets")).wsgi_request.origin
    today = World(world.sandbox, world.account, now)
    device = assigned_device(today, "ann")
    code = {"SerialNumber": device.serial, "TokenCode": device.code(today)}
    one = kept(ask(ann, "session", **code))
    assert "Users" in text_of(use(ann, one, "iam:ListUsers"))
    assert "TokenCode" not in one.params
    again = ask(ann, "session", **code)
    assert "invalid MFA one time pass code" in text_of(again)


def test_get_federation_token_needs_a_session_policy_to_be_of_use(world, ann) -> None:
    bare = kept(ask(ann, "federation", Name="bob"))
    assert "federated-user/bob" in text_of(use(ann, bare, "sts:GetCallerIdentity"))
    assert "AccessDenied" in text_of(use(ann, bare, "s3:ListBuckets"))
    wrong = ask(ann, "federation", Name="b")
    assert list(wrong.context["form"].errors) == ["Name"]


def test_after_their_time_they_answer_expired_and_may_be_requested_again(world, ann) -> None:
    one = kept(assume(world, ann, DurationSeconds="900"))
    rows = Sandbox.objects.filter(pk=world.sandbox.pk)
    rows.update(clock_offset=F("clock_offset") + timedelta(minutes=15))
    page = use(ann, one, "sts:GetCallerIdentity")
    assert "ExpiredToken" in text_of(page)
    assert "These credentials have expired" in text_of(page)
    again = ann.post(reverse("temporary_again"), id=one.id)
    assert "AssumeRole gave new credentials" in text_of(again)
    assert "assumed-role/R/lesson" in text_of(use(ann, kept(again), "sts:GetCallerIdentity"))


def test_requesting_again_needs_the_permission_still(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann))
    world.do("DeleteUserPolicy", UserName="ann", PolicyName="given")
    again = text_of(ann.post(reverse("temporary_again"), id=one.id))
    assert "AssumeRole was refused: User: arn:" in again
    assert "assumed-role/R/lesson" in text_of(use(ann, one, "sts:GetCallerIdentity"))


def test_a_console_is_opened_with_them(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann))
    page = ann.post(reverse("temporary_console"), id=one.id, add="on")
    assert "R/lesson" in text_of(page)
    assert len(ann.client.session["consoles"]) == 2


def test_no_console_is_opened_with_a_session_token(world: World, ann: Visitor) -> None:
    one = kept(ask(ann, "session"))
    ann.post(reverse("temporary_console"), id=one.id, add="on")
    assert len(ann.client.session["consoles"]) == 1


def test_a_handful_is_kept_sealed_and_each_can_be_forgotten(world: World, ann: Visitor) -> None:
    for _ in range(6):
        page = assume(world, ann)
    assert len(page.context["credentials"]) == 5
    one = kept(page)
    assert one.secret_access_key not in str(dict(ann.client.session))
    assert one.session_token not in str(dict(ann.client.session))
    left = ann.post(reverse("temporary_forget"), id=one.id)
    assert "is removed from this page" in text_of(left)
    assert len(left.context["credentials"]) == 4


def test_another_identity_of_the_browser_does_not_see_them(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann))
    ann.client.post(reverse("enter_as"), {"account": world.account_id, "user": ""})
    assert ann.get(reverse("temporary_credentials")).context["credentials"] == []
    assert "no longer stores these credentials" in text_of(use(ann, one, "sts:GetCallerIdentity"))


def test_the_root_user_may_not_assume_roles(world: World, ann: Visitor, root: Visitor) -> None:
    page = assume(world, root)
    assert "Roles may not be assumed by root accounts." in text_of(page)


def test_no_secret_is_in_an_event(world: World, ann: Visitor) -> None:
    one = kept(assume(world, ann))
    told = str(list(Event.in_sandbox(world.sandbox).values_list("record", flat=True)))
    assert one.secret_access_key not in told
    assert one.session_token not in told


@pytest.mark.parametrize(
    ("tab", "typed", "at"),
    [
        ("role", {}, {"RoleArn", "RoleSessionName"}),
        (
            "role",
            {"RoleArn": "x", "RoleSessionName": "a b", "Policy": "{"},
            {"RoleArn", "RoleSessionName"},
        ),
        (
            "role",
            {"RoleArn": "R", "RoleSessionName": "ab", "DurationSeconds": "43200"},
            {"DurationSeconds"},
        ),
        ("role", {"RoleArn": "R", "RoleSessionName": "ab", "Policy": "{"}, {"Policy"}),
        (
            "role",
            {"RoleArn": "R", "RoleSessionName": "ab", "TransitiveTagKeys": "k"},
            {"TransitiveTagKeys"},
        ),
        (
            "role",
            {"RoleArn": f"arn:aws:iam::{'1' * 12}:user/x", "RoleSessionName": "ab"},
            {"RoleArn"},
        ),
        ("session", {"TokenCode": "123456"}, {"SerialNumber"}),
        ("session", {"SerialNumber": "arn:aws:iam::975050059573:mfa/x"}, {"TokenCode"}),
        ("federation", {"Name": "a b", "DurationSeconds": "1"}, {"Name", "DurationSeconds"}),
    ],
)
def test_each_error_stands_at_its_field_and_what_was_typed_stays(
    world: World, ann: Visitor, tab: str, typed: dict[str, str], at: set[str]
) -> None:
    sent = {name: arn(world) if value == "R" else value for name, value in typed.items()}
    form = ask(ann, tab, **sent).context["form"]
    assert set(form.errors) == at
    assert not form.refused.denied
    assert {name: form[name].value() for name in sent} == sent
