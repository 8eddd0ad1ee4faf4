"""The access map's page."""

from typing import Any

import pytest
from django.urls import reverse

from console.services.awslambda.factories import LambdaFunctionFactory
from iam.analysis import role_access
from iam.models import Document, Role
from tests.pages.visitor import Visitor, text_of
from tests.worlds import ACCOUNT_ID, NOON, World, allow, document, trust

OTHER_ID = "111122223333"


def arn(kind: str, name: str) -> str:
    return f"arn:aws:iam::{ACCOUNT_ID}:{kind}/{name}"


@pytest.fixture
def peopled(world: World) -> World:
    world.add_user("ann", allow("sts:AssumeRole", "iam:AttachUserPolicy"))
    world.add_user("bob")
    world.add_role("Open")
    world.add_role("BobsOwn", arn("user", "bob"))
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    statement = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT_ID}, "Action": "sts:AssumeRole"}
    text = document({**statement, "Condition": mfa})
    world.do("CreateRole", RoleName="Guarded", AssumeRolePolicyDocument=text)
    service = {**statement, "Principal": {"Service": "lambda.amazonaws.com"}}
    world.do("CreateRole", RoleName="Runner", AssumeRolePolicyDocument=document(service))
    return world


def test_it_shows_who_can_assume_which_role(peopled: World, root: Visitor) -> None:
    page = root.get(reverse("access_map"))
    said = text_of(page)
    for row in (
        f"BobsOwn main · {ACCOUNT_ID} bob user",
        f"Guarded main · {ACCOUNT_ID} ann user, with MFA",
        f"Open main · {ACCOUNT_ID} ann user",
        f"Runner main · {ACCOUNT_ID} Nobody shown here lambda.amazonaws.com",
    ):
        assert row in said
    body = page.content.decode()
    assert body.count('class="drawing__way"') == 3
    assert body.count('class="drawing__way needs-more"') == 1
    assert 'aria-label="user ann can assume role Guarded, with MFA: simulate"' in body


def test_a_function_is_drawn_at_the_role_that_it_runs_as(peopled: World, root: Visitor) -> None:
    LambdaFunctionFactory.create(account=peopled.account, name="job", role="Runner")
    page = root.get(reverse("access_map"))
    body = page.content.decode()
    assert "<title>function job runs as role Runner</title>" in body
    assert f'href="{reverse("function", args=["job"])}"' in body
    assert "lambda.amazonaws.com (functions: job)" in text_of(page)
    peopled.add_user("viewer", allow("iam:Get*", "iam:List*"))
    seen = text_of(Visitor(peopled, "viewer").get(reverse("access_map")))
    assert "lambda.amazonaws.com" in seen
    assert "job" not in seen
    denied = [one for one in peopled.events() if one.name.startswith("ListFunctions")]
    assert not [one for one in denied if one.error_code]


def test_another_account_is_named_and_not_looked_into(peopled: World, root: Visitor) -> None:
    peopled.add_account(OTHER_ID)
    peopled.add_role("Vendor", OTHER_ID)
    said = text_of(root.get(reverse("access_map")))
    assert f"Vendor main · {ACCOUNT_ID} Nobody shown here - arn:aws:iam::{OTHER_ID}:root" in said


def test_roles_and_users_that_are_alike_are_drawn_as_one(world: World, root: Visitor) -> None:
    for number in range(14):
        world.add_user(f"u{number}", allow("sts:AssumeRole"))
        world.add_role(f"r{number}")
    body = root.get(reverse("access_map")).content.decode()
    assert ">14 users</text>" in body
    assert ">14 roles</text>" in body
    assert body.count('class="drawing__way"') == 1


def test_a_map_too_large_to_draw_is_only_a_table(world: World, root: Visitor) -> None:
    world.add_user("ann", allow("sts:AssumeRole"))
    add_roles(world, 102)
    body = root.get(reverse("access_map")).content.decode()
    assert "access-graph" not in body
    last = root.get(f"{reverse('access_map')}?page=9")
    assert f"r101 main · {ACCOUNT_ID} ann user" in text_of(last)
    found = root.get(f"{reverse('access_map')}?q=ann")
    assert "(102)" in text_of(found)


def test_of_many_roles_only_those_that_show_are_asked_about(
    world: World, root: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_roles(world, 102)
    asked: list[str] = []
    decided = role_access._access

    def note(of: Any, role: Any, *rest: Any) -> Any:
        asked.append(role.name)
        return decided(of, role, *rest)

    monkeypatch.setattr(role_access, "_access", note)
    root.get(f"{reverse('access_map')}?page=2")
    assert asked == [f"r{number:03}" for number in range(20, 40)]


def add_roles(world: World, count: int) -> None:
    document = Document.of(world.sandbox, trust(ACCOUNT_ID))
    Role.unbound.bulk_create(
        Role(
            sandbox=world.sandbox,
            account=world.account,
            name=f"r{number:03}",
            trust=document,
            created_at=NOON,
        )
        for number in range(count)
    )


def test_every_account_with_a_session_that_may_see_it_is_on_the_map(
    peopled: World, root: Visitor
) -> None:
    other = World(peopled.sandbox, peopled.add_account(OTHER_ID, "second"))
    other.do("CreateUser", UserName="zoe")
    other.do(
        "PutUserPolicy",
        UserName="zoe",
        PolicyName="enter",
        PolicyDocument=allow("sts:AssumeRole"),
    )
    peopled.add_role("Shared", OTHER_ID)
    shared = f"Shared main · {ACCOUNT_ID}"
    assert f"{shared} Nobody shown here" in text_of(root.get(reverse("access_map")))
    root.client.post(reverse("enter_as"), {"account": OTHER_ID, "user": "", "add": "on"})
    page = root.get(reverse("access_map"))
    assert f"{shared} zoe user of {OTHER_ID}" in text_of(page)
    body = page.content.decode()
    assert "second · 111122223333" in body
    assert 'class="drawing__way is-crossing"' in body


def test_an_account_without_roles_has_an_empty_map(world: World, root: Visitor) -> None:
    assert "There is no role in these accounts." in text_of(root.get(reverse("access_map")))


def test_it_shows_who_can_do_an_action(peopled: World, root: Visitor) -> None:
    asked = {"tab": "who", "action": "sts:AssumeRole", "resource": arn("role", "BobsOwn")}
    said = text_of(root.get(reverse("access_map"), **asked))
    assert "bob user Allowed trust policy, statement 1 Simulate" in said
    assert "ann user Denied no role trust policy allows the sts:AssumeRole action" in said
    assert "root" not in said.partition("Principals")[2]


def test_the_answers_can_be_filtered(peopled: World, root: Visitor) -> None:
    asked = {"tab": "who", "action": "iam:AttachUserPolicy", "decision": "allowed"}
    said = text_of(root.get(reverse("access_map"), **asked)).partition("Principals")[2]
    assert "ann user Allowed" in said
    assert "root root Allowed the root user may do everything in its account" in said
    assert "bob" not in said


def test_mfa_makes_a_difference(world: World, root: Visitor) -> None:
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    world.add_user("ann", allow("iam:ListUsers", Condition=mfa))
    asked = {"tab": "who", "action": "iam:ListUsers"}
    assert "ann user Denied" in text_of(root.get(reverse("access_map"), **asked))
    assert "ann user Allowed" in text_of(root.get(reverse("access_map"), **asked, mfa="on"))


def test_a_question_without_a_service_is_asked_again(root: Visitor) -> None:
    page = root.get(reverse("access_map"), tab="who", action="GetObject")
    assert "Write an action with its service" in text_of(page)
    assert 'value="GetObject"' in page.content.decode()


def test_a_way_to_administrator_rights_is_shown_step_by_step(peopled: World, root: Visitor) -> None:
    page = root.get(reverse("access_map"), tab="admin", principal=arn("user", "ann"))
    said = text_of(page)
    assert "Attach AdministratorAccess to the user ann" in said
    assert "iam:AttachUserPolicy is allowed by given, statement 1" in said
    assert "pathfinding iam-008" in said
    assert "aws iam attach-user-policy --user-name ann" in said


def test_no_way_is_an_answer_too(peopled: World, root: Visitor) -> None:
    said = text_of(root.get(reverse("access_map"), tab="admin", principal=arn("user", "bob")))
    assert "bob cannot become administrator in five steps." in said


def test_everybody_is_checked_at_once(peopled: World, root: Visitor) -> None:
    peopled.add_user("boss", allow("*"))
    said = text_of(root.get(reverse("access_map"), tab="admin", everyone="1"))
    for row in ("ann user Reachable in 1 step", "bob user Out of reach", "boss user Already"):
        assert row in said
    one = text_of(root.get(reverse("access_map"), tab="admin", principal=arn("user", "boss")))
    assert "boss can already do everything." in one


@pytest.mark.parametrize("tab", ["assume", "who", "admin"])
def test_it_needs_the_right_to_see_everything(peopled: World, tab: str) -> None:
    said = text_of(Visitor(peopled, "bob").get(reverse("access_map"), tab=tab))
    assert "is not authorized to perform: iam:GetAccountAuthorizationDetails" in said
    assert "Why?" in said
    assert "Runner" not in said


def test_the_right_is_enough(peopled: World) -> None:
    peopled.add_user("auditor", allow("iam:GetAccountAuthorizationDetails"))
    said = text_of(Visitor(peopled, "auditor").get(reverse("access_map")))
    assert f"BobsOwn main · {ACCOUNT_ID} bob user" in said


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "who", "action": "\x00:\u202e", "resource": "arn:" + ":" * 30},
        {"tab": "who", "action": "s3:GetObject", "resource": "arn:aws:iam::1:role"},
        {"tab": "who", "action": "sts:AssumeRole", "resource": "arn:aws:iam:::role/x"},
        {"tab": "who", "action": "a:b", "resource": "*" * 3000},
        {"tab": "admin", "principal": "nobody"},
        {"tab": "nonsense"},
    ],
)
def test_no_question_breaks_it(peopled: World, root: Visitor, query: dict[str, str]) -> None:
    assert root.get(reverse("access_map"), **query).status_code == 200
