"""The roles list, a role's page, and what its buttons do."""

import json

import pytest
from django.urls import reverse

from iam.factories import ServiceLinkedRoleFactory
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TABS = ("permissions", "trust", "tags", "accessed", "revoke", "nonsense")


@pytest.fixture
def auditor(world: World) -> str:
    """Return the page of Auditor, which has a managed and an inline policy."""
    world.add_role("Auditor")
    world.do("AttachRolePolicy", RoleName="Auditor", PolicyArn=S3_FULL)
    world.do(
        "PutRolePolicy", RoleName="Auditor", PolicyName="own", PolicyDocument=allow("iam:List*")
    )
    return reverse("role", args=["Auditor"])


def page(name: str) -> str:
    return reverse(name, args=["Auditor"])


def role_names(world: World) -> list[str]:
    return [role["RoleName"] for role in world.do("ListRoles")["Roles"]]


def test_the_list_shows_the_trusted_entities(world: World, root: Visitor, auditor: str) -> None:
    said = text_of(root.get(reverse("roles")))
    assert "Roles (1)" in said
    assert f"Account: {world.account_id}" in said


def test_the_list_takes_as_many_queries_for_30_roles_as_for_3(world: World, root: Visitor) -> None:
    for number in range(3):
        world.add_role(f"role-{number}")
    few = queries_of(root, reverse("roles"))
    for number in range(3, 30):
        world.add_role(f"role-{number}")
    assert queries_of(root, reverse("roles")) == few


def test_a_denied_user_sees_the_sentence_and_no_rows(world: World, auditor: str) -> None:
    world.add_user("ann")
    ann = Visitor(world, "ann")
    said = text_of(ann.get(reverse("roles")))
    assert "user/ann is not authorized to perform: iam:ListRoles" in said
    assert "Why?" in said
    assert "Auditor" not in said
    assert ann.get(auditor).status_code == 403


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens(root: Visitor, auditor: str, tab: str) -> None:
    response = root.get(auditor, tab=tab)
    assert response.status_code == 200
    assert "arn:aws:iam::975050059573:role/Auditor" in text_of(response)


@pytest.mark.parametrize("name", ["nobody", "no body", "ü", "x" * 65])
def test_a_role_that_is_not_there_is_not_found(root: Visitor, name: str) -> None:
    for url_name in ("role", "role_edit", "role_tags", "role_boundary"):
        response = root.get(reverse(url_name, args=[name]))
        assert response.status_code == 404, url_name
        assert "Not found" in text_of(response)


def test_the_summary_has_the_link_to_switch_roles(
    world: World, root: Visitor, auditor: str
) -> None:
    link = f"http://testserver/switchrole?roleName=Auditor&account={world.account_id}"
    assert link in text_of(root.get(auditor))
    world.do(
        "UpdateAssumeRolePolicy",
        RoleName="Auditor",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "ec2.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
    )
    assert "Link to switch roles" not in text_of(root.get(auditor))


def test_each_policy_shows_the_number_of_its_entities(
    world: World, root: Visitor, auditor: str
) -> None:
    world.add_user("ann")
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=S3_FULL)
    said = text_of(root.get(auditor))
    assert "Attached entities" in said
    assert "AmazonS3FullAccess AWS managed 2 " in said
    assert "own Customer inline 0 " in said


def test_removing_policies_asks_first_and_then_detaches_and_deletes(
    world: World, root: Visitor, auditor: str
) -> None:
    assert "Permissions policies (2)" in text_of(root.get(auditor))
    url = reverse("entity_policies_remove", args=["roles", "Auditor"])
    chosen = [f"managed:{S3_FULL}", "inline:own"]
    assert "Remove 2 policies from role?" in text_of(root.get(url, selected=chosen))
    said = text_of(root.post(url, selected=chosen))
    assert "1 policy removed" in said
    assert "1 inline policy removed" in said
    assert "This role has no permissions yet." in said


def test_a_boundary_is_set_and_removed(world: World, root: Visitor, auditor: str) -> None:
    said = text_of(root.post(page("role_boundary"), boundary=READ_ONLY))
    assert "Permissions boundary set for role Auditor." in said
    assert "Permissions boundary (set)" in said
    assert "Remove the permissions boundary" in text_of(root.get(page("role_boundary_remove")))
    root.post(page("role_boundary_remove"))
    assert "PermissionsBoundary" not in world.do("GetRole", RoleName="Auditor")["Role"]
    said = text_of(root.post(page("role_boundary")))
    assert "Choose the policy to use as the boundary." in said


def test_tags_are_added_and_a_key_in_other_case_replaces_its_tag(
    world: World, root: Visitor, auditor: str
) -> None:
    root.post(page("role_tags"), **{"Tags-key": ["team", "stage"], "Tags-value": ["red", "dev"]})
    said = text_of(root.post(page("role_tags"), **{"Tags-key": ["TEAM"], "Tags-value": ["blue"]}))
    assert "Tags updated." in said
    tags = world.do("ListRoleTags", RoleName="Auditor")["Tags"]
    assert tags == [{"Key": "TEAM", "Value": "blue"}]


def test_the_session_duration_is_changed(world: World, root: Visitor, auditor: str) -> None:
    """From the list, whatever stands in the field of a custom duration, or as a custom one."""
    for chosen, typed, seconds, words in (
        ("7200", "", 7200, "2 hours"),
        ("14400", "long", 14400, "4 hours"),
        ("custom", "5400", 5400, "1 hour 30 minutes"),
    ):
        fields = {"Description": words, "duration": chosen, "MaxSessionDuration": typed}
        said = text_of(root.post(page("role_edit"), **fields))
        assert "Role Auditor updated." in said
        assert words in said
        role = world.do("GetRole", RoleName="Auditor")["Role"]
        assert (role["Description"], role["MaxSessionDuration"]) == (words, seconds)
        shown = root.get(page("role_edit")).context["form"]
        assert shown["duration"].value() == chosen
        assert shown["MaxSessionDuration"].value() == seconds


@pytest.mark.parametrize("seconds", ["", "3599", "43201", "long", "-1", "9" * 30])
def test_a_wrong_session_duration_is_marked_and_kept(
    world: World, root: Visitor, auditor: str, seconds: str
) -> None:
    fields = {"Description": "kept", "duration": "custom", "MaxSessionDuration": seconds}
    response = root.post(page("role_edit"), **fields)
    form = response.context["form"]
    assert form.errors["MaxSessionDuration"]
    assert form["Description"].value() == "kept"
    assert world.do("GetRole", RoleName="Auditor")["Role"]["MaxSessionDuration"] == 3600


def test_a_description_that_aws_refuses_is_marked_in_its_words(root: Visitor, auditor: str) -> None:
    fields = {"Description": "x" * 1001, "duration": "3600"}
    errors = root.post(page("role_edit"), **fields).context["form"].errors["Description"]
    assert "at 'description' failed to satisfy constraint" in errors[0]


def test_revoking_sessions_has_to_be_acknowledged(
    world: World, root: Visitor, auditor: str
) -> None:
    said = text_of(root.post(page("role_revoke")))
    assert "Acknowledge that you are revoking all active sessions for this role." in said
    said = text_of(root.post(page("role_revoke"), acknowledge="on"))
    assert "All active sessions of the role Auditor were revoked." in said
    policy = world.do("GetRolePolicy", RoleName="Auditor", PolicyName="AWSRevokeOlderSessions")
    statement = json.loads(policy["PolicyDocument"])["Statement"][0]
    assert statement["Effect"] == "Deny"
    assert "aws:TokenIssueTime" in statement["Condition"]["DateLessThan"]


def test_a_denied_revocation_shows_why(world: World, auditor: str) -> None:
    world.add_user("ann", allow("iam:GetRole"))
    said = text_of(Visitor(world, "ann").post(page("role_revoke"), acknowledge="on"))
    assert "is not authorized to perform: iam:PutRolePolicy" in said
    assert "Why?" in said


@pytest.mark.parametrize("typed", ["", "auditor", "delete"])
def test_a_role_is_not_deleted_unless_its_name_is_typed(
    world: World, root: Visitor, auditor: str, typed: str
) -> None:
    response = root.post(reverse("role_delete"), selected=["Auditor"], confirm=typed)
    assert response.status_code == 400
    assert "To confirm, type Auditor." in text_of(response)
    assert role_names(world) == ["Auditor"]


def test_deleting_removes_the_policies_first(world: World, root: Visitor, auditor: str) -> None:
    assert "Last activity: None" in text_of(root.get(reverse("role_delete"), selected="Auditor"))
    before = len(world.events())
    said = text_of(root.post(reverse("role_delete"), selected=["Auditor"], confirm="Auditor"))
    assert "Role Auditor deleted." in said
    events = world.events()[: len(world.events()) - before]
    written = [event.name for event in reversed(events) if not event.read_only]
    assert written == ["DetachRolePolicy", "DeleteRolePolicy", "DeleteRole"]


def test_several_roles_are_deleted_by_their_number(world: World, root: Visitor) -> None:
    for name in ("a", "b"):
        world.add_role(name)
    root.post(reverse("role_delete"), selected=["a", "b"], confirm="2 roles")
    assert role_names(world) == []


def test_a_services_own_role_is_deleted_by_its_task_which_may_fail(
    world: World, root: Visitor
) -> None:
    for service, said in (
        ("support.amazonaws.com", "was not deleted: support.amazonaws.com is in use"),
        ("autoscaling.amazonaws.com", "Role AWSServiceRoleForAutoScaling deleted."),
    ):
        name = ServiceLinkedRoleFactory.create(account=world.account, service=service).name
        assert said in text_of(root.post(reverse("role_delete"), selected=name, confirm=name))
    assert role_names(world) == ["AWSServiceRoleForSupport"]
