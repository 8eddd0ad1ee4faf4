"""A world captured: its text, and what that leaves out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from console.labs.scenarios.capture.directory import control_policies_in, directory_in, providers_in
from console.labs.scenarios.capture.identities import (
    OwnedCredentials,
    accounts_in,
    groups_in,
    instance_profiles_in,
    roles_in,
    service_linked_roles_in,
    users_in,
)
from console.labs.scenarios.capture.left_out import LeftOut
from console.labs.scenarios.capture.policies import (
    HeldPolicies,
    PrincipalPolicies,
    customer_policies,
)
from console.labs.scenarios.capture.references import has_names_in_braces, with_references
from console.labs.scenarios.capture.services import (
    Objects,
    buckets_in,
    functions_in,
    instances_in,
    trails_in,
)
from console.labs.scenarios.capture.sizes import refuse_large_world
from console.labs.scenarios.capture.world_rows import WorldRows, filled
from console.labs.scenarios.capture.yaml_writer import written
from console.labs.scenarios.handout import start_passwords
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.labs.scenarios.reader import Data
from iam.models import Sandbox

_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Capture:
    """A scenario's text with what it leaves out, in sentences."""

    title: str
    text: str
    left_out: Sequence[str]


def _secrets(sandbox: Sandbox) -> set[bytes]:
    """Return the secrets of a world that an object might give away."""
    keys = (one.secret_access_key for some in handed_out_keys(sandbox).values() for one in some)
    seeds = (one.seed for some in handed_out_devices(sandbox).values() for one in some)
    passwords = start_passwords(sandbox).values()
    return {secret.encode() for secret in (*keys, *seeds, *passwords) if secret}


def _world(world: WorldRows, left: LeftOut, received_at: datetime) -> Data:
    credentials, held = OwnedCredentials(world), HeldPolicies(world)
    now = world.sandbox.time_at(received_at)
    principals = PrincipalPolicies(world)
    objects = Objects(world, _secrets(world.sandbox), left)
    return {
        "accounts": accounts_in(world, credentials),
        **filled(
            control_policies=control_policies_in(world),
            policies=customer_policies(world),
            groups=groups_in(world, held),
            users=users_in(world, credentials, held),
            roles=roles_in(world, held, principals),
            service_linked_roles=service_linked_roles_in(world),
            mfa_devices=credentials.spare,
            instance_profiles=instance_profiles_in(world),
            instances=instances_in(world, left),
            functions=functions_in(world, left, received_at),
            buckets=buckets_in(world, objects, principals),
            trails=trails_in(world, left, now),
            **providers_in(world, left),
            identity_provider=directory_in(world),
        ),
    }


def _read(sandbox: Sandbox, received_at: datetime) -> tuple[WorldRows, LeftOut, Data]:
    """Return a world with what is in it; no text has an account's name in braces by itself."""
    avoid: frozenset[str] = frozenset()
    while True:
        world, left = WorldRows(sandbox, avoid), LeftOut()
        data = _world(world, left, received_at)
        text = json.dumps(data, ensure_ascii=False)
        met = {name for name in world.names.values() if f"{{{name}}}" in text}
        if not met:
            return world, left, data
        avoid |= met


def capture_world(
    sandbox: Sandbox, received_at: datetime | None = None, title: str = ""
) -> Capture:
    """Return the scenario of a sandbox as it stands, with references in place of its IDs.

    Without a title it has the sandbox's name. Raises ScenarioError for one that is too large.
    """
    refuse_large_world(sandbox)
    with transaction.atomic():
        # Nothing writes meanwhile: the sandbox's row is what each write locks.
        sandbox = Sandbox.objects.select_for_update().get(pk=sandbox.pk)
        world, left, data = _read(sandbox, received_at or timezone.now())
        left.braces = has_names_in_braces(data)
        left_out = left.sentences(sandbox)
    title = " ".join((title or sandbox.name).split())[:_LONGEST_TITLE] or "A world"
    settings: dict[str, Any] = {} if sandbox.secure_transport else {"secure_transport": False}
    if sandbox.outside_accounts:
        settings["outside_accounts"] = sandbox.outside_accounts
    whole = {"sandbox": settings} if settings else {}
    scenario = {"schema": 1, "title": title, **whole, "world": with_references(world, data)}
    return Capture(title, written(scenario), left_out)
