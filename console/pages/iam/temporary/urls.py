"""The addresses of *Temporary credentials*."""

from django.urls import path

from console.pages.iam.temporary import credential_use, page

urlpatterns = [
    path("temporary_credentials", page.temporary_credentials, name="temporary_credentials"),
    path("temporary_credentials/again", credential_use.request_again, name="temporary_again"),
    path("temporary_credentials/use", credential_use.use, name="temporary_use"),
    path("temporary_credentials/forget", credential_use.forget, name="temporary_forget"),
    path("temporary_credentials/console", credential_use.open_in_console, name="temporary_console"),
]
