"""The Django app of classes."""

from django.apps import AppConfig


class ClassesConfig(AppConfig):
    """Classes, their people and their assignments."""

    name = "console.classes"
    verbose_name = "Classes"
