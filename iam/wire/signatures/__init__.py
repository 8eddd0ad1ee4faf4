"""Reading and verifying AWS's signatures; see README.md."""

from iam.wire.signatures.claims import Claim
from iam.wire.signatures.verification import VerifiedSignature, verify

__all__ = ["Claim", "VerifiedSignature", "verify"]
