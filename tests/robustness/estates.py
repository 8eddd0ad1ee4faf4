"""Somebody who has one of everything on the site: worlds, work, classes, drafts, a token."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from console.classes.copies import open_copy
from console.classes.demo import make_demo_class
from console.classes.joins import join_class
from console.classes.models import (
    Class,
    CopySignal,
    Message,
    Remark,
    Teaching,
    TeachingRole,
    Team,
)
from console.classes.seeding.worlds import make_next, new_seeding
from console.classes.staff import new_class
from console.classes.work import begin_assigned
from console.labs.attempts import begin_attempt, new_link
from console.labs.attempts.other_browsers import open_link
from console.labs.authoring.drafts import begin_draft
from console.labs.catalog import all_labs
from console.labs.models import OtherBrowser
from console.labs.scenarios.reader import DEMO
from console.labs.scenarios.shelf import add_scenario
from console.lti.models import EntryLink, Platform
from console.tokens.issuing import issue_token
from console.tokens.scopes import known_scopes
from console.webhooks.models import Webhook
from iam.arns import name_in
from iam.factories import ControlPolicyFactory
from iam.perform import perform
from sts.built_in import name_of, signing_key
from sts.built_in.people import Entry, save_person
from tests.classes.conftest import instructor
from tests.iam.analysis_worlds import arn
from tests.iam.providers import OIDC, SAML
from tests.iam.rehearsing import Stage, furnished
from tests.robustness.addresses import arguments
from tests.worlds import World, allow, make_world

LAB = "same-account-role"
_LMS = "https://lms.example.com"


@dataclass
class Estate:
    """A site user, their world, and what stands under each name that an address takes."""

    owner: User
    stage: Stage
    taught: Class
    values: dict[str, Any] = field(default_factory=dict)
    by_route: dict[str, dict[str, Any]] = field(default_factory=dict)

    def browser(self) -> Client:
        return browser_of(self.owner, self.stage.world)

    def named(self, route: str) -> dict[str, Any]:
        """Return what the names in a route stand for; the longest beginning that fits decides."""
        found = dict(self.values)
        for beginning in sorted(self.by_route, key=len):
            if route.startswith(beginning):
                found |= self.by_route[beginning]
        return {name: found[name] for name in arguments(route) if name in found}

    def query(self, route: str) -> dict[str, str]:
        """Return what names something in the query of a route."""
        fits = (one for one in QUERIES if route.startswith(one))
        return QUERIES[max(fits, key=len, default="")]


QUERIES: Mapping[str, dict[str, str]] = {
    "": {},
    "iam/policies": {"arn": arn("policy", "p0"), "version": "v1", "do": "delete"},
    "iam/identity_providers": {"arn": OIDC},
    "iam/identity_providers/saml": {"arn": SAML},
    "iam/access-map": {"tab": "admin", "principal": arn("user", "u0")},
    "iam/simulator": {"principal": arn("user", "u0")},
    "s3/<": {"key": "k"},
    "cloudtrail/": {"attribute": "ResourceName", "value": "u0"},
    **{key: {} for key in ("cloudtrail/compare", "cloudtrail/download", "cloudtrail/trails")},
    "search": {"q": "u0"},
}


def browser_of(owner: User, world: World) -> Client:
    """Return a site user's browser, signed in to the console of their world as root, too."""
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    fields = {"account": world.account_id, "user": ""}
    assert client.post(reverse("enter_as"), fields).status_code == 302
    return client


def estate_of(name: str) -> Estate:
    """Make a site user who has everything."""
    owner = instructor(name)
    stage = furnished(make_world(name), 3)
    course_class = make_demo_class(owner, 1, labs=[LAB], seed=4)
    estate = Estate(owner, stage, course_class)
    _add_world(estate)
    _add_class(estate)
    _add_work(estate)
    _add_drafts(estate)
    return estate


def _own_event(world: World) -> UUID:
    """Return the ID of an event of now, as pages show no old ones."""
    now = World(world.sandbox, world.account, replace(world.origin, received_at=timezone.now()))
    caller = now.root()
    perform(caller, "iam:ListUsers", {})
    found: UUID = now.events(caller)[0].event_id
    return found


def _add_world(estate: Estate) -> None:
    world, found = estate.stage.world, estate.stage.found
    signing_key(world.sandbox, world.origin.received_at)  # else made at first use
    world.do("PutUserPolicy", UserName="u0", PolicyName="in", PolicyDocument=allow("s3:*"))
    made = ControlPolicyFactory.create(sandbox=world.sandbox, document=allow("*"), targets=["root"])
    control = made.arn(world.sandbox.organization_id, world.account_id)
    save_person(world.sandbox, Entry("ada", "ada@example.com", "Ada", password="Secret-123"))
    estate.values |= {
        "kind": "users",
        "name": "u0",
        "policy": "in",
        "slug": "certificates",
        "key_id": found["key"],
        "row_id": found["certificate"],
        "verb": "deactivate",
        "region": "eu-west-1",
        "service": "sts",
        "action": "AssumeRole",
        "topic": "role",
        "bucket": "bucket-b",
        "instance_id": found["instance"],
        "target_id": found["unit"],
        "sid": "own",
        "policy_id": name_in(control),
        "event_id": _own_event(world),
        "pk": world.sandbox.pk,
    }
    estate.by_route |= {
        "iam/groups/": {"name": "g"},
        "iam/roles/": {"name": "r0"},
        "iam/users/<entity:name>/ssh-keys": {"key_id": found["ssh"]},
        "cloudtrail/trails/": {"name": "trail", "verb": "stop"},
        "cloudtrail/download": {"kind": "events"},
        "idp/": {"slug": name_of(world.sandbox).slug, "name": "ada"},
        "lambda/functions/": {"name": found["function"]},
    }


def _add_class(estate: Estate) -> None:
    owner, taught = estate.owner, estate.taught
    student = taught.enrollments.get()
    assignment = taught.assignments.get()
    attempt = begin_assigned(student, assignment)
    team = Team.objects.create(course_class=taught, name="Blue")
    seeding = new_seeding(taught, owner, "Seeds", DEMO.read_text(encoding="utf-8"))
    make_next(seeding, 1)
    other = Teaching.objects.create(
        course_class=taught, user=instructor(f"{owner}-aide"), role=TeachingRole.ASSISTANT
    )
    signal = CopySignal.objects.create(
        attempt=attempt, type="foreign", value="AIDA", source=attempt, call="GetUser",
        parameter="userName", at=timezone.now())  # fmt: skip
    extension = assignment.extensions.create(enrollment=student, due=timezone.now())
    Message.objects.create(course_class=taught, text="Look here", by=owner)
    Remark.objects.create(assignment=assignment, enrollment=student, text="Well done", by=owner)
    platform = Platform.objects.create(
        course_class=taught, name="LMS", issuer=_LMS, client_id=str(owner), login_url=_LMS,
        token_url=_LMS, keys_url=_LMS)  # fmt: skip
    hook = Webhook.objects.create(course_class=taught, url=_LMS, sealed_secret="x")
    link = EntryLink.objects.create(platform=platform, user=student.user, assignment=assignment)
    estate.values |= {
        "class_id": taught.public_id,
        "student_id": student.public_id,
        "assignment_id": assignment.public_id,
        "attempt_id": attempt.public_id,
        "team_id": team.public_id,
        "seeding_id": seeding.public_id,
        "world_id": seeding.worlds.get().public_id,
        "platform_id": platform.public_id,
        "webhook_id": hook.public_id,
        "token": link.token,
    }
    copies = "teach/<str:class_id>/copies/"
    estate.by_route |= {
        copies: {"number": open_copy(attempt, owner, str(student)).pk},
        "teach/<str:class_id>/teachers/": {"number": other.pk},
        "teach/<str:class_id>/signals/": {"number": signal.pk},
        "teach/<str:class_id>/assignments/": {"number": extension.pk},
    }


def _add_work(estate: Estate) -> None:
    """Let the owner learn in somebody else's class, and by themselves."""
    owner, lab = estate.owner, all_labs()[LAB]
    studied = new_class(instructor(f"teacher-of-{owner}"), f"class of {owner}", "UTC")
    assignment = studied.assignments.create(lab=LAB)
    enrollment = join_class(owner, studied)
    assert enrollment
    seeding = new_seeding(studied, None, "Seeds", DEMO.read_text(encoding="utf-8"))
    make_next(seeding, 1)
    attempt = begin_attempt(owner, lab)
    open_link(new_link(attempt))
    own = {"attempt_id": attempt.public_id, "task_id": "build", "name": "session-reads-reports"}
    estate.by_route |= {
        "classes/": {
            "class_id": studied.public_id,
            "assignment_id": assignment.public_id,
            "world_id": seeding.worlds.get().public_id,
        },
        "labs/a/": {**own, "number": OtherBrowser.objects.get(attempt=attempt).pk},
        "labs/": {"lab_slug": LAB, "track_slug": "roles"},
        "labs/open/": {"token": new_link(attempt)},
        "join/": {"code": studied.join_code},
    }


def _add_drafts(estate: Estate) -> None:
    owner = estate.owner
    draft = begin_draft(owner, f"lab-of-{owner}", dict(all_labs()[LAB].files))
    scenario = add_scenario(owner, DEMO.read_text(encoding="utf-8"), name="Shelved")
    token, _ = issue_token(owner, "program", known_scopes(), timedelta(days=1))
    estate.values |= {
        "scenario_id": scenario.public_id,
        "token_id": token.public_id,
        "sandbox_id": estate.stage.world.sandbox.pk,
    }
    estate.by_route |= {
        "teach/author/": {"lab_slug": draft.slug, "path": "teacher.md"},
        "teach/labs/": {"lab_slug": LAB},
    }
