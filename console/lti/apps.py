"""The Django app of LTI."""

from django.apps import AppConfig


class LtiConfig(AppConfig):
    """Launches from learning management systems, and grades sent to them."""

    name = "console.lti"
    verbose_name = "LTI"
