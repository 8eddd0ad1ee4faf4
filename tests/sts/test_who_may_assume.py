"""AssumeRole's decision table (console-facts D), same account and across accounts."""

import pytest

from iam.callers import Caller
from iam.models import Role
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.sts.asking import assume, refused, session_from, signed_in
from tests.worlds import allow, document, make_world, trust

ASSUME = "sts:AssumeRole"


def _role_of(caller: Caller) -> str:
    return caller.role.name if caller.role else ""


def _trusted(world, user, name):
    """What a trust policy names, by a word."""
    return {
        "account": world.account_id,
        "root": f"arn:aws:iam::{world.account_id}:root",
        "user": user.arn,
        "everyone": "*",
    }[name]


def _cross_account_role(world, other, principal):
    asked = {"RoleName": "Guests", "AssumeRolePolicyDocument": trust(principal)}
    return perform(world.root(other), "iam:CreateRole", asked)["Role"]["Arn"]


@pytest.mark.parametrize("named", ["account", "root"])
def test_in_one_account_a_trusted_account_delegates_to_its_policies(world, named):
    ann = world.add_user("ann")
    role = world.add_role("Lesson", _trusted(world, ann, named))
    message = refused(ann, role).message
    assert message.endswith(f"because no identity-based policy allows the {ASSUME} action")
    bob = world.add_user("bob", allow(ASSUME, resource=role))
    assert assume(bob, role)["AssumedRoleUser"]["Arn"].endswith(":assumed-role/Lesson/lesson")


@pytest.mark.parametrize("named", ["user", "everyone"])
def test_in_one_account_a_trusted_user_needs_no_permission_of_its_own(world, named):
    ann = world.add_user("ann")
    role = world.add_role("Lesson", _trusted(world, ann, named))
    assert _role_of(session_from(world, assume(ann, role))) == "Lesson"


@pytest.mark.parametrize("named", ["user", "everyone", "account"])
def test_an_explicit_deny_of_the_users_own_wins_over_any_trust(world, named):
    ann = world.add_user("ann", document({"Effect": "Deny", "Action": ASSUME, "Resource": "*"}))
    role = world.add_role("Lesson", _trusted(world, ann, named))
    assert refused(ann, role).message.endswith("with an explicit deny in an identity-based policy")


def test_a_user_who_is_not_named_stays_out_whatever_its_policies_say(world):
    ann, bob = world.add_user("ann"), world.add_user("bob", allow("*"))
    message = refused(bob, world.add_role("Lesson", ann.arn)).message
    assert message.endswith(f"because no role trust policy allows the {ASSUME} action")


def test_a_boundary_must_allow_even_whom_the_trust_policy_names(world):
    ann = world.add_user("ann")
    read_only = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    world.do("PutUserPermissionsBoundary", UserName="ann", PermissionsBoundary=read_only)
    message = refused(ann, world.add_role("Lesson", ann.arn)).message
    assert message.endswith(f"because no permissions boundary allows the {ASSUME} action")


def test_a_trusted_roles_session_needs_no_permission_in_its_own_account(world):
    ann = world.add_user("ann", allow(ASSUME))
    first = world.add_role("First")
    second = world.add_role("Second", first)
    session = session_from(world, assume(ann, first))
    assert _role_of(session_from(world, assume(session, second))) == "Second"


def test_a_session_policy_limits_a_trusted_roles_session(world):
    ann = world.add_user("ann", allow(ASSUME))
    first = world.add_role("First")
    second = world.add_role("Second", first)
    limited = session_from(world, assume(ann, first, Policy=allow("s3:*")))
    message = refused(limited, second).message
    assert message.endswith(f"because no session policy allows the {ASSUME} action")


def test_a_role_assumes_itself_only_if_its_trust_policy_allows_it(world):
    ann = world.add_user("ann")
    role = world.add_role("Lesson", ann.arn)
    session = session_from(world, assume(ann, role))
    assert refused(session, role).code == "AccessDenied"
    both = trust(ann.arn, role)
    world.do("UpdateAssumeRolePolicy", RoleName="Lesson", PolicyDocument=both)
    assert _role_of(session_from(world, assume(session, role))) == "Lesson"


@pytest.mark.parametrize("named", ["account", "root", "user", "everyone"])
def test_across_accounts_trust_alone_is_never_enough(world, other, named):
    ann = world.add_user("ann")
    role = _cross_account_role(world, other, _trusted(world, ann, named))
    message = refused(ann, role).message
    assert message.endswith(f"not authorized to perform: {ASSUME} on resource: {role}")


@pytest.mark.parametrize("named", ["account", "root", "user", "everyone"])
def test_across_accounts_trust_and_permission_together_open_the_role(world, other, named):
    ann = world.add_user("ann", allow(ASSUME))
    role = _cross_account_role(world, other, _trusted(world, ann, named))
    session = session_from(world, assume(ann, role))
    assert session.role is not None
    assert (session.account_id, session.role.name) == (other.account_id, "Guests")


def test_across_accounts_a_session_needs_permission_though_its_role_is_named(world, other):
    ann = world.add_user("ann", allow(ASSUME))
    first = world.add_role("First")
    role = _cross_account_role(world, other, first)
    session = session_from(world, assume(ann, first))
    assert refused(session, role).code == "AccessDenied"
    granted = {"RoleName": "First", "PolicyName": "given", "PolicyDocument": allow(ASSUME)}
    world.do("PutRolePolicy", **granted)
    again = session_from(world, assume(ann, first))
    assert _role_of(session_from(world, assume(again, role))) == "Guests"


def test_across_accounts_permission_alone_is_never_enough(world, other):
    ann, bob = world.add_user("ann"), world.add_user("bob", allow("*"))
    role = _cross_account_role(world, other, ann.arn)
    assert refused(bob, role).message.endswith(f"perform: {ASSUME} on resource: {role}")


def test_a_deny_only_trust_policy_lets_nobody_in(world):
    ann, bob = world.add_user("ann", allow("*")), world.add_user("bob", allow("*"))
    role = world.add_role("Lesson")
    only_deny = trust(ann.arn, effect="Deny")
    world.do("UpdateAssumeRolePolicy", RoleName="Lesson", PolicyDocument=only_deny)
    assert refused(ann, role).message.endswith("with an explicit deny in the role trust policy")
    assert "because no role trust policy allows" in refused(bob, role).message


def test_a_deny_in_the_trust_policy_wins_over_root_and_means_the_exact_name(world):
    capital, small = world.add_user("User3", allow("*")), world.add_user("user33", allow("*"))
    allowed = {"Effect": "Allow", "Principal": {"AWS": world.account_id}, "Action": ASSUME}
    denied = {"Effect": "Deny", "Principal": {"AWS": capital.arn}, "Action": ASSUME}
    role = world.add_role("Lesson")
    both = document(allowed, denied)
    world.do("UpdateAssumeRolePolicy", RoleName="Lesson", PolicyDocument=both)
    assert "explicit deny in the role trust policy" in refused(capital, role).message
    assert assume(small, role)


def test_a_user_made_again_under_its_name_is_not_trusted(world):
    ann = world.add_user("ann")
    role = world.add_role("Lesson", ann.arn)
    world.do("DeleteUser", UserName="ann")
    again = world.add_user("ann")
    assert "no role trust policy allows" in refused(again, role).message


def test_a_role_that_does_not_exist_is_refused_as_one_that_does_not_trust(world, other):
    ann, bob = world.add_user("ann", allow("*")), world.add_user("bob")
    shut = world.add_role("Shut", bob.arn)
    absent = shut.replace("Shut", "None")
    assert refused(ann, absent).message.replace("None", "Shut") == refused(ann, shut).message
    far = _cross_account_role(world, other, bob.arn)
    absent = far.replace("Guests", "None")
    assert refused(ann, absent).message.replace("None", "Guests") == refused(ann, far).message
    nowhere = far.replace(other.account_id, "000000000000")
    told = refused(ann, nowhere).message.replace("000000000000", other.account_id)
    assert told == refused(ann, far).message


def test_a_roles_name_is_case_sensitive_and_its_path_belongs_to_it(world):
    ann = world.add_user("ann", allow("*"))
    made = {"RoleName": "Lesson", "Path": "/school/", "AssumeRolePolicyDocument": trust("*")}
    role = world.do("CreateRole", **made)["Role"]["Arn"]
    assert assume(ann, role)["AssumedRoleUser"]["Arn"].endswith(":assumed-role/Lesson/lesson")
    assert refused(ann, role.replace("Lesson", "lesson")).code == "AccessDenied"
    assert refused(ann, role.replace("/school", "")).code == "AccessDenied"


@pytest.mark.parametrize(
    "arn", ["arn:aws:iam::975050059573:user/ann", "arn:aws:s3:::a-bucket-of-mine", "x" * 30]
)
def test_an_arn_of_no_role_is_no_valid_request(world, arn):
    error = refused(world.add_user("ann", allow("*")), arn)
    assert (error.code, error.message) == ("ValidationError", "Request ARN is invalid")


def test_root_may_not_assume_roles(world):
    error = refused(world.root(), world.add_role("Lesson", "*"))
    assert (error.code, error.status) == ("AccessDenied", 403)
    assert error.message == "Roles may not be assumed by root accounts."


def test_a_role_of_the_same_name_in_another_sandbox_is_out_of_reach(world):
    elsewhere = make_world("bob", "111122223333")
    role = elsewhere.add_role("Lesson", "*")
    assert refused(world.add_user("ann", allow("*")), role).code == "AccessDenied"


def test_permissions_of_the_user_are_given_up_in_the_role(world):
    ann = world.add_user("ann", allow("iam:ListUsers", ASSUME))
    assert perform(ann, "iam:ListUsers")["Users"]
    session = session_from(world, assume(signed_in(world, ann), world.add_role("Lesson")))
    with pytest.raises(AwsError, match="assumed-role/Lesson/lesson is not authorized"):
        perform(session, "iam:ListUsers")
    assert Role.in_sandbox(world.sandbox).get(name="Lesson").last_used_at is not None
