"""The tab Effective permissions of users and roles, and the picture of a role."""

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_a_role_shows_who_enters_what_it_reaches_and_what_is_left(
    world: World, root: Visitor
) -> None:
    world.add_user("ann", allow("sts:AssumeRole"))
    world.add_role("Reader")
    text = allow("s3:GetObject", "ec2:*")
    world.do("PutRolePolicy", RoleName="Reader", PolicyName="read", PolicyDocument=text)
    page = root.get("/iam/roles/Reader", tab="effective")
    said = text_of(page)
    body = page.content.decode()
    assert body.count('class="drawing__way"') == 3
    assert "<title>ann → Reader</title>" in body
    assert "<title>Reader → S3</title>" in body
    assert 'aria-label="Identity-based policies: 2 services. Left: 2 services. "' in body
    assert "EC2 Full Full Full Full Full -" in said
    assert "S3 - Partial (1 of" in said


def test_a_user_shows_what_is_left_to_who_may_see_the_account(world: World, root: Visitor) -> None:
    world.add_user("bob", allow("iam:GetUser"))
    assert "IAM - Partial (1 of" in text_of(root.get("/iam/users/bob", tab="effective"))
    said = text_of(Visitor(world, "bob").get("/iam/users/bob", tab="effective"))
    assert "is not authorized to perform: iam:GetAccountAuthorizationDetails" in said
    assert "Partial" not in said
