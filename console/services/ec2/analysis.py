"""Sessions of the roles that instances hold, for analyses."""

from console.services.ec2.metadata.credentials import (
    instance_request,
    profile_of,
    service_for,
)
from console.services.ec2.models import Instance
from iam.analysis import PLAIN, Circumstances, World, WorldPrincipal
from sts.analysis import HypotheticalSession, suppose_role_session


def suppose_instance_session(
    world: World, instance_id: str, now: Circumstances = PLAIN
) -> HypotheticalSession:
    """Return the session of its role that an instance would get from EC2.

    Raises LookupError for an instance that does not run, or holds no role.
    """
    rows = Instance.in_sandbox(world.sandbox).filter(instance_id=instance_id, terminated_at=None)
    instance = rows.select_related("account").first()
    profile = profile_of(instance) if instance else None
    if instance is None or profile is None or profile.role is None:
        message = f"no instance {instance_id} that runs with a role"
        raise LookupError(message)
    instance.sandbox = world.sandbox
    caller = service_for(instance, world.origin.received_at, world.visit)
    service, account_id = caller.name, caller.account_id
    ec2 = WorldPrincipal("service", service, service, account_id, service, caller)
    request = instance_request(instance)
    return suppose_role_session(world, ec2, profile.role.arn, request, now)
