"""ARNs and account IDs: one parser, and one builder for each kind of resource.

An ARN has six fields, `arn:partition:service:region:account:resource`. Most resources have a type
and an ID, those of IAM also a path and a name: `role/team/Admin`.
"""

import re
from typing import NamedTuple

ARN_FIELDS = 6
PREFIX, PARTITION, SERVICE, REGION, ACCOUNT, RESOURCE = range(ARN_FIELDS)
"""The places of the fields in what `split_arn` returns."""
_OF_AWS = "aws"
"""What the ARNs of AWS's own policies have in place of an account ID."""
SERVICE_LINKED_PATH = "/aws-service-role/"
"""What the path of every service-linked role begins with."""
SERVICE_LINKED_NAME = "AWSServiceRole"
"""What its name begins with."""
_PARTITION = re.compile(r"aws[a-z-]*")


class Arn(NamedTuple):
    """An ARN by its fields."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"

    @property
    def type(self) -> str:
        """The part before the first slash: `role`; empty without a slash, as for `root`."""
        type_, slash, _ = self.resource.partition("/")
        return type_ if slash else ""

    @property
    def id(self) -> str:
        """The part after the type and its slash: `team/Admin`."""
        return self.resource.partition("/")[2]

    @property
    def path(self) -> str:
        """The path between type and name, with its slashes: `/team/`."""
        return f"/{self.id[: self.id.rfind('/') + 1]}"

    @property
    def name(self) -> str:
        """The part after the type and the path: `Admin`."""
        return self.id.rpartition("/")[2]

    @property
    def is_of_account(self) -> bool:
        """Whether it is of an account in a partition of AWS, `aws-cn` too."""
        return is_account_id(self.account) and _PARTITION.fullmatch(self.partition) is not None

    def is_of(self, service: str, *types: str) -> bool:
        """Whether it is of a service in the partition `aws`, of no Region, and of one of the types.

        Without types any resource is.
        """
        fields = (self.partition, self.service, self.region)
        return fields == ("aws", service, "") and (not types or self.type in types)


def is_account_id(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def split_arn(text: str) -> list[str]:
    """Split a text at its first five colons: an ARN has six fields, other texts may have fewer."""
    return text.split(":", ARN_FIELDS - 1)


def service_in(text: str) -> str:
    """Return the service in an ARN, also in one that is a pattern; empty where it has no fields."""
    fields = split_arn(text)
    return fields[SERVICE] if len(fields) == ARN_FIELDS else ""


def parse_arn(text: str) -> Arn | None:
    """Parse any ARN; None for anything else, and where partition, service or resource is empty."""
    fields = split_arn(text)
    if len(fields) != ARN_FIELDS or fields[PREFIX] != "arn":
        return None
    arn = Arn(*fields[PARTITION:])
    return arn if arn.partition and arn.service and arn.resource else None


def parse_iam_arn(text: str, *types: str) -> Arn | None:
    """Parse the ARN of an account's IAM resource of one of these types; None for anything else.

    Without types any resource is taken. The name may be empty.
    """
    arn = parse_arn(text)
    return arn if arn and arn.is_of("iam", *types) and is_account_id(arn.account) else None


def account_named(text: str) -> str:
    """The account that an ID or the ARN of a root user names; empty for anything else.

    It may lack the start or the end of the ARN.
    """
    account_id = text.removeprefix("arn:aws:iam::").removesuffix(":root")
    return account_id if is_account_id(account_id) else ""


def account_of(arn: str) -> str:
    """The account ID in an ARN; empty where there is none, as in a bucket's."""
    fields = split_arn(arn)
    return fields[ACCOUNT] if len(fields) == ARN_FIELDS and is_account_id(fields[ACCOUNT]) else ""


def account_field(text: str) -> str:
    """Whatever is in the place of an ARN's account; empty if the text is too short."""
    return "".join(split_arn(text)[ACCOUNT:RESOURCE])


def name_in(arn: str) -> str:
    return arn.rpartition("/")[2]


def is_aws_managed(arn: str) -> bool:
    return arn.startswith("arn:aws:iam::aws:")


def iam_arn(account_id: str, type_: str, name: str, path: str = "/") -> str:
    """The ARN of a user, group, role or anything else in IAM that has a name and a path."""
    return f"arn:aws:iam::{account_id}:{type_}{path}{name}"


def root_arn(account_id: str) -> str:
    """The ARN of an account's root user, which stands for the whole account."""
    return f"arn:aws:iam::{account_id}:root"


def user_arn(account_id: str, name: str, path: str = "/") -> str:
    return iam_arn(account_id, "user", name, path)


def role_arn(account_id: str, name: str, path: str = "/") -> str:
    return iam_arn(account_id, "role", name, path)


def policy_arn(account_id: str, name: str, path: str = "/") -> str:
    return iam_arn(account_id, "policy", name, path)


def aws_policy_arn(name: str, path: str = "/") -> str:
    return policy_arn(_OF_AWS, name, path)


def mfa_arn(account_id: str, name: str, path: str = "/") -> str:
    """The ARN of a virtual MFA device, which is its serial number."""
    return iam_arn(account_id, "mfa", name, path)


def saml_provider_arn(account_id: str, name: str) -> str:
    return iam_arn(account_id, "saml-provider", name)


def oidc_provider_arn(account_id: str, url: str) -> str:
    """The ARN of an OpenID Connect provider, whose URL is without `https://`."""
    return iam_arn(account_id, "oidc-provider", url)


def assumed_role_arn(account_id: str, role_name: str, session_name: str) -> str:
    """The ARN of a role's session, which has no path."""
    return f"arn:aws:sts::{account_id}:assumed-role/{role_name}/{session_name}"


def federated_user_arn(account_id: str, name: str) -> str:
    return f"arn:aws:sts::{account_id}:federated-user/{name}"


def organization_arn(account_id: str, kind: str, *ids: str) -> str:
    """The ARN of an organization or a part of it, which is of its management account."""
    return f"arn:aws:organizations::{account_id}:{kind}/{'/'.join(ids)}"


def control_policy_arn(account_id: str, id_: str) -> str:
    """The ARN of an organization's policy, which is of its management account."""
    return f"arn:aws:organizations::{account_id}:policy/{id_}"


def aws_control_policy_arn(id_: str) -> str:
    """The ARN of a policy that every organization has."""
    return control_policy_arn(_OF_AWS, id_)


def bucket_arn(bucket: str) -> str:
    """The ARN of a bucket, which has neither Region nor account."""
    return f"arn:aws:s3:::{bucket}"


def object_arn(bucket: str, key: str) -> str:
    return f"{bucket_arn(bucket)}/{key}"


def trail_arn(region: str, account_id: str, name: str) -> str:
    return cloudtrail_arn(region, account_id, "trail", name)


def cloudtrail_arn(region: str, account_id: str, type_: str, id_: str) -> str:
    return f"arn:aws:cloudtrail:{region}:{account_id}:{type_}/{id_}"


def analyzer_arn(region: str, account_id: str, name: str) -> str:
    """The ARN of an analyzer of IAM Access Analyzer."""
    return f"arn:aws:access-analyzer:{region}:{account_id}:analyzer/{name}"


def transform_arn(region: str, name: str) -> str:
    """The ARN of one of CloudFormation's transforms, which are AWS's own."""
    return f"arn:aws:cloudformation:{region}:aws:transform/{name}"


def lambda_arn(region: str, account_id: str, name: str) -> str:
    """The ARN of a function."""
    return f"arn:aws:lambda:{region}:{account_id}:function:{name}"


def ec2_arn(region: str, account_id: str, type_: str, id_: str) -> str:
    """The ARN of an instance, volume, subnet…; images belong to no account."""
    return f"arn:aws:ec2:{region}:{account_id}:{type_}/{id_}"
