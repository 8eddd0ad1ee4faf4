"""A class whose students each are in a world of their own. Run by `manage.py shell`."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from console.labs.rows import copy_world, snapshot
from console.labs.scenarios import DEMO, seed_scenario
from console.labs.site_users import site_student
from iam.models import Account, Sandbox
from tests.load.students import WRITE


def print_class(students: int) -> None:
    """Make it and sign everybody in; print each student's cookies, as a browser sends them."""
    text = DEMO.read_text(encoding="utf-8")
    template = snapshot(seed_scenario(text, site_student("load")).sandbox)
    first = User.objects.count()  # those of earlier runs stay in a PostgreSQL
    print(json.dumps([_student(first + number, template) for number in range(students)]))


def _student(number: int, template: Any) -> str:
    owner = User.objects.create(username=f"load-{number}")
    sandbox = Sandbox.objects.create(name="The course", owner=owner)
    copy_world(template, sandbox)
    account = Account.in_sandbox(sandbox).order_by("pk")[0]
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    browser.post("/signin/as", {"account": account.account_id, "user": "admin"})
    browser.get(WRITE)  # a page with a form sets the cookie that the form is compared with
    return "; ".join(f"{one.key}={one.value}" for one in browser.cookies.values())
