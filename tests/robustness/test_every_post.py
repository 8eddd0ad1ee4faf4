"""No form breaks, and none is performed but from the identity it was shown to."""

from typing import Any

import pytest
from django.urls import reverse

from iam.models import Event
from tests.outages import locked
from tests.robustness.addresses import OF_TEACHERS, address, arguments, routes
from tests.robustness.cast import Demo, Guest, visitors

# Nobody needs an identity to sign in, to read, or to start the open demo again.
OPEN = {
    "signin",
    "signin_root",
    "signin_mfa",
    "signin_saml",
    "signin_saml_role",
    "enter_as",
    "site_login",
    "site_logout",
}
OPEN |= {"start", "healthz", "help", "help_topics", "world_restart"}
# The identity provider is no console: its people sign in to it, and to nothing of AWS.
OPEN |= {
    "idp",
    "idp_signin",
    "idp_enter",
    "idp_signout",
    "idp_metadata",
    "idp_discovery",
    "idp_jwks",
    "idp_aws",
    "idp_token",
    "idp_assertion",
    "idp_people",
    "idp_person",
    "idp_roles",
}
# A site user's labs need a login, and no identity of the console.
OPEN |= {
    "labs",
    "lab",
    "lab_start",
    "labs_twice",
    "keep",
    "sign_up",
    "my_account",
    "my_log_outs",
    "my_password",
    "my_tokens",
    "my_token_revoke",
    "attempt",
    "attempt_begin",
    "attempt_go_on",
    "attempt_undo",
    "attempt_browsers",
    "attempt_browser_end",
    "open_world",
    "attempt_answer",
    "my_data_delete",
    "attempt_drawer",
    "attempt_hint",
    "attempt_restart",
}
OPEN |= {"join", "join_class", "attempt_help"}
OPEN |= {"assignment_start", "assignment_anew", "assignment_hand_in", "assignment_take_back"}
OPEN |= {name for name, route in routes().items() if route.startswith(OF_TEACHERS)}
LEAVING = {
    "signout",
    "site_logout",
    "my_log_outs",
    "sandbox_restart",
    "world_restart",
    "switch_back",
}
GARBAGE = ("x" * 500, "ü\x00", "\ud800")
FIELDS = (
    "display_name", "old_password", "new_password1", "new_password2",
    "selected", "group", "member", "boundary", "use_boundary", "name", "RoleName", "UserName",
    "GroupName", "Description", "description", "document", "do", "step", "option", "arn", "version",
    "entity", "service", "which", "account_id", "external_id", "confirm", "confirmation", "alias",
    "AccountAlias", "account", "username", "password", "email", "roleName", "displayName", "color",
    "region", "key", "text", "file", "policy", "before", "console", "Password", "copy_from", "next",
    "kind", "user", "minutes", "hours", "amount", "add", "acknowledge", "max_session", "duration",
    "b0-service", "b0-effect", "b0-actions", "b0-resources", "b0-find", "b0-new-action", "menu",
    "mode", "PolicySourceArn", "PolicyInputList", "ActionNames", "ResourceArns", "ResourcePolicy",
    "ResourceOwner", "CallerArn", "key-0", "type-0", "value-0", "key-99",
    "VirtualMFADeviceName", "AuthenticationCode1", "code", "cancel", "understood", "use_case",
    "audience", "lifetime", "full_name", "groups", "role_arn", "provider_arn", "seconds", "offer",
    "RoleArn", "RoleSessionName", "DurationSeconds", "Policy", "PolicyArns", "Tags-key",
    "Tags-value", "TransitiveTagKeys", "id", "operation", "Url", "ClientIDList", "JsonWebKeySet",
    "type", "Name", "task", "number",
    "web_provider", "saml_provider", "condition0_key", "SAMLMetadataDocument", "ThumbprintList",
    "SAMLResponse", "role", "RelayState", "MaxSessionDuration",
    "CertificateBody", "SSHPublicKeyBody", "time_zone", "keep_until", "join_open", "join_until",
    "opens", "due", "closes", "minutes", "extra_minutes", "weight", "late_percent", "labs", "mode",
    "tag-key", "tag-value", "TagKey", "TagValue", "remove", "set_default",
)  # fmt: skip
DOS = ("save", "next", "previous", "json", "visual", "choose:0:sts", "arns-add:0:role", "more",
       "remove:9", "clone:0", "import-add", "cloudformation", "condition-add:0", "action-add:0",
       "find:0", "run", "keys", "service", "enter", "\x00", "expand:99999", "st-add",
       "st-drop:actions:99999")  # fmt: skip
TRUST_DOS = ("save", "check", "example:x", "repair", "clean", "undo", "\x00", "st-add")


def forms(demo: Demo) -> dict[str, str]:
    """Return the addresses that may take a form, by name and kind."""
    found, values = {}, demo.values()
    for name, route in routes().items():
        kinds = ("users", "groups", "roles") if "kind" in arguments(route) else ("",)
        for kind in kinds:
            query = f"?arn={demo.policy_arn}" if name.startswith("policy") else ""
            found[f"{name} {kind}".strip()] = address(route, {**values, "kind": kind}) + query
    return found


@pytest.fixture
def root(demo: Demo) -> Guest:
    return Guest().enter(demo, "")


def failures(guest: Guest, demo: Demo, fields: dict[str, Any]) -> list[str]:
    """Send the same fields to every form; return those that answer 500, and why."""
    found, identity = [], guest.identity()
    for name, url in forms(demo).items():
        if name in LEAVING:
            continue
        response = guest.post(url, {"identity": identity, **fields})
        if response.status_code >= 500:
            found.append(f"{name}: {getattr(response, 'exc_info', '')!r}"[:400])
        if name in OPEN and response.status_code == 302:
            identity = guest.enter(demo, "").identity()
    return found


def writes(demo: Demo) -> int:
    return Event.in_sandbox(demo.world.sandbox).filter(read_only=False).count()


@pytest.mark.parametrize("typed", ["", "sent by another"], ids=["none", "another's"])
def test_a_form_without_its_identity_does_nothing(demo: Demo, root: Guest, typed: str) -> None:
    identity = Guest().enter(demo, "admin").identity() if typed else ""
    before, wrong = writes(demo), []
    for name, url in forms(demo).items():
        if name in OPEN:
            continue
        status = root.post(url, {"identity": identity, "do": "save"}).status_code
        if status not in {409, 405}:
            wrong.append(f"{name}: {status}")
    assert wrong == []
    assert writes(demo) == before


def test_a_form_of_nobody_does_nothing(demo: Demo) -> None:
    before, nobody, wrong = writes(demo), Guest(), []
    for name, url in forms(demo).items():
        if name in OPEN:
            continue
        status = nobody.post(url, {"identity": "x"}).status_code
        if status not in {403, 405, 409} and name != "signout":
            wrong.append(f"{name}: {status}")
    assert wrong == []
    assert writes(demo) == before


def test_no_empty_form_breaks(demo: Demo, root: Guest) -> None:
    assert failures(root, demo, {}) == []


@pytest.mark.parametrize("who", ["root", "teacher"])
def test_a_busy_database_breaks_no_form(demo: Demo, who: str) -> None:
    sender, found = visitors(demo, who)[who], {}
    fields = {"identity": "" if who == "teacher" else sender.identity(), "do": "save"}
    with locked():
        for name, url in forms(demo).items():
            response = sender.post(url, fields)
            if response.status_code >= 500:
                found[name] = response.status_code, response.get("Retry-After")
    assert set(found.values()) == {(503, "5")}


@pytest.mark.parametrize("typed", ["", "x", *GARBAGE], ids=range(2 + len(GARBAGE)))
def test_nothing_that_a_teacher_sends_breaks(demo: Demo, typed: str) -> None:
    teacher, found = visitors(demo, "teacher")["teacher"], []
    fields = dict.fromkeys(FIELDS, typed) if typed else {}
    for name, url in forms(demo).items():
        if routes()[name.split()[0]].startswith(OF_TEACHERS):
            response = teacher.post(url, fields)
            if response.status_code >= 500:
                found.append(f"{name}: {getattr(response, 'exc_info', '')!r}"[:400])
    assert found == []


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_no_garbage_breaks_a_form(demo: Demo, root: Guest, garbage: str) -> None:
    assert failures(root, demo, dict.fromkeys(FIELDS, garbage)) == []


@pytest.mark.parametrize("entity", ["account", "service", "custom", "x"])
def test_no_garbage_breaks_a_wizard(demo: Demo, root: Guest, entity: str) -> None:
    trust = {"entity": "account", "which": "this"}
    root.send(reverse("role_create"), **trust)
    fields = dict.fromkeys(FIELDS, "x\x00") | {"entity": entity, "do": "next"}
    for step in ("trust", "permissions", "review"):
        assert root.send(f"{reverse('role_create')}?step={step}", **fields).status_code < 500


TYPED: tuple[dict[str, str], ...] = (
    dict.fromkeys(FIELDS, "x"),
    {"document": '{"Statement": [null, 1, {}]}', "mode": "json"},
)


@pytest.mark.parametrize("do", DOS)
def test_no_button_breaks_the_policy_editor(demo: Demo, root: Guest, do: str) -> None:
    for fields in TYPED:
        response = root.send(reverse("policy_create"), **{**fields, "do": do})
        assert response.status_code < 500, response.exc_info


@pytest.mark.parametrize("do", TRUST_DOS)
def test_no_button_breaks_the_trust_editor(demo: Demo, root: Guest, do: str) -> None:
    for fields in TYPED:
        response = root.send(reverse("trust_edit", args=["Helper"]), **{**fields, "do": do})
        assert response.status_code < 500, response.exc_info
