"""*Identity providers*: the SAML and OpenID Connect providers that the account trusts."""
