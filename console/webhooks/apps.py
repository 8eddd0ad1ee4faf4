"""The Django app of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Deliveries to programs of teachers."""

    name = "console.webhooks"
    verbose_name = "Webhooks"
