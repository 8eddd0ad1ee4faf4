"""Django's own administration, as a part of the administrator's pages."""

from django.contrib.admin.apps import AdminConfig as DjangoConfig


class InsideConfig(DjangoConfig):
    """*Look inside*: the simulated rows."""

    default_site = "console.inside.site.InsideSite"
