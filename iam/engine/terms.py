"""The words of a decision, as AWS writes them."""

from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of one check."""

    ALLOW = "allowed"
    EXPLICIT_DENY = "explicitDeny"
    IMPLICIT_DENY = "implicitDeny"


class Effect(StrEnum):
    """The Effect element of a statement."""

    ALLOW = "Allow"
    DENY = "Deny"


class PolicyType(StrEnum):
    """The type of a policy, for the grammar of each."""

    IDENTITY = "identity"
    INLINE = "inline"
    """An identity policy that is embedded in its user, group or role."""
    RESOURCE = "resource"
    TRUST = "trust"
    BOUNDARY = "boundary"
    SESSION = "session"
    SCP = "scp"
    RCP = "rcp"


class Layer(StrEnum):
    """The check types of AWS's access troubleshooter, in the order of the flow chart."""

    RCP = "RCP"
    SCP = "SCP"
    RESOURCE = "RESOURCE"
    PRINCIPAL = "PRINCIPAL"
    PERMISSIONS_BOUNDARY = "PERMISSIONS_BOUNDARY"
    SESSION = "SESSION"

    # An enumeration hashes its members in Python: each look-up of a layer would pay for it.
    __hash__ = str.__hash__


class LayerEffect(StrEnum):
    """The effect of one layer."""

    ALLOW = "ALLOW"
    NO_IMPACT = "NO_IMPACT"
    IMPLICIT_DENY = "IMPLICIT_DENY"
    EXPLICIT_DENY = "EXPLICIT_DENY"
