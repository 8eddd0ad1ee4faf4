"""Console sign-ins by AssumeRoleWithSAML, without an IAM user."""

from dataclasses import dataclass, replace

from iam.arns import account_field, name_in
from iam.callers import Caller, Origin, Visit
from iam.catalogue.regions import HOME_REGION
from iam.federation import ProofRefused, claimed_attributes
from iam.perform import perform
from iam.trail import SIGN_IN, EventFields, record_now
from sts.actions.assume_role_with_saml import (
    SESSION_DURATION,
    find_saml_provider,
    role_pairs,
    verified,
)
from sts.actions.proofs import invalid_identity
from sts.credentials import caller_of, open_token, unknown_caller
from sts.sign_in.accounts import FoundAccount, UnknownAccount, find_account

_BY_AWS = "AWS Internal"
_SHORTEST, _LONGEST, _USUAL = 900, 43200, 3600


@dataclass(frozen=True)
class OfferedRole:
    """A role that an assertion offers, with its account and provider."""

    account: FoundAccount
    role_arn: str
    provider_arn: str

    @property
    def name(self) -> str:
        return name_in(self.role_arn)


def _offered(pair: tuple[str, str], assertion: str, origin: Origin, visit: Visit) -> OfferedRole:
    """Return the offered role of a pair; raises UnknownAccount, or AwsError if unverified."""
    role_arn, provider_arn = pair
    account = find_account(account_field(role_arn))
    caller = unknown_caller(account.account_id, origin, visit)
    provider = find_saml_provider(caller, provider_arn) if caller else None
    if caller is None or provider is None:
        raise UnknownAccount(provider_arn)
    verified(caller, provider, assertion)
    return OfferedRole(account, role_arn, provider_arn)


def offered_roles(assertion: str, origin: Origin, visit: Visit) -> list[OfferedRole]:
    """Return the roles that a SAML response offers and its provider has signed.

    Raises AwsError for an invalid response, one not signed by the provider, or an expired one;
    roles of accounts and providers that do not exist here are left out.
    """
    try:
        pairs = role_pairs(claimed_attributes(assertion))
    except ProofRefused as error:
        raise invalid_identity(str(error)) from error
    roles = []
    for pair in dict.fromkeys(pairs):
        try:
            roles.append(_offered(pair, assertion, origin, visit))
        except UnknownAccount:
            continue
    if not roles:
        raise invalid_identity("Specified provider doesn't exist")
    return roles


def _seconds(assertion: str) -> int:
    """Return how many seconds the provider wants the console to stay open."""
    said = "".join(claimed_attributes(assertion).get(SESSION_DURATION, ())[:1])
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(_LONGEST))):
        return _USUAL
    return min(max(int(said), _SHORTEST), _LONGEST)


def _record(caller: Caller, provider_arn: str) -> None:
    happened = EventFields(
        source="signin.amazonaws.com",
        name="ConsoleLogin",
        read_only=False,
        event_type=SIGN_IN,
        response={"ConsoleLogin": "Success"},
        additional={
            "LoginTo": "/iam/",
            "MobileVersion": "No",
            "MFAUsed": "No",
            "SamlProviderArn": provider_arn,
        },
        region=HOME_REGION,
    )
    record_now(caller, happened)


def sign_in_with_saml(role: OfferedRole, assertion: str, origin: Origin, visit: Visit) -> str:
    """Return the session token of a role for an assertion; raises the AwsError of STS."""
    caller = unknown_caller(role.account.account_id, origin, visit)
    if caller is None:
        raise invalid_identity("Specified provider doesn't exist")
    request = {
        "RoleArn": role.role_arn,
        "PrincipalArn": role.provider_arn,
        "SAMLAssertion": assertion,
        "DurationSeconds": _seconds(assertion),
    }
    by_aws = replace(caller, origin=replace(origin, recorded_as=_BY_AWS))
    result = perform(by_aws, "sts:AssumeRoleWithSAML", request)
    token: str = result["Credentials"]["SessionToken"]
    _record(caller_of(open_token(token), origin, visit), role.provider_arn)
    return token
