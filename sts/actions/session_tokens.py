"""sts:GetSessionToken and sts:GetFederationToken."""

from datetime import datetime, timedelta

from iam.actions.mfa_codes import SecondFactor, second_factor
from iam.arns import federated_user_arn
from iam.authorization import GRANTS_NOTHING, ContextValue
from iam.callers import Caller, CallerKind
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from sts.actions.packed_sizes import packed_size
from sts.actions.regions import version_here
from sts.actions.session_requests import asked_tags, session_policies, session_tags
from sts.credentials import Credentials, TokenKind, issue

_USUAL = 43200
_ROOT_LIMIT = 3600


def _lifetime(caller: Caller, params: Params) -> timedelta:
    """Return how long the credentials last; the root user's last an hour at most."""
    seconds = params.get("DurationSeconds", _USUAL)
    if caller.kind is CallerKind.ROOT:
        seconds = min(seconds, _ROOT_LIMIT)
    return timedelta(seconds=seconds)


def on_oneself(call: Call, params: Params, factor: SecondFactor = second_factor) -> Resolution:
    """Ask for no permission, as on AWS; a wrong MFA code is refused."""
    return Resolution(checks=(), subject=factor(call, params))


def prepare_own(call: Call, params: Params, at: datetime | None) -> Credentials:
    """Return credentials with the caller's permissions; `at` is when a second factor was given."""
    caller = call.caller
    mfa = at or caller.mfa_at
    return issue(
        TokenKind.SESSION,
        caller.sandbox,
        caller.now,
        lifetime=_lifetime(caller, params),
        account_id=caller.account_id,
        principal_id=caller.principal_id,
        version=version_here(call.account, caller.origin),
        mfa=mfa.timestamp() if mfa else None,
    )


@reads("sts:GetSessionToken", on=on_oneself, prepare=prepare_own, record_response=True)
def get_session_token(call: Call, params: Params, credentials: Credentials) -> Result:
    return {"Credentials": credentials.shape()}


def on_federated_user(call: Call, params: Params) -> Resolution:
    """Check the future federated user; tags need an action of their own."""
    arn = federated_user_arn(call.caller.account_id, params["Name"])
    tags = asked_tags(params)
    context: dict[str, ContextValue] = {f"aws:RequestTag/{k}": v for k, v in tags.items()}
    checks = [PermissionCheck("sts:GetFederationToken", arn, context=context)]
    if tags:
        context["aws:TagKeys"] = tuple(tags)
        checks.append(PermissionCheck("sts:TagSession", arn, context=context))
    return Resolution(checks)


def prepare_federated(call: Call, params: Params, _: None) -> tuple[Credentials, Result]:
    """Return a federated user's credentials, and PackedPolicySize.

    They may do what the caller's and the session policies allow. Without a session policy only
    the policies of resources allow them something.
    """
    caller = call.caller
    asked = {**session_policies(params), "tags": session_tags(caller, params)["tags"]}
    unlimited = not asked["policies"] and not asked["policy_arns"]
    limits = {**asked, "policies": (GRANTS_NOTHING,)} if unlimited else asked
    credentials = issue(
        TokenKind.FEDERATED,
        caller.sandbox,
        caller.now,
        lifetime=_lifetime(caller, params),
        account_id=caller.account_id,
        principal_id=caller.principal_id,
        session_name=params["Name"],
        version=version_here(call.account, caller.origin),
        **limits,
    )
    return credentials, packed_size(asked)


@reads(
    "sts:GetFederationToken",
    on=on_federated_user,
    prepare=prepare_federated,
    record_response=True,
)
def get_federation_token(
    call: Call, params: Params, prepared: tuple[Credentials, Result]
) -> Result:
    """Return credentials of a federated user."""
    credentials, packed = prepared
    account_id, name = call.caller.account_id, params["Name"]
    return {
        "Credentials": credentials.shape(),
        "FederatedUser": {
            "FederatedUserId": f"{account_id}:{name}",
            "Arn": federated_user_arn(account_id, name),
        },
        **packed,
    }
