"""A whole sandbox removed, a statement for each table."""

from django.db import transaction

from console.labs.rows.tables import delete_rows
from iam.models import Sandbox


def remove(sandbox: Sandbox) -> None:
    """Delete a sandbox and all that is in it."""
    with transaction.atomic():
        delete_rows(sandbox)
        sandbox.delete()
