"""The sandbox's own identity provider from a shell: what its pages show is pasted as it stands."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from sts.built_in import Entry, add_offer, metadata_of, name_of, save_person
from tests.endpoint.clients import Clients
from tests.endpoint.federating import real_now, trusting
from tests.worlds import ACCOUNT_ID, World

AUDIENCE = "sts.amazonaws.com"
ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/{{}}"
SAML = f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/Own"


class Desk:
    """Alice at the provider's pages, with a shell beside them."""

    def __init__(self, world: World, endpoint: str, folder: Path) -> None:
        self.site = urlsplit(endpoint).netloc
        self.folder = folder
        self.root = f"/idp/{name_of(world.sandbox).slug}/"
        self.browser = Client(headers={"host": self.site})
        world.sandbox.public = True
        world.sandbox.save()
        entry = Entry("alice", "alice@example.com", groups=["Developers"], password="Secret-1")
        save_person(world.sandbox, entry)
        self.page("as", name="alice")

    def page(self, path: str, **fields: str) -> Any:
        return self.browser.post(self.root + path, fields, follow=True)

    def pasted(self, text: str) -> str:
        """Run lines in a shell that knows no credentials; returns what they print."""
        tools = str(Path(sys.executable).parent)
        environment = {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", text],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def desk(lesson, tmp_path: Path) -> Desk:
    world, clients, _ = lesson
    return Desk(world, clients.endpoint, tmp_path)


def trust_issuer(world: World, clients: Clients, keys: Any) -> None:
    """Trust the sandbox's issuer by boto3, which can give no keys."""
    name, iam = name_of(world.sandbox), clients("iam", keys)
    made = iam.create_open_id_connect_provider(Url=name.issuer, ClientIDList=[AUDIENCE])
    condition = {"StringEquals": {f"{name.host}:aud": AUDIENCE, f"{name.host}:sub": "alice"}}
    arn = made["OpenIDConnectProviderArn"]
    policy = trusting(arn, "AssumeRoleWithWebIdentity", condition)
    iam.create_role(RoleName="Web", AssumeRolePolicyDocument=policy)


@pytest.mark.parametrize("block", [0, 1])
def test_a_token_and_its_lines_open_a_role(lesson, desk, block):
    trust_issuer(*lesson)
    role = ROLE.format("Web")
    page = desk.page("token", audience=AUDIENCE, lifetime="300", role_arn=role)
    assert "assumed-role/Web/alice" in desk.pasted(page.context["lines"][block].text)


def test_an_assertion_and_its_line_open_a_role(lesson, desk):
    world, clients, keys = lesson
    iam, role = clients("iam", keys), ROLE.format("Saml")
    metadata = metadata_of(world.sandbox, real_now(), "https://example.com/")
    iam.create_saml_provider(Name="Own", SAMLMetadataDocument=metadata)
    iam.create_role(
        RoleName="Saml", AssumeRolePolicyDocument=trusting(SAML, "AssumeRoleWithSAML", {})
    )
    add_offer(world.sandbox, "Developers", role, SAML)
    page = desk.page("assertion", offer="")
    assert "assumed-role/Saml/alice" in desk.pasted(page.context["lines"][0].text)
