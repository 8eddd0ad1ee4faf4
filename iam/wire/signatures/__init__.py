"""Who signed a request: AWS's signatures, read and verified; see README.md."""

from iam.wire.signatures.claims import Claim
from iam.wire.signatures.verification import Verified, verify

__all__ = ["Claim", "Verified", "verify"]
