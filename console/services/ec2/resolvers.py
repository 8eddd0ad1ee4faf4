"""Resolvers of EC2's operations."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from typing import Any

from console.services.ec2.errors import dry_run, malformed_id, no_such_instance
from console.services.ec2.models import SEEN_TERMINATED, Instance
from console.services.ec2.names import is_id
from iam.arns import ec2_arn
from iam.authorization import ContextValue
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import Resolver
from iam.wire.errors import AwsError

Context = dict[str, ContextValue]
TAG_PREFIXES = ("aws:ResourceTag/", "ec2:ResourceTag/")


def seen_instances(call: Call) -> Any:
    """Return the account's instances in the caller's Region, without those long terminated."""
    rows = Instance.in_sandbox(call.caller.sandbox).filter(
        account=call.account, region=call.caller.origin.region
    )
    gone = call.caller.now - SEEN_TERMINATED
    return rows.exclude(terminated_at__lte=gone).select_related("account")


def of_instance(instance: Instance) -> Context:
    """Return the condition keys of an instance."""
    context: Context = {
        "ec2:Region": instance.region,
        "ec2:InstanceID": instance.instance_id,
        **what_runs(instance.instance_type, instance.zone, instance.metadata),
    }
    if instance.profile_arn:
        context["ec2:InstanceProfile"] = instance.profile_arn
    for key, value in instance.tags.items():
        context.update({f"{prefix}{key}": value for prefix in TAG_PREFIXES})
    return context


def what_runs(instance_type: str, zone: str, metadata: dict[str, Any]) -> Context:
    """Return the condition keys of a present or future instance."""
    return {
        "ec2:InstanceType": instance_type,
        "ec2:AvailabilityZone": zone,
        "ec2:EbsOptimized": "false",
        "ec2:InstanceMarketType": "on-demand",
        "ec2:MetadataHttpEndpoint": metadata["HttpEndpoint"],
        "ec2:MetadataHttpPutResponseHopLimit": str(metadata["HttpPutResponseHopLimit"]),
        "ec2:MetadataHttpTokens": metadata["HttpTokens"],
        "ec2:RootDeviceType": "ebs",
        "ec2:Tenancy": "default",
    }


def instance_resource(name: str) -> dict[str, str]:
    return {"ResourceType": "AWS::EC2::Instance", "ResourceName": name}


def check_on(call: Call, name: str, found: Instance | None, extra: Context) -> PermissionCheck:
    """Return the check of the call's operation on an instance, which may be missing."""
    region, account_id = call.caller.origin.region, call.caller.account_id
    arn = ec2_arn(region, account_id, "instance", name)
    own: Context = of_instance(found) if found else {"ec2:Region": region}
    return PermissionCheck(call.operation, arn, context={**own, **extra})


def find_instances(call: Call, names: Iterable[str]) -> dict[str, Instance]:
    return {row.instance_id: row for row in seen_instances(call).filter(instance_id__in=set(names))}


def unknown_instances(names: Sequence[str], found: Container[str]) -> AwsError | None:
    """Return the error for a malformed ID, else for unknown IDs."""
    malformed = next((name for name in names if not is_id("i", name)), None)
    if malformed is not None:
        return malformed_id("InvalidInstanceID", "i", malformed)
    missing = [name for name in names if name not in found]
    return no_such_instance(missing) if missing else None


def find_instance(call: Call, name: str) -> tuple[Instance | None, AwsError | None]:
    found = find_instances(call, [name])
    return found.get(name), unknown_instances([name], found)


def named_instances(call: Call, params: Params) -> Resolution:
    """Resolve the instances that a request names, with a check each."""
    names: Sequence[str] = list(dict.fromkeys(params["InstanceIds"]))
    found = find_instances(call, names)
    return Resolution(
        checks=[check_on(call, name, found.get(name), {}) for name in names],
        subject=list(found.values()),
        missing=unknown_instances(names, found),
        resources=[instance_resource(name) for name in names],
    )


def on_all(call: Call, params: Params) -> Resolution:
    """Resolve a list: EC2 checks lists without a resource."""
    context: Context = {"ec2:Region": call.caller.origin.region}
    return Resolution(
        checks=(PermissionCheck(call.operation, "*", context=context, names_resource=False),)
    )


def unless_dry_run(resolve: Callable[[Call, Params], Resolution]) -> Resolver:
    """Return a resolver that answers a DryRun if the call would succeed."""

    def resolved(call: Call, params: Params) -> Resolution:
        found = resolve(call, params)
        if params.get("DryRun") and found.missing is None:
            return replace(found, missing=dry_run())
        return found

    return resolved
