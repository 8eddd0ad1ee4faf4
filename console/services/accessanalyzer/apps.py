"""The Django app of the simulated IAM Access Analyzer."""

from importlib import import_module

from django.apps import AppConfig


class AccessAnalyzerConfig(AppConfig):
    """Analyzers of external access, and their findings."""

    name = "console.services.accessanalyzer"
    verbose_name = "Access Analyzer"

    def ready(self) -> None:
        import_module("console.services.accessanalyzer.actions")
