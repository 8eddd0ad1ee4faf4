"""Random worlds with something of everything in them, and who may call there."""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from console.services.awslambda.calls import package_of
from iam.actions.mfa_codes import code_of, step_at
from iam.callers import Caller, CallerKind
from iam.models import Account
from iam.perform import perform
from iam.queries.organization_trees import organization_tree
from tests.federation.documents import ISSUER, metadata
from tests.iam.analysis_worlds import OTHER_ID, arn, random_world
from tests.iam.certificates import KEY, OWN
from tests.iam.plausible_calls import IMAGE, pools
from tests.iam.providers import KEYS, OIDC, SAML
from tests.iam.ssh import SSH
from tests.mfa import Authenticator, assigned_device
from tests.worlds import ACCOUNT_ID, NOON, World, allow, document

HOUR = timedelta(hours=1)
CAST = (
    "admin",
    "root",
    "u0",
    "u1",
    "u2",
    "r0",
    "r1",
    "console",
    "federated",
    "token",
    "stranger",
)
"""Who calls: users, roles, an administrator in the console and with other credentials."""


@dataclass
class Stage:
    """A furnished world, and what exists in it under names that nobody chose."""

    world: World
    other: Account
    device: Authenticator
    found: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pools(self) -> dict[str, tuple[Any, ...]]:
        """Return plausible values of parameters by their names."""
        step = step_at(self.world.origin.received_at)
        codes = [code_of(self.device.seed, step + after) for after in (0, 0, 1)]
        return pools({**self.found, "serial": self.device.serial}, codes)

    def caller(self, who: str) -> Caller:
        """Return somebody of the cast, on a visit of its own."""
        world = self.world
        if who in {"root", "stranger"}:
            return world.root(None if who == "root" else self.other)
        if who in {"r0", "r1"}:
            return world.session(who)
        if who.startswith("u"):
            return world.user(who)
        admin = world.user("admin")
        arn = f"arn:aws:sts::{ACCOUNT_ID}:federated-user/fed"
        others: dict[str, dict[str, Any]] = {
            "admin": {},
            "console": {"console_sign_in": True, "mfa_at": NOON, "expires_at": NOON + HOUR},
            "federated": {"kind": CallerKind.FEDERATED, "arn": arn},
            "token": {},
        }
        return replace(admin, issued_at=None if who == "admin" else NOON, **others[who])


def furnished(world: World, seed: int) -> Stage:
    """Return a random world in which there is something of everything."""
    random_world(world, seed)
    dice = random.Random(seed)  # noqa: S311
    other = world.add_account(OTHER_ID)
    world.add_user("admin", allow("*"))
    world.do("UpdateAssumeRolePolicy", RoleName="r0", PolicyDocument=_open_trust())
    world.do("UpdateRole", RoleName="r0", MaxSessionDuration=7200)
    stage = Stage(world, other, assigned_device(world, "admin"))
    _organization(world, other, stage.found)
    _identities(world, stage.found)
    _services(world, dice, stage.found)
    return stage


def _organization(world: World, member: Account, found: dict[str, str]) -> None:
    world.organize()
    member.organizational_unit = "Workloads"
    member.save()
    tree = organization_tree(world.sandbox)
    assert tree is not None
    for type_, name in (("ROOT", "root"), ("ORGANIZATIONAL_UNIT", "unit")):
        found[name] = next(one.id for one in tree.nodes if one.type == type_)


def _open_trust() -> str:
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    anybody = {"Effect": "Allow", "Principal": "*", "Action": actions}
    by_proof = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
    providers = {"Effect": "Allow", "Principal": {"Federated": [SAML, OIDC]}, "Action": by_proof}
    return document(anybody, providers)


def _identities(world: World, found: dict[str, str]) -> None:
    do = world.do
    key = do("CreateAccessKey", UserName="u0")["AccessKey"]
    found["key"] = key["AccessKeyId"]
    do("CreateLoginProfile", UserName="u0", Password="Secret-123")
    do("CreatePolicyVersion", PolicyArn=arn("policy", "p0"), PolicyDocument=allow("s3:Get*"))
    made = do("UploadSSHPublicKey", UserName="u0", SSHPublicKeyBody=SSH)
    found["ssh"] = made["SSHPublicKey"]["SSHPublicKeyId"]
    made = do("UploadSigningCertificate", UserName="u0", CertificateBody=OWN)
    found["certificate"] = made["Certificate"]["CertificateId"]
    named = {"ServerCertificateName": "www", "CertificateBody": OWN, "PrivateKey": KEY}
    do("UploadServerCertificate", **named)
    do("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    do("CreateOpenIDConnectProvider", Url=ISSUER, ClientIDList=["my-client"])
    do("UpdateOpenIDConnectProviderKeys", OpenIDConnectProviderArn=OIDC, JsonWebKeySet=KEYS)
    do("CreateInstanceProfile", InstanceProfileName="ip")
    do("AddRoleToInstanceProfile", InstanceProfileName="ip", RoleName="r0")
    do("CreateServiceLinkedRole", AWSServiceName="autoscaling.amazonaws.com")
    found["job"] = do("GenerateServiceLastAccessedDetails", Arn=arn("user", "u0"))["JobId"]


def _services(world: World, dice: random.Random, found: dict[str, str]) -> None:
    def do(operation: str, **params: Any) -> dict[str, Any]:
        return perform(world.root(), operation, params)

    for bucket in ("bucket-b", "bucket-logs"):
        do("s3:CreateBucket", Bucket=bucket)
        for key in ("k", "folder/k"):
            do("s3:PutObject", Bucket=bucket, Key=key, Body=b"text", Tagging="team=blue")
    statement = {
        "Effect": dice.choice(["Allow", "Deny"]),
        "Principal": {"AWS": arn("user", dice.choice(["u0", "u1"]))},
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::bucket-b/*",
    }
    do("s3:PutBucketPolicy", Bucket="bucket-b", Policy=document(statement))
    logs = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}}
    rows = (("s3:GetBucketAcl", ""), ("s3:PutObject", "/*"))
    text = document(
        *(
            {**logs, "Action": action, "Resource": f"arn:aws:s3:::bucket-logs{to}"}
            for action, to in rows
        )
    )
    do("s3:PutBucketPolicy", Bucket="bucket-logs", Policy=text)
    do("cloudtrail:CreateTrail", Name="trail", S3BucketName="bucket-logs")
    made = do("s3:CreateMultipartUpload", Bucket="bucket-b", Key="k")
    found["upload"] = made["UploadId"]
    where = {"Bucket": "bucket-b", "Key": "k", "UploadId": found["upload"], "PartNumber": 1}
    found["etag"] = do("s3:UploadPart", Body=b"part", **where)["ETag"]
    lets_in = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
    trusting = document({**lets_in, "Action": "sts:AssumeRole"})
    do("iam:CreateRole", RoleName="fn-role", AssumeRolePolicyDocument=trusting)
    found["function"] = do(
        "lambda:CreateFunction",
        FunctionName="fn-here",
        Role=arn("role", "fn-role"),
        Runtime="python3.13",
        Handler="a.b",
        Code={"ZipFile": package_of("sts:GetCallerIdentity")},
    )["FunctionName"]
    launch = {"ImageId": IMAGE, "MinCount": 1, "MaxCount": 1}
    with_profile = {"IamInstanceProfile": {"Name": "ip"}}
    run = do("ec2:RunInstances", **launch, **with_profile)["Instances"][0]
    found["instance"] = run["InstanceId"]
    bare = do("ec2:RunInstances", **launch)["Instances"][0]
    found["bare"] = bare["InstanceId"]
    listed = do("ec2:DescribeIamInstanceProfileAssociations")["IamInstanceProfileAssociations"]
    found["association"] = listed[0]["AssociationId"]
