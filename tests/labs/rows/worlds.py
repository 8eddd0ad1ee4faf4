"""A world that has something of everything, with a history."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.labs.scenarios import seed_scenario
from console.labs.site_users import site_student
from console.services.awslambda.calls import package_of
from console.services.ec2.images import IMAGES_BY_ID
from console.services.ec2.metadata.credentials import instance_credentials
from console.services.ec2.models import Instance
from iam.callers import Caller, Origin, Visit
from iam.models import AccessKey, Account, Role, Sandbox, SessionMark
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from sts.built_in import id_token, person_of, response_for, roles_for
from sts.credentials import caller_from, caller_of, open_token, unknown_caller
from tests.iam.certificates import KEY, OWN
from tests.iam.ssh import SSH
from tests.worlds import World, document, trust

EVERYTHING = Path(__file__).with_name("everything.yaml").read_text(encoding="utf-8")
PASSWORD = "Chosen-Pass-7"
AUDIENCE = "sts.amazonaws.com"


def real_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class Place:
    """A sandbox in which somebody acts at a moment."""

    sandbox: Sandbox
    at: datetime

    @property
    def origin(self) -> Origin:
        return Origin(self.at, "203.0.113.7", "pytest")

    def world(self, account: str = "one") -> World:
        self.sandbox.refresh_from_db()
        found: Account = Account.in_sandbox(self.sandbox).get(name=account)
        found.sandbox = self.sandbox
        return World(self.sandbox, found, self.origin)

    def account_id(self, name: str = "one") -> str:
        return self.world(name).account_id

    def do(self, who: Caller, operation: str, **params: Any) -> dict[str, Any]:
        """Perform an operation, and write its events."""
        try:
            return perform(who, operation, params)
        finally:
            end_visit(who.visit)

    def root(self, operation: str, account: str = "one", **params: Any) -> dict[str, Any]:
        return self.do(self.world(account).root(), operation, **params)

    def by_key(self, user: str) -> Caller:
        """Return a user as the first of their access keys makes one."""
        keys = AccessKey.in_sandbox(self.sandbox).select_related("sandbox", "account", "user")
        return caller_from(keys.filter(user__name=user)[0], self.origin, Visit())

    def session(self, answer: dict[str, Any]) -> Caller:
        """Return the session of what STS answered."""
        token = open_token(answer["Credentials"]["SessionToken"])
        return caller_of(token, self.origin, Visit())

    def stranger(self) -> Caller:
        found = unknown_caller(self.account_id(), self.origin, Visit())
        assert found is not None
        return found

    def by_saml(self, person: str = "alice") -> dict[str, Any]:
        """Sign a person in by the sandbox's identity provider and AssumeRoleWithSAML."""
        who = person_of(self.sandbox, person)
        assert who is not None
        offers = roles_for(who)
        return self.do(
            self.stranger(),
            "sts:AssumeRoleWithSAML",
            RoleArn=offers[0].role_arn,
            PrincipalArn=offers[0].provider_arn,
            SAMLAssertion=response_for(who, offers, self.at),
        )

    def by_token(self, person: str = "alice") -> dict[str, Any]:
        """Sign a person in by an ID token and AssumeRoleWithWebIdentity."""
        who = person_of(self.sandbox, person)
        assert who is not None
        return self.do(
            self.stranger(),
            "sts:AssumeRoleWithWebIdentity",
            RoleArn=f"arn:aws:iam::{self.account_id()}:role/Web",
            RoleSessionName=person,
            WebIdentityToken=id_token(who, AUDIENCE, timedelta(hours=1), self.at),
        )


def _credentials(place: Place) -> None:
    """Make credentials of every kind; an object gives a key away."""
    root = place.root
    root("iam:UploadSigningCertificate", UserName="ben", CertificateBody=OWN)
    root(
        "iam:UploadServerCertificate",
        ServerCertificateName="www",
        CertificateBody=OWN,
        PrivateKey=KEY,
    )
    root("iam:UploadSSHPublicKey", UserName="ben", SSHPublicKeyBody=SSH)
    root("iam:UpdateAccountPasswordPolicy", MinimumPasswordLength=8)
    root("iam:UpdateLoginProfile", UserName="ann", Password=PASSWORD)
    root("iam:CreateVirtualMFADevice", VirtualMFADeviceName="spare")
    own = f"arn:aws:iam::{place.account_id()}:saml-provider/own"
    root("iam:UpdateSAMLProvider", SAMLProviderArn=own, AddPrivateKey=KEY)
    made = root("iam:CreateAccessKey", UserName="ann")["AccessKey"]
    leaked = f"{made['AccessKeyId']}\n{made['SecretAccessKey']}\n"
    root("s3:PutObject", "two", Bucket="files", Key="leaked.txt", Body=leaked.encode())


def _somebody_gone(place: Place) -> None:
    """Let a user do something and be deleted, whom a role still trusts."""
    place.root("iam:CreateUser", UserName="gone")
    arn = f"arn:aws:iam::{place.account_id()}:user/gone"
    place.root("iam:CreateRole", RoleName="Orphan", AssumeRolePolicyDocument=trust(arn))
    with pytest.raises(AccessDenied):
        place.do(place.world().user("gone"), "iam:ListUsers")
    place.root("iam:DeleteUser", UserName="gone")


def _sessions(place: Place) -> None:
    """Let sessions of every kind do something."""
    reader = f"arn:aws:iam::{place.account_id('two')}:role/Reader"
    request = {"RoleArn": reader, "RoleSessionName": "lesson"}
    session = place.session(place.do(place.by_key("ann"), "sts:AssumeRole", **request))
    place.do(session, "s3:ListObjectsV2", Bucket="files")
    place.do(place.session(place.by_saml()), "iam:ListUsers")
    place.by_token()


def _instances(place: Place) -> None:
    """Launch an instance, which takes the credentials of its role."""
    name = {"InstanceProfileName": "Profile"}
    place.root("iam:CreateInstanceProfile", **name)
    place.root("iam:AddRoleToInstanceProfile", RoleName="App", **name)
    place.root(
        "ec2:RunInstances",
        ImageId=next(iter(IMAGES_BY_ID)),
        MinCount=1,
        MaxCount=1,
        ClientToken="once",
        IamInstanceProfile={"Name": "Profile"},
    )
    instance = Instance.in_sandbox(place.sandbox).select_related("account", "sandbox").get()
    role = Role.in_sandbox(place.sandbox).select_related("account").get(name="App")
    assert instance_credentials(instance, role, place.at).token is not None


def _functions(place: Place) -> None:
    """Create a function, and run it."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    place.root("iam:CreateRole", RoleName="Job", AssumeRolePolicyDocument=document(statement))
    place.root(
        "lambda:CreateFunction",
        FunctionName="job",
        Role=f"arn:aws:iam::{place.account_id()}:role/Job",
        Runtime="python3.13",
        Handler="a.b",
        Code={"ZipFile": package_of("sts:GetCallerIdentity")},
        Tags={"of": place.account_id("two")},
    )
    place.root(
        "lambda:AddPermission",
        FunctionName="job",
        StatementId="two",
        Action="lambda:InvokeFunction",
        Principal=place.account_id("two"),
    )
    place.root("lambda:Invoke", FunctionName="job")


def _questions(place: Place) -> None:
    """Leave behind what a copy begins without."""
    SessionMark.note(place.sandbox, place.at, access_key_id="ASIAGONE")
    place.root("iam:GenerateCredentialReport")
    ann = f"arn:aws:iam::{place.account_id()}:user/ann"
    place.root("iam:GenerateServiceLastAccessedDetails", Arn=ann)
    upload = {"Bucket": "files", "Key": "part.txt"}
    made = place.root("s3:CreateMultipartUpload", "two", **upload)
    begun = {**upload, "UploadId": made["UploadId"]}
    place.root("s3:UploadPart", "two", PartNumber=1, Body=b"part", **begun)


def furnished(owner: str = "alice") -> Place:
    """Return a world of an hour ago in which much has happened, and whose trail delivers."""
    sandbox = seed_scenario(EVERYTHING, site_student(owner)).sandbox
    place = Place(sandbox, real_now())
    place.root("cloudtrail:CreateTrail", Name="all", S3BucketName="logs")
    place.root("cloudtrail:StartLogging", Name="all")
    steps = (_credentials, _somebody_gone, _sessions, _instances, _functions, _questions)
    for happens in steps:
        happens(place)
    place.at += timedelta(minutes=6)
    place.root("iam:ListRoles")  # by now the log files are due
    return place
