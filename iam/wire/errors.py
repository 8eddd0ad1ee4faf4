"""The error that every layer raises."""

from collections.abc import Iterable, Mapping

from iam.wire.violations import Violation, message_of


class AwsError(Exception):
    """A refusal with AWS's code, message and HTTP status.

    `violations` are the faults of single members of the request: each with a sentence of its
    own, or all `members` with the message. `details` are further elements of S3's error document.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        status: int = 400,
        members: Iterable[str] = (),
        details: Mapping[str, str] | None = None,
        *,
        violations: Iterable[Violation] = (),
    ) -> None:
        self.violations = (*violations, *(Violation(one, message) for one in members))
        self.code = code
        self.message = message or message_of(self.violations)
        self.status = status
        self.details = dict(details or {})
        super().__init__(code, self.message, status, self.members)

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.member for one in self.violations))

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
