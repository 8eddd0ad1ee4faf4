"""The denied calls of whoever a console is signed in as."""

from console.signin.console import Console
from iam.perform import DeniedCall, latest_denials


def own_denials(console: Console) -> list[DeniedCall]:
    """Return the last ones in the account of the console."""
    return latest_denials(console.caller, console.principal_ids)
