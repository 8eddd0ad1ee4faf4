"""A console's switch of roles, and what CloudTrail tells of it (console-facts B and E)."""

import pytest

from iam.models import Event
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError
from sts.credentials import open_token
from sts.sign_in import NoSuchAccount, exit_role, switch_role
from tests.sts.asking import session_from, signed_in
from tests.worlds import allow, make_world, trust


@pytest.fixture
def ann(world):
    return signed_in(world, world.add_user("ann", allow("sts:AssumeRole")))


def _switch(world, user, account, name):
    token = switch_role(user, account, name)
    return session_from(world, {"Credentials": {"SessionToken": token}})


def _records(world, caller, name, account_id=""):
    end_visit(caller.visit)
    rows = Event.in_sandbox(world.sandbox).filter(name=name)
    chosen = rows.filter(account_id=account_id) if account_id else rows
    return [event.record for event in chosen]


def _guests(world, other):
    asked = {"RoleName": "Guests", "AssumeRolePolicyDocument": trust("*")}
    perform(world.root(other), "iam:CreateRole", asked)


def test_the_session_bears_the_users_name(world, ann):
    world.add_role("Lesson")
    session = _switch(world, ann, world.account_id, "Lesson")
    assert session.arn == f"arn:aws:sts::{world.account_id}:assumed-role/Lesson/ann"
    assert open_token(switch_role(ann, world.account_id, "Lesson")).kind == "role"


def test_a_user_name_of_one_letter_can_switch(world):
    user = signed_in(world, world.add_user("x", allow("sts:AssumeRole")))
    world.add_role("Lesson")
    assert _switch(world, user, world.account_id, "Lesson").name == "x-"


def test_a_switch_is_recorded_in_the_roles_account(world, ann):
    world.add_role("Lesson")
    session = _switch(world, ann, world.account_id, "Lesson")
    (record,) = _records(world, ann, "SwitchRole")
    assert record["eventSource"] == "signin.amazonaws.com"
    assert record["eventType"] == "AwsConsoleSignIn"
    assert record["readOnly"] is False
    assert record["requestParameters"] is None
    assert record["responseElements"] == {"SwitchRole": "Success"}
    assert record["additionalEventData"]["SwitchFrom"] == ann.arn
    assert record["userIdentity"]["arn"] == session.arn
    assert record["userIdentity"]["type"] == "AssumedRole"


def test_a_switch_across_accounts_is_recorded_on_both_sides(world, other, ann):
    _guests(world, other)
    session = _switch(world, ann, other.account_id, "Guests")
    (there,) = _records(world, ann, "SwitchRole", other.account_id)
    (here,) = _records(world, ann, "SwitchRole", world.account_id)
    assert there["additionalEventData"]["SwitchFrom"] == ann.arn
    assert here["additionalEventData"]["SwitchTo"] == session.arn
    assert here["userIdentity"]["userName"] == "ann"


def test_the_assume_role_of_a_switch_is_made_by_aws_itself(world, other, ann):
    _guests(world, other)
    switch_role(ann, other.account_id, "Guests")
    (there,) = _records(world, ann, "AssumeRole", other.account_id)
    (here,) = _records(world, ann, "AssumeRole", world.account_id)
    for record in (here, there):
        assert record["sourceIPAddress"] == record["userAgent"] == "AWS Internal"
        assert record["requestParameters"]["roleSessionName"] == "ann"
    assert here["userIdentity"]["invokedBy"] == "AWS Internal"
    assert here["userIdentity"]["accessKeyId"].startswith("ASIA")


def test_a_failed_switch_is_recorded_as_a_failure(world, ann):
    with pytest.raises(AwsError):
        switch_role(ann, world.account_id, "None")
    with pytest.raises(NoSuchAccount):
        switch_role(ann, "no-such-alias", "None")
    records = _records(world, ann, "SwitchRole")
    assert [record["responseElements"] for record in records] == [{"SwitchRole": "Failure"}] * 2
    assert {record["userIdentity"]["userName"] for record in records} == {"ann"}


def test_leaving_a_role_is_recorded_on_both_sides(world, other, ann):
    _guests(world, other)
    session = _switch(world, ann, other.account_id, "Guests")
    exit_role(ann, session)
    (there,) = _records(world, ann, "ExitRole", other.account_id)
    (here,) = _records(world, ann, "ExitRole", world.account_id)
    assert there["responseElements"] == here["responseElements"] == {"ExitRole": "Success"}
    assert there["additionalEventData"]["SwitchTo"] == ann.arn
    assert here["additionalEventData"]["SwitchFrom"] == session.arn


def test_an_account_is_found_by_dashed_id_and_by_alias_within_its_sandbox(world, ann):
    world.do("CreateAccountAlias", AccountAlias="lessons")
    world.add_role("Lesson")
    for typed in ("9750-5005-9573", "9750 5005 9573", "lessons", " LESSONS "):
        assert _switch(world, ann, typed, "Lesson").account_id == world.account_id


def test_an_account_of_another_sandbox_is_unknown(world, ann):
    make_world("bob", "111122223333")
    with pytest.raises(NoSuchAccount):
        switch_role(ann, "111122223333", "Lesson")
