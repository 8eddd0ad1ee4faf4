"""The one error that every layer raises and every client of the product understands."""

from collections.abc import Mapping


class AwsError(Exception):
    """A refusal with AWS's code, text and HTTP status.

    `members` names the parameters at fault; `details` are further elements of S3's error document.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 400,
        members: tuple[str, ...] = (),
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, message, status, members)
        self.code = code
        self.message = message
        self.status = status
        self.members = members
        self.details = dict(details or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
