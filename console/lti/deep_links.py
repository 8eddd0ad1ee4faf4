"""Deep links: a teacher of a platform picks what a link in the course there opens here.

The choices are signed at once, and the browser brings the chosen one to the platform: nothing is
kept, and nothing here changes. What can be picked is the class, and what is assigned in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import get_random_string
from joserfc import jwt

from console.classes.models import Assignment
from console.classes.work import lab_of_assignment
from console.lti.keys import ALGORITHM, tool_key
from console.lti.models import Platform, resource_of
from console.lti.outbound import is_allowed

_CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
_TYPE = "ltiResourceLink"
_LASTS = 3600
"""Seconds in which the teacher chooses."""


class LinkingRefused(ValueError):
    """A request for a link that cannot be answered; the message is a sentence."""


@dataclass(frozen=True)
class LinkChoice:
    """What a link can open, and what the browser sends for it, signed by this site."""

    title: str
    about: str
    response: str


@dataclass(frozen=True)
class LinkChoices:
    """The choices, and the platform's address that takes one."""

    return_url: str
    choices: tuple[LinkChoice, ...]


def link_choices(platform: Platform, claims: Mapping[str, Any], launch_url: str) -> LinkChoices:
    """Return what a platform's teacher can pick; raises LinkingRefused."""
    settings = claims.get(f"{_LINKING}deep_linking_settings")
    if not isinstance(settings, Mapping):
        message = "The platform does not say where a link goes."
        raise LinkingRefused(message)
    return_url, accepted = settings.get("deep_link_return_url"), settings.get("accept_types")
    if not isinstance(return_url, str) or not is_allowed(return_url):
        message = "This site does not know the address to which the platform wants the link sent."
        raise LinkingRefused(message)
    if not isinstance(accepted, list) or _TYPE not in accepted:
        message = "The platform takes no links to a tool here."
        raise LinkingRefused(message)
    answer = {
        f"{_CLAIM}deployment_id": claims.get(f"{_CLAIM}deployment_id"),
        f"{_CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{_CLAIM}version": "1.3.0",
    }
    if "data" in settings:
        answer[f"{_LINKING}data"] = settings["data"]
    items = _items(platform, launch_url)
    return LinkChoices(
        return_url,
        tuple(
            LinkChoice(item["title"], about, _signed(platform, answer, item))
            for item, about in items
        ),
    )


def _items(platform: Platform, launch_url: str) -> list[tuple[dict[str, Any], str]]:
    """Return the class and its assignments as content items, each with a word about it."""
    course_class = platform.course_class
    found = [({"type": _TYPE, "title": course_class.name, "url": launch_url}, "The whole class")]
    for one in course_class.assignments.select_related("version"):
        found.append((_item(one, launch_url), one.get_mode_display()))
    return found


def _item(assignment: Assignment, launch_url: str) -> dict[str, Any]:
    lab = lab_of_assignment(assignment)
    title = lab.title if lab else assignment.lab
    item: dict[str, Any] = {
        "type": _TYPE,
        "title": title,
        "url": launch_url,
        "custom": {"assignment": assignment.public_id},
    }
    if lab is not None and assignment.counts:
        item["lineItem"] = {
            "label": title,
            "scoreMaximum": sum(task.points for task in lab.tasks),
            "resourceId": resource_of(assignment),
        }
    return item


def _signed(platform: Platform, answer: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    now, key = int(timezone.now().timestamp()), tool_key()
    claims = {
        **answer,
        f"{_LINKING}content_items": [item],
        "iss": platform.client_id,
        "aud": platform.issuer,
        "iat": now,
        "exp": now + _LASTS,
        "nonce": get_random_string(32),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key)
