"""The associations of instances with instance profiles."""

from dataclasses import dataclass

from console.services.ec2.lists import Values, filtered, page_of
from console.services.ec2.models import RUNNING, Instance
from console.services.ec2.names import is_id, new_id
from console.services.ec2.profiles import NamedProfile, named_profile
from console.services.ec2.resolvers import (
    Context,
    check_on,
    find_instance,
    instance_resource,
    on_all,
    seen_instances,
)
from console.services.ec2.shapes import association_shape
from iam.arns import ec2_arn
from iam.perform import Call, Params, Resolution, Result, reads, writes
from iam.wire.errors import AwsError

_FILTERS = ("instance-id", "state")


@dataclass(frozen=True)
class AssociationChange:
    """An instance, and its future instance profile."""

    instance: Instance
    profile: NamedProfile | None = None


def _no_such_association(name: str) -> AwsError:
    if not is_id("iip-assoc", name):
        return AwsError("InvalidParameterValue", "Invalid value for associationId.")
    message = f"An invalid association-id of '{name}' was given"
    return AwsError("InvalidAssociationID.NotFound", message)


def _resolved(
    call: Call,
    name: str,
    instance: Instance | None,
    profile: NamedProfile | None,
    missing: AwsError | None,
) -> Resolution:
    extra: Context = {"ec2:NewInstanceProfile": profile.arn} if profile and profile.arn else {}
    checks = [check_on(call, name, instance, extra)]
    if profile is not None:
        region, account_id = call.caller.origin.region, call.caller.account_id
        checks += profile.checks(call, ec2_arn(region, account_id, "instance", name))
    error = missing or (profile.error if profile else None)
    change = AssociationChange(instance, profile) if instance else None
    resources = [instance_resource(name)] if instance else []
    return Resolution(checks, change, error, resources)


def on_instance(call: Call, params: Params) -> Resolution:
    """Resolve an instance that gets an instance profile."""
    name = params["InstanceId"]
    instance, missing = find_instance(call, name)
    profile = named_profile(call, params["IamInstanceProfile"])
    return _resolved(call, name, instance, profile, missing)


def on_association(call: Call, params: Params) -> Resolution:
    """Resolve an association; the check is on its instance."""
    name = params["AssociationId"]
    rows = seen_instances(call).filter(association_id=name) if name else seen_instances(call).none()
    instance: Instance | None = rows.first()
    asked = params.get("IamInstanceProfile")
    profile = named_profile(call, asked) if asked is not None else None
    missing = None if instance else _no_such_association(name)
    return _resolved(call, instance.instance_id if instance else "*", instance, profile, missing)


def _associate(call: Call, change: AssociationChange) -> Instance:
    instance = change.instance
    profile = change.profile.profile if change.profile else None
    instance.association_id = new_id("iip-assoc") if profile else ""
    instance.profile_arn = profile.arn if profile else ""
    instance.profile_id = profile.unique_id if profile else ""
    instance.associated_at = call.caller.now if profile else None
    instance.session = {}
    instance.save()
    return instance


def free_instance(call: Call, params: Params, change: AssociationChange) -> AssociationChange:
    """Prepare to give an instance a profile: it must run, and have none."""
    instance = change.instance
    if instance.state != RUNNING:
        message = (
            f"The instance '{instance.instance_id}' is not in the 'running' or 'stopped' states."
        )
        raise AwsError("IncorrectInstanceState", message)
    if instance.association_id:
        message = f"There is an existing association for instance {instance.instance_id}"
        raise AwsError("IncorrectState", message)
    return change


@writes("ec2:AssociateIamInstanceProfile", on=on_instance, prepare=free_instance)
def associate_iam_instance_profile(call: Call, params: Params, change: AssociationChange) -> Result:
    shape = association_shape(_associate(call, change), "associating")
    return {"IamInstanceProfileAssociation": shape}


@writes("ec2:ReplaceIamInstanceProfileAssociation", on=on_association)
def replace_iam_instance_profile_association(
    call: Call, params: Params, change: AssociationChange
) -> Result:
    """Give an instance another instance profile; the association gets a new ID."""
    shape = association_shape(_associate(call, change), "associating")
    return {"IamInstanceProfileAssociation": shape}


@writes("ec2:DisassociateIamInstanceProfile", on=on_association)
def disassociate_iam_instance_profile(
    call: Call, params: Params, change: AssociationChange
) -> Result:
    """Remove an instance's profile; its credentials work until they expire."""
    shape = association_shape(change.instance, "disassociating")
    _associate(call, change)
    return {"IamInstanceProfileAssociation": shape}


def _values(instance: Instance) -> Values:
    return {"instance-id": [instance.instance_id], "state": ["associated"]}


def asked_associations(call: Call, params: Params, _: None) -> Result:
    """Return the requested associations; raises AwsError for unknown ones."""
    rows = list(seen_instances(call).exclude(association_id=""))
    names = params.get("AssociationIds", ())
    known = {row.association_id for row in rows}
    for name in names:
        if name not in known:
            raise _no_such_association(name)
    named = [row for row in rows if not names or row.association_id in names]
    found, more = page_of(
        params, filtered(params, named, _values, _FILTERS), named="AssociationIds"
    )
    return {"IamInstanceProfileAssociations": [association_shape(row) for row in found], **more}


@reads("ec2:DescribeIamInstanceProfileAssociations", on=on_all, prepare=asked_associations)
def describe_iam_instance_profile_associations(call: Call, params: Params, found: Result) -> Result:
    return found
