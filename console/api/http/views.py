"""What every view of the API has in common."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.models import User
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from console.api.http.authentication import HasScope, HasToken, TokenAuthentication
from console.api.http.parsers import JsonParser
from console.api.http.problems import NotThere, answer_problem
from console.api.http.throttles import MakingThrottle, TokenThrottle


class JsonAlways(BaseContentNegotiation):
    """Answers JSON, whatever a client would rather have; a body is parsed as what it claims."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        """Return the parser of the body's media type."""
        sent = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == sent), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        del request, format_suffix
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """A route of the API: `area` names the scope that it asks a token for."""

    area: ClassVar[str] = ""
    makes_worlds: ClassVar[bool] = False
    authentication_classes: Any = (TokenAuthentication,)
    permission_classes: Any = (HasToken, HasScope)
    throttle_classes = (TokenThrottle, MakingThrottle)
    parser_classes: Any = (JsonParser,)
    renderer_classes: Any = (JSONRenderer,)
    content_negotiation_class = JsonAlways
    http_method_names: Any = ("get", "head", "post", "put", "patch", "delete")

    def get_exception_handler(self) -> Any:
        """Return what writes errors."""
        return answer_problem

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Refuse a method, with those that there are."""
        allowed = ", ".join(self.allowed_methods)
        raise MethodNotAllowed(
            request.method, f"There is no {request.method} here. There is: {allowed}."
        )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check token, scope and rate; no address has a NUL or a number beyond all keys."""
        super().initial(request, *args, **kwargs)
        for value in kwargs.values():
            if "\0" in str(value) or (isinstance(value, int) and value >= 2**63):
                raise NotThere

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nothing be kept on the way."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


def user_of(request: Request) -> User:
    """Return the site user of a request's token."""
    if not isinstance(request.user, User):
        raise NotThere
    return request.user


def refuse_faults(faults: Mapping[str, str]) -> None:
    """Raise ValidationError if there are any: sentences by field, from a function of the site."""
    if faults:
        raise ValidationError({name: [sentence] for name, sentence in faults.items()})


def read_body(request: Request, shape: type[BaseSerializer[Any]], **options: Any) -> Any:
    """Return what was sent, checked; raises ValidationError."""
    reader = shape(data=request.data if isinstance(request.data, dict) else {}, **options)
    reader.is_valid(raise_exception=True)
    return reader.validated_data
