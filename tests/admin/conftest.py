"""What the tests of the admin share: a manager, and a world that has one of everything."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from console.labs.scenarios import seed_scenario
from console.services.awslambda.models import LambdaFunction
from console.services.cloudtrail.models import Trail
from console.services.ec2.factories import InstanceFactory
from console.services.s3.factories import PartFactory
from console.services.s3.models import Bucket
from iam.factories import EventFactory, InstanceProfileFactory, MfaDeviceFactory
from iam.models import (
    AccessJob,
    Account,
    CredentialReport,
    OidcProvider,
    PasswordPolicy,
    SamlProvider,
    Sandbox,
    ServerCertificate,
    SessionMark,
    SigningCertificate,
    SshPublicKey,
    User,
)
from sts.built_in import signing_key

WORLD = """
schema: 1
title: Everything
world:
  accounts:
    you: {alias: everything, management: true}
  control_policies:
    - {type: SCP, name: Guard, targets: [root], document: {Version: "2012-10-17", Statement: [
        {Effect: Deny, Action: "s3:*", Resource: "*"}]}}
  policies:
    - account: you
      name: Read
      versions: [{document: {Version: "2012-10-17", Statement: [
        {Effect: Allow, Action: "s3:Get*", Resource: "*"}]}}]
  groups:
    - {account: you, name: devs, managed: ["{you}/Read"], members: [ann]}
  users:
    - account: you
      name: ann
      console_password: auto
      access_keys: [auto]
      tags: {team: blue}
      boundary: "{you}/Read"
      inline: {own: '{"Version": "2012-10-17", "Statement": []}'}
  roles:
    - account: you
      name: Reader
      managed: ["{you}/Read"]
      trust: {Version: "2012-10-17", Statement: [
        {Effect: Allow, Principal: {AWS: "arn:aws:iam::{you}:user/ann"}, Action: "sts:AssumeRole"}]}
  identity_provider:
    people:
      - {name: alice, email: alice@example.com}
    roles:
      - {group: Developers, role: "arn:aws:iam::{you}:role/Reader",
         provider: "arn:aws:iam::{you}:saml-provider/corp"}
  buckets:
    - {account: you, name: "files-{you}", objects: {a.txt: "<script>alert(1)</script>"}}
"""


def count_queries(client, url: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured)


def everything(owner_name: str) -> Sandbox:
    """Return a new sandbox with one row at least of every model."""
    owner = get_user_model().objects.create_user(owner_name)
    text = WORLD.replace('"Statement": []', f'"Statement": {STATEMENT}')
    sandbox = seed_scenario(text, owner).sandbox
    account = Account.in_sandbox(sandbox).get()
    MfaDeviceFactory.create(account=account)
    PasswordPolicy.add(sandbox, account=account)
    now = account.created_at
    key = {"key_id": "APKAX", "body": "ssh-rsa A", "fingerprint": "00", "uploaded_at": now}
    SshPublicKey.add(sandbox, user=User.in_sandbox(sandbox).get(), **key)
    SamlProvider.add(sandbox, account=account, name="corp", metadata="<a/>", created_at=now)
    OidcProvider.add(sandbox, account=account, url="idp.example.com", created_at=now)
    signing_key(sandbox, now)
    signing = {"certificate_id": "X", "body": "x", "fingerprint": "00", "uploaded_at": now}
    SigningCertificate.add(sandbox, user=User.in_sandbox(sandbox).get(), **signing)
    server = {"name": "www", "body": "x", "expires_at": now, "created_at": now}
    ServerCertificate.add(sandbox, account=account, **server)
    CredentialReport.add(sandbox, account=account, content="user,arn", generated_at=now)
    SessionMark.add(sandbox, at=now, access_key_id="ASIAX")
    AccessJob.add(sandbox, account=account, job_id=uuid4(), arn="arn:aws:iam::x", created_at=now)
    InstanceProfileFactory.create(account=account, role="Reader")
    InstanceFactory.create(account=account, name="web")
    function = {"name": "job", "region": "us-east-1", "role_arn": "arn:aws:iam::x:role/Reader"}
    function |= {"runtime": "python3.13", "handler": "job.run", "code_hash": "x"}
    times = {"created_at": now, "changed_at": now}
    LambdaFunction.add(sandbox, account=account, code_size=1, **function, **times)
    PartFactory.create(upload__bucket=Bucket.in_sandbox(sandbox).get())
    trail = {"name": "all", "home_region": "us-east-1", "created_at": account.created_at}
    Trail.add(sandbox, account=account, **trail)
    EventFactory.create(sandbox=sandbox, account_id=account.account_id)
    return sandbox


STATEMENT = '[{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]'


@pytest.fixture(scope="module")
def shared_sandbox(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield everything("alice")
        transaction.set_rollback(True)


@pytest.fixture
def sandbox(shared_sandbox, db):
    """The sandbox of alice, with everything in it; what a test changes is rolled back."""
    return Sandbox.objects.get(pk=shared_sandbox.pk)


@pytest.fixture
def manager(client, db):
    client.force_login(get_user_model().objects.create_superuser("boss"))
    return client
