"""The endpoint's addresses, its headers, and what comes without a signature."""

import json
import logging.config
import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.log import log_response

from iam.models import Event
from tests.endpoint.clients import ENDPOINT, Clients, refusal

FORM = "application/x-www-form-urlencoded"
WHO = "Action=GetCallerIdentity&Version=2011-06-15"


@pytest.mark.parametrize("endpoint", [ENDPOINT, f"{ENDPOINT}/"])
def test_a_trailing_slash_makes_no_difference(admin, endpoint):
    clients = Clients(endpoint)
    assert clients("sts", admin).get_caller_identity()
    assert clients("s3", admin).list_buckets()
    assert clients("cloudtrail", admin).lookup_events()


def test_a_signed_request_is_answered_without_the_endpoints_path(admin, world):
    """s3cmd and minio-py know a host and a port only."""
    clients = Clients("http://127.0.0.1:8000")
    assert clients("sts", admin).get_caller_identity()["Account"] == world.account_id
    assert clients("iam", admin).list_users()["Users"]
    s3 = clients("s3", admin)
    for bucket in ("lesson-files", "labs"):  # one has the name of a page
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="iam/k", Body=b"x")
        assert s3.get_object(Bucket=bucket, Key="iam/k")["Body"].read() == b"x"
    address = {"Bucket": "labs", "Key": "iam/k"}
    for version in ("s3", "s3v4"):
        signing = clients("s3", admin, signature_version=version)
        url = signing.generate_presigned_url("get_object", address)
        path = url.removeprefix("http://127.0.0.1:8000")
        assert Client(headers={"host": "127.0.0.1:8000"}).get(path).content == b"x"


def test_without_a_signature_of_aws_a_path_is_the_sites(db):
    assert b"<html" in Client().get("/").content
    assert b"<html" in Client().get("/", headers={"Authorization": "Basic YTpi"}).content
    assert Client().get("/labs/?X-Amz-Signature=0")["Content-Type"] == "application/xml"


def test_the_name_localhost_does_as_well(admin):
    s3 = Clients("http://localhost:8000/aws")("s3", admin)
    s3.create_bucket(Bucket="lesson-files")
    s3.put_object(Bucket="lesson-files", Key="k", Body=b"x")
    assert s3.get_object(Bucket="lesson-files", Key="k")["Body"].read() == b"x"


def regions_of(world):
    rows = Event.in_sandbox(world.sandbox).filter(name="GetCallerIdentity")
    return [row.record["awsRegion"] for row in rows]


@pytest.mark.parametrize(
    ("path", "signed_for", "region"),
    [
        ("", "eu-west-1", "eu-west-1"),
        ("/sts/eu-west-1", "eu-west-1", "eu-west-1"),
        ("/sts/eu-west-1/", "eu-west-1", "eu-west-1"),
        ("/sts/global", "eu-west-1", "us-east-1"),
        ("/sts/global", "us-east-1", "us-east-1"),
    ],
)
def test_the_address_or_the_scope_gives_the_region(world, admin, path, signed_for, region):
    Clients(ENDPOINT + path)("sts", admin, signed_for).get_caller_identity()
    assert regions_of(world) == [region]


def test_a_regional_endpoint_takes_only_its_own_region(admin):
    sts = Clients(f"{ENDPOINT}/sts/eu-west-1")("sts", admin, "us-east-1")
    code, message, status = refusal(sts.get_caller_identity)
    assert (code, status) == ("SignatureDoesNotMatch", 403)
    assert message == "Credential should be scoped to a valid region, not 'us-east-1'. "


@pytest.mark.parametrize("path", ["/sts/mars-1", "/nowhere"])
def test_an_unknown_address_is_refused(admin, path):
    sts = Clients(ENDPOINT + path)("sts", admin)
    assert refusal(sts.get_caller_identity)[2] == 404


def test_an_unknown_region_is_refused(admin):
    code, message, _ = refusal(Clients()("iam", admin, "mars-1").list_users)
    assert (code, message) == (
        "SignatureDoesNotMatch",
        "Credential should be scoped to a valid region, not 'mars-1'. ",
    )


def test_iam_is_one_for_all_regions(world, admin):
    Clients()("iam", admin, "eu-west-1").list_users()
    event = Event.in_sandbox(world.sandbox).get(name="ListUsers")
    assert event.record["awsRegion"] == "us-east-1"


@pytest.mark.parametrize(
    ("service", "operation", "signing_name", "code"),
    [
        ("apigateway", "get_rest_apis", "apigateway", "UnsupportedOperationException"),
        ("account", "get_contact_information", "account", "UnsupportedOperationException"),
        ("secretsmanager", "list_secrets", "secretsmanager", "UnsupportedOperationException"),
        ("sns", "list_topics", "sns", "NotImplemented"),
        ("route53", "list_hosted_zones", "route53", "NotImplemented"),
        ("cloudfront", "list_distributions", "cloudfront", "NotImplemented"),
    ],
)
def test_a_service_that_is_not_offered_is_refused_in_its_own_protocol(
    admin, service, operation, signing_name, code
):
    client = Clients()(service, admin)
    message = f"Rolecall does not offer the service {signing_name}."
    assert refusal(getattr(client, operation)) == (code, message, 400)


def test_the_log_has_faults_and_no_refusals(admin, caplog):
    """A client that asks for what is not offered wrote 364 of 384 lines of a log."""
    written: Any = settings.LOGGING
    faults = logging.config.DictConfigurator(written).configure_filter(written["filters"]["faults"])
    kept = []
    for status in (500, 501, 503):
        with caplog.at_level(logging.ERROR, "django.request"):
            log_response("Answered", response=HttpResponse(status=status), request=None)
        kept += [record.status_code for record in caplog.records if faults.filter(record)]
        caplog.clear()
    assert kept == [500]
    assert written["loggers"]["django.request"]["filters"] == ["faults"]


@pytest.mark.parametrize("prefix", ["com.amazonaws.cloudtrail.v20131101.", ""])
@pytest.mark.parametrize(
    ("operation", "error"),
    [("ListTrails", ""), ("Nothing", "UnknownOperationException")],
)
def test_an_operation_is_named_as_each_sdk_names_it(admin, prefix, operation, error):
    """Smithy's SDKs (Go v2, JavaScript v3) send the short form of X-Amz-Target."""
    client = Clients()("cloudtrail", admin)
    target = f"{prefix}CloudTrail_20131101.{operation}"

    def rename(request, **_others):
        del request.headers["X-Amz-Target"]
        request.headers["X-Amz-Target"] = target

    client.meta.events.register("before-sign.cloudtrail.ListTrails", rename)
    if error:
        assert refusal(client.list_trails)[0] == error
    else:
        assert client.list_trails()["Trails"] == []


def test_an_unsigned_request_is_refused(db):
    answer = Client().post("/aws", WHO, content_type=FORM)
    assert answer.status_code == 403
    assert b"<Code>MissingAuthenticationToken</Code>" in answer.content
    assert b"<Message>Request is missing Authentication Token</Message>" in answer.content
    assert answer["Content-Type"] == "text/xml"


def test_nobody_is_let_into_a_bucket_without_a_name(db):
    answer = Client().get("/aws/some-bucket/key")
    assert answer.status_code == 403
    assert b"<Code>AccessDenied</Code><Message>Access Denied</Message>" in answer.content


@pytest.mark.parametrize(
    "target",
    [
        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
        "CloudTrail_20131101.LookupEvents",
        "AWSEC2InstanceConnectService.SendSSHPublicKey",
    ],
)
def test_a_target_without_a_signature_is_refused_in_json(db, target):
    answer = Client().post(
        "/aws", "{}", content_type="application/x-amz-json-1.1", headers={"X-Amz-Target": target}
    )
    assert json.loads(answer.content)["__type"] == "MissingAuthenticationTokenException"


@pytest.mark.parametrize("path", ["/aws", "/aws/", "/aws/some-bucket/page.html"])
def test_no_answer_runs_in_a_browser_or_takes_part_in_its_session(db, path):
    client = Client()
    client.cookies["rolecall_session"] = "x" * 32
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "Set-Cookie" not in answer
    assert "Vary" not in answer


def test_a_cookie_is_not_even_looked_up(db, django_assert_num_queries):
    client = Client()
    client.cookies["rolecall_session"] = "x" * 32
    with django_assert_num_queries(0):
        client.get("/aws")


def test_a_page_beside_the_endpoint_is_the_sites_own(db):
    assert Client().get("/awsome").status_code == 404
    assert "x-amzn-requestid" not in Client().get("/awsome")


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS", "TRACE"])
def test_a_method_that_nothing_answers_is_refused(db, method):
    answer = Client().generic(method, "/aws/bucket")
    assert answer.status_code in {403, 405}
    assert b"<Code>" in answer.content


def test_every_answer_has_a_request_id(clients, admin):
    for service, operation in (("iam", "list_users"), ("s3", "list_buckets")):
        answer = getattr(clients(service, admin), operation)()
        assert re.fullmatch(r"[0-9A-Fa-f-]{16,}", answer["ResponseMetadata"]["RequestId"])
