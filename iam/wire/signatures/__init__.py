"""Who signed a request: AWS's signatures, read and verified; see README.md."""

from iam.wire.signatures.claims import Claim
from iam.wire.signatures.verification import VerifiedSignature, verify

__all__ = ["Claim", "VerifiedSignature", "verify"]
