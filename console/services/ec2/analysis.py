"""Hypothetical sessions of instances' roles, who gets hold of them, and instances' tags."""

from collections.abc import Iterator

from django.db.models import QuerySet

from console.services.ec2.instance_access import USER
from console.services.ec2.instance_tags import requested_tags
from console.services.ec2.metadata.credentials import (
    SERVICE,
    instance_request,
    profile_of,
    service_for,
)
from console.services.ec2.models import Instance
from console.services.ec2.profiles import profiles_in
from console.services.ec2.resolvers import TAG_PREFIXES, of_instance
from iam.analysis import (
    PLAIN,
    Circumstances,
    TaggedResource,
    Tagging,
    Workload,
    World,
    WorldPrincipal,
    runs_as_roles,
)
from iam.authorization import PermissionCheck
from iam.callers import Caller
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared
from iam.wire.tags import tag_list
from sts.analysis import HypotheticalSession, suppose_role_session

_CONNECT = "ec2-instance-connect:SendSSHPublicKey"


def suppose_instance_session(
    world: World, instance_id: str, now: Circumstances = PLAIN
) -> HypotheticalSession:
    """Return the session that EC2 would give an instance.

    Raises LookupError if the instance does not run or has no role.
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


def _with_profile(sandbox: int) -> QuerySet[Instance]:
    rows: QuerySet[Instance] = Instance.in_sandbox(Sandbox(pk=sandbox))
    return rows.filter(terminated_at=None).exclude(profile_id="").select_related("account")


_INSTANCES = Prepared(_with_profile)


def _tagged(instance: Instance) -> TaggedResource:
    """Return an instance as something that can be tagged."""

    def tagging(_: Caller, name: str, value: str | None) -> Tagging:
        action = "ec2:DeleteTags" if value is None else "ec2:CreateTags"
        tags = {} if value is None else {name: value}
        listed = [{"Key": name}] if value is None else tag_list(tags)
        context = {**of_instance(instance), **requested_tags(tags, [name])}
        check = PermissionCheck(action, instance.arn, context=context)
        return Tagging(action, {"Resources": [instance.instance_id], "Tags": listed}, check)

    return TaggedResource(
        key=("instance", instance.pk),
        called=f"the instance {instance.instance_id}",
        arn=instance.arn,
        tags=instance.tags,
        prefixes=TAG_PREFIXES,
        actions=("ec2:CreateTags", "ec2:DeleteTags"),
        tagging=tagging,
        account_id=instance.account.account_id,
    )


@runs_as_roles
def instances_with_roles(world: World) -> Iterator[Workload]:
    """Find the instances that run with a role: Instance Connect lets one on."""
    instances = _INSTANCES.rows(world.sandbox.pk)
    if not instances:
        return
    profiles = {one.unique_id: one for one in profiles_in(world.sandbox)}
    for instance in instances:
        profile = profiles.get(instance.profile_id)
        if profile is None or profile.role is None:
            continue
        context = {**of_instance(instance), "ec2:osuser": USER}
        check = PermissionCheck(_CONNECT, instance.arn, context=context)
        resource = _tagged(instance)
        yield Workload(
            called=resource.called,
            account_id=instance.account.account_id,
            role_pk=profile.role.pk,
            principal=SERVICE,
            checks=(check,),
            source="Amazon EC2 User Guide, EC2 Instance Connect",
            resource=resource,
        )
