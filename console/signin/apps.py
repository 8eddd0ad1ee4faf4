"""The Django app of signing in to the simulated console."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """Sign-in, switch role and the state of a console."""

    name = "console.signin"
    verbose_name = "Sign-in"
