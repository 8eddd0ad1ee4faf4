"""What a page that is read may write."""

import re
from collections.abc import Iterator

from django.test.utils import CaptureQueriesContext

# Events, the last use of a credential, and the session's own row.
# A wrong join code in an address is counted, as a typed one is; a key is made at its first use.
BESIDES = re.compile(
    r'"(iam_event|django_session|console_event|iam_sandbox_lastused|signin_failedsignin'
    r'|lti_toolkey)"'
)


def writes_of(asked: CaptureQueriesContext) -> Iterator[str]:
    """Yield the statements of a read that write anything else."""
    for one in asked.captured_queries:
        statement = one["sql"]
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and not BESIDES.search(statement):
            yield f"writes: {statement[:200]}"
