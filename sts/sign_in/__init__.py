"""Console sign-ins and role switches; see README.md."""

from sts.sign_in.accounts import (
    FoundAccount,
    UnknownAccount,
    account_id_in,
    account_name,
    as_account_id,
    find_account,
    unknown_account,
)
from sts.sign_in.authenticator import ShownDevice, shown_devices
from sts.sign_in.console import (
    REFUSED,
    SIGN_IN_LIFETIME,
    CodeAwaited,
    Fence,
    SignIn,
    SignInRefused,
    enter,
    root_accounts,
    sign_in_root,
    sign_in_user,
    sign_in_with_code,
)
from sts.sign_in.federated_sign_ins import OfferedRole, offered_roles, sign_in_with_saml
from sts.sign_in.role_switches import NoSuchAccount, exit_role, switch_role
from sts.sign_in.sign_outs import note_sign_out

__all__ = [
    "REFUSED",
    "SIGN_IN_LIFETIME",
    "CodeAwaited",
    "Fence",
    "FoundAccount",
    "NoSuchAccount",
    "OfferedRole",
    "ShownDevice",
    "SignIn",
    "SignInRefused",
    "UnknownAccount",
    "account_id_in",
    "account_name",
    "as_account_id",
    "enter",
    "exit_role",
    "find_account",
    "note_sign_out",
    "offered_roles",
    "root_accounts",
    "shown_devices",
    "sign_in_root",
    "sign_in_user",
    "sign_in_with_code",
    "sign_in_with_saml",
    "switch_role",
    "unknown_account",
]
