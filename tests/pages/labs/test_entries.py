"""Whom a lab's page lets its student act as, and the way to the directory."""

import re

from django.contrib.auth import get_user_model
from django.urls import reverse

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from tests.pages.labs.test_attempt import url
from tests.pages.visitor import text_of


def begin(slug):
    owner = get_user_model().objects.get(username="alice")
    return begin_attempt(owner, all_labs()[slug])


def test_a_lab_with_people_of_a_directory_leads_to_it(alice, attempt):
    federated = begin("saml-sign-on")
    link = reverse("idp", args=[federated.sandbox.slug])
    assert link in alice.get(url(federated)).content.decode()
    assert "Identity provider" not in text_of(alice.get(url(attempt)))


def test_who_acts_first_is_you_also_before_the_start_identity_may_act(alice):
    shown = text_of(alice.get(url(begin("update-assume-role-policy"))))
    assert "You can use sec after" in shown
    assert re.search(r"Sign in as dev.{0,40}You begin here", shown, re.DOTALL)
