"""Errors as JSON, in one shape everywhere: RFC 9457, with sentences that say what to do."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

from console.outages import outage_of

logger = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"


class FieldProblem(serializers.Serializer[Any]):
    """What is wrong with one field of what was sent."""

    field = serializers.CharField(help_text="The field, such as `due` or `rows.3.login`.")
    message = serializers.CharField()


class ApiProblem(serializers.Serializer[Any]):
    """Why a request was not answered, and what to do."""

    title = serializers.CharField(help_text="What the status means.")
    status = serializers.IntegerField(min_value=400, max_value=599)
    code = serializers.CharField(help_text="A word for programs, such as `not_found`.")
    detail = serializers.CharField(help_text="A sentence for people: what is wrong, what to do.")
    faults = FieldProblem(many=True, required=False)


class NotThere(exceptions.NotFound):
    """Nothing at an address, or nothing that the token's user may see: both are the same."""

    default_detail = (
        "There is nothing at this address that you may see. GET /api/ lists the addresses."
    )


class NotYours(exceptions.PermissionDenied):
    """Something that the token's user sees and may not do."""


class Conflicting(exceptions.APIException):
    """What was asked for does not fit what there is now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class TooLarge(exceptions.APIException):
    """A body that is too large."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The body is too large: 8 MB at most."


class Unavailable(exceptions.APIException):
    """The site cannot do this now; `wait` is after how many seconds to try again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"

    def __init__(self, sentence: str, wait: int) -> None:
        super().__init__(sentence)
        self.wait = wait - 1  # as Throttled's, of which the rest of a second is left


_TITLES = {
    400: "Bad request",
    401: "No token that works",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many requests",
    500: "Server error",
    503: "Not available now",
}


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return NotThere()
    if isinstance(error, PermissionDenied):
        return NotYours()
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError("The request cannot be read. Nothing was done.")
    outage = outage_of(error)
    return Unavailable(outage.sentence, outage.retry_after) if outage else None


def _field_problems(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Yield what is wrong, field by field, from REST framework's nested lists."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _field_problems(inner, ".".join(filter(None, (field, own))))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _field_problems(inner, f"{field}.{place}" if nested and field else field)
    else:
        yield {"field": field, "message": str(detail)}


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _detail(error: exceptions.APIException) -> tuple[str, list[dict[str, str]]]:
    """Return a sentence, and what is wrong with each field."""
    if not isinstance(error, exceptions.ValidationError):
        return _ended(str(error.detail)), []
    found = list(_field_problems(error.detail))
    about = [f"{one['field']}: {one['message']}" for one in found if one["field"]]
    general = [one["message"] for one in found if not one["field"]]
    sentence = " ".join(map(_ended, [*general, *about])) or "What was sent is not right."
    return sentence, [one for one in found if one["field"]]


def _code(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else "invalid"


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response:
    """Return the answer to a request that failed."""
    known = _as_api_error(error)
    if known is None:
        request = getattr(context.get("request"), "_request", None)
        got_request_exception.send(sender=None, request=request)  # so that tests fail of it
        logger.exception("The API failed.")
        known = exceptions.APIException("The server failed. Nothing that you sent is at fault.")
    sentence, fields = _detail(known)
    if isinstance(known, exceptions.UnsupportedMediaType):
        accepted = " or ".join(one.media_type for one in context["view"].parser_classes)
        sentence = f"Send the body as {accepted}, and name that in Content-Type."
    headers = {}
    wait = getattr(known, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait) + 1)
        if isinstance(known, exceptions.Throttled):
            sentence = f"Too many requests. Try again in {int(wait) + 1} seconds."
    challenge = getattr(known, "auth_header", "")
    if challenge:
        headers["WWW-Authenticate"] = challenge
    body: dict[str, Any] = {
        "title": _TITLES.get(known.status_code, "Error"),
        "status": known.status_code,
        "code": _code(known),
        "detail": sentence,
    }
    if fields:
        body["faults"] = fields
    return Response(body, known.status_code, headers=headers, content_type=PROBLEM_JSON)
