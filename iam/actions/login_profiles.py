"""Console passwords of users."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.hashers import check_password, make_password

from iam.actions.bulk_reads import reads_many
from iam.actions.password_policy import (
    allows_own_change,
    password_policy_of,
    refuse_reused,
    refuse_weak,
)
from iam.actions.refusals import already_exists, no_such_entity
from iam.actions.resource_kinds import USER
from iam.actions.subjects import named_user_or_own, one
from iam.callers import CallerKind
from iam.models import LoginProfile, User
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire import sentences
from iam.wire.errors import AwsError

_REMEMBERED = 23
_SAVED = ["password", "previous", "created_at", "password_reset_required", "from_start"]
_NO_PASSWORD = sentences.violation("Password", sentences.NOT_NULL)


def _hashed(password: str) -> str:
    return make_password(password, hasher="pbkdf2_toy")


def _set(call: Call, profile: LoginProfile, password: str) -> None:
    """Replace the password, and remember the present one."""
    profile.previous = [profile.password, *profile.previous][:_REMEMBERED]
    profile.password = _hashed(password)
    profile.from_start = False
    profile.created_at = call.caller.now


def _missing(user: User) -> AwsError:
    return no_such_entity(f"Login Profile for User {user.name} cannot be found.", "UserName")


def _profiles(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    """Resolve users, named or the caller's own, with their login profiles."""
    users = named_user_or_own(call, requests)
    profiles = LoginProfile.in_sandbox(call.caller.sandbox)
    by_user = {
        profile.user_id: profile
        for profile in profiles.filter(user__in=[found.subject for found in users if found.subject])
    }
    outcomes = []
    for found in users:
        if found.subject is None:
            outcomes.append(found)
            continue
        profile = by_user.get(found.subject.pk)
        if profile is not None:
            profile.user = found.subject
        missing = None if profile else _missing(found.subject)
        outcomes.append(replace(found, subject=profile, missing=missing))
    return outcomes


def _shaped(profile: LoginProfile) -> Result:
    return {
        "LoginProfile": {
            "UserName": profile.user.name,
            "CreateDate": profile.created_at,
            "PasswordResetRequired": profile.password_reset_required,
        }
    }


def without_profile(call: Call, params: Params, user: User) -> User:
    """Prepare to create a user's password: there is none yet, and the new one is strong enough."""
    if LoginProfile.in_sandbox(call.caller.sandbox).filter(user=user).exists():
        raise already_exists(f"Login Profile for user {user.name} already exists.", "UserName")
    if "Password" not in params:
        raise AwsError("ValidationError", violations=[_NO_PASSWORD])
    refuse_weak(call, params, "Password")
    return user


@writes("iam:CreateLoginProfile", on=one(named_user_or_own), prepare=without_profile)
def create_login_profile(call: Call, params: Params, user: User) -> Result:
    """Create a user's console password."""
    profile = LoginProfile.add(
        call.caller.sandbox,
        user=user,
        password=_hashed(params["Password"]),
        password_reset_required=params.get("PasswordResetRequired", False),
        created_at=call.caller.now,
    )
    return _shaped(profile)


@reads_many("iam:GetLoginProfile", on=_profiles)
def get_login_profile(
    call: Call, requests: Sequence[Params], profiles: Sequence[LoginProfile]
) -> list[Result]:
    return [_shaped(profile) for profile in profiles]


def with_strong_password(call: Call, params: Params, profile: LoginProfile) -> LoginProfile:
    """Prepare to change a login profile: a new password must be strong enough."""
    if "Password" in params:
        refuse_weak(call, params, "Password")
    return profile


@writes("iam:UpdateLoginProfile", on=one(_profiles), prepare=with_strong_password)
def update_login_profile(call: Call, params: Params, profile: LoginProfile) -> None:
    """Set a user's new password, or require a change at the next sign-in."""
    if "Password" in params:
        _set(call, profile, params["Password"])
    profile.password_reset_required = params.get(
        "PasswordResetRequired", profile.password_reset_required
    )
    profile.save(update_fields=_SAVED)


@writes("iam:DeleteLoginProfile", on=one(_profiles))
def delete_login_profile(call: Call, params: Params, profile: LoginProfile) -> None:
    profile.delete()


def _own_profile(call: Call, params: Params) -> Resolution:
    caller = call.caller
    if caller.kind is not CallerKind.USER:
        message = "Only IAM Users can change their own password"
        check = PermissionCheck(call.operation, USER.arn(caller.account_id, caller.name))
        refusal = AwsError("InvalidUserType", message, 400)
        return Resolution(
            checks=() if caller.kind is CallerKind.ROOT else (check,), missing=refusal
        )
    found = one(_profiles)(call, {"UserName": caller.name})
    policy = allows_own_change(password_policy_of(call), caller.arn)
    return replace(found, checks=[replace(check, policy=policy) for check in found.checks])


def with_new_password(call: Call, params: Params, profile: LoginProfile) -> LoginProfile:
    """Prepare to change one's own password: the old one must be right, the new one allowed."""
    if not check_password(params["OldPassword"], profile.password):
        message = "The old password was incorrect."
        raise AwsError("AccessDenied", message, 403, ("OldPassword",))
    refuse_weak(call, params, "NewPassword")
    refuse_reused(call, params, "NewPassword", [profile.password, *profile.previous])
    return profile


@writes("iam:ChangePassword", on=_own_profile, prepare=with_new_password)
def change_password(call: Call, params: Params, profile: LoginProfile) -> None:
    """Change the caller's own password."""
    _set(call, profile, params["NewPassword"])
    profile.password_reset_required = False
    profile.save(update_fields=_SAVED)
