"""The metadata service of instances (IMDSv2); each instance has a secret in its address.

Beside it stand the role's credentials as a container finds them: SDKs that drop the path of a
metadata service (Go, JavaScript) keep that of AWS_CONTAINER_CREDENTIALS_FULL_URI.
"""

import re
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse

from console.labs.checks import Happening
from console.labs.rules import Tool, rules_of
from console.labs.visits import after_visit
from console.services.ec2.metadata.container import container_credentials
from console.services.ec2.metadata.credentials import instance_of
from console.services.ec2.metadata.tokens import LONGEST, new_token, seconds_left
from console.services.ec2.metadata.tree import metadata_at
from console.services.ec2.models import Instance
from iam.callers import Visit

_PATH = re.compile(r"/imds/([A-Za-z0-9_-]{1,64})/(credentials$|latest(?:/(.*))?)", re.DOTALL)
_LIFETIME = re.compile(r"[0-9]{1,5}", re.ASCII)
_TOKEN, _SECONDS = "X-aws-ec2-metadata-token", "X-aws-ec2-metadata-token-ttl-seconds"
_ROLE_ASSUMED = [Happening("AssumeRole")]
"""What EC2 may have done to answer, if an instance had no credentials that still hold."""
_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
}


def _refused(status: int) -> HttpResponse:
    return HttpResponse(f"{status} - {_WORDS[status]}\n", "text/plain", status)


def answer_metadata(request: HttpRequest) -> HttpResponse:
    """Answer a request to the metadata service of the instance in the address."""
    received_at = datetime.now(UTC)  # noqa: TID251, the real time
    named = _PATH.fullmatch(request.path_info)
    instance = instance_of(named[1]) if named else None
    if named is None or instance is None or instance.metadata["HttpEndpoint"] != "enabled":
        return _refused(404)
    ruling = rules_of(instance.sandbox).allows(Tool.CLI)
    if not ruling:
        return HttpResponse(f"403 - {ruling.reason}\n", "text/plain", 403)
    path = named[3] or ""
    if path == "api/token":
        return _give_token(request, instance, received_at)
    if request.method not in {"GET", "HEAD"}:
        return _refused(405)
    if named[2] == "credentials":
        return _give_credentials(instance, received_at)
    return _tell(request, instance, path, received_at)


def _give_token(request: HttpRequest, instance: Instance, received_at: datetime) -> HttpResponse:
    if request.method != "PUT":
        return _refused(405)
    asked = request.headers.get(_SECONDS, "")
    if not _LIFETIME.fullmatch(asked) or not 1 <= int(asked) <= LONGEST:
        return _refused(400)
    response = HttpResponse(new_token(instance, int(asked), received_at), "text/plain")
    response[_SECONDS] = asked
    return response


def _give_credentials(instance: Instance, received_at: datetime) -> HttpResponse:
    found = container_credentials(instance, received_at)
    after_visit(instance.sandbox, Visit(), _ROLE_ASSUMED)
    return JsonResponse(found, status=200 if "AccessKeyId" in found else 403)


def _tell(
    request: HttpRequest, instance: Instance, path: str, received_at: datetime
) -> HttpResponse:
    token = request.headers.get(_TOKEN, "")
    left = seconds_left(instance, token, received_at) if token else 0
    if not left and (token or instance.metadata["HttpTokens"] == "required"):
        return _refused(401)
    text = metadata_at(instance, path, received_at)
    after_visit(instance.sandbox, Visit(), _ROLE_ASSUMED)
    if text is None:
        return _refused(404)
    response = HttpResponse(text, "text/plain")
    response[_SECONDS] = str(left)
    return response
