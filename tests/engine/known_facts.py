"""A small catalogue for the findings: as much of AWS as their cases name."""

from collections.abc import Collection

ACTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "dynamodb": {"GetItem": ("dynamodb:Attributes", "aws:ResourceTag/${TagKey}")},
    "iam": {"PassRole": ("iam:PassedToService",), "CreateUser": ("iam:PermissionsBoundary",)},
    "lambda": {"GetFunction": (), "InvokeFunction": ("lambda:FunctionUrlAuthType",)},
    "s3": {
        "GetObject": ("s3:ExistingObjectTag/${key}", "s3:versionid"),
        "ListBucket": ("s3:prefix", "s3:max-keys"),
        "PutObject": (),
    },
    "sqs": {"SendMessage": ("aws:ResourceTag/${TagKey}",)},
    "sts": {"AssumeRole": ("sts:ExternalId",), "TagSession": ()},
}
FORMATS = {
    "iam": (
        "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}",
        "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}",
    ),
    "odd": ("arn:${Partition}:odd",),
    "s3": (
        "arn:${Partition}:s3:::${BucketName}",
        "arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}",
    ),
    "sqs": ("arn:${Partition}:sqs:${Region}:${Account}:${QueueName}",),
    "cloudfront": ("arn:${Partition}:cloudfront::${Account}:distribution/${DistributionId}",),
}
KEYS = {
    "aws:currenttime": "Date",
    "aws:epochtime": "Date",
    "aws:multifactorauthage": "Numeric",
    "aws:multifactorauthpresent": "Bool",
    "aws:principalarn": "ARN",
    "aws:requestedregion": "String",
    "aws:sourceip": "IPAddress",
    "aws:sourcevpcarn": "String",
    "aws:tagkeys": "ArrayOfString",
    "aws:username": "String",
    "iam:passedtoservice": "String",
    "iam:permissionsboundary": "ARN",
    "s3:max-keys": "Numeric",
    "s3:prefix": "String",
    "s3:versionid": "String",
    "sts:externalid": "String",
}


class KnownFacts:
    """The engine's `Facts` for its own tests."""

    def unknown_service_hint(self, principal: str) -> str | None:
        """All services exist but those that say that they do not."""
        if not principal.startswith("nosuch"):
            return None
        return "Did you mean such?" if principal == "nosuch.amazonaws.com" else ""

    @property
    def regions(self) -> Collection[str]:
        return ("eu-west-1", "us-east-1")

    @property
    def services(self) -> Collection[str]:
        return ACTIONS

    def has_action(self, service: str, name: str) -> bool:
        return any(one.lower() == name.lower() for one in ACTIONS[service])

    def actions(self, service: str) -> Collection[str]:
        return ACTIONS[service]

    def arn_formats(self, service: str) -> Collection[str]:
        return FORMATS.get(service, ())

    def key_type(self, key: str) -> str:
        tagged = key.lower().startswith(("aws:resourcetag/", "s3:existingobjecttag/"))
        return "String" if tagged else KEYS.get(key.lower(), "")

    def action_keys(self, action: str) -> Collection[str] | None:
        service, _, name = action.partition(":")
        return ACTIONS.get(service, {}).get(name)
