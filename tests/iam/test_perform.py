"""The one way to do anything: what is written, recorded, rolled back and explained."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.authorization import PermissionCheck, authorize
from iam.callers import Visit
from iam.models import Event, Sandbox, User
from iam.perform import AccessDenied, explain_event, perform, registry
from iam.trail import end_visit
from iam.wire.errors import AwsError
from tests.worlds import ACCOUNT_ID, NOON, allow, document, make_world


def test_a_write_is_recorded_at_once_and_a_read_when_the_visit_ends(world):
    caller = world.root()
    perform(caller, "iam:CreateUser", {"UserName": "ann"})
    perform(caller, "iam:ListUsers")
    assert [event.name for event in Event.in_sandbox(world.sandbox)] == ["CreateUser"]
    end_visit(caller.visit)
    assert {event.name for event in Event.in_sandbox(world.sandbox)} == {"CreateUser", "ListUsers"}


def test_an_event_is_shaped_as_cloudtrail_shapes_it(world):
    world.do("CreateUser", UserName="ann")
    event = world.events()[0]
    record = event.record
    assert record["eventSource"] == "iam.amazonaws.com"
    assert record["requestParameters"] == {"userName": "ann"}
    assert record["responseElements"]["user"]["arn"].endswith(":user/ann")
    assert record["userIdentity"]["type"] == "Root"
    assert (record["awsRegion"], record["sourceIPAddress"]) == ("us-east-1", "203.0.113.7")
    assert record["eventTime"] == "2026-05-28T12:00:00Z"
    assert event.resources == [{"ResourceType": "AWS::IAM::User", "ResourceName": "ann"}]


def test_a_read_takes_no_write_lock(world):
    ann = world.add_user("ann", allow("iam:List*"))
    with CaptureQueriesContext(connection) as captured:
        perform(ann, "iam:ListUsers")
    assert all(query["sql"].startswith("SELECT") for query in captured)


def test_a_failing_write_leaves_nothing_but_its_event(world, monkeypatch):
    create = registry.operations["iam:CreateUser"]

    def create_and_fail(call, params, subject):
        create.execute(call, params, subject)
        raise AwsError("ServiceFailure", "later", 500)

    failing = replace(create, execute=create_and_fail)
    monkeypatch.setitem(registry.operations, "iam:CreateUser", failing)
    with pytest.raises(AwsError, match="later"):
        world.do("CreateUser", UserName="ann")
    assert not User.in_sandbox(world.sandbox).exists()
    assert world.events()[0].error_code == "ServiceFailure"


def test_what_the_model_refuses_is_recorded_too(world):
    caller = world.root()
    with pytest.raises(AwsError):
        perform(caller, "iam:CreateUser", {"UserName": "\0\ud800"})
    event = world.events(caller)[0]
    assert (event.name, event.error_code) == ("CreateUser", "ValidationError")
    assert event.record["requestParameters"] == {"userName": "??"}


def test_a_sandbox_that_was_reset_honours_no_old_caller(world):
    caller = world.root()
    Sandbox.objects.filter(pk=world.sandbox.pk).update(generation=2)
    with pytest.raises(AwsError) as caught:
        perform(caller, "iam:CreateUser", {"UserName": "ann"})
    assert caught.value.code == "InvalidClientTokenId"
    assert not User.in_sandbox(world.sandbox).exists()


def test_time_is_the_sandboxes_own(world):
    world.sandbox.clock_offset = timedelta(days=2)
    world.sandbox.save()
    made = world.do("CreateUser", UserName="ann")["User"]
    assert made["CreateDate"] == NOON + timedelta(days=2)


def test_permissions_are_gathered_again_after_a_write(world):
    deny = document({"Effect": "Deny", "Action": "iam:*", "Resource": "*"})
    ann = world.add_user("ann", allow("iam:*"))
    perform(ann, "iam:ListUsers")
    perform(
        ann,
        "iam:PutUserPolicy",
        {"UserName": "ann", "PolicyName": "deny", "PolicyDocument": deny},
    )
    with pytest.raises(AccessDenied, match="with an explicit deny in an identity-based policy"):
        perform(ann, "iam:ListUsers")


def test_a_denial_is_explained_by_what_applied_at_the_time(world):
    ann = world.add_user("ann", allow("iam:ListRoles"))
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "iam:ListUsers")
    end_visit(ann.visit)
    world.do("PutUserPolicy", UserName="ann", PolicyName="given", PolicyDocument=allow("iam:*"))
    assert caught.value.event_id is not None
    explained = explain_event(world.sandbox, caught.value.event_id, None)
    assert explained is not None
    (explanation,) = explained.explanations
    assert explanation.matches_record
    assert (
        explanation.sentence == "because no identity-based policy allows the iam:ListUsers action"
    )
    assert [applied.name for applied in explanation.applied] == ["given"]


def test_only_the_caller_sees_the_reason_of_a_denial(world):
    ann = world.add_user("ann")
    with pytest.raises(AccessDenied) as caught:
        perform(ann, "iam:ListUsers")
    end_visit(ann.visit)
    event_id = caught.value.event_id
    assert event_id is not None
    assert explain_event(world.sandbox, event_id, [ann.principal_id]) is not None
    assert explain_event(world.sandbox, event_id, ["AIDAELSE"]) is None
    assert explain_event(make_world("bob").sandbox, event_id, None) is None


def test_a_role_session_has_the_roles_permissions_and_no_others(world):
    world.add_role("lister")
    world.do(
        "PutRolePolicy", RoleName="lister", PolicyName="p", PolicyDocument=allow("iam:ListRoles")
    )
    session = world.session("lister", "ann")
    assert perform(session, "iam:ListRoles")["Roles"]
    arn = f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/lister/ann"
    with pytest.raises(AccessDenied, match=f"User: {arn} is not authorized"):
        perform(session, "iam:ListUsers")
    limited = replace(session, session_policies=(allow("iam:ListUsers"),), visit=Visit())
    with pytest.raises(AccessDenied, match="because no session policy allows"):
        perform(limited, "iam:ListRoles")


def test_an_operation_that_is_not_offered_is_an_invalid_action(world, refusal):
    assert refusal("CreateDelegationRequest").code == "InvalidAction"


@pytest.mark.django_db(transaction=True)
def test_events_of_a_sandbox_that_is_gone_are_passed_over():
    gone, kept = make_world("alice"), make_world("bob", "210987654321")
    caller = gone.root()
    perform(caller, "iam:ListUsers")
    perform(replace(kept.root(), visit=caller.visit), "iam:ListUsers")
    gone.sandbox.delete()
    end_visit(caller.visit)
    assert [event.account_id for event in Event.in_sandbox(kept.sandbox)] == ["210987654321"]


def test_a_visit_makes_no_more_decisions_than_it_has_time_for(world):
    names = [f"arn:aws:iam::*:role/*{number}?*" for number in range(60)]
    world.add_user("busy", document({"Effect": "Allow", "Action": "iam:*", "Resource": names}))
    caller = world.user("busy")
    caller.visit.most_work = 300_000
    codes = []
    for _ in range(20):
        with pytest.raises(AwsError) as refused:
            perform(caller, "iam:GetRole", {"RoleName": "r"})
        codes.append(refused.value.code)
    assert codes[0] == "AccessDenied"
    assert codes[-1] == "PolicyEvaluation"
    assert codes == sorted(codes)


def test_the_keys_of_a_callers_checks_are_those_of_the_moment_and_of_each_check(world):
    ann, bob = (world.add_user(name, allow("*")) for name in ("ann", "bob"))
    bob = replace(bob, visit=ann.visit)
    check = PermissionCheck("s3:GetObject", "arn:aws:s3:::b/k", account_id="999900001111")
    here = replace(check, account_id="")

    first, other, again = (authorize(*one) for one in ((ann, check), (bob, here), (ann, here)))
    ann.sandbox.clock_offset = timedelta(days=1)
    later = authorize(ann, here)

    assert [one.request.context["aws:username"] for one in (first, other, again)] == [
        "ann",
        "bob",
        "ann",
    ]
    assert [one.request.principal.arn for one in (other, later)] == [bob.arn, ann.arn]
    assert first.request.context["aws:ResourceAccount"] == "999900001111"
    assert again.request.context["aws:ResourceAccount"] == world.account_id
    before, after = (str(one.request.context["aws:CurrentTime"]) for one in (again, later))
    assert before < after
