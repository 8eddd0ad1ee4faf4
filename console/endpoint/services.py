"""The service of a request, before its signature is verified."""

import re
from functools import cache

from iam.perform import registry
from iam.wire.requests import WireRequest
from iam.wire.shapes import operation_service

_CREDENTIAL = re.compile(r"Credential=[^,]*?/[0-9]{8}/[^/,]*/([a-z0-9-]{1,40})/")
_IN_QUERY = re.compile(r".*?/[0-9]{8}/[^/]*/([a-z0-9-]{1,40})/[^/]*")
_TARGETS = {
    "com.amazonaws.cloudtrail": "cloudtrail",
    "CloudTrail_": "cloudtrail",
    "AWSOrganizationsV20161128": "organizations",
    "AWSEC2InstanceConnectService": "ec2-instance-connect",
}
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/x-amz-json"
_REST_XML = {"cloudfront", "route53"}  # by the metadata of botocore 1.44's models, beside S3


@cache
def offered_services() -> set[str]:
    """Return the services with at least one operation here; cached once all are registered."""
    return {name.partition(":")[0] for name in registry.operations}


def supposed_service(request: WireRequest) -> str:
    """Return the service that the request itself names, whose words a refusal has."""
    header = _CREDENTIAL.search(request.headers.get("authorization", ""))
    in_query = _IN_QUERY.fullmatch(request.arguments.get("X-Amz-Credential", ""))
    named = header or in_query
    if named:
        return named[1]
    target = request.headers.get("x-amz-target", "")
    for prefix, service in _TARGETS.items():
        if target.startswith(prefix):
            return service
    action = action_of(request)
    if action:
        return service_of(action)
    form = request.headers.get("content-type", "").startswith(_FORM)
    return "sts" if form and request.method == "POST" else "s3"


def action_of(request: WireRequest) -> str:
    """Return the Action of a query request, from its address or its body."""
    if "Action" in request.arguments:
        return request.arguments["Action"]
    found = re.search(rb"(?:^|&)Action=([A-Za-z0-9]{1,64})(?:&|$)", request.body[:4096])
    return found[1].decode() if found else ""


def service_of(action: str) -> str:
    return "sts" if action in operation_service("sts").operation_names else "iam"


def error_protocol(service: str, request: WireRequest) -> str:
    """Return the protocol of a refusal; "" for that of the service's model.

    The model of a service that is not offered is not read: the request shows which protocol it is
    in. An error in XML is the same for the query protocol and for REST.
    """
    if service in offered_services():
        return ""
    content_type = request.headers.get("content-type", "")
    if content_type.startswith(_JSON):
        return "json"
    in_xml = service in _REST_XML or content_type.startswith(_FORM) or action_of(request)
    return "query" if in_xml else "rest-json"
