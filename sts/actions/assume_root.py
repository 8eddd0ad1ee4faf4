"""sts:AssumeRoot: a member account's root user, for one task, from the management account."""

from datetime import timedelta

from iam.actions.root_access import ROOT_SESSIONS, management_account
from iam.arns import account_named, aws_policy_arn, root_arn
from iam.callers import CallerKind
from iam.models import Account
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from iam.wire.errors import AwsError
from sts.actions.regions import version_here
from sts.credentials import Credentials, TokenKind, issue

TASK_POLICIES = {
    aws_policy_arn(name, "/root-task/")
    for name in (
        "IAMAuditRootUserCredentials",
        "IAMCreateRootUserPassword",
        "IAMDeleteRootUserCredentials",
        "S3UnlockBucketPolicy",
        "SQSUnlockQueuePolicy",
    )
}
_LONGEST = 900


def _denied(message: str) -> AwsError:
    return AwsError("AccessDenied", message, 403)


def _account(call: Call, target: str) -> tuple[str, Account | None]:
    account_id = account_named(target)
    if not account_id:
        message = "TargetPrincipal has to be the ID of a member account, or its root user's ARN"
        raise AwsError("ValidationError", message, members=("TargetPrincipal",))
    rows = Account.in_sandbox(call.caller.sandbox).filter(account_id=account_id)
    return account_id, rows.exclude(account_id=call.caller.account_id).first()


def on_member(call: Call, params: Params) -> Resolution:
    """Check the member account's root user; the organization must have enabled root sessions."""
    task = params["TaskPolicyArn"].get("arn", "")
    if call.caller.kind is CallerKind.ROOT:
        raise _denied("AssumeRoot may not be called by root accounts.")
    if call.caller.origin.global_endpoint:
        message = "AssumeRoot is not supported on the global endpoint: use a Regional endpoint."
        raise AwsError("ValidationError", message)
    if task not in TASK_POLICIES:
        message = f"{task} is not a root task policy"
        raise AwsError("ValidationError", message, members=("TaskPolicyArn",))
    account_id, account = _account(call, params["TargetPrincipal"])
    management = management_account(call.caller.sandbox)
    own = management is not None and management.account_id == call.caller.account_id
    enabled = management is not None and ROOT_SESSIONS in management.organization_features
    arn = root_arn(account_id)
    refusal = None
    if account is None or not own or not enabled:
        who = f"User: {call.caller.arn} is not authorized to perform"
        refusal = _denied(f"{who}: sts:AssumeRoot on resource: {arn}")
    context = {"sts:TaskPolicyArn": task}
    return Resolution(
        [PermissionCheck("sts:AssumeRoot", arn, context=context)],
        subject=account,
        missing=refusal,
        also_in=[account_id] if account and not refusal else [],
    )


def prepare_root(call: Call, params: Params, account: Account) -> Credentials:
    """Return credentials of the member account's root user, limited by the task policy."""
    caller = call.caller
    seconds = params.get("DurationSeconds") or _LONGEST
    return issue(
        TokenKind.SESSION,
        caller.sandbox,
        caller.now,
        lifetime=timedelta(seconds=seconds),
        account_id=account.account_id,
        principal_id=account.account_id,
        policy_arns=(params["TaskPolicyArn"]["arn"],),
        source_identity=caller.source_identity,
        version=version_here(account, caller.origin),
    )


@reads("sts:AssumeRoot", on=on_member, prepare=prepare_root, record_response=True)
def assume_root(call: Call, params: Params, credentials: Credentials) -> Result:
    """Return credentials of a member account's root user."""
    source = call.caller.source_identity
    carried = {"SourceIdentity": source} if source else {}
    return {"Credentials": credentials.shape(), **carried}
