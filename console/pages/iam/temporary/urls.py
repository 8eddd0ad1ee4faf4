"""The addresses of *Temporary credentials*."""

from django.urls import path

from console.pages.iam.temporary import page, using

urlpatterns = [
    path("temporary_credentials", page.temporary_credentials, name="temporary_credentials"),
    path("temporary_credentials/again", using.request_again, name="temporary_again"),
    path("temporary_credentials/use", using.use, name="temporary_use"),
    path("temporary_credentials/forget", using.forget, name="temporary_forget"),
    path("temporary_credentials/console", using.open_in_console, name="temporary_console"),
]
