"""Reading and verifying the documents of identity providers; see README.md."""

from iam.federation.assertions import (
    Assertion,
    Attribute,
    claimed_attributes,
    refuse_other_issuer,
    verify_assertion,
)
from iam.federation.errors import BadKeySet, BadMetadata, ProofExpired, ProofRefused
from iam.federation.id_tokens import IdToken, issuer_in, read_claims, verify_id_token
from iam.federation.issuance import (
    SigningKey,
    SubjectStatement,
    assertion_of,
    metadata_document,
    saml_response,
    signed_token,
)
from iam.federation.key_sets import checked_key_set
from iam.federation.metadata import Metadata, read_metadata

__all__ = [
    "Assertion",
    "Attribute",
    "BadKeySet",
    "BadMetadata",
    "IdToken",
    "Metadata",
    "ProofExpired",
    "ProofRefused",
    "SigningKey",
    "SubjectStatement",
    "assertion_of",
    "checked_key_set",
    "claimed_attributes",
    "issuer_in",
    "metadata_document",
    "read_claims",
    "read_metadata",
    "refuse_other_issuer",
    "saml_response",
    "signed_token",
    "verify_assertion",
    "verify_id_token",
]
