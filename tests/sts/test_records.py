"""What CloudTrail tells of STS: AssumeRole in both accounts, denials at home only, no secret."""

import json

from iam.models import Event
from iam.perform import AccessDenied, explain_event, perform
from iam.trail import end_visit
from tests.sts.asking import assume, refused, session_from, signed_in
from tests.worlds import allow, document, trust


def _events(world, caller, account_id=""):
    end_visit(caller.visit)
    rows = Event.in_sandbox(world.sandbox).filter(source="sts.amazonaws.com")
    return list(rows.filter(account_id=account_id) if account_id else rows)


def _guests(world, other, principal="*"):
    asked = {"RoleName": "Guests", "AssumeRolePolicyDocument": trust(principal)}
    return perform(world.root(other), "iam:CreateRole", asked)["Role"]["Arn"]


def test_assume_role_is_a_read_that_keeps_its_response(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    result = assume(ann, world.add_role("Lesson"))
    (event,) = _events(world, ann)
    response = event.record["responseElements"]
    assert (event.name, event.read_only, event.management) == ("AssumeRole", True, True)
    assert response["credentials"]["accessKeyId"] == result["Credentials"]["AccessKeyId"]
    assert response["assumedRoleUser"]["arn"] == result["AssumedRoleUser"]["Arn"]
    assert event.record["requestParameters"]["roleSessionName"] == "lesson"
    assert response["credentials"]["expiration"] == "May 28, 2026 1:00:00 PM"
    assert "packedPolicySize" not in response


def test_in_one_account_there_is_one_record_and_nothing_to_share(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    assume(ann, world.add_role("Lesson"))
    (event,) = _events(world, ann)
    assert "sharedEventID" not in event.record


def test_across_accounts_both_have_a_record_with_the_same_shared_id(world, other):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    assume(ann, _guests(world, other))
    (here,) = _events(world, ann, world.account_id)
    (there,) = _events(world, ann, other.account_id)
    shared = here.record["sharedEventID"]
    assert shared == there.record["sharedEventID"]
    assert len({shared, str(here.event_id), str(there.event_id)}) == 3
    assert here.record["userIdentity"]["userName"] == "ann"
    assert there.record["recipientAccountId"] == other.account_id
    assert there.record["userIdentity"] == {
        "type": "AWSAccount",
        "principalId": ann.principal_id,
        "accountId": world.account_id,
    }


def test_a_record_of_assume_role_names_the_role_and_hides_the_token(world, other):
    """IAM user guide, *Example IAM API events*: resources, and `<encoded session token blob>`."""
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    role = _guests(world, other)
    assume(ann, role)
    for event in _events(world, ann):
        (resource,) = event.record["resources"]
        assert resource == {"ARN": role, "accountId": other.account_id, "type": "AWS::IAM::Role"}
        credentials = event.record["responseElements"]["credentials"]
        assert set(credentials) == {"accessKeyId", "sessionToken", "expiration"}
        assert credentials["sessionToken"] == "<encoded session token blob>"


def test_a_record_of_a_chain_has_what_the_session_inherits(world):
    """IAM user guide, *Example AWS STS role chaining API event*."""
    ann = world.add_user("ann")
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    everybody = document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": actions})
    made = {"RoleName": "Lesson", "AssumeRolePolicyDocument": everybody}
    role = world.do("CreateRole", **made)["Role"]["Arn"]
    first = {
        "Tags": [{"Key": "Department", "Value": "Engineering"}],
        "TransitiveTagKeys": ["Department"],
        "SourceIdentity": "JohnDoe",
    }
    session = session_from(world, assume(ann, role, **first))
    own = {"Tags": [{"Key": "Email", "Value": "x"}], "TransitiveTagKeys": ["Email"]}
    assume(session, role, **own)
    (event,) = _events(world, session)
    request = event.record["requestParameters"]
    assert request["incomingTransitiveTags"] == {"Department": "Engineering"}
    assert request["sourceIdentity"] == "JohnDoe"
    assert request["tags"] == [{"key": "Email", "value": "x"}]
    assert request["transitiveTagKeys"] == ["Email"]
    assert event.record["userIdentity"]["sessionContext"]["sourceIdentity"] == "JohnDoe"
    assert event.record["responseElements"]["sourceIdentity"] == "JohnDoe"


def test_the_other_account_does_not_see_a_denied_call(world, other):
    ann = world.add_user("ann")
    refused(ann, _guests(world, other))
    (event,) = _events(world, ann)
    assert (event.account_id, event.error_code) == (world.account_id, "AccessDenied")
    assert not _events(world, ann, other.account_id)


def test_no_secret_is_in_any_event(world, other):
    ann = world.add_user("ann", allow("sts:*"))
    console = signed_in(world, ann)
    results = [
        assume(ann, world.add_role("Lesson")),
        assume(console, _guests(world, other)),
    ]
    session = session_from(world, results[0])
    perform(session, "sts:GetCallerIdentity")
    for caller in (ann, console, session):
        end_visit(caller.visit)
    told = json.dumps([[e.record, e.decisions] for e in Event.in_sandbox(world.sandbox)])
    assert "AssumeRole" in told
    for result in results:
        assert result["Credentials"]["SecretAccessKey"] not in told
        assert result["Credentials"]["SessionToken"] not in told


def test_a_role_sessions_record_names_the_role_behind_it(world):
    ann = world.add_user("ann", allow("sts:AssumeRole"))
    session = session_from(world, assume(ann, world.add_role("Lesson")))
    perform(session, "sts:GetCallerIdentity")
    (event,) = (e for e in _events(world, session) if e.name == "GetCallerIdentity")
    identity = event.record["userIdentity"]
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert identity["type"] == "AssumedRole"
    assert (issuer["type"], issuer["userName"]) == ("Role", "Lesson")
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"


def test_a_denial_is_explained_by_the_policies_of_its_moment(world):
    ann = world.add_user("ann")
    error = refused(ann, world.add_role("Lesson"))
    given = {"PolicyName": "late", "PolicyDocument": allow("sts:AssumeRole")}
    world.do("PutUserPolicy", UserName="ann", **given)
    end_visit(ann.visit)
    assert isinstance(error, AccessDenied)
    assert error.event_id is not None
    explained = explain_event(world.sandbox, error.event_id, None)
    assert explained is not None
    (why,) = explained.explanations
    assert why.sentence == "because no identity-based policy allows the sts:AssumeRole action"
    assert why.matches_record
