"""What a trust policy may ask besides a principal: external ID, MFA, tags, source identity."""

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.sts.asking import assume, refused, session_from, signed_in
from tests.worlds import allow, document

ALL = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


def _trusting(actions=ALL, condition=None, principal="*"):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": list(actions)}
    return document({**statement, "Condition": condition} if condition else statement)


def _role(world, condition=None, actions=ALL, principal="*"):
    trusting = _trusting(actions, condition, principal)
    made = {"RoleName": "Lesson", "AssumeRolePolicyDocument": trusting}
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


def _chained(world, *actions, **asked):
    """Return a session of a role that has a transitive tag, and the next role of the chain."""
    ann = world.add_user("ann")
    first = session_from(world, assume(ann, _role(world), **asked))
    made = {"RoleName": "Next", "AssumeRolePolicyDocument": _trusting(actions)}
    return first, world.do("CreateRole", **made)["Role"]["Arn"]


_TRANSITIVE = {"Tags": _tags(team="blue", room="7"), "TransitiveTagKeys": ["team"]}


@pytest.mark.parametrize("source", [{}, {"SourceIdentity": "ann"}])
def test_a_tag_that_is_inherited_needs_tag_session_on_the_next_role(world, source):
    """terrapod PR 1546, eks-pod-identity-agent 80, stratus-red-team 462: AWS's message."""
    actions = ["sts:AssumeRole", *(["sts:SetSourceIdentity"] if source else [])]
    first, role = _chained(world, *actions, **_TRANSITIVE, **source)
    message = refused(first, role).message
    assert f"is not authorized to perform: sts:TagSession on resource: {role}" in message
    also = _trusting([*actions, "sts:TagSession"])
    world.do("UpdateAssumeRolePolicy", RoleName="Next", PolicyDocument=also)
    assert session_from(world, assume(first, role)).session_tags == {"team": "blue"}


def test_a_tag_that_is_not_transitive_needs_nothing_of_the_next_role(world):
    first, role = _chained(world, "sts:AssumeRole", Tags=_tags(team="blue"))
    assert session_from(world, assume(first, role)).session_tags == {}


def test_an_inherited_tag_is_a_principal_tag_to_the_next_role_and_not_a_request_tag(world):
    """CloudTrail keeps the two apart as well: incomingTransitiveTags and tags (IAM guide)."""
    first, role = _chained(world, *ALL, **_TRANSITIVE)
    for key, comes_in in (("aws:PrincipalTag/team", True), ("aws:RequestTag/team", False)):
        asking = _trusting(ALL, {"StringEquals": {key: "blue"}})
        world.do("UpdateAssumeRolePolicy", RoleName="Next", PolicyDocument=asking)
        if comes_in:
            assert assume(first, role)
        else:
            assert refused(first, role).code == "AccessDenied"


def test_an_inherited_tag_needs_a_permission_of_the_caller_in_another_account(world, other):
    ann, role = world.add_user("ann"), _role(world)
    made = {"RoleName": "Guests", "AssumeRolePolicyDocument": _trusting()}
    away = perform(world.root(other), "iam:CreateRole", made)["Role"]["Arn"]

    def first(*actions):
        given = {"RoleName": "Lesson", "PolicyName": "on", "PolicyDocument": allow(*actions)}
        world.do("PutRolePolicy", **given)
        return session_from(world, assume(ann, role, **_TRANSITIVE))

    assert "perform: sts:TagSession on" in refused(first("sts:AssumeRole"), away).message
    second = assume(first("sts:AssumeRole", "sts:TagSession"), away)
    assert session_from(world, second).session_tags == {"team": "blue"}


def test_a_transitive_key_must_be_among_the_tags(world):
    error = refused(world.add_user("ann"), _role(world), TransitiveTagKeys=["team"])
    assert (
        error.message == "The specified transitive tag key must be included in the requested tags."
    )


def test_tag_keys_that_differ_in_case_only_are_doubled(world):
    error = refused(world.add_user("ann"), _role(world), Tags=_tags(team="a", Team="b"))
    assert error.message.startswith("Duplicate tag keys found.")


@pytest.mark.parametrize("key", ["aws:team", "AWS:Team"])
def test_a_session_tag_may_not_begin_as_awss_own_do(world, key):
    """IAM user guide, *Things to know about session tags*: restricted prefixes apply to them."""
    ann = world.add_user("ann", allow("sts:*"))
    error = refused(ann, _role(world), **{"Tags": [{"Key": key, "Value": "x"}]})
    assert (error.code, error.members) == ("InvalidParameterValue", ("Tags",))
    asked = {"Name": "Bob", "Tags": [{"Key": key, "Value": "x"}]}
    with pytest.raises(AwsError, match="System tags cannot be added"):
        perform(ann, "sts:GetFederationToken", asked)


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
