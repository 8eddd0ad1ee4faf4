"""Hypothetical sessions; see README.md."""

from sts.analysis.federated_sessions import (
    suppose_person_by_oidc,
    suppose_person_by_saml,
    suppose_saml_session,
    suppose_web_identity_session,
)
from sts.analysis.session_requests import SessionRequest
from sts.analysis.sessions import (
    HypotheticalSession,
    suppose_federated_user,
    suppose_role_session,
    suppose_session_token,
)

__all__ = [
    "HypotheticalSession",
    "SessionRequest",
    "suppose_federated_user",
    "suppose_person_by_oidc",
    "suppose_person_by_saml",
    "suppose_role_session",
    "suppose_saml_session",
    "suppose_session_token",
    "suppose_web_identity_session",
]
