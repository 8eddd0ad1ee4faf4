"""The order of the steps at the front door, and what a step that breaks answers."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.awsrequest import AWSRequest

from console.endpoint import front_door
from iam.perform import registry
from tests.endpoint.clients import Keys, refusal
from tests.endpoint.fuzzing import HOST, sent, signed


def _break(*_args: Any, **_kwargs: Any) -> None:
    message = "a secret of the code"
    raise RuntimeError(message)


def _break_the_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "sts:GetCallerIdentity"
    broken = replace(registry.operations[name], execute=_break)
    monkeypatch.setitem(registry.operations, name, broken)


@pytest.mark.parametrize("step", ["parse_call", "perform", "end_visit", "answer", "the operation"])
def test_a_step_that_breaks_answers_internal_failure(clients, admin, monkeypatch, caplog, step):
    if step == "the operation":
        _break_the_operation(monkeypatch)
    else:
        monkeypatch.setattr(front_door, step, _break)
    code, message, status = refusal(clients("sts", admin).get_caller_identity)
    assert (code, status) == ("InternalFailure", 500)
    assert message == "The request processing has failed because of an unknown error."
    ours = [one for one in caplog.records if one.name.startswith("console.endpoint")]
    assert [one.getMessage() for one in ours] == ["The endpoint failed"]
    caplog.clear()


def _patched(keys: Keys) -> Any:
    return sent(signed(AWSRequest("PATCH", f"http://{HOST}/aws/", {}, b"{"), "sts", keys))


def test_the_signature_comes_before_the_method_and_the_method_before_the_parameters(admin):
    key_id, _, _ = admin
    assert b"<Code>SignatureDoesNotMatch</Code>" in _patched((key_id, "another", None)).content
    assert b"<Code>MethodNotAllowed</Code>" in _patched(admin).content


@pytest.mark.parametrize("service", ["iam", "sts", "cloudtrail"])
def test_a_request_without_an_object_has_at_most_a_mebibyte(clients, admin, service):
    asked = {
        "iam": ("create_policy", {"PolicyName": "p", "PolicyDocument": "x" * 1024 * 1024}),
        "sts": ("decode_authorization_message", {"EncodedMessage": "x" * 1024 * 1024}),
        "cloudtrail": ("lookup_events", {"NextToken": "x" * 1024 * 1024}),
    }
    name, params = asked[service]
    call = getattr(clients(service, admin, parameter_validation=False), name)
    assert refusal(call, **params)[0] == "RequestEntityTooLarge"
