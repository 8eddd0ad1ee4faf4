"""One call of a page, whose failure is shown in its own place."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from console.signin.console import console_of
from iam.perform import perform
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class Attempt:
    """A call's result, or the error it answered."""

    result: dict[str, Any] = field(default_factory=dict)
    error: AwsError | None = None

    @property
    def error_code(self) -> str:
        """Return the error's code; empty if there is none."""
        return self.error.code if self.error else ""


def attempt(request: HttpRequest, operation: str, **params: Any) -> Attempt:
    """Perform an operation as the page's caller."""
    try:
        return Attempt(result=perform(console_of(request).caller, operation, params))
    except AwsError as error:
        return Attempt(error=error)
