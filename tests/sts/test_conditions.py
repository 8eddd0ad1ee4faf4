"""What a trust policy may ask besides a principal: external ID, MFA, tags, source identity."""

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.sts.asking import assume, refused, session_from, signed_in
from tests.worlds import allow, document

ALL = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


def _role(world, condition=None, actions=ALL, principal="*"):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions}
    if condition:
        statement["Condition"] = condition
    made = {"RoleName": "Lesson", "AssumeRolePolicyDocument": document(statement)}
    return world.do("CreateRole", **made)["Role"]["Arn"]


def _tags(**tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def test_an_external_id_must_be_given_and_right(world):
    ann = world.add_user("ann")
    role = _role(world, {"StringEquals": {"sts:ExternalId": "lesson-7"}})
    assert refused(ann, role).code == "AccessDenied"
    assert refused(ann, role, ExternalId="lesson-8").code == "AccessDenied"
    assert assume(ann, role, ExternalId="lesson-7")


def test_a_role_that_requires_mfa_refuses_a_session_without(world):
    ann = world.add_user("ann")
    role = _role(world, {"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    assert refused(ann, role).code == "AccessDenied"
    assert refused(signed_in(world, ann), role).code == "AccessDenied"
    with_mfa = signed_in(world, ann, mfa=ann.now.timestamp())
    session = session_from(world, assume(with_mfa, role))
    assert session.mfa_at == ann.now


def test_session_tags_need_a_permission_on_both_sides(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    role = _role(world, actions=["sts:AssumeRole"])
    message = refused(ann, role, Tags=_tags(team="blue")).message
    assert f"{ann.arn} is not authorized to perform: sts:TagSession" in message
    assert assume(ann, role)


def test_session_tags_are_principal_tags_and_win_over_the_roles(world):
    ann = world.add_user("ann")
    role = _role(world)
    world.do("TagRole", RoleName="Lesson", Tags=_tags(team="red", floor="2"))
    condition = {"StringEquals": {"aws:PrincipalTag/team": "blue", "aws:PrincipalTag/floor": "2"}}
    policy = allow("iam:ListUsers", Condition=condition)
    world.do("PutRolePolicy", RoleName="Lesson", PolicyName="given", PolicyDocument=policy)
    tagged = session_from(world, assume(ann, role, Tags=_tags(team="blue")))
    assert perform(tagged, "iam:ListUsers")["Users"]
    with pytest.raises(AwsError):
        perform(session_from(world, assume(ann, role)), "iam:ListUsers")


def test_a_trust_policy_sees_the_tags_asked_for(world):
    ann = world.add_user("ann")
    role = _role(world, {"StringEquals": {"aws:RequestTag/team": "blue"}})
    assert refused(ann, role, Tags=_tags(team="red")).code == "AccessDenied"
    assert assume(ann, role, Tags=_tags(team="blue"))


def test_transitive_tags_stay_along_a_chain_and_others_do_not(world):
    ann = world.add_user("ann")
    role = _role(world)
    asked = {"Tags": _tags(team="blue", room="7"), "TransitiveTagKeys": ["team"]}
    first = session_from(world, assume(ann, role, **asked))
    assert first.session_tags == {"team": "blue", "room": "7"}
    second = session_from(world, assume(first, role))
    assert (second.session_tags, second.transitive_tag_keys) == ({"team": "blue"}, ("team",))
    error = refused(first, role, Tags=_tags(Team="red"))
    assert error.message.startswith("One of the specified transitive tag keys can't be set")


def test_a_transitive_key_must_be_among_the_tags(world):
    error = refused(world.add_user("ann"), _role(world), TransitiveTagKeys=["team"])
    assert (
        error.message == "The specified transitive tag key must be included in the requested tags."
    )


def test_tag_keys_that_differ_in_case_only_are_doubled(world):
    error = refused(world.add_user("ann"), _role(world), Tags=_tags(team="a", Team="b"))
    assert error.message.startswith("Duplicate tag keys found.")


def test_a_source_identity_needs_a_permission_on_both_sides(world):
    ann = world.add_user("ann")
    role = _role(world, actions=["sts:AssumeRole"])
    message = refused(ann, role, SourceIdentity="ann").message
    assert "is not authorized to perform: sts:SetSourceIdentity" in message


def test_a_source_identity_once_set_cannot_change(world):
    ann = world.add_user("ann")
    role = _role(world)
    result = assume(ann, role, SourceIdentity="ann")
    assert result["SourceIdentity"] == "ann"
    first = session_from(world, result)
    assert "sts:SetSourceIdentity" in refused(first, role, SourceIdentity="bob").message
    second = assume(first, role)
    assert second["SourceIdentity"] == "ann"
    assert session_from(world, second).source_identity == "ann"


def test_a_source_identity_must_be_welcome_all_along_a_chain(world):
    ann = world.add_user("ann")
    first = session_from(world, assume(ann, _role(world), SourceIdentity="ann"))
    assert "sts:SetSourceIdentity" in refused(first, world.add_role("Second", "*")).message
