"""sts:AssumeRoleWithSAML."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from iam.actions.provider_subjects import parse_saml_arn
from iam.actions.resource_kinds import iam_resource
from iam.actions.saml_providers import private_keys_of
from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind
from iam.federation import Assertion, Attribute, read_metadata, verify_assertion
from iam.models import Role, SamlProvider
from iam.perform import Call, Params, Resolution, Result, reads
from sts.actions.proofs import (
    checked,
    checked_session_name,
    checked_source_identity,
    invalid_identity,
    tag_params,
)
from sts.actions.role_sessions import (
    RoleSession,
    on_session,
    open_session,
    parse_role_arn,
    prepare_session,
    proof_requested,
    proved,
)
from sts.actions.session_requests import session_lifetime

_OURS = "https://aws.amazon.com/SAML/Attributes/"
ROLE, SESSION_NAME = f"{_OURS}Role", f"{_OURS}RoleSessionName"
SESSION_DURATION = f"{_OURS}SessionDuration"
_SOURCE_IDENTITY, _TRANSITIVE = f"{_OURS}SourceIdentity", f"{_OURS}TransitiveTagKeys"
_TAG = f"{_OURS}PrincipalTag:"
# The condition keys of SAML attributes by their names, as AWS documents them.
_KEYS = {
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": "saml:eduPersonAffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.2": "saml:eduPersonNickname",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.3": "saml:eduPersonOrgDN",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.4": "saml:eduPersonOrgUnitDN",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.5": "saml:eduPersonPrimaryAffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.6": "saml:eduPersonPrincipalName",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.7": "saml:eduPersonEntitlement",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.8": "saml:eduPersonPrimaryOrgUnitDN",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.9": "saml:eduPersonScopedAffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.10": "saml:eduPersonTargetedID",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.11": "saml:eduPersonAssurance",
    "urn:oid:1.3.6.1.4.1.5923.1.2.1.2": "saml:eduOrgHomePageURI",
    "urn:oid:1.3.6.1.4.1.5923.1.2.1.3": "saml:eduOrgIdentityAuthNPolicyURI",
    "urn:oid:1.3.6.1.4.1.5923.1.2.1.4": "saml:eduOrgLegalName",
    "urn:oid:1.3.6.1.4.1.5923.1.2.1.5": "saml:eduOrgSuperiorURI",
    "urn:oid:1.3.6.1.4.1.5923.1.2.1.6": "saml:eduOrgWhitePagesURI",
    "urn:oid:2.5.4.3": "saml:cn",
    "urn:oid:2.5.4.4": "saml:surname",
    "urn:oid:2.5.4.42": "saml:givenName",
    "urn:oid:0.9.2342.19200300.100.1.3": "saml:mail",
    "urn:oid:0.9.2342.19200300.100.1.1": "saml:uid",
    "urn:oid:2.5.4.45": "saml:x500UniqueIdentifier",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name": "saml:name",
    "http://schemas.xmlsoap.org/claims/CommonName": "saml:commonName",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarysid": "saml:primaryGroupSID",
}


def name_qualifier(issuer: str, account_id: str, name: str) -> str:
    """Return AWS's hash of issuer, account and provider, which qualifies a subject."""
    text = f"{issuer}{account_id}/{name}"
    return base64.b64encode(hashlib.sha1(text.encode()).digest()).decode()  # noqa: S324


@dataclass(frozen=True)
class SamlProof:
    """A verified assertion with its provider, and the request for a session that it makes."""

    provider: SamlProvider
    assertion: Assertion
    request: Params
    source_identity: str

    @property
    def name_qualifier(self) -> str:
        provider = self.provider
        return name_qualifier(self.assertion.issuer, provider.account.account_id, provider.name)

    def session_keys(self) -> dict[str, str]:
        """Return the condition keys that the session keeps."""
        return {
            "saml:namequalifier": self.name_qualifier,
            "saml:sub": self.assertion.subject,
            "saml:sub_type": self.assertion.subject_type,
        }

    def context(self) -> dict[str, ContextValue]:
        """Return the condition keys of the request."""
        account_id, said = self.provider.account.account_id, self.assertion
        attributes = {
            key: said.attributes[name] for name, key in _KEYS.items() if name in said.attributes
        }
        return {
            **self.session_keys(),
            "saml:aud": said.recipient,
            "saml:iss": said.issuer,
            "saml:doc": f"{account_id}/{self.provider.name}",
            **attributes,
        }


def find_saml_provider(caller: Caller, arn: str) -> SamlProvider | None:
    """Return the provider of an ARN, in the caller's sandbox."""
    named = parse_saml_arn(arn)
    if named is None:
        return None
    rows = SamlProvider.in_sandbox(caller.sandbox).select_related("account")
    found: SamlProvider | None = rows.filter(
        account__account_id=named.account, name=named.id
    ).first()
    return found


def verified(caller: Caller, provider: SamlProvider, assertion: str) -> Assertion:
    """Verify a provider's assertion; raises AwsError for one that proves nothing."""
    return checked(
        lambda: verify_assertion(
            assertion,
            read_metadata(provider.metadata),
            caller.now,
            keys=private_keys_of(provider),
            encrypted_only=provider.assertion_encryption_mode == "Required",
        )
    )


Verify = Callable[[Caller, SamlProvider, str], Assertion]


def role_pairs(attributes: Mapping[str, Attribute]) -> list[tuple[str, str]]:
    """Return the (role ARN, provider ARN) pairs of an assertion, written in either order."""
    pairs = []
    for value in attributes.get(ROLE, ()):
        first, _, second = (part.strip() for part in value.partition(","))
        is_provider = ":saml-provider/" in first
        pairs.append((second, first) if is_provider else (first, second))
    return pairs


def _first(assertion: Assertion, name: str) -> str:
    return next(iter(assertion.attributes.get(name, ())), "")


def _request(params: Params, assertion: Assertion) -> dict[str, Any]:
    """Return the request, with the session name and tags of the assertion."""
    name = _first(assertion, SESSION_NAME)
    if not name:
        raise invalid_identity("RoleSessionName is required in AuthnResponse")
    message = "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"
    tags = {
        key.removeprefix(_TAG): values[0]
        for key, values in assertion.attributes.items()
        if key.startswith(_TAG) and values
    }
    return {
        **params,
        "RoleSessionName": checked_session_name(name, message),
        **tag_params(tags, assertion.attributes.get(_TRANSITIVE, ())),
    }


def _vouched(call: Call, params: Params, verify: Verify) -> SamlProof:
    role_arn, provider_arn = params["RoleArn"], params["PrincipalArn"]
    provider = find_saml_provider(call.caller, provider_arn)
    if provider is None or provider.account.account_id != parse_role_arn(role_arn).account:
        raise invalid_identity("Specified provider doesn't exist")
    assertion = verify(call.caller, provider, params["SAMLAssertion"])
    if (role_arn, provider_arn) not in role_pairs(assertion.attributes):
        message = "SAML Assertion doesn't contain the requested Role and Metadata in the attributes"
        raise invalid_identity(message)
    source_identity = checked_source_identity(_first(assertion, _SOURCE_IDENTITY))
    return SamlProof(provider, assertion, _request(params, assertion), source_identity)


def _proved(caller: Caller, vouched: SamlProof) -> Caller:
    said = vouched.assertion
    return proved(
        caller,
        kind=CallerKind.SAML,
        account_id=vouched.provider.account.account_id,
        arn=vouched.provider.arn,
        principal_id=f"{vouched.name_qualifier}:{said.subject}",
        name=said.subject,
        federated_provider=vouched.provider.arn,
    )


def on_role_by_saml(call: Call, params: Params, verify: Verify = verified) -> Resolution:
    """Verify the assertion, then check the role's trust policy for its subject."""
    vouched = _vouched(call, params, verify)
    caller = _proved(call.caller, vouched)
    found = on_session(
        "sts:AssumeRoleWithSAML",
        caller,
        vouched.request,
        vouched.source_identity,
        vouched.context(),
    )
    return replace(
        found,
        subject=(found.subject, vouched),
        proved=caller,
        resources=[*found.resources, iam_resource("SAMLProvider", vouched.provider.arn)],
        requested={
            "SAMLAssertionID": vouched.assertion.id,
            **proof_requested(vouched.request, vouched.source_identity),
        },
    )


def _lifetime(caller: Caller, params: Params, role: Role, vouched: SamlProof) -> timedelta:
    """Return the duration of the session, which is never longer than the provider's own."""
    asked = session_lifetime(caller, params, role.max_session_duration)
    ends = vouched.assertion.session_ends
    return min(asked, ends - caller.now) if ends else asked


def prepare_role(
    call: Call, params: Params, found: tuple[Role, SamlProof]
) -> tuple[RoleSession, SamlProof]:
    """Return the session of the role for the assertion."""
    role, vouched = found
    session = prepare_session(
        call.caller,
        vouched.request,
        role,
        _lifetime(call.caller, params, role, vouched),
        vouched.source_identity,
        provider=vouched.provider.arn,
        federation=vouched.session_keys(),
    )
    return session, vouched


@reads("sts:AssumeRoleWithSAML", on=on_role_by_saml, prepare=prepare_role, record_response=True)
def assume_role_with_saml(
    call: Call, params: Params, prepared: tuple[RoleSession, SamlProof]
) -> Result:
    """Return credentials of a session of the role."""
    session, vouched = prepared
    said = vouched.assertion
    return {
        **open_session(call.caller, session),
        "Subject": said.subject,
        "SubjectType": said.subject_type,
        "Issuer": said.issuer,
        "Audience": said.recipient,
        "NameQualifier": vouched.name_qualifier,
    }
