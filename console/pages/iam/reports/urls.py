"""The addresses of the reports."""

from django.urls import path

from console.pages.iam.reports import credential_report

urlpatterns = [
    path("credential-report", credential_report.credential_report, name="credential_report"),
]
