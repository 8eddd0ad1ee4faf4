"""Lambda's operations; importing this registers them."""

from console.services.awslambda.actions import (
    creation,
    functions,
    invocation,
    permissions,
    updates,
)

__all__ = ["creation", "functions", "invocation", "permissions", "updates"]
