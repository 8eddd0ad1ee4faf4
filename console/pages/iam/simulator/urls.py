"""The policy simulator's address."""

from django.urls import path

from console.pages.iam.simulator.views import simulator

urlpatterns = [path("simulator", simulator, name="simulator")]
