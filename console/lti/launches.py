"""A launch: begun by the platform, proved by its token, and turned into a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import JoseError

from console.classes.models import Assignment
from console.lti.deep_links import LinkChoices, LinkingRefused, link_choices
from console.lti.keys import ALGORITHM, keys_of
from console.lti.members import CLAIM as MEMBERS
from console.lti.models import EntryLink, LaunchState, LineItem, Platform, PlatformUser
from console.lti.outbound import PlatformUnreachable, is_allowed
from console.lti.people import NotInClass, person_of

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
MAKES_COLUMNS = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
_OPENS, _LINKS = "LtiResourceLinkRequest", "LtiDeepLinkingRequest"
_TEACHES = ("#Instructor", "#TeachingAssistant", "#Administrator", "#ContentDeveloper")
_STATE_LASTS = timedelta(minutes=10)
_LINK_LASTS = timedelta(minutes=2)
_LEEWAY = 60


class LaunchRefused(Exception):
    """A launch that proves nothing; the message is a sentence for its page."""


def begin_launch(asked: Mapping[str, str], launch_url: str) -> str:
    """Return the platform's address that a login continues at; raises LaunchRefused."""
    rows = Platform.objects.filter(issuer=asked.get("iss", ""))
    if asked.get("client_id"):
        rows = rows.filter(client_id=asked["client_id"])
    if asked.get("lti_deployment_id"):
        rows = rows.filter(deployment_id__in=["", asked["lti_deployment_id"]])
    platform = rows.order_by("-deployment_id").first()
    if platform is None or not is_allowed(platform.login_url) or not asked.get("login_hint"):
        message = "This site does not know the platform that sent you. Ask your teacher."
        raise LaunchRefused(message)
    old = timezone.now() - _STATE_LASTS
    LaunchState.objects.filter(made_at__lt=old).delete()
    state = LaunchState.objects.create(platform=platform)
    query = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": launch_url,
        "login_hint": asked["login_hint"],
        "state": state.state,
        "nonce": state.nonce,
    }
    if asked.get("lti_message_hint"):
        query["lti_message_hint"] = asked["lti_message_hint"]
    joint = "&" if "?" in platform.login_url else "?"
    return platform.login_url + joint + urlencode(query)


def _used_state(token: str) -> LaunchState:
    """Return the launch that a state belongs to, which cannot be used again."""
    with transaction.atomic():
        rows = LaunchState.objects.select_for_update(of=("self",)).select_related(
            "platform__course_class"
        )
        state = rows.filter(state=token, made_at__gt=timezone.now() - _STATE_LASTS).first()
        if state is None:
            message = (
                "This launch is too old, or was used before. Open the link in your course again."
            )
            raise LaunchRefused(message)
        LaunchState.objects.filter(pk=state.pk).delete()
    return state


def _claims(platform: Platform, token: str, nonce: str) -> dict[str, Any]:
    """Return the claims of a token that the platform has signed for this launch."""
    try:
        try:
            decoded = jwt.decode(token, keys_of(platform), algorithms=[ALGORITHM])
        except (JoseError, ValueError):  # the platform may have new keys
            decoded = jwt.decode(token, keys_of(platform, again=True), algorithms=[ALGORITHM])
        claims: dict[str, Any] = decoded.claims
        jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": platform.issuer},
            aud={"essential": True, "value": platform.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
    except PlatformUnreachable as error:
        raise LaunchRefused(str(error)) from error
    except (JoseError, ValueError, TypeError, KeyError) as error:
        message = "The platform's token is not valid. Open the link in your course again."
        raise LaunchRefused(message) from error
    return claims


def _checked(platform: Platform, claims: Mapping[str, Any]) -> None:
    """Raise LaunchRefused unless the claims are those of a launch of this registration."""
    audience = claims.get("aud")
    several = isinstance(audience, list) and len(audience) > 1
    if several and claims.get("azp") != platform.client_id:
        message = "The token is for another tool."
        raise LaunchRefused(message)
    if claims.get(f"{CLAIM}version") != "1.3.0":
        message = "This is not an LTI 1.3 launch."
        raise LaunchRefused(message)
    if claims.get(f"{CLAIM}message_type") not in {_OPENS, _LINKS}:
        message = "Only links to a class or an assignment can be opened here."
        raise LaunchRefused(message)
    deployment = claims.get(f"{CLAIM}deployment_id")
    if platform.deployment_id and deployment != platform.deployment_id:
        message = "This deployment is not registered for the class."
        raise LaunchRefused(message)


@dataclass(frozen=True)
class ProvedLaunch:
    """A launch that was proved: its one-time link, or what a teacher picks a link from."""

    platform: Platform
    link: EntryLink | None = None
    linking: LinkChoices | None = None


def finish_launch(state_token: str, id_token: str, launch_url: str) -> ProvedLaunch:
    """Return what a launch opens; raises LaunchRefused."""
    state = _used_state(state_token)
    platform = state.platform
    claims = _claims(platform, id_token, state.nonce)
    _checked(platform, claims)
    roles = claims.get(f"{CLAIM}roles") or []
    is_teacher = any(str(role).endswith(_TEACHES) for role in roles if isinstance(role, str))
    if is_teacher:
        _note_members(platform, claims.get(MEMBERS) or {})
    if claims[f"{CLAIM}message_type"] == _LINKS:
        return ProvedLaunch(platform, linking=_linking(platform, claims, is_teacher, launch_url))
    assignment = _assignment(platform, claims)
    grading = claims.get(GRADES) or {}
    if assignment is not None:
        _note_grading(platform, assignment, grading)
    else:
        _note_columns(platform, grading)
    user = None if is_teacher else _person(platform, claims).user
    EntryLink.objects.filter(made_at__lt=timezone.now() - _LINK_LASTS).delete()
    link = EntryLink.objects.create(platform=platform, user=user, assignment=assignment)
    return ProvedLaunch(platform, link)


def _linking(
    platform: Platform, claims: Mapping[str, Any], is_teacher: bool, launch_url: str
) -> LinkChoices:
    if not is_teacher:
        message = "Only teachers can add links to a course."
        raise LaunchRefused(message)
    try:
        return link_choices(platform, claims, launch_url)
    except LinkingRefused as error:
        raise LaunchRefused(str(error)) from error


def _note_members(platform: Platform, service: Mapping[str, Any]) -> None:
    """Keep where the platform names the people of its course."""
    url = str(service.get("context_memberships_url") or "")[:500]
    if url and url != platform.members_url and is_allowed(url):
        Platform.objects.filter(pk=platform.pk).update(members_url=url)


def _assignment(platform: Platform, claims: Mapping[str, Any]) -> Assignment | None:
    """Return the assignment that a link names, by a custom parameter `assignment`."""
    custom = claims.get(f"{CLAIM}custom") or {}
    wanted = str(custom.get("assignment", "")) if isinstance(custom, Mapping) else ""
    rows = Assignment.objects.filter(course_class=platform.course_class_id)
    return rows.filter(public_id=wanted).first() if wanted else None


def _note_grading(platform: Platform, assignment: Assignment, endpoint: Mapping[str, Any]) -> None:
    """Keep where the platform takes grades of an assignment."""
    known = {"items_url": endpoint.get("lineitems"), "url": endpoint.get("lineitem")}
    wanted = {name: str(url) for name, url in known.items() if url and is_allowed(str(url))}
    if wanted:
        LineItem.objects.update_or_create(platform=platform, assignment=assignment, defaults=wanted)


def _note_columns(platform: Platform, endpoint: Mapping[str, Any]) -> None:
    """Keep where the platform makes columns for grades, if a link to the class lets this site."""
    url, scopes = str(endpoint.get("lineitems") or "")[:500], endpoint.get("scope")
    makes = isinstance(scopes, list) and MAKES_COLUMNS in scopes
    if makes and url and url != platform.items_url and is_allowed(url):
        Platform.objects.filter(pk=platform.pk).update(items_url=url)


def _person(platform: Platform, claims: Mapping[str, Any]) -> PlatformUser:
    """Return who a launch is of, a new student if the platform's `sub` is new."""
    try:
        return person_of(platform, str(claims["sub"])[:255], str(claims.get("name") or ""))
    except NotInClass:
        message = "You are no longer in this class. Ask your teacher."
        raise LaunchRefused(message) from None


def use_link(token: str) -> EntryLink | None:
    """Return what a one-time link opens; nothing the second time, or after two minutes."""
    with transaction.atomic():
        rows = EntryLink.objects.select_for_update(of=("self",)).select_related(
            "platform__course_class", "user", "assignment"
        )
        link = rows.filter(token=token, made_at__gt=timezone.now() - _LINK_LASTS).first()
        if link is not None:
            EntryLink.objects.filter(pk=link.pk).delete()
    return link
