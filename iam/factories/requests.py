"""A factory that makes its row by performing AWS's requests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from factory import Factory

from iam.catalogue.regions import HOME_REGION
from iam.models import Account, Simulated
from iam.perform.unrecorded_calls import perform_unrecorded, root_caller

Row = TypeVar("Row", bound=Simulated)


def requested(
    account: Account,
    operation: str,
    params: Mapping[str, Any],
    received_at: datetime | None = None,
    region: str = HOME_REGION,
) -> dict[str, Any]:
    """Perform an operation as the account's root, unrecorded; empty parameters are left out.

    It happens at a real moment, by default when the sandbox was made.
    """
    caller = root_caller(account, received_at or account.sandbox.created_at, region)
    given = {name: value for name, value in params.items() if value not in (None, "", [], {})}
    return perform_unrecorded(caller, operation, given)


class RequestFactory(Factory[Row], Generic[Row]):
    """Makes a row by requests: `made` performs them with what the factory was given."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Row], *args: Any, **kwargs: Any) -> Row:
        return cls.made(**kwargs)

    @classmethod
    def made(cls, **given: Any) -> Row:
        raise NotImplementedError
