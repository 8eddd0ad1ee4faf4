"""Names and roles: the students of a platform's course, taken into the class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from console.classes.models import Enrollment
from console.labs.site_users import display_name
from console.lti.access import access_token
from console.lti.models import Platform, PlatformUser
from console.lti.outbound import PlatformUnreachable, fetch_page
from console.lti.people import NotInClass, person_of

CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
_CONTAINER = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_LEARNER = "Learner"
_MOST = 2000
_MOST_PAGES = 100


@dataclass(frozen=True)
class RosterSync:
    """How many students of the platform are new here, and who is no longer there, by name."""

    new: int
    left: tuple[str, ...]

    def __str__(self) -> str:
        left = f" No longer there: {', '.join(self.left)}." if self.left else ""
        return f"{self.new} new.{left}"


def take_members_in(platform: Platform) -> RosterSync:
    """Let the platform's students join the class; raises PlatformUnreachable.

    Nobody is removed: who is no longer in the course there is named, for the teacher to decide.
    Who was removed here stays so.
    """
    members = {str(one["user_id"])[:255]: one for one in _learners(platform)}
    if not members:
        message = f"{platform} names no students."
        raise PlatformUnreachable(message)
    before = set(platform.people.values_list("subject", flat=True))
    for subject, member in members.items():
        try:
            person_of(platform, subject, _name(member))
        except NotInClass:
            continue
    here = Enrollment.objects.filter(course_class=platform.course_class_id, removed_at=None)
    gone = PlatformUser.objects.filter(platform=platform, user__in=here.values("user"))
    left = gone.exclude(subject__in=members).select_related("user__profile").order_by("pk")
    return RosterSync(len(members.keys() - before), tuple(display_name(one.user) for one in left))


def _name(member: Mapping[str, Any]) -> str:
    parts = (member.get("given_name"), member.get("family_name"))
    return str(member.get("name") or " ".join(str(one) for one in parts if one))


def _learners(platform: Platform) -> Iterator[Mapping[str, Any]]:
    """Yield the members who are students now, page by page."""
    headers = {
        "Authorization": f"Bearer {access_token(platform, [_SCOPE])}",
        "Accept": _CONTAINER,
    }
    url, found = platform.members_url, 0
    for _ in range(_MOST_PAGES):
        page, url = fetch_page(url, headers)
        listed = page.get("members") if isinstance(page, dict) else None
        if not isinstance(listed, list):
            message = f"{platform} names no members."
            raise PlatformUnreachable(message)
        for one in listed:
            if isinstance(one, dict) and one.get("user_id") and _learns(one):
                found += 1
                yield one
        if not url or found > _MOST:
            return


def _learns(member: Mapping[str, Any]) -> bool:
    """Return whether a member is a student there; roles stand in full or by their last word."""
    roles = member.get("roles")
    named = [str(one).rpartition("#")[2] for one in roles] if isinstance(roles, list) else []
    return _LEARNER in named and member.get("status", "Active") == "Active"
