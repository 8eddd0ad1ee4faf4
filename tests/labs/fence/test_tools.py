"""A tool that a lab withholds is withheld on each of its pages, in a sentence."""

import pytest
from django.urls import reverse

from console.labs.scenarios import people_handout
from iam.models import Event
from sts.built_in import Entry, save_person
from tests.labs.fence.student import Student, shown, with_rules

ATTACK = "update-assume-role-policy"
PAGES = {
    "simulator": ["/iam/simulator", "/iam/simulator?principal=x"],
    "map": ["/iam/access-map", "/iam/access-map?tab=who", "/iam/access-map?tab=admin"],
    "clock": ["/sandbox/clock"],
    "restart": ["/sandbox/restart", "/sandbox/WORLD/restart", "/labs/a/ATTEMPT/restart"],
}


def address(student: Student, url: str) -> str:
    found = url.replace("WORLD", str(student.attempt.sandbox_id))
    return found.replace("ATTEMPT", student.attempt.public_id)


@pytest.mark.parametrize(("tool", "url"), [(tool, url) for tool in PAGES for url in PAGES[tool]])
def test_a_page_of_a_withheld_tool_shows_the_rule_in_its_place(dev, monkeypatch, tool, url):
    dev.enter("you", "dev")
    with_rules(monkeypatch, ATTACK, **{tool: "yes"})
    assert dev.client.get(address(dev, url)).status_code in {200, 404}
    with_rules(monkeypatch, ATTACK, **{tool: "no"})
    page = dev.client.get(address(dev, url))
    assert page.status_code == 403
    assert "is not available in this lab." in shown(page)
    with_rules(monkeypatch, ATTACK, **{tool: "after attack"})
    assert "after the task “Become the administrator”" in shown(dev.client.get(address(dev, url)))
    dev.solve("attack")
    assert dev.client.get(address(dev, url)).status_code in {200, 404}


@pytest.mark.parametrize(
    ("tool", "url", "fields"),
    [
        ("clock", "/sandbox/clock", {"step": "12h"}),
        ("restart", "/sandbox/restart", {}),
        ("restart", "/sandbox/WORLD/restart", {}),
        ("restart", "/labs/a/ATTEMPT/restart", {}),
    ],
)
def test_a_withheld_tool_does_nothing_when_its_form_is_sent(dev, monkeypatch, tool, url, fields):
    dev.enter("you", "dev")
    with_rules(monkeypatch, ATTACK, **{tool: "no"})
    before = dev.sandbox
    page = dev.post(address(dev, url), **fields)
    assert page.status_code == 403
    assert "Nothing was done" in shown(page)
    after = dev.sandbox
    assert (after.generation, after.clock_offset) == (before.generation, before.clock_offset)


def denied(dev: Student) -> tuple[str, str]:
    """Let dev be denied something; return the page's text, and the address that explains it."""
    dev.enter("you", "dev")
    page = shown(dev.client.get("/iam/groups"))
    event = Event.in_sandbox(dev.sandbox).filter(name="ListGroups").latest("pk")
    return page, reverse("why", args=[event.event_id])


def test_without_why_no_refusal_leads_to_it_and_no_address_opens_it(dev, monkeypatch):
    page, url = denied(dev)
    assert "Why?" in page
    assert "Identity-based policies" in shown(dev.client.get(url))
    with_rules(monkeypatch, ATTACK, why="no")
    page, url = denied(dev)
    assert "Access denied" in page
    assert "Why?" not in page
    answer = dev.client.get(url)
    assert (answer.status_code, "Identity-based" in shown(answer)) == (403, False)


def test_without_advice_why_explains_and_advises_nothing(dev, monkeypatch):
    _, url = denied(dev)
    assert "What would have to change" in shown(dev.client.get(url))
    with_rules(monkeypatch, ATTACK, advice="no")
    page = shown(dev.client.get(url))
    assert "Identity-based policies" in page
    assert "What would have to change" not in page


def test_without_the_cli_no_page_gives_lines_for_a_shell(dev, monkeypatch):
    dev.enter("you", "dev")
    asked = {"DurationSeconds": "3600"}
    dev.post("/iam/temporary_credentials?tab=session", **asked)
    page = "/iam/temporary_credentials?tab=session"
    assert "export AWS_ACCESS_KEY_ID" in shown(dev.client.get(page))
    attempt = reverse("attempt", args=[dev.attempt.public_id])
    with_rules(monkeypatch, ATTACK, cli="no")
    for url in (page, attempt, "/iam/"):
        text = shown(dev.client.get(url))
        assert "AWS_ACCESS_KEY_ID" not in text
        if url != attempt:
            assert "Access by the AWS CLI and SDKs is not available in this lab." in text
    assert dev.post("/ec2/instances/i-0123456789abcdef0/connect").status_code == 403


def test_without_the_map_no_page_answers_who_can_do_what(dev, monkeypatch):
    dev.enter("you", "dev")
    url = reverse("role", args=["web"])
    assert "Effective permissions" in shown(dev.client.get(url))
    editor = reverse("trust_edit", args=["web"])
    assert "who gains or loses access" in shown(dev.client.get(editor))
    with_rules(monkeypatch, ATTACK, map="no")
    assert "who gains or loses access" not in shown(dev.client.get(editor))
    asked = dev.post(editor, document="{}", do="access")
    assert "Who gains or loses access" not in shown(asked)
    page = shown(dev.client.get(url, {"tab": "effective"}))
    assert "Effective permissions" not in page
    assert "Trust relationships" in page


def test_the_attempts_page_shows_whom_to_act_as_now_and_later(dev):
    url = reverse("attempt", args=[dev.attempt.public_id])
    page = shown(dev.client.get(url))
    assert "Sign in as dev" in page
    assert "Sign in as sec" not in page
    assert "You can use sec after the task “Become the administrator”." in page
    dev.solve("attack")
    assert "Sign in as sec" in shown(dev.client.get(url))


# The world's identity provider


def person_at(student: Student) -> str:
    person = student.client.get(f"/idp/{student.sandbox.slug}/").context["visit"].person
    return person.name if person else ""


def at_portal(student: Student, path: str, **fields: str):
    url = f"/idp/{student.sandbox.slug}/{path}"
    return student.client.post(url, fields, follow=True)


def test_a_person_signs_in_if_the_lab_names_them(guest):
    at_portal(guest, "as", name="alice")
    assert person_at(guest) == "alice"


def test_nobody_else_signs_in_with_a_click_or_the_password_of_the_start(guest):
    passwords = {one.name: one.password for one in people_handout(guest.sandbox)}
    for page in (
        at_portal(guest, "as", name="mallory"),
        at_portal(guest, "signin", name="mallory", password=passwords["mallory"]),
    ):
        assert "You cannot use what mallory has from the start" in shown(page)
    assert person_at(guest) == ""
    front = guest.client.get(f"/idp/{guest.sandbox.slug}/").content.decode()
    assert passwords["alice"] in front
    assert passwords["mallory"] not in front


def test_a_person_who_was_signed_in_before_the_rule_is_signed_out(guest, lab, monkeypatch):
    at_portal(guest, "as", name="alice")
    with_rules(monkeypatch, lab, may_act_as={"you/admin": "yes"})
    assert person_at(guest) == ""


def test_a_person_whom_the_student_added_or_gave_a_password_signs_in(guest):
    save_person(guest.sandbox, Entry("bob", "b@example.com", password="Made-Inside-1"))
    save_person(guest.sandbox, Entry("mallory", "m@example.com", password="Made-Inside-2"))
    at_portal(guest, "as", name="bob")
    assert person_at(guest) == "bob"
    at_portal(guest, "signout")
    at_portal(guest, "signin", name="mallory", password="Made-Inside-2")
    assert person_at(guest) == "mallory"


def test_the_root_user_is_used_where_the_lab_names_it(guest):
    assert guest.enter("you").status_code == 302
    assert guest.signed_in() == "root"


@pytest.mark.parametrize("path", ["people", "people/alice", "roles"])
def test_without_the_directory_nobody_administers_it(guest, lab, monkeypatch, path):
    url = f"/idp/{guest.sandbox.slug}/{path}"
    with_rules(monkeypatch, lab, directory="yes")
    assert guest.client.get(url).status_code == 200
    with_rules(monkeypatch, lab, directory="no")
    page = guest.client.get(url)
    assert page.status_code == 403
    assert "Administering the identity provider is not available in this lab." in shown(page)
    assert f'href="{url}"' not in guest.client.get(f"/idp/{guest.sandbox.slug}/").content.decode()


@pytest.mark.parametrize("path", ["token", "assertion"])
def test_without_the_cli_the_provider_gives_programs_nothing(guest, lab, monkeypatch, path):
    at_portal(guest, "as", name="alice")
    url = f"/idp/{guest.sandbox.slug}/{path}"
    assert guest.client.get(url).status_code == 200
    with_rules(monkeypatch, lab, cli="no")
    assert guest.client.get(url).status_code == 403
