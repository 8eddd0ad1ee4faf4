"""Whose keys a client signs with, and what AWS says to the wrong ones."""

from datetime import timedelta

import pytest

from iam.models import Directory, Event, Sandbox
from tests.endpoint.clients import keys_of, refusal
from tests.worlds import allow, make_world

INVALID = "The security token included in the request is invalid."
MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details."
)


def asked_as(clients, service, keys):
    """Return how a service answers a simple question by these keys."""
    call = {
        "iam": lambda: clients("iam", keys).list_users,
        "sts": lambda: clients("sts", keys).get_caller_identity,
        "s3": lambda: clients("s3", keys).list_buckets,
        "cloudtrail": lambda: clients("cloudtrail", keys).lookup_events,
    }[service]()
    return refusal(call)


WRONG_SECRET = {
    "iam": ("SignatureDoesNotMatch", 403),
    "sts": ("SignatureDoesNotMatch", 403),
    "s3": ("SignatureDoesNotMatch", 403),
    "cloudtrail": ("InvalidSignatureException", 400),
}


@pytest.mark.parametrize(("service", "expected"), WRONG_SECRET.items())
def test_a_wrong_secret(clients, admin, service, expected):
    code, message, status = asked_as(clients, service, (admin[0], "wrong", None))
    assert (code, status) == expected
    assert message == MISMATCH or service == "s3"


UNKNOWN = {
    "iam": ("InvalidClientTokenId", INVALID, 403),
    "sts": ("InvalidClientTokenId", INVALID, 403),
    "s3": (
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        403,
    ),
    "cloudtrail": ("UnrecognizedClientException", INVALID, 400),
}


@pytest.mark.parametrize(("service", "expected"), UNKNOWN.items())
@pytest.mark.parametrize("key_id", ["AKIAUNKNOWN000000000", "x", "A" * 200])
def test_an_unknown_key(clients, admin, service, expected, key_id):
    assert asked_as(clients, service, (key_id, admin[1], None)) == expected


@pytest.mark.parametrize(("service", "expected"), UNKNOWN.items())
def test_an_inactive_key_is_as_good_as_none(clients, world, admin, service, expected):
    world.do("UpdateAccessKey", UserName="admin", AccessKeyId=admin[0], Status="Inactive")
    assert asked_as(clients, service, admin) == expected


def test_a_deleted_key_is_unknown(clients, world, admin):
    world.do("DeleteAccessKey", UserName="admin", AccessKeyId=admin[0])
    assert asked_as(clients, "sts", admin) == UNKNOWN["sts"]


def test_a_key_that_the_directory_does_not_know_reaches_nothing(clients, admin):
    Directory.objects.filter(key=admin[0]).delete()
    assert asked_as(clients, "sts", admin) == UNKNOWN["sts"]


@pytest.fixture
def session(clients, world, admin):
    """The keys of a session of a role that may do everything."""
    arn = world.add_role("Ops")
    world.do("PutRolePolicy", RoleName="Ops", PolicyName="p", PolicyDocument=allow("*"))
    given = clients("sts", admin).assume_role(RoleArn=arn, RoleSessionName="lesson")
    return keys_of(given["Credentials"])


def test_temporary_credentials_act_as_their_session(clients, world, session):
    found = clients("sts", session).get_caller_identity()
    assert found["Arn"] == f"arn:aws:sts::{world.account_id}:assumed-role/Ops/lesson"
    assert clients("iam", session).list_users()["Users"]


BAD_TOKEN = {
    "iam": ("InvalidClientTokenId", INVALID, 403),
    "s3": ("InvalidToken", "The provided token is malformed or otherwise invalid.", 400),
    "cloudtrail": ("UnrecognizedClientException", INVALID, 400),
}


@pytest.mark.parametrize(("service", "expected"), BAD_TOKEN.items())
@pytest.mark.parametrize("how", ["altered", "no token", "another key's", "long-term key's"])
def test_a_token_that_is_not_the_keys_is_refused(clients, admin, session, service, expected, how):
    key_id, secret, token = session
    keys = {
        "altered": (key_id, secret, ("A" if token[0] != "A" else "B") + token[1:]),
        "no token": (key_id, secret, None),
        "another key's": (key_id[:-1] + ("A" if key_id[-1] != "A" else "B"), secret, token),
        "long-term key's": (*admin[:2], token),
    }[how]
    if how == "no token":
        expected = UNKNOWN[service]
    assert asked_as(clients, service, keys) == expected


EXPIRED = {
    "iam": ("ExpiredToken", "The security token included in the request is expired", 403),
    "s3": ("ExpiredToken", "The provided token has expired.", 400),
    "cloudtrail": (
        "ExpiredTokenException",
        "The security token included in the request is expired",
        400,
    ),
}


@pytest.mark.parametrize(("service", "expected"), EXPIRED.items())
def test_expired_credentials_say_so(clients, world, session, service, expected):
    Sandbox.objects.filter(pk=world.sandbox.pk).update(clock_offset=timedelta(hours=1, seconds=1))
    assert asked_as(clients, service, session) == expected


def test_a_role_made_again_honours_no_old_session(clients, world, session):
    world.do("DeleteRolePolicy", RoleName="Ops", PolicyName="p")
    world.do("DeleteRole", RoleName="Ops")
    world.add_role("Ops")
    assert asked_as(clients, "iam", session) == BAD_TOKEN["iam"]


def test_a_reset_honours_no_old_session(clients, world, session):
    Sandbox.objects.filter(pk=world.sandbox.pk).update(generation=2)
    assert asked_as(clients, "iam", session) == BAD_TOKEN["iam"]


def test_a_key_reaches_its_own_sandbox_alone(clients, world, admin):
    other = make_world("bob", "210987654321")
    other.add_user("admin", allow("*"))
    keys = keys_of(other.do("CreateAccessKey", UserName="admin")["AccessKey"])
    other.do("CreateUser", UserName="hers")
    names = [one["UserName"] for one in clients("iam", admin).list_users()["Users"]]
    assert names == ["admin"]
    assert clients("sts", keys).get_caller_identity()["Account"] == "210987654321"
    assert refusal(clients("sts", keys).get_access_key_info, AccessKeyId=admin[0])[0] in {
        "ValidationError",
        "AccessDenied",
    }


def test_the_use_of_a_key_is_noted(clients, world, admin):
    iam = clients("iam", admin)
    iam.list_users()
    used = iam.get_access_key_last_used(AccessKeyId=admin[0])["AccessKeyLastUsed"]
    assert (used["ServiceName"], used["Region"]) == ("iam", "us-east-1")
    assert used["LastUsedDate"]


def test_an_event_names_the_key_and_the_request(clients, world, admin):
    answer = clients("iam", admin).create_group(GroupName="g")
    event = Event.in_sandbox(world.sandbox).get(name="CreateGroup", access_key_id=admin[0])
    assert event.record["userIdentity"]["accessKeyId"] == admin[0]
    assert event.record["requestID"] == answer["ResponseMetadata"]["RequestId"]
    assert event.record["userAgent"].startswith("Boto3/")
    assert event.record["sourceIPAddress"] == "127.0.0.1"
