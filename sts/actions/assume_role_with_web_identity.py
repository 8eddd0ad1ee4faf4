"""sts:AssumeRoleWithWebIdentity."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind
from iam.federation import IdToken, issuer_in, verify_id_token
from iam.models import OidcProvider, Role
from iam.perform import Call, Params, Resolution, Result, reads
from iam.wire.errors import AwsError
from sts.actions.proofs import checked, checked_source_identity, invalid_identity, tag_params
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
from sts.actions.token_claims import request_keys, session_keys, texts
from sts.built_in import key_set_of

_TAGS = "https://aws.amazon.com/tags"
_SOURCE_IDENTITY = "https://aws.amazon.com/source_identity"
_NO_KEYS = (
    "Couldn't retrieve verification key from your identity provider, "
    "please reference AssumeRoleWithWebIdentity documentation for requirements"
)
_BAD_TAGS = "The claim https://aws.amazon.com/tags is not of the form that AWS documents"


@dataclass(frozen=True)
class WebIdentityProof:
    """A verified token with its provider, and the request for a session that it makes."""

    provider: OidcProvider
    token: IdToken
    request: Params
    source_identity: str


def _find_provider(caller: Caller, account_id: str, issuer: str) -> OidcProvider:
    rows = OidcProvider.in_sandbox(caller.sandbox).select_related("account")
    url = issuer.removeprefix("https://").replace("\0", "")
    found: OidcProvider | None = rows.filter(account__account_id=account_id, url=url).first()
    if found is None or not issuer.startswith("https://"):
        message = f"No OpenIDConnect provider found in your account for {issuer}"
        raise invalid_identity(message)
    return found


@dataclass(frozen=True)
class SignedToken:
    """A token as sent: `issuer` reads without verifying, `read` verifies."""

    text: str

    def issuer(self) -> str:
        """Return the issuer in the token, unverified."""
        return checked(lambda: issuer_in(self.text))

    def read(self, provider: OidcProvider, keys: Mapping[str, Any], now: datetime) -> IdToken:
        """Return the verified token; raises AwsError for one that proves nothing."""
        issuer, clients = self.issuer(), provider.client_ids
        return checked(lambda: verify_id_token(self.text, issuer, clients, keys, now))


class SentToken(Protocol):
    """A token that opens a role: a signed one or, in an analysis, only its claims."""

    def issuer(self) -> str: ...

    def read(self, provider: OidcProvider, keys: Mapping[str, Any], now: datetime) -> IdToken: ...


def _keys(call: Call, provider: OidcProvider) -> Mapping[str, Any]:
    caller, made = call.caller, not call.rehearsed
    own = key_set_of(caller.sandbox, provider.url, caller.origin.received_at, made=made)
    keys: Mapping[str, Any] = own or provider.keys
    if not keys:
        raise invalid_identity(_NO_KEYS)
    return keys


def _tags(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Return the session tags of a token: the nested claim, or the flattened ones."""
    nested = claims.get(_TAGS)
    if nested is None:
        prefix = f"{_TAGS}/principal_tags/"
        flat = {k.removeprefix(prefix): v for k, v in claims.items() if k.startswith(prefix)}
        nested = {
            "principal_tags": flat,
            "transitive_tag_keys": claims.get(f"{_TAGS}/transitive_tag_keys", []),
        }
    if not isinstance(nested, dict):
        raise invalid_identity(_BAD_TAGS)
    said, transitive = nested.get("principal_tags") or {}, nested.get("transitive_tag_keys") or []
    if not isinstance(said, dict) or not isinstance(transitive, list):
        raise invalid_identity(_BAD_TAGS)
    tags = {key: texts(value)[:1] for key, value in said.items()}
    if not all(tags.values()) or len(texts(transitive)) < len(transitive):
        raise invalid_identity(_BAD_TAGS)
    return tag_params({key: values[0] for key, values in tags.items()}, texts(transitive))


def _vouched(call: Call, params: Params, sent: SentToken) -> WebIdentityProof:
    account_id = parse_role_arn(params["RoleArn"]).account
    if "ProviderId" in params:
        message = (
            "ProviderId is for OAuth 2.0 access tokens, whose provider can't be asked from here"
        )
        raise AwsError("IDPCommunicationError", message, members=("ProviderId",))
    provider = _find_provider(call.caller, account_id, sent.issuer())
    token = sent.read(provider, _keys(call, provider), call.caller.now)
    source_identity = token.claims.get(_SOURCE_IDENTITY, "")
    named = checked_source_identity(source_identity if isinstance(source_identity, str) else "?")
    return WebIdentityProof(provider, token, {**params, **_tags(token.claims)}, named)


def _proved(caller: Caller, vouched: WebIdentityProof) -> Caller:
    provider, token = vouched.provider, vouched.token
    return proved(
        caller,
        kind=CallerKind.WEB_IDENTITY,
        account_id=provider.account.account_id,
        arn=provider.arn,
        principal_id=f"{provider.arn}:{token.audience}:{token.subject}",
        name=token.subject,
        federated_provider=provider.arn,
    )


def on_role_by_token(call: Call, params: Params, sent: SentToken | None = None) -> Resolution:
    """Verify the token, then check the role's trust policy for its subject."""
    vouched = _vouched(call, params, sent or SignedToken(params["WebIdentityToken"]))
    caller = _proved(call.caller, vouched)
    context: dict[str, ContextValue] = dict(request_keys(vouched.token, vouched.provider.url))
    found = on_session(
        "sts:AssumeRoleWithWebIdentity",
        caller,
        vouched.request,
        vouched.source_identity,
        context,
    )
    shown = proof_requested(vouched.request, vouched.source_identity)
    return replace(found, subject=(found.subject, vouched), proved=caller, requested=shown)


def prepare_role(
    call: Call, params: Params, found: tuple[Role, WebIdentityProof]
) -> tuple[RoleSession, WebIdentityProof]:
    """Return the session of the role for the request and its token."""
    role, vouched = found
    session = prepare_session(
        call.caller,
        vouched.request,
        role,
        session_lifetime(call.caller, params, role.max_session_duration),
        vouched.source_identity,
        provider=vouched.provider.arn,
        federation=session_keys(vouched.token, vouched.provider.url),
    )
    return session, vouched


@reads(
    "sts:AssumeRoleWithWebIdentity",
    on=on_role_by_token,
    prepare=prepare_role,
    record_response=True,
)
def assume_role_with_web_identity(
    call: Call, params: Params, prepared: tuple[RoleSession, WebIdentityProof]
) -> Result:
    """Return credentials of a session of the role."""
    session, vouched = prepared
    return {
        **open_session(call.caller, session),
        "SubjectFromWebIdentityToken": vouched.token.subject,
        "Provider": vouched.provider.arn,
        "Audience": vouched.token.audience,
    }
