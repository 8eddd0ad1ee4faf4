"""The demo world with some more in it, and who visits it."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from console.classes.models import Assignment, Class
from console.classes.staff import new_class
from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.scenarios import DEMO, SeededSandbox, seed_scenario
from console.labs.site_users import INSTRUCTORS, site_student
from iam.models import Account
from sts.built_in import name_of, signing_key
from tests.consoles import console_behind
from tests.worlds import World, allow, trust

TEACHER = "tess"
LAB = "same-account-role"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


@dataclass
class Demo:
    """A seeded demo sandbox, its main account as a world."""

    seeded: SeededSandbox
    world: World

    @property
    def account_id(self) -> str:
        return self.world.account_id

    @property
    def bucket(self) -> str:
        return next(name for name in self.buckets if "dev" in name)

    @property
    def buckets(self) -> list[str]:
        from console.services.s3.models import Bucket  # noqa: PLC0415

        return list(Bucket.in_sandbox(self.world.sandbox).values_list("name", flat=True))

    @property
    def policy_arn(self) -> str:
        return f"arn:aws:iam::{self.account_id}:policy/Readers"

    def event_id(self) -> uuid.UUID:
        return self.world.events()[0].event_id

    def values(self) -> dict[str, str]:
        """Return what exists under each name that a route of the site takes."""
        return {
            "kind": "roles",
            "name": "Helper",
            "policy": "given",
            "bucket": self.bucket,
            "topic": "role",
            "slug": name_of(self.world.sandbox).slug,
            "service": "sts",
            "action": "AssumeRole",
            "key_id": "AKIAXXXXXXXXXXXXXXXX",
            "verb": "deactivate",
            "region": "eu-west-1",
            "event_id": str(self.event_id()),
            "lab_slug": LAB,
            "task_id": "build",
            "class_id": Class.objects.get().public_id,
            "assignment_id": Assignment.objects.get().public_id,
            "attempt_id": Attempt.objects.get(owner=self.world.sandbox.owner).public_id,
        }


def seed_demo(owner: str = "alice") -> Demo:
    """Seed the demo scenario for an owner; anybody may sign in to it."""
    seeded = seed_scenario(DEMO.read_text(encoding="utf-8"), site_student(owner), public=True)
    sandbox = seeded.sandbox
    account = Account.in_sandbox(sandbox).get(account_id=seeded.accounts[0].account_id)
    return Demo(seeded, World(sandbox, account))


def _class_of(name: str) -> None:
    """Make an instructor with a class that has an assignment, unless there is one."""
    teacher, made = User.objects.get_or_create(username=name)
    if made:
        teacher.groups.add(Group.objects.get(name=INSTRUCTORS))
        course_class = new_class(teacher, "7b", "Europe/Berlin")
        Assignment.objects.create(course_class=course_class, lab=LAB)


def furnished(owner: str = "alice") -> Demo:
    """Return a demo with a role, a group, a policy and inline ones beside what the file holds.

    Its owner has begun a lab, too.
    """
    demo = seed_demo(owner)
    begin_attempt(site_student(owner), all_labs()[LAB])
    _class_of(TEACHER)
    do, account = demo.world.do, demo.account_id
    signing_key(demo.world.sandbox, demo.world.origin.received_at)  # else made at first use
    text = allow("s3:GetObject")
    do("CreatePolicy", PolicyName="Readers", PolicyDocument=text)
    do("CreateRole", RoleName="Helper", AssumeRolePolicyDocument=trust(account))
    do("AttachRolePolicy", RoleName="Helper", PolicyArn=ADMIN)
    do("PutRolePolicy", RoleName="Helper", PolicyName="given", PolicyDocument=text)
    do("CreateGroup", GroupName="Helper")
    do("PutGroupPolicy", GroupName="Helper", PolicyName="given", PolicyDocument=text)
    do("CreateUser", UserName="Helper")
    do("PutUserPolicy", UserName="Helper", PolicyName="given", PolicyDocument=text)
    return demo


class Guest:
    """A browser whose requests never raise: what breaks inside is answered as 500."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def get(self, url: str, **headers: Any) -> Any:
        return self.client.get(url, **headers)

    def post(self, url: str, fields: dict[str, Any] | None = None) -> Any:
        """Send fields as a browser does; half characters go out as the bytes they would have."""
        body = urlencode(fields or {}, doseq=True, errors="surrogatepass")
        return self.client.post(url, body, content_type="application/x-www-form-urlencoded")

    def enter(self, demo: Demo, user: str) -> "Guest":
        """Sign in as a user, or without a name as root, of the demo's main account."""
        fields = {"account": demo.account_id, "user": user}
        assert self.post(reverse("enter_as"), fields).status_code == 302
        return self

    def identity(self) -> str:
        return console_behind(self.client).identity

    def switch(self, account: str, role: str) -> Any:
        fields = {"account": account, "roleName": role, "identity": self.identity()}
        return self.post(reverse("switchrole"), fields)

    def send(self, url: str, **fields: Any) -> Any:
        return self.post(url, {"identity": self.identity(), **fields})


def visitors(demo: Demo, *wanted: str) -> dict[str, Guest]:
    """Return who tries pages: nobody, root, an admin, a user without rights, a role, a teacher."""
    users = {"root": "", "admin": "admin", "user2": "user2", "role": "admin"}
    guests = {who: Guest() for who in wanted}
    for who, guest in guests.items():
        if who == "teacher":
            guest.client.force_login(User.objects.get(username=TEACHER))
        if who in users:
            guest.enter(demo, users[who])
        if who == "role":
            assert guest.switch(demo.account_id, "Helper").status_code == 302
    return guests
