"""A teacher picks inside the platform what a link there opens here."""

from html import unescape
from re import findall

import pytest
from django.test import Client
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import KeySet

from console.classes.models import Mode
from console.lti.models import EntryLink, PlatformUser
from tests.lti.launching import enter, launch
from tests.lti.platform import CLAIM, LEARNER, LINKING

pytestmark = pytest.mark.django_db
LAB = "same-account-role"


@pytest.fixture
def assignment(course_class):
    return course_class.assignments.create(lab=LAB, mode=Mode.GRADED)


def answers(page):
    """Return the claims of what each button sends, proved by the site's public keys."""
    keys = KeySet.import_key_set(Client().get(reverse("lti_keys")).json())
    tokens = findall(r'name="JWT" value="([^"]+)"', page.text)
    return [jwt.decode(unescape(one), keys, algorithms=["RS256"]).claims for one in tokens]


def test_each_choice_is_signed_for_the_platform_alone(lms, platform, assignment):
    page = launch(lms, **lms.linking())
    assert page.status_code == 200
    for claims in answers(page):
        assert (claims["iss"], claims["aud"]) == ("client-7", lms.url)
        assert claims["exp"] > claims["iat"]
        assert claims[f"{CLAIM}message_type"] == "LtiDeepLinkingResponse"
        assert claims[f"{CLAIM}deployment_id"] == "1"
        assert claims[f"{LINKING}data"] == "opaque-7"
    assert len({claims["nonce"] for claims in answers(page)}) == 2


def test_the_class_and_its_assignments_can_be_picked(lms, platform, assignment, course_class):
    course_class.assignments.create(lab="external-id", mode=Mode.PRACTICE)
    whole, graded, practice = (
        claims[f"{LINKING}content_items"][0] for claims in answers(launch(lms, **lms.linking()))
    )
    assert (whole["title"], "custom" in whole) == ("7b", False)
    assert graded["custom"] == {"assignment": assignment.public_id}
    assert graded["lineItem"]["resourceId"] == f"rolecall-{assignment.public_id}"
    assert graded["lineItem"]["scoreMaximum"] == 100
    assert "lineItem" not in practice
    assert all(one["url"].endswith(reverse("lti_launch")) for one in (whole, graded, practice))


def test_what_was_picked_opens_that_assignment(lms, platform, assignment):
    (_, item) = (one[f"{LINKING}content_items"][0] for one in answers(launch(lms, **lms.linking())))
    page = launch(lms, **{f"{CLAIM}custom": item["custom"]})
    assert page.status_code == 200
    assert EntryLink.objects.get().assignment == assignment


def test_its_page_may_post_to_the_platform_and_nowhere_else(lms, platform, assignment):
    policy = launch(lms, **lms.linking()).headers["Content-Security-Policy"]
    assert f"form-action {lms.url};" in f"{policy};"
    assert f"frame-ancestors {lms.url}" in policy
    assert "form-action 'self'" in launch(lms).headers["Content-Security-Policy"]


REFUSED = {
    "a student": ({}, {f"{CLAIM}roles": [LEARNER]}, "Only teachers"),
    "a host that is not listed": ({"deep_link_return_url": "https://x.example/"}, {}, "not know"),
    "no address": ({"deep_link_return_url": None}, {}, "not know"),
    "a script": ({"deep_link_return_url": "javascript:alert(1)"}, {}, "not know"),
    "a platform that takes files": ({"accept_types": ["file"]}, {}, "takes no links"),
    "types that are none": ({"accept_types": 5}, {}, "takes no links"),
    "no settings": ({}, {f"{LINKING}deep_linking_settings": "x"}, "does not say"),
}


@pytest.mark.parametrize(("asked", "claims", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_answered_is_a_sentence(lms, platform, asked, claims, sentence):
    page = launch(lms, **{**lms.linking(**asked), **claims})
    assert page.status_code == 400
    assert sentence in page.text
    assert not PlatformUser.objects.exists()


def test_a_platforms_teacher_who_links_gets_no_rights_here(lms, platform, assignment):
    launch(lms, **lms.linking())
    assert not EntryLink.objects.exists()
    client, _ = enter(lms)
    assert (
        client.get(reverse("teach_class", args=[platform.course_class.public_id])).status_code
        == 404
    )
