"""The Django app of scenarios and labs."""

from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Scenario files and what they seed."""

    name = "console.labs"
    verbose_name = "Labs"
