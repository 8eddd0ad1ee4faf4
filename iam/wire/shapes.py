"""AWS's published service models, loaded for one service at a time on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from iam.wire.additions import with_additions
from iam.wire.errors import AwsError

if TYPE_CHECKING:
    from botocore.loaders import Loader
    from botocore.model import OperationModel, ServiceModel


MODELS = {"access-analyzer": "accessanalyzer"}
"""What botocore and the AWS CLI call a service, if not as signatures and policies do."""


@lru_cache(maxsize=64)
def operation_service(service: str) -> ServiceModel:
    """Return the model of `iam`, `sts`, `s3`…; AwsError InvalidAction for an unknown service.

    botocore is imported here and not above, because its model module alone takes 0.3 s.
    """
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415
    from botocore.model import ServiceModel  # noqa: PLC0415

    try:
        description = _loader().load_service_model(MODELS.get(service, service), "service-2")
    except BotoCoreError:
        raise AwsError("InvalidAction", f"Could not find service {service}.") from None
    return ServiceModel(with_additions(service, description), service)


@lru_cache(maxsize=4096)
def operation_model(operation: str) -> OperationModel:
    """Return the model of `iam:CreateRole` or the like; AwsError InvalidAction if unknown."""
    from botocore.model import OperationNotFoundError  # noqa: PLC0415

    service, _, name = operation.partition(":")
    model = operation_service(service)
    try:
        return model.operation_model(name)
    except OperationNotFoundError:
        message = f"Could not find operation {name} for version {model.api_version}."
        raise AwsError("InvalidAction", message) from None


def is_modelled(operation: str) -> bool:
    """Return whether AWS's models have the operation (they lack `signin:ConsoleLogin`, for one)."""
    try:
        operation_model(operation)
    except AwsError:
        return False
    return True


@lru_cache(maxsize=1)
def _loader() -> Loader:
    """Return a loader of the package's own models, never of ~/.aws/models."""
    from botocore.loaders import Loader  # noqa: PLC0415

    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
