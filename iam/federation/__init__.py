"""What identity providers publish and sign, read and verified; see README.md."""

from iam.federation.assertions import Assertion, Attribute, claimed_attributes, verify_assertion
from iam.federation.errors import BadKeySet, BadMetadata, ProofExpired, ProofRefused
from iam.federation.id_tokens import IdToken, issuer_in, verify_id_token
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
    "checked_key_set",
    "claimed_attributes",
    "issuer_in",
    "read_metadata",
    "verify_assertion",
    "verify_id_token",
]
