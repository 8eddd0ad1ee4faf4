"""A sandbox whose identity provider has people, and a role that they may be offered."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from sts.built_in import add_offer, metadata_of, name_of
from tests.endpoint.federating import trusting
from tests.idp.browsing import PROVIDER, ROLE, Portal
from tests.robustness.cast import Demo, seed_demo
from tests.worlds import NOON


@pytest.fixture(scope="module")
def shared_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed_demo()
        transaction.set_rollback(True)


@pytest.fixture
def demo(shared_demo: Demo, db: None) -> Demo:
    return deepcopy(shared_demo)


@pytest.fixture
def portal(demo: Demo) -> Portal:
    return Portal(name_of(demo.world.sandbox).slug)


@pytest.fixture
def offered(demo: Demo) -> Demo:
    """The demo, with the provider trusted by a role that Developers are offered."""
    sandbox = demo.world.sandbox
    metadata = metadata_of(sandbox, NOON, "https://example.com/")
    demo.world.do("CreateSAMLProvider", Name="Corp", SAMLMetadataDocument=metadata)
    provider, role = PROVIDER.format(demo.account_id), ROLE.format(demo.account_id)
    policy = trusting(provider, "AssumeRoleWithSAML", {}, "sts:TagSession")
    demo.world.do("CreateRole", RoleName="Developers", AssumeRolePolicyDocument=policy)
    add_offer(sandbox, "Developers", role, provider)
    return demo


@pytest.fixture
def owned(demo: Demo, portal: Portal) -> Portal:
    """The provider's pages in a browser whose visitor owns the sandbox."""
    portal.client.force_login(demo.world.sandbox.owner)
    return portal
