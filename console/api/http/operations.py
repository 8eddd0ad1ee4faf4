"""How the routes are described in the schema."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema

from console.api.http.authentication import scope_of
from console.api.http.problems import PROBLEM_JSON, ApiProblem

F = TypeVar("F", bound=Callable[..., Any])

PAGE = (
    OpenApiParameter("page", int, description="Which page, from 1."),
    OpenApiParameter("page_size", int, description="Rows a page, up to 200; 50 without it."),
)
SINCE = OpenApiParameter("since", str, description="Only what has changed since this answer.")


def operation(
    name: str,
    answers: Any,
    *,
    takes: Any = None,
    status: int = 200,
    query: Sequence[OpenApiParameter] = (),
    problems: Sequence[int] = (),
) -> Callable[[F], F]:
    """Describe a method of a view: its name, what it takes and answers, how it may fail."""
    failing = {401, 403, 429, 503, *problems} | ({400, 413, 415} if takes else set())
    if PAGE[0] in query:
        failing.add(404)
    responses = dict(answers) if isinstance(answers, dict) else {status: answers}
    for one in sorted(failing):
        responses[one, PROBLEM_JSON] = ApiProblem
    described: Callable[[F], F] = extend_schema(
        operation_id=name, request=takes, responses=responses, parameters=list(query)
    )
    return described


class ApiSchema(AutoSchema):
    """Takes summary and description from a method's docstring, the tag from the view's area."""

    def get_tags(self) -> list[str]:
        """Return the area."""
        return [getattr(self.view, "area", "") or "api"]

    def _doc(self) -> list[str]:
        method = getattr(self.view, self.method.lower(), None)
        return ((method.__doc__ if method else "") or "").strip().splitlines()

    def get_summary(self) -> str:
        """Return the docstring's first line."""
        return (self._doc() or [""])[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        """Return the rest of the docstring, and which scope a token needs."""
        rest = " ".join(line.strip() for line in self._doc()[1:]).strip()
        scope = scope_of(self.view, self.method)
        needs = f"Needs the scope `{scope}`." if scope else "Any token will do."
        return f"{rest}\n\n{needs}".strip()

    def get_extensions(self) -> dict[str, Any]:
        """Return the scope for programs, too."""
        return {"x-scope": scope_of(self.view, self.method)}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tokens, as OpenAPI has them."""

    target_class = "console.api.http.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the scheme."""
        del auto_schema
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of /account/tokens, which begins with `rolecall_`.",
        }
