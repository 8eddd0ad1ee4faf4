"""Session tokens: sealed, stored nowhere, and honoured only while all behind them is there."""

import json
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam.callers import Visit
from iam.models import Sandbox
from iam.models.seals import seal
from iam.perform import perform
from iam.wire.errors import AwsError
from sts.credentials import TokenKind, caller_of, issue, open_token
from tests.sts.asking import assume, later, session_from, signed_in
from tests.worlds import NOON, allow, make_world

ALPHABET = st.characters(codec="utf-8")


def _refusal(world, token):
    with pytest.raises(AwsError) as caught:
        caller_of(open_token(token), world.origin, Visit())
    return caught.value


def _token(world, **says):
    fields = {"account_id": world.account_id, "principal_id": world.account_id, **says}
    lifetime = timedelta(hours=1)
    return issue(TokenKind.CONSOLE, world.sandbox, NOON, lifetime=lifetime, **fields).session_token


def test_a_token_opens_to_what_was_sealed(world):
    token = open_token(_token(world, tags={"team": "blue"}, policies=("{}",), mfa=7.0))
    assert (token.kind, token.tags, token.policies) == ("console", {"team": "blue"}, ("{}",))
    assert token.expires_at - token.issued_at == timedelta(hours=1)
    assert token.mfa_at is not None
    assert len(token.secret_access_key) == 40
    assert token.access_key_id.startswith("ASIA")


def test_a_token_reveals_none_of_its_content(world):
    token = _token(world)
    assert world.account_id not in token
    assert token != _token(world)


@pytest.mark.parametrize("place", [0, 20, 100, -1])
def test_an_altered_token_is_invalid(world, place):
    token = _token(world)
    changed = list(token)
    changed[place] = "A" if changed[place] != "A" else "B"
    error = _refusal(world, "".join(changed))
    assert (error.code, error.status) == ("InvalidClientTokenId", 403)
    assert error.message == "The security token included in the request is invalid."


@pytest.mark.parametrize("added", ["!", " ", "=", "\n", "A"])
def test_a_token_with_anything_added_is_invalid(world, added):
    token = _token(world)
    assert _refusal(world, token + added).code == "InvalidClientTokenId"
    assert _refusal(world, token[:9] + added + token[9:]).code == "InvalidClientTokenId"


@given(text=st.text(ALPHABET, max_size=200))
def test_any_text_that_is_no_token_is_invalid(text):
    with pytest.raises(AwsError) as caught:
        open_token(text)
    assert caught.value.code == "InvalidClientTokenId"


@pytest.mark.parametrize("fields", [{}, {"kind": "console"}, [], {"policies": None}])
def test_a_token_of_a_version_that_knew_other_fields_is_invalid(world, fields):
    sealed = seal("session-token", zlib.compress(json.dumps(fields).encode()))
    assert _refusal(world, sealed).code == "InvalidClientTokenId"


def test_a_text_sealed_for_another_purpose_is_no_token(world):
    assert _refusal(world, seal("scenario", b"{}")).code == "InvalidClientTokenId"


def test_a_token_ends_by_the_sandboxs_clock(world):
    token = open_token(_token(world))
    minutes = {"minutes": 59, "seconds": 59}
    assert caller_of(token, later(world, **minutes).origin, Visit()).name == "root"
    with pytest.raises(AwsError) as caught:
        caller_of(token, later(world, hours=1).origin, Visit())
    assert caught.value.code == "ExpiredToken"
    assert caught.value.message == "The security token included in the request is expired"


def test_moving_the_clock_ends_a_token_at_once(world):
    token = _token(world)
    Sandbox.objects.filter(pk=world.sandbox.pk).update(clock_offset=timedelta(hours=1))
    assert _refusal(world, token).code == "ExpiredToken"


def test_a_sandbox_that_was_started_again_honours_no_old_token(world):
    token = _token(world)
    Sandbox.objects.filter(pk=world.sandbox.pk).update(generation=2)
    assert _refusal(world, token).code == "InvalidClientTokenId"


def test_a_token_of_a_deleted_sandbox_is_invalid(world):
    token = _token(world)
    world.sandbox.delete()
    assert _refusal(world, token).code == "InvalidClientTokenId"


def test_a_token_reaches_no_other_sandbox(world):
    elsewhere = make_world("bob", "111122223333")
    token = _token(world, account_id=elsewhere.account_id, principal_id=elsewhere.account_id)
    assert _refusal(world, token).code == "InvalidClientTokenId"


def test_a_user_made_again_under_its_name_does_not_inherit_a_sign_in(world):
    ann = world.add_user("ann")
    token = _token(world, principal_id=ann.principal_id)
    assert caller_of(open_token(token), world.origin, Visit()).arn == ann.arn
    world.do("DeleteUser", UserName="ann")
    world.add_user("ann")
    assert _refusal(world, token).code == "InvalidClientTokenId"


def test_a_role_made_again_under_its_name_honours_no_old_session(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    token = assume(ann, world.add_role("Lesson"))["Credentials"]["SessionToken"]
    assert open_token(token).kind is TokenKind.ROLE
    world.do("DeleteRole", RoleName="Lesson")
    world.add_role("Lesson")
    assert _refusal(world, token).code == "InvalidClientTokenId"


def test_a_session_outlives_the_user_who_opened_it(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    result = assume(ann, world.add_role("Lesson"))
    world.do("DeleteUserPolicy", UserName="ann", PolicyName="given")
    world.do("DeleteUser", UserName="ann")
    assert session_from(world, result).name == "lesson"


def test_a_renamed_user_keeps_its_sign_in_and_shows_its_new_name(world):
    ann = signed_in(world, world.add_user("ann"))
    world.do("UpdateUser", UserName="ann", NewUserName="anna")
    again = signed_in(world, ann)
    assert again.name == "anna"
    assert perform(again, "sts:GetCallerIdentity")["Arn"].endswith(":user/anna")


def test_a_token_with_ten_session_policies_stays_within_what_servers_accept(world):
    ann = world.add_user("ann", allow("sts:*"))
    arns = [{"arn": f"arn:aws:iam::{world.account_id}:policy/{'p' * 100}{n}"} for n in range(10)]
    result = assume(ann, world.add_role("Lesson"), PolicyArns=arns, RoleSessionName="s" * 64)
    assert len(result["Credentials"]["SessionToken"]) < 4096
    assert 0 < result["PackedPolicySize"] <= 100


def test_opening_a_caller_takes_two_queries(world, django_assert_num_queries):
    token = open_token(_token(world, principal_id=world.add_user("ann").principal_id))
    with django_assert_num_queries(2):
        caller_of(token, world.origin, Visit())


def test_a_token_has_room_for_an_own_password_only_where_one_was_used(world):
    plain, own = _token(world), _token(world, own_password=True)
    assert (open_token(plain).own_password, open_token(own).own_password) == (False, True)
    assert len(plain) < len(own)
