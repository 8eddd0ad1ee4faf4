"""The one exception of the engine."""


class PolicyError(Exception):
    """A document that AWS refuses: its code and sentence, and the place (from 1) at fault."""

    def __init__(
        self, message: str, line: int, column: int, *, issue: str = "", detail: str = ""
    ) -> None:
        super().__init__(message)
        self.code = "MalformedPolicyDocument"
        self.message = message
        self.line = line
        self.column = column
        self.issue = issue
        """The issue code of Access Analyzer's policy checks."""
        self.detail = detail
        """What AWS does not say: which element, and what was expected."""
