"""ec2-instance-connect:SendSSHPublicKey, which lets a caller use an instance."""

from console.services.ec2.errors import not_offered
from console.services.ec2.models import RUNNING, Instance
from console.services.ec2.resolvers import Context, find_instance, instance_resource, of_instance
from iam.arns import ec2_arn
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire.errors import AwsError


def on_instance_to_enter(call: Call, params: Params) -> Resolution:
    """Resolve an instance to log in to."""
    name = params["InstanceId"]
    found, missing = find_instance(call, name)
    own: Context = of_instance(found) if found else {}
    context: Context = {**own, "ec2:osuser": params["InstanceOSUser"]}
    arn = ec2_arn(call.caller.origin.region, call.caller.account_id, "instance", name)
    checks = (PermissionCheck(call.operation, arn, context=context),)
    return Resolution(checks, found, missing, (instance_resource(name),))


def reachable(call: Call, params: Params, instance: Instance) -> Instance:
    """Prepare to let the console use an instance; there is no SSH for other clients."""
    if not call.caller.origin.via_console:
        raise not_offered("SSH: connect to an instance in the console")
    if instance.state != RUNNING:
        message = f"The instance '{instance.instance_id}' is not running."
        raise AwsError("EC2InstanceStateInvalidException", message)
    return instance


@writes("ec2-instance-connect:SendSSHPublicKey", on=on_instance_to_enter, prepare=reachable)
def send_ssh_public_key(call: Call, params: Params, instance: Instance) -> Result:
    """Let the console use an instance; the key is not stored."""
    return {"RequestId": call.caller.origin.request_id or "console", "Success": True}
