"""What identity providers publish and sign, read and verified; see README.md."""

from iam.federation.assertions import Assertion, Attribute, claimed_attributes, verify_assertion
from iam.federation.errors import BadKeySet, BadMetadata, ProofExpired, ProofRefused
from iam.federation.id_tokens import IdToken, issuer_in, verify_id_token
from iam.federation.issuance import (
    SigningKey,
    SubjectStatement,
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
    "checked_key_set",
    "claimed_attributes",
    "issuer_in",
    "metadata_document",
    "read_metadata",
    "saml_response",
    "signed_token",
    "verify_assertion",
    "verify_id_token",
]
