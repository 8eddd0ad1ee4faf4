"""The Django app of tokens."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens by which programs use the API for a site user."""

    name = "console.tokens"
    verbose_name = "Tokens"
