"""The errors of identity providers' documents."""


class BadMetadata(ValueError):
    """A metadata document that describes no SAML identity provider."""


class BadKeySet(ValueError):
    """A JSON Web Key Set that holds no usable public keys, or keys that are not public."""


class ProofRefused(ValueError):
    """An assertion or token that proves nothing: malformed, not signed, or not for AWS."""


class ProofExpired(ValueError):
    """An assertion or token whose time is over."""
