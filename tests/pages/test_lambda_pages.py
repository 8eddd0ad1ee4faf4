"""Lambda's pages: from a role to a function that calls as it."""

import pytest
from django.urls import reverse

from console.services.awslambda.factories import LambdaFunctionFactory
from iam.factories import RoleFactory
from tests.pages.visitor import Visitor, open_world, text_of
from tests.services.test_lambda import service_trust
from tests.worlds import World, allow

NEW = {
    "name": "job",
    "runtime": "python3.13",
    "execution_role": "new",
    "work": "sts:GetCallerIdentity",
}


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)


@pytest.fixture
def role(world: World) -> str:
    made = RoleFactory.create(account=world.account, name="Job", trust=service_trust())
    arn: str = made.arn
    return arn


def page(name: str) -> str:
    return reverse(name, args=["job"])


def test_a_function_is_created_with_a_new_role_and_run_by_a_click(
    world: World, root: Visitor
) -> None:
    said = text_of(root.post(reverse("function_create"), **NEW))
    assert "Successfully created the function job." in said
    (made,) = world.do("ListRoles")["Roles"]
    assert made["Path"] == "/service-role/"
    assert made["RoleName"].startswith("job-role-")
    written = [event.name for event in reversed(world.events()) if not event.read_only]
    assert written[-3:] == ["CreateRole", "AttachRolePolicy", "CreateFunction20150331"]
    ran = text_of(root.post(page("function_test")))
    assert "Executing function: succeeded" in ran
    assert f"assumed-role/{made['RoleName']}/job" in ran
    assert "GetCallerIdentity" in [event.name for event in world.events()]
    assert root.get(page("function_test")).redirect_chain


def test_an_existing_role_is_passed_by_who_may(world: World, role: str) -> None:
    able = ("lambda:*", "iam:ListRoles")
    world.add_user("ann", allow(*able))
    ann = Visitor(world, "ann")
    given = {**NEW, "execution_role": "existing"}
    missing = ann.post(reverse("function_create"), **given)
    assert missing.context["form"].errors["role"] == ["Choose a role."]
    denied = text_of(ann.post(reverse("function_create"), **given, role=role))
    assert f"is not authorized to perform: iam:PassRole on resource: {role}" in denied
    assert "Why?" in denied
    world.do(
        "UpdateAssumeRolePolicy", RoleName="Job", PolicyDocument=service_trust("ec2.amazonaws.com")
    )
    refused = Visitor(world).post(reverse("function_create"), **given, role=role)
    cannot = "The role defined for the function cannot be assumed by Lambda."
    assert refused.context["form"].errors["role"] == [cannot]


def test_a_function_is_changed_fails_and_is_deleted(world: World, root: Visitor, role: str) -> None:
    LambdaFunctionFactory.create(account=world.account, name="job", role="Job")
    assert "It makes no calls." in text_of(root.get(page("function")))
    calls = 'sts:GetCallerIdentity\r\niam:GetUser {"UserName": "ann"}'
    change = {"description": "nightly", "role": role, "work": "custom", "calls": calls}
    said = text_of(root.post(page("function_edit"), **change))
    assert "Successfully updated the function job." in said
    shown = root.get(page("function_edit")).context["form"]
    assert (shown["work"].value(), shown["description"].value()) == ("custom", "nightly")
    ran = text_of(root.post(page("function_test")))
    assert "Executing function: failed" in ran
    assert "when calling the GetUser operation" in ran
    assert "Its calls are in the event history." in ran
    listed = text_of(root.get(reverse("functions")))
    assert "Functions (1)" in listed
    assert "nightly" in listed
    gone = text_of(root.post(reverse("functions_delete"), selected="job", confirmed="yes"))
    assert "Successfully deleted job." in gone
    assert "Function not found" in text_of(root.get(page("function")))


def test_who_may_not_see_functions_is_told_so(world: World) -> None:
    world.add_user("eve", allow("s3:*"))
    eve = Visitor(world, "eve")
    assert "You don't have permissions to list functions" in text_of(eve.get(reverse("functions")))
    assert "is not authorized to perform: lambda:GetFunction" in text_of(eve.get(page("function")))


def test_a_statement_is_added_and_deleted_on_the_functions_page(
    world: World, root: Visitor, role: str
) -> None:
    LambdaFunctionFactory.create(account=world.account, name="job", role=role)
    assert "No policy statements" in text_of(root.get(page("function")))
    add = page("function_permission_add")
    wrong = root.post(add, sid="own", principal="nobody", action="lambda:InvokeFunction")
    assert "The provided principal was invalid." in text_of(wrong)
    given = {"sid": "own", "principal": "s3.amazonaws.com", "action": "lambda:InvokeFunction"}
    said = text_of(root.post(add, **given, source_arn="arn:aws:s3:::b"))
    assert "AWS:SourceArn ArnLike arn:aws:s3:::b" in said
    delete = reverse("function_permission_delete", args=["job", "own"])
    assert "Delete the statement own?" in text_of(root.get(delete))
    assert "No policy statements" in text_of(root.post(delete))
