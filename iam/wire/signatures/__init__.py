"""Reading and verifying AWS's signatures; see README.md."""

from iam.wire.signatures.claims import ALGORITHM, Claim
from iam.wire.signatures.verification import VerifiedSignature, verify

__all__ = ["ALGORITHM", "Claim", "VerifiedSignature", "verify"]
