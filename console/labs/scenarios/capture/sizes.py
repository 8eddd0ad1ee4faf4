"""How large a world may be to be captured: more takes seconds, and no scenario has room for it."""

from django.db.models import Sum
from django.db.models.functions import Length

from console.labs.scenarios.errors import Fault, ScenarioError
from console.services.s3.models import Bucket, StoredObject
from iam.models import Group, InlinePolicy, Policy, PolicyVersion, Role, Sandbox, User

_MOST_ROWS = 1_000
"""More than a scenario's parts: objects that are too large for one are left out."""
_MOST_TEXT = 400_000


def refuse_large_world(sandbox: Sandbox) -> None:
    """Raise ScenarioError for more users, roles, objects and so on, or longer policies."""
    rows = sum(one.in_sandbox(sandbox).count() for one in (User, Group, Role, Policy, Bucket))
    rows += StoredObject.in_sandbox(sandbox).filter(by_service=False).count()
    if rows > _MOST_ROWS:
        raise ScenarioError(
            Fault(
                f"The world has {rows:,} users, groups, roles, policies, buckets and objects. "
                f"One of at most {_MOST_ROWS:,} can be saved as a scenario."
            )
        )
    texts = ((Role, "trust"), (InlinePolicy, "document"), (PolicyVersion, "document"))
    length = sum(
        model.in_sandbox(sandbox).aggregate(sum=Sum(Length(f"{name}__text")))["sum"] or 0
        for model, name in texts
    )
    if length > _MOST_TEXT:
        raise ScenarioError(
            Fault(
                f"The world's policies have {length:,} characters. "
                f"One of at most {_MOST_TEXT:,} can be saved as a scenario."
            )
        )
