"""The main pages have no serious fault that axe finds."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from console.labs.scenarios import DEMO, seed_scenario
from console.labs.site_users import site_student
from iam.models import Account, Event
from tests.browser.student import MAIN, Arrive, Student
from tests.worlds import World, trust

ROLE = "/iam/roles/Helper"
PAGES = (
    "/iam/",
    "/iam/users",
    "/iam/users/user1",
    "/iam/users/user1?tab=credentials",
    "/iam/security_credentials",
    "/iam/security_credentials/mfa/assign",
    "/iam/roles",
    ROLE,
    f"{ROLE}?tab=trust",
    f"{ROLE}?tab=tags",
    f"{ROLE}?tab=accessed",
    "/iam/roles/create",
    "/iam/policies",
    "/iam/policies/create",
    f"{ROLE}/trust",
    "/iam/temporary_credentials",
    "/iam/temporary_credentials?tab=federation",
    "/iam/identity_providers",
    "/iam/simulator",
    "/iam/access-map",
    "/iam/access-map?tab=who&action=s3:GetObject",
    "/iam/access-map?tab=admin&everyone=1",
    "/switchrole",
    "/s3/",
    "/cloudtrail/",
    "/",
    "/signin",
    "/signin/root",
)
AXE = Axe()


def faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical on the page shown."""
    found = AXE.run(page).response["violations"]
    return [
        f"{page.url}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.fixture
def student(page: Page, arrive: Arrive) -> Student:
    page.emulate_media(color_scheme="light")
    seeded = seed_scenario(DEMO.read_text(encoding="utf-8"), site_student("alice"), public=True)
    account = Account.in_sandbox(seeded.sandbox).get(account_id=MAIN)
    world = World(seeded.sandbox, account)
    world.do("CreateRole", RoleName="Helper", AssumeRolePolicyDocument=trust(MAIN))
    passwords = {
        (one.account_id, user.name): user.password for one in seeded.accounts for user in one.users
    }
    arrive(world, "admin")
    return Student(page, passwords)


def test_the_main_pages_have_no_serious_fault(student: Student) -> None:
    found = []
    for address in PAGES:
        student.page.goto(address)
        found += faults(student.page)
    assert found == [], "\n".join(found)


def test_the_wizard_and_both_editors_have_no_serious_fault(student: Student) -> None:
    page, found = student.page, []
    page.goto("/iam/roles/create")
    for _ in range(2):
        page.get_by_role("button", name="Next").click()
        found += faults(page)
    student.open_inline_editor("user1")
    found += faults(page)
    arn = quote("arn:aws:iam::aws:policy/AdministratorAccess", safe="")
    page.goto(f"/iam/policies/detail?arn={arn}")
    found += faults(page)
    assert found == [], "\n".join(found)


def test_the_reason_of_a_denial_has_no_serious_fault(student: Student) -> None:
    student.sign_out()
    student.sign_in("user2")
    student.page.goto("/s3/")
    denied = Event.unbound.filter(error_code="AccessDenied").latest("id")
    student.page.goto(f"/why/{denied.event_id}")
    found = faults(student.page)
    assert found == [], "\n".join(found)
