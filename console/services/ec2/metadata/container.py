"""An instance's role credentials in the form that containers get theirs in.

The members are those that AWS's SDKs read from AWS_CONTAINER_CREDENTIALS_FULL_URI (SDKs and Tools
Reference Guide, container credential provider).
"""

from datetime import datetime

from console.services.ec2.metadata.credentials import instance_credentials, profile_of
from console.services.ec2.models import Instance
from iam.wire.times import iso8601


def container_credentials(instance: Instance, received_at: datetime) -> dict[str, str]:
    """Return the credentials, or a code and a message where the instance has none."""
    profile = profile_of(instance)
    if profile is None or profile.role is None:
        return {"code": "NoRole", "message": "The instance has no role."}
    token = instance_credentials(instance, profile.role, received_at).token
    if token is None:
        message = f"EC2 cannot assume the role {profile.role.name}."
        return {"code": "AssumeRoleUnauthorizedAccess", "message": message}
    return {
        "RoleArn": profile.role.arn,
        "AccessKeyId": token.access_key_id,
        "SecretAccessKey": token.secret_access_key,
        "Token": token.sealed(),
        "Expiration": iso8601(token.expires_at),
    }
