"""Buckets, instances, functions and trails of a captured world."""

import base64
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from mimetypes import guess_type
from typing import Any

from console.labs.scenarios.capture.left_out import LeftOut
from console.labs.scenarios.capture.policies import PrincipalPolicies
from console.labs.scenarios.capture.world_rows import WorldRows, filled
from console.labs.scenarios.reader import Data
from console.services.awslambda.models import CALLS, DEFAULTS, LambdaFunction
from console.services.awslambda.permissions import SCENARIO_KEYS, FunctionPolicy, request_of
from console.services.awslambda.roles import can_assume_role
from console.services.cloudtrail.destinations import refuse_destination
from console.services.cloudtrail.models import Trail, everything_managed
from console.services.ec2.actions.run_instances import DEFAULT_METADATA
from console.services.ec2.images import IMAGES
from console.services.ec2.models import Instance
from console.services.s3.models import Bucket, StoredObject, all_blocked
from console.services.s3.public_policies import is_public
from iam.arns import account_named, name_in, role_arn
from iam.catalogue.regions import HOME_REGION
from iam.models import InstanceProfile
from iam.wire.errors import AwsError

_LARGEST_OBJECT = 32 * 1024
_LARGEST_TOGETHER = 128 * 1024
_LONGEST_NAME = 128


def _region(region: str) -> str:
    return region if region != HOME_REGION else ""


class Objects:
    """The objects that a scenario can hold, by bucket."""

    def __init__(self, world: WorldRows, secrets: Collection[bytes], left: LeftOut) -> None:
        self.of: dict[int, Data] = defaultdict(dict)
        room = _LARGEST_TOGETHER
        for row in world.rows(StoredObject):
            body = bytes(row.body)
            if row.by_service:
                left.log_files = True
                continue
            if len(body) > min(room, _LARGEST_OBJECT):
                left.large.append(row.key)
                continue
            room -= len(body)  # also of what gives a secret away: no more is looked through
            if any(secret in body for secret in secrets):
                left.with_secrets.append(row.key)
            else:
                self.of[row.bucket_id][row.key] = _object(row, body)


def _object(row: StoredObject, body: bytes) -> Any:
    usual = guess_type(row.key)[0] or "text/plain"
    headers = {name: value for name, value in row.headers.items() if name != "Expires"}
    parts = filled(
        content_type=row.content_type if row.content_type != usual else "",
        metadata=row.metadata,
        headers=headers,
        tags=row.tags,
    )
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode(), **parts}
    return {"text": text, **parts} if parts else text


def buckets_in(world: WorldRows, objects: Objects, principals: PrincipalPolicies) -> list[Data]:
    """Return the buckets with their settings and objects."""
    found = []
    for bucket in world.rows(Bucket, "policy"):
        text = bucket.policy.text if bucket.policy else ""
        policy, gone = principals.of(text, bucket.policy_bound) if text else (None, [])
        part = world.named(bucket) | filled(
            region=_region(bucket.region),
            tags=bucket.tags,
            objects=objects.of[bucket.pk],
            policy=policy,
            deleted_principals=gone,
        )
        block = bucket.public_access_block
        if block != all_blocked() or (text and is_public(text)):
            part["public_access_block"] = {name: True for name, is_on in block.items() if is_on}
            if block and not part["public_access_block"]:
                part["public_access_block"] = dict(block)
        found.append(part)
    return found


def instances_in(world: WorldRows, left: LeftOut) -> list[Data]:
    profiles = {row.unique_id: row.name for row in world.rows(InstanceProfile)}
    found = []
    for row in world.rows(Instance):
        if row.terminated_at:
            left.terminated = True
            continue
        profile = profiles.get(row.profile_id, "")
        left.without_profile |= bool(row.profile_arn) and not profile
        tags = dict(row.tags)
        name = tags.pop("Name") if 0 < len(tags.get("Name", "")) <= _LONGEST_NAME else ""
        found.append(
            {"account": world.names[row.account_id]}
            | filled(
                name=name,
                type=row.instance_type,
                region=_region(row.region),
                image=row.image_id if row.image_id != IMAGES[0].image_id else "",
                metadata=row.metadata if row.metadata != DEFAULT_METADATA else {},
                profile=profile,
                tags=tags,
            )
        )
    return found


def functions_in(world: WorldRows, left: LeftOut, received_at: datetime) -> list[Data]:
    """Return the functions whose role Lambda can assume: no other can be made."""
    found = []
    for row in world.rows(LambdaFunction, "account", "policy", "sandbox"):
        if not can_assume_role(row, received_at):
            left.functions.append(row.name)
            continue
        named = role_arn(row.account.account_id, name_in(row.role_arn))
        variables = {name: value for name, value in row.environment.items() if name != CALLS}
        found.append(
            world.named(row)
            | {"role": name_in(row.role_arn) if named == row.role_arn else row.role_arn}
            | filled(
                calls=row.environment.get(CALLS, ""),
                description=row.description,
                environment=variables,
                permissions=_permissions(row, left),
                region=_region(row.region),
                tags=row.tags,
            )
            | {
                name: getattr(row, name)
                for name, value in DEFAULTS.items()
                if getattr(row, name) != value
            }
        )
    return found


def _permissions(function: LambdaFunction, left: LeftOut) -> list[Data]:
    """Return the statements of a function's policy whose principals are still there."""
    found = []
    for statement in FunctionPolicy.of(function).statements:
        asked = request_of(statement)
        if asked["Principal"].startswith(("AIDA", "AROA")) or "EventSourceToken" in asked:
            left.statements.append(f"{function.name} {asked['StatementId']}")
            continue
        one = {key: asked[member] for key, member in SCENARIO_KEYS.items() if member in asked}
        one["principal"] = account_named(one["principal"]) or one["principal"]
        found.append(one)
    return found


def trails_in(world: WorldRows, left: LeftOut, now: datetime) -> list[Data]:
    """Return the trails whose bucket takes their log files."""
    found = []
    for row in world.rows(Trail, "account", "sandbox"):
        try:
            refuse_destination(row, now)
        except AwsError:
            left.trails.append(row.name)
            continue
        selectors = row.selectors if row.selectors != everything_managed() else []
        found.append(
            world.named(row)
            | {"bucket": row.bucket_name}
            | filled(
                region=_region(row.home_region),
                prefix=row.prefix,
                multi_region=row.multi_region,
                selectors=[] if row.advanced_selectors else selectors,
                advanced_selectors=row.advanced_selectors,
                tags=row.tags,
            )
            | ({} if row.global_events else {"global_events": False})
            | ({} if row.logging else {"logging": False})
        )
    return found
