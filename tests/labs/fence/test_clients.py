"""What AWS clients are answered in a lab's world: by key, by session, and without the CLI."""

import json

import pytest
from botocore import UNSIGNED
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.labs.attempts import start_again
from console.labs.rows import undo
from console.services.ec2.images import IMAGES
from console.services.ec2.models import Instance
from console.signin.state import ConsoleStore
from iam.models import AccessKey, Event, Sandbox
from sts.credentials import open_token
from tests.endpoint.clients import keys_of, refusal
from tests.labs.fence.student import NEW_PASSWORD, with_rules

ATTACK = "update-assume-role-policy"


def test_a_key_of_the_start_works_for_whom_the_lab_names(dev):
    me = dev.aws("sts", dev.keys("you/dev")).get_caller_identity()
    assert me["Arn"].endswith(":user/dev")


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("sts", "get_caller_identity", "AccessDenied"),
        ("sts", "get_session_token", "AccessDenied"),
        ("iam", "list_users", "AccessDenied"),
        ("s3", "list_buckets", "AccessDenied"),
        ("ec2", "describe_instances", "UnauthorizedOperation"),
        ("cloudtrail", "lookup_events", "AccessDeniedException"),
    ],
)
def test_a_key_of_the_start_works_for_nobody_else(deputy, monkeypatch, service, operation, code):
    with_rules(monkeypatch, "external-id", may_act_as={"vendor/svc": "yes"})
    client = deputy.aws(service, deputy.keys("you/lab-admin"))
    found, sentence, _ = refusal(getattr(client, operation))
    assert found == code
    assert sentence.startswith("Here you work as vendor/svc. You cannot use what you/lab-admin has")


def test_a_refused_key_leaves_no_event_and_no_last_use(deputy, monkeypatch):
    with_rules(monkeypatch, "external-id", may_act_as={"vendor/svc": "yes"})
    before = Event.in_sandbox(deputy.sandbox).count()
    refusal(deputy.aws("iam", deputy.keys("you/lab-admin")).list_users)
    assert Event.in_sandbox(deputy.sandbox).count() == before
    assert AccessKey.in_sandbox(deputy.sandbox).get(user__name="lab-admin").last_used_at is None


def test_a_key_works_from_the_task_on_that_opens_it(deputy, monkeypatch):
    rules = {"you/lab-admin": "yes", "vendor/svc": "after attack"}
    with_rules(monkeypatch, "external-id", may_act_as=rules)
    sts = deputy.aws("sts", deputy.keys("vendor/svc"))
    role = f"arn:aws:iam::{deputy.accounts['you']}:role/VendorAccess"
    wanted = {"RoleArn": role, "RoleSessionName": "early", "ExternalId": "rival"}
    _, sentence, _ = refusal(sts.assume_role, **wanted)
    assert sentence == (
        "Here you work as you/lab-admin. You can use vendor/svc after the task “Be the rival”."
    )
    deputy.solve("attack")
    assert sts.assume_role(**wanted)["Credentials"]


@pytest.mark.parametrize("made_for", ["you/sec", "root:you"])
def test_a_key_that_was_made_inside_works_for_anybody(dev, made_for):
    name = {"UserName": "sec"} if made_for == "you/sec" else {}
    made = dev.as_root("iam:CreateAccessKey", **name)["AccessKey"]
    me = dev.aws("sts", keys_of(made)).get_caller_identity()
    assert me["Arn"].endswith(":user/sec" if name else ":root")


def test_a_session_of_a_principal_that_the_lab_names_works(dev):
    """That dev makes a session of Admin is the attack itself."""
    iam, sts = (dev.aws(service, dev.keys("you/dev")) for service in ("iam", "sts"))
    arn = f"arn:aws:iam::{dev.accounts['you']}:user/dev"
    trust = {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    iam.update_assume_role_policy(RoleName="Admin", PolicyDocument=document)
    role = f"arn:aws:iam::{dev.accounts['you']}:role/Admin"
    session = sts.assume_role(RoleArn=role, RoleSessionName="mine")["Credentials"]
    own = sts.get_session_token()["Credentials"]
    assert dev.aws("iam", keys_of(session)).list_users()["Users"]
    assert dev.aws("sts", keys_of(own)).get_caller_identity()["Arn"] == arn


def test_the_session_token_of_a_fenced_sign_in_is_no_key_either(dev, monkeypatch):
    """The token of a console sign-in stays on the site; should it leak, the rule holds."""
    with_rules(monkeypatch, ATTACK, may_act_as={"you/sec": "yes"})
    dev.enter("you", "sec")
    store = ConsoleStore(dev.client.session)
    sealed = store.base_token(store.current())
    token = open_token(sealed)
    monkeypatch.undo()
    keys = (token.access_key_id, token.secret_access_key, sealed)
    code, sentence, _ = refusal(dev.aws("sts", keys).get_caller_identity)
    assert code == "AccessDenied"
    assert "You can use sec after the task" in sentence


def test_what_a_key_may_do_survives_undo_and_starting_again(dev):
    made = dev.as_root("iam:CreateAccessKey", UserName="sec")["AccessKey"]
    assert undo(dev.sandbox)
    assert set(AccessKey.in_sandbox(dev.sandbox).values_list("from_start", flat=True)) == {True}
    dev.as_root("iam:UpdateLoginProfile", UserName="sec", Password=NEW_PASSWORD)
    assert undo(dev.sandbox)
    assert dev.sign_in("you", "sec", dev.password("you/sec")).status_code == 200
    start_again(dev.sandbox)
    assert dev.enter("you", "sec").status_code == 403
    refusal(dev.aws("sts", keys_of(made)).get_caller_identity)


# Without the CLI


def without_cli(monkeypatch, when="no"):
    with_rules(monkeypatch, ATTACK, cli=when)


def test_without_the_cli_no_key_is_taken(dev, monkeypatch):
    without_cli(monkeypatch)
    code, sentence, _ = refusal(dev.aws("sts", dev.keys("you/dev")).get_caller_identity)
    assert (code, sentence) == (
        "AccessDenied",
        "Access by the AWS CLI and SDKs is not available in this lab.",
    )
    made = dev.as_root("iam:CreateAccessKey", UserName="dev")["AccessKey"]
    assert refusal(dev.aws("iam", keys_of(made)).list_roles)[0] == "AccessDenied"


def test_without_the_cli_no_identity_provider_vouches(dev, monkeypatch):
    without_cli(monkeypatch)
    sts = dev.clients("sts", ("x", "x", None), signature_version=UNSIGNED)
    role = f"arn:aws:iam::{dev.accounts['you']}:role/Admin"
    _, sentence, _ = refusal(
        sts.assume_role_with_web_identity,
        RoleArn=role,
        RoleSessionName="ci",
        WebIdentityToken="a.b.c",
    )
    assert "AWS CLI" in sentence


def test_without_the_cli_an_instance_gives_no_credentials(dev, monkeypatch):
    dev.as_root("ec2:RunInstances", ImageId=IMAGES[0].image_id, MinCount=1, MaxCount=1)
    secret = Instance.in_sandbox(dev.sandbox).get().secret
    url = f"/imds/{secret}/latest/meta-data/instance-id"
    assert Client().get(url).status_code == 401
    without_cli(monkeypatch)
    for path in (url, f"/imds/{secret}/credentials"):
        answer = Client().get(path)
        assert (answer.status_code, "AWS CLI" in answer.content.decode()) == (403, True)


def test_the_cli_comes_with_its_task(dev, monkeypatch):
    without_cli(monkeypatch, "after attack")
    sts = dev.aws("sts", dev.keys("you/dev"))
    assert "is there in this lab after the task" in refusal(sts.get_caller_identity)[1]
    dev.solve("attack")
    assert sts.get_caller_identity()


# Tools that are operations


DEV = "arn:aws:iam::111122223333:user/dev"


@pytest.mark.parametrize(
    ("tool", "service", "operation", "params"),
    [
        ("simulator", "iam", "simulate_custom_policy", {"PolicyInputList": ["{}"]}),
        ("simulator", "iam", "simulate_principal_policy", {"PolicySourceArn": DEV}),
        ("why", "sts", "decode_authorization_message", {"EncodedMessage": "x"}),
    ],
)
def test_an_operation_that_is_a_withheld_tool_is_refused(
    dev, monkeypatch, tool, service, operation, params
):
    call = getattr(dev.aws(service, dev.keys("you/dev")), operation)
    params |= {"ActionNames": ["s3:GetObject"]} if tool == "simulator" else {}
    assert "in this lab" not in refusal(call, **params)[1]
    with_rules(monkeypatch, ATTACK, **{tool: "no"})
    code, sentence, _ = refusal(call, **params)
    assert code == "AccessDenied"
    assert sentence.endswith("is not available in this lab.")


# The cost


def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize(
    ("rule", "first", "later"), [("yes", 0, 0), ("after attack", 1, 0), ("during fix", 1, 1)]
)
def test_a_call_costs_a_query_more_only_for_a_task_that_is_not_known_to_be_solved(
    deputy, monkeypatch, rule, first, later
):
    deputy.solve("attack")
    call = deputy.aws("sts", deputy.keys("vendor/svc")).get_caller_identity
    call()  # notes the key's use
    Sandbox.objects.filter(pk=deputy.sandbox.pk).update(lab="")
    plain = queries(call)
    Sandbox.objects.filter(pk=deputy.sandbox.pk).update(lab="external-id")
    with_rules(monkeypatch, "external-id", may_act_as={"vendor/svc": rule})
    assert [queries(call) - plain for _ in range(2)] == [first, later]


def test_a_sandbox_of_no_lab_is_bound_by_no_rule(deputy, monkeypatch):
    with_rules(monkeypatch, "external-id", may_act_as={}, cli="no")
    Sandbox.objects.filter(pk=deputy.sandbox.pk).update(lab="")
    assert deputy.aws("sts", deputy.keys("vendor/svc")).get_caller_identity()
