"""The main pages have no serious fault that axe finds."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from iam.models import Event
from tests.browser.bundled import AXE
from tests.browser.student import Arrive, Student
from tests.worlds import World

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
    "/lambda/create",
    "/s3/",
    "/cloudtrail/",
    "/",
    "/signin",
    "/signin/root",
)
# Each rule has one impact; the rest would take a third of the time.
RUN = """() => {
    const minor = axe._audit.rules.filter(({impact}) => !["serious", "critical"].includes(impact));
    const rules = Object.fromEntries(minor.map(({id}) => [id, {enabled: false}]));
    const options = {resultTypes: ["violations"], selectors: false, preload: false, rules};
    return axe.run(options).then(({violations}) => violations);
}"""
# WCAG 2.4.11: nothing, such as the footer or the bar at the top, covers what has the focus.
COVERED = """() => {
    const stops = document.querySelectorAll(
        "a[href], button, input, select, textarea:not(.ace_text-input), summary, [tabindex='0']");
    const covered = [];
    for (const stop of stops) {
        if (stop.disabled || !stop.checkVisibility({visibilityProperty: true})) continue;
        stop.focus();
        if (document.activeElement !== stop) continue;
        const [box = stop.getBoundingClientRect()] = stop.getClientRects();  // a link may wrap
        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
        const hides = (y) => {
            const top = document.elementFromPoint(x, y);
            return top && !stop.contains(top) && !top.contains(stop) && !top.closest("label");
        };
        const ends = [Math.min(box.bottom - 3, innerHeight - 2), Math.max(box.top + 3, 2)];
        if (box.height > 0 && ends.every(hides)) covered.push(stop.outerHTML.slice(0, 160));
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return covered;
}"""


def faults(page: Page, heading: str = "") -> list[str]:
    """Return what axe finds serious or critical on the page shown, and covered focus stops.

    A heading is that of the page a click just led to, waited for: axe would else look at the
    page left behind, or at none.
    """
    if heading:
        expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
    page.add_script_tag(url=f"/static/{AXE}")
    found = page.evaluate(RUN)
    covered = [f"{page.url}: covered: {one}" for one in page.evaluate(COVERED)]
    return covered + [
        f"{page.url}: {one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
    ]


@pytest.fixture(autouse=True)
def scene(world: World, arrive: Arrive) -> None:
    world.add_role("Helper")
    arrive(world, "admin")


def test_the_main_pages_have_no_serious_fault(student: Student) -> None:
    found = []
    for address in PAGES:
        student.page.goto(address)
        found += faults(student.page)
    assert found == [], "\n".join(found)


def test_the_wizard_and_both_editors_have_no_serious_fault(student: Student) -> None:
    page, found = student.page, []
    page.goto("/iam/roles/create")
    for step in ("Add permissions", "Name, review, and create"):
        page.get_by_role("button", name="Next").click()
        found += faults(page, step)
    student.open_inline_editor("user1")
    found += faults(page)
    page.get_by_role("button", name="JSON", exact=True).click()
    page.get_by_role("button", name="Add new statement").click()
    page.get_by_role("button", name="Add the resource").click()
    expect(page.get_by_text("Enter an ARN, or * for all resources.")).to_be_visible()
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
