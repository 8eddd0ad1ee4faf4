"""Managed policies: the list, a policy's page, versions, entities, deletion."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from console.pages.iam.managed_summary import managed_summary
from iam.catalogue.policies import managed_policy
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, markup_of, text_of
from tests.worlds import World, allow

S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"


@pytest.fixture
def arn(world: World) -> str:
    made = world.do("CreatePolicy", PolicyName="Readers", PolicyDocument=allow("s3:GetObject"))
    return str(made["Policy"]["Arn"])


def about(name: str, arn: str) -> str:
    return f"{reverse(name)}?arn={quote(arn, safe='')}"


def test_the_search_ignores_case_and_spaces(root: Visitor) -> None:
    said = text_of(root.get(reverse("policies"), q="s3 full ACCESS"))
    assert "AmazonS3FullAccess AWS managed" in said
    assert "1 match" in said


SUMMARIES = [
    ("AWSCloudHSMFullAccess", "Rolecall's summary: Allows CloudHSM (full access)."),
    ("RDSCloudHsmAuthorizationRole", "Rolecall's summary: Allows CloudHSM (some actions)."),
    ("AWSLambdaBasicExecutionRole", "Provides write permissions to CloudWatch Logs."),
]


@pytest.mark.parametrize(("name", "shown"), SUMMARIES)
def test_a_policy_without_a_description_shows_our_summary_of_it(
    root: Visitor, name: str, shown: str
) -> None:
    assert shown in text_of(root.get(reverse("policies"), q=name))


def test_a_summary_names_three_services_and_counts_the_others() -> None:
    arn = "arn:aws:iam::aws:policy/AWSImageBuilderFullAccess"
    found = managed_policy(arn)
    assert found is not None
    assert managed_summary(arn, found.default_version_id) == (
        "Allows EC2 (limited: List), EC2 Image Builder (full access), "
        "IAM (limited: List, Read, Permissions management) and 3 more services."
    )
    unusual = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"  # it has NotResource
    assert managed_summary(unusual, "v1").startswith("About IAM")
    assert managed_summary("arn:aws:iam::111122223333:policy/own", "v1") == ""


def test_the_list_has_pages_of_twenty_and_a_filter(root: Visitor, arn: str) -> None:
    response = root.get(reverse("policies"))
    assert len(response.context["table"].rows) == 20
    assert response.context["table"].total > 1400
    response = root.get(reverse("policies"), type="Customer managed")
    assert [row.row["PolicyName"] for row in response.context["table"].rows] == ["Readers"]


def test_the_list_takes_as_many_queries_for_30_policies_as_for_3(
    world: World, root: Visitor
) -> None:
    for number in range(3):
        world.do("CreatePolicy", PolicyName=f"p{number}", PolicyDocument=allow("s3:*"))
    few = queries_of(root, reverse("policies"))
    for number in range(3, 30):
        world.do("CreatePolicy", PolicyName=f"p{number}", PolicyDocument=allow("s3:*"))
    assert queries_of(root, reverse("policies")) == few


def test_a_row_opens_to_its_document_and_without_a_script_to_a_page_of_it(root: Visitor) -> None:
    page = root.get(about("policy_document", S3_FULL))
    part = root.client.get(about("policy_document", S3_FULL), headers={"HX-Request": "true"})
    assert "s3:*" in text_of(page)
    assert "s3:*" in text_of(part)
    assert "<h1" in page.content.decode()
    assert "<h1" not in part.content.decode()


def test_awss_own_policies_are_neither_edited_nor_deleted(root: Visitor, arn: str) -> None:
    own, awss = (root.get(about("policy", one)).content.decode() for one in (arn, S3_FULL))
    for url_name in ("policy_edit", "policy_delete"):
        assert reverse(url_name) in own
        assert reverse(url_name) not in awss


def test_it_is_attached_to_and_detached_from_entities(
    world: World, root: Visitor, arn: str
) -> None:
    world.add_user("ann")
    world.add_role("Auditor")
    chosen = ["users/ann", "roles/Auditor", "roles/Nobody"]
    said = text_of(root.post(about("policy_attach", arn), arn=arn, selected=chosen))
    assert "Policy Readers attached to 2 entities." in said
    assert "Nobody was not attached: The role with name Nobody cannot be found." in said
    assert "Attached as a permissions policy (2)" in said
    said = text_of(root.post(about("policy_detach", arn), arn=arn, selected=["users/ann"]))
    assert "Policy Readers detached from 1 entity." in said
    assert "Attached as a permissions policy (1)" in said


def test_versions_are_shown_set_as_default_and_deleted(
    world: World, root: Visitor, arn: str
) -> None:
    world.do("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:PutObject"))
    assert "s3:PutObject" in text_of(root.get(f"{about('policy', arn)}&version=v2"))
    assert "s3:GetObject" in text_of(root.get(about("policy", arn)))
    url = reverse("policy_version")
    said = text_of(root.post(url, arn=arn, version="v2", do="default"))
    assert "v2 is now the default version of Readers." in said
    said = text_of(root.post(url, arn=arn, version="v2", do="delete"))
    assert "Cannot delete the default version of a policy." in said
    said = text_of(root.post(url, arn=arn, version="v1", do="delete"))
    assert "Version v1 of Readers deleted." in said
    assert "Policy versions (1)" in said


def test_a_policy_in_use_is_not_deleted(world: World, root: Visitor, arn: str) -> None:
    world.add_user("ann")
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=arn)
    assert "1 entity has this policy." in text_of(root.get(about("policy_delete", arn)))
    said = text_of(root.post(reverse("policy_delete"), arn=arn, confirm="Readers"))
    assert "Cannot delete a policy attached to entities." in said


def test_a_policy_is_deleted_with_its_versions(world: World, root: Visitor, arn: str) -> None:
    world.do("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=allow("s3:PutObject"))
    wrong = root.post(reverse("policy_delete"), arn=arn, confirm="readers")
    assert "To confirm, type Readers." in text_of(wrong)
    said = text_of(root.post(reverse("policy_delete"), arn=arn, confirm="Readers"))
    assert "Policy Readers deleted." in said
    assert world.do("ListPolicies", Scope="Local")["Policies"] == []


def test_tags_are_managed(world: World, root: Visitor, arn: str) -> None:
    url = about("policy_tags", arn)
    said = text_of(root.post(url, **{"Tags-key": ["team"], "Tags-value": ["red"]}))
    assert "Tags updated." in said
    assert "team red" in said


def test_a_policys_page_sums_up_what_it_permits(root: Visitor) -> None:
    said = text_of(root.get(about("policy", S3_FULL)))
    assert "Summary JSON Allow (2 of 445 services)" in said
    assert "S3 Full access All resources None" in said


def test_a_policy_with_not_action_is_summed_up_by_what_it_leaves(root: Visitor) -> None:
    """IAM user guide: only Principal, NotPrincipal and NotResource have no summary."""
    said = text_of(root.get(about("policy", "arn:aws:iam::aws:policy/PowerUserAccess")))
    allowed, total = map(int, re.findall(r"Allow [(](\d+) of (\d+) services[)]", said)[0])
    assert total - 5 < allowed < total + 1
    assert "EC2 Full access All resources None" in said
    assert "IAM Limited: List" in said


def test_a_policy_that_cannot_be_summed_up_shows_its_document_first(root: Visitor) -> None:
    arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
    response = root.get(about("policy", arn))
    assert "A summary for this policy cannot be generated." in text_of(response)
    assert 'value="json" checked' in markup_of(response)


def test_the_rows_of_a_users_policies_open_to_what_they_permit(
    world: World, root: Visitor, arn: str
) -> None:
    world.do("CreateUser", UserName="ada")
    world.do("AttachUserPolicy", UserName="ada", PolicyArn=arn)
    document = allow("sts:AssumeRole")
    world.do("PutUserPolicy", UserName="ada", PolicyName="own", PolicyDocument=document)
    page = root.get(reverse("user", args=["ada"]))
    details = [row.detail_url for row in page.context["table"].rows]
    said = [text_of(root.get(url)) for url in details]
    assert "S3 Limited: Read All resources None" in said[0]
    assert "STS Limited: Write All resources None" in said[1]


def test_a_row_shows_why_its_policy_may_not_be_read(world: World, root: Visitor) -> None:
    root_url = reverse("inline_policy_document", args=["users", "nobody", "nothing"])
    assert "The user with name nobody cannot be found." in text_of(root.get(root_url))
    assert root.get(root_url.replace("/users/", "/buckets/")).status_code == 404
