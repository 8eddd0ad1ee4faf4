"""Whatever is sent gets AWS's answer: never a 500, never a hang, never another sandbox's data."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from botocore.awsrequest import AWSRequest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iam.perform import registry
from iam.wire.shapes import operation_model
from tests.endpoint.clients import Clients, Keys, keys_of
from tests.endpoint.fuzzing import (
    EXAMPLES,
    HOST,
    NASTY,
    refuse_bad_answer,
    sent,
    serialized,
    signed,
    structures,
)
from tests.worlds import World, allow, make_world

HIDDEN = "zebra-of-another-sandbox"
OPERATIONS = sorted(registry.operations)
SERVICES = ("iam", "sts", "s3", "cloudtrail")
CONTENT_TYPES = (
    "",
    "text/html",
    "application/json",
    "application/x-amz-json-1.1",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
)


@dataclass
class Fuzzed:
    """A world under fire, its administrator's keys, and one that must not be seen."""

    world: World
    keys: Keys


@pytest.fixture
def fuzzed(db: None) -> Fuzzed:
    other = make_world("other")
    other.add_user(HIDDEN)
    world = make_world("alice")
    world.add_user("admin", allow("*"))
    keys = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    Clients()("s3", keys).create_bucket(Bucket="fuzz-bucket")
    return Fuzzed(world, keys)


def examples(few: int) -> settings:
    """Return how many examples are tried: few, or as many as ROLECALL_FUZZ says."""
    return settings(
        max_examples=EXAMPLES or few,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@examples(120)
@given(st.data())
def test_every_operation_answers_whatever_its_parameters(fuzzed: Fuzzed, data: st.DataObject):
    operation = data.draw(st.sampled_from(OPERATIONS))
    model = operation_model(operation)
    shape = model.input_shape
    params = data.draw(structures(shape)) if shape is not None else {}
    request = serialized(model, params)
    if request is None:
        return
    service = operation.partition(":")[0]
    response = sent(signed(request, service, fuzzed.keys))
    refuse_bad_answer(response, HIDDEN, request.method)


ANYTHING = st.fixed_dictionaries(
    {
        "method": st.sampled_from(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")),
        "path": st.text(max_size=12) | st.sampled_from(("", "/", "fuzz-bucket", "fuzz-bucket/k")),
        "query": st.text(max_size=20) | st.sampled_from(("policy", "Action=ListUsers", "tagging")),
        "body": st.binary(max_size=200) | st.sampled_from([one.encode() for one in NASTY]),
        "type": st.sampled_from(CONTENT_TYPES),
        "target": st.sampled_from(("", "x", "CloudTrail_20131101.LookupEvents", "a.b.c")),
    }
)


@examples(60)
@given(service=st.sampled_from(SERVICES), asked=ANYTHING)
def test_bytes_of_any_kind_are_answered(fuzzed: Fuzzed, service: str, asked: dict[str, Any]):
    url = f"http://{HOST}/aws/{quote(asked['path'])}?{quote(asked['query'], safe='=&')}"
    headers = {"Content-Type": asked["type"], "X-Amz-Target": asked["target"]}
    headers = {name: value for name, value in headers.items() if value}
    request = AWSRequest(asked["method"], url, headers, asked["body"])
    refuse_bad_answer(sent(signed(request, service, fuzzed.keys)), HIDDEN, asked["method"])


@examples(60)
@given(
    service=st.sampled_from(SERVICES),
    header=st.text(max_size=60) | st.sampled_from(NASTY),
    at=st.integers(0, 400),
)
def test_a_broken_signature_is_refused(fuzzed: Fuzzed, service: str, header: str, at: int):
    body = "Action=ListUsers&Version=2010-05-08"
    made = {"Content-Type": "application/x-www-form-urlencoded"}
    request = signed(AWSRequest("POST", f"http://{HOST}/aws/", made, body), service, fuzzed.keys)
    whole = request.headers["Authorization"]
    inserted = header.encode("utf-8", "replace").decode("latin-1").replace("\n", "").strip("\r")
    request.headers.replace_header("Authorization", whole[:at] + inserted + whole[at + 1 :])
    response = sent(request)
    same = request.headers["Authorization"].split() == whole.split()
    assert response.status_code >= 400 or same
    refuse_bad_answer(response, HIDDEN)


@pytest.mark.parametrize("service", SERVICES)
def test_a_huge_body_is_too_large(fuzzed: Fuzzed, service: str):
    method, path = ("PUT", "/fuzz-bucket/key") if service == "s3" else ("POST", "/")
    request = AWSRequest(method, f"http://{HOST}/aws{path}", {}, b"x" * 20_000_000)
    response = sent(signed(request, service, fuzzed.keys))
    refuse_bad_answer(response, HIDDEN)
    assert response.status_code in {400, 413}
