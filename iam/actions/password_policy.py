"""The account's password policy, and the checks of passwords."""

import json
import re
from collections.abc import Sequence

from django.contrib.auth.hashers import check_password

from iam.actions.refusals import no_such_entity
from iam.actions.subjects import whole_account
from iam.models import Account, PasswordPolicy
from iam.perform import Call, Params, ResourcePolicy, Result, reads, writes
from iam.wire.errors import AwsError

_SHORTEST = 8
_KINDS_WANTED = 3
_UPPER, _LOWER, _DIGIT, _SYMBOL = map(
    re.compile, ("[A-Z]", "[a-z]", "[0-9]", r"[!@#$%^&*()_+\-=\[\]{}|']")
)
COLUMNS = {
    "MinimumPasswordLength": "minimum_length",
    "RequireSymbols": "require_symbols",
    "RequireNumbers": "require_numbers",
    "RequireUppercaseCharacters": "require_uppercase",
    "RequireLowercaseCharacters": "require_lowercase",
    "AllowUsersToChangePassword": "allow_users_to_change",
    "MaxPasswordAge": "max_age",
    "PasswordReusePrevention": "reuse_prevention",
    "HardExpiry": "hard_expiry",
}
"""AWS's names of the settings, and the columns that hold them."""
_UNSET_IF_ZERO = ("MaxPasswordAge", "PasswordReusePrevention")


def password_policy_of(call: Call) -> PasswordPolicy | None:
    """Return the account's own password policy; None for AWS's default."""
    rows = PasswordPolicy.in_sandbox(call.caller.sandbox)
    found: PasswordPolicy | None = rows.filter(account=call.account).first()
    return found


def own_policy(call: Call, params: Params, account: Account) -> PasswordPolicy:
    """Find the account's own policy: AWS's default is no entity."""
    policy = password_policy_of(call)
    if policy is None:
        message = f"The Password Policy with domain name {account.account_id} cannot be found."
        raise no_such_entity(message)
    return policy


@reads("iam:GetAccountPasswordPolicy", on=whole_account, prepare=own_policy)
def get_account_password_policy(call: Call, params: Params, policy: PasswordPolicy) -> Result:
    shaped: Result = {name: getattr(policy, column) for name, column in COLUMNS.items()}
    for name in _UNSET_IF_ZERO:
        if not shaped[name]:
            del shaped[name]
    return {"PasswordPolicy": {**shaped, "ExpirePasswords": policy.max_age > 0}}


@writes("iam:UpdateAccountPasswordPolicy", on=whole_account)
def update_account_password_policy(call: Call, params: Params, account: Account) -> None:
    """Set the whole password policy: missing parameters return to their defaults."""
    policy = password_policy_of(call)
    if policy is not None:
        policy.delete()
    given = {column: params[name] for name, column in COLUMNS.items() if name in params}
    PasswordPolicy.add(call.caller.sandbox, account=account, **given)


@writes("iam:DeleteAccountPasswordPolicy", on=whole_account, prepare=own_policy)
def delete_account_password_policy(call: Call, params: Params, policy: PasswordPolicy) -> None:
    policy.delete()


def _violation(message: str, member: str) -> AwsError:
    return AwsError("PasswordPolicyViolation", message, 400, (member,))


def _default_violated(account: Account, password: str) -> str:
    kinds = sum(1 for kind in (_UPPER, _LOWER, _DIGIT, _SYMBOL) if kind.search(password))
    own_names = {account.name.lower(), account.root_email.lower()}
    weak = len(password) < _SHORTEST or kinds < _KINDS_WANTED or password.lower() in own_names
    return "Password does not conform to the account password policy." if weak else ""


def _violated(policy: PasswordPolicy, password: str) -> str:
    if len(password) < policy.minimum_length:
        return f"Password should have a minimum length of {policy.minimum_length}"
    for wanted, kind, words in (
        (policy.require_uppercase, _UPPER, "uppercase letter"),
        (policy.require_lowercase, _LOWER, "lowercase letter"),
        (policy.require_numbers, _DIGIT, "number"),
        (policy.require_symbols, _SYMBOL, "symbol"),
    ):
        if wanted and not kind.search(password):
            return f"Password should have at least one {words}"
    return ""


def refuse_weak(call: Call, params: Params, member: str) -> None:
    """Refuse a password that the account's policy, or AWS's default, refuses."""
    policy, password = password_policy_of(call), params[member]
    account = call.account
    violated = _violated(policy, password) if policy else _default_violated(account, password)
    if violated:
        raise _violation(violated, member)


def refuse_reused(call: Call, params: Params, member: str, hashes: Sequence[str]) -> None:
    """Refuse a password that a user had before; `hashes` are the present and earlier ones."""
    policy, password = password_policy_of(call), params[member]
    remembered = policy.reuse_prevention if policy else 0
    if any(check_password(password, kept) for kept in hashes[:remembered]):
        message = (
            "Policy constraint violation with password reuse prevention during password change"
        )
        raise _violation(message, member)


def allows_own_change(policy: PasswordPolicy | None, arn: str) -> ResourcePolicy | None:
    """Return the permission to change one's own password, which needs no attached policy."""
    if policy is None or not policy.allow_users_to_change:
        return None
    statement = {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "iam:ChangePassword"}
    text = json.dumps({"Version": "2012-10-17", "Statement": {**statement, "Resource": "*"}})
    return ResourcePolicy(text, "account password policy")
