"""Log files: selected events, gzipped, in the trails' buckets under CloudTrail's keys."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from console.services.cloudtrail.destinations import bucket_of, sender_of
from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.queries import logging_trails
from console.services.cloudtrail.selectors import selects
from console.services.s3.models import Bucket
from console.services.s3.service_writes import write
from iam.models import Event, Sandbox
from iam.trail import delivers, next_due
from iam.wire.errors import AwsError

_EVENTS_A_FILE, _MOST_FILES = 1000, 20
_HEADERS = {"ContentType": "application/json", "ContentEncoding": "gzip"}


def newest_event(sandbox: Sandbox) -> int:
    """Return the primary key of the last event: a new trail delivers the events after it."""
    newest = Event.in_sandbox(sandbox).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _key(trail: Trail, region: str, at: datetime) -> str:
    account_id, at = trail.account.account_id, at.astimezone(UTC)
    folder = f"AWSLogs/{account_id}/CloudTrail/{region}/{at:%Y/%m/%d}"
    name = f"{account_id}_CloudTrail_{region}_{at:%Y%m%dT%H%MZ}_{get_random_string(16)}.json.gz"
    return "/".join(part for part in (trail.prefix, folder, name) if part)


def _batches(trail: Trail) -> Iterator[list[Event]]:
    """Yield the events since the last delivery, in batches for one file each."""
    rows = Event.in_sandbox(trail.sandbox).filter(account_id=trail.account.account_id)
    rows = rows.order_by("pk").defer("decisions")
    after = trail.delivered_to
    for _ in range(_MOST_FILES):
        batch = list(rows.filter(pk__gt=after)[:_EVENTS_A_FILE])
        if batch:
            after = batch[-1].pk
            yield batch
        if len(batch) < _EVENTS_A_FILE:
            return


def _write(trail: Trail, bucket: Bucket, events: Sequence[Event], at: datetime) -> bool:
    """Write a file for each region with events; return whether there was one."""
    regions: dict[str, list[object]] = defaultdict(list)
    for event in events:
        if selects(trail, event):
            regions[event.record["awsRegion"]].append(event.record)
    sender = sender_of(trail, at)
    for region, records in regions.items():
        text = json.dumps({"Records": records}, ensure_ascii=False)
        body = gzip.compress(text.encode("utf-8", "replace"), mtime=0)
        write(sender, bucket, _key(trail, region, at), body, at, _HEADERS)
    return bool(regions)


def deliver(trail: Trail, at: datetime) -> None:
    """Deliver a trail's events, or note why that failed; the next delivery tries again."""
    try:
        bucket = bucket_of(trail, at)
        for batch in _batches(trail):
            with transaction.atomic():
                if _write(trail, bucket, batch, at):
                    trail.attempted_at = trail.delivered_at = at
            trail.delivered_to = batch[-1].pk
        trail.delivery_error = ""
    except AwsError as error:
        trail.attempted_at, trail.delivery_error = at, error.code
    fields = ["attempted_at", "delivered_at", "delivered_to", "delivery_error"]
    trail.save(update_fields=fields)


@delivers
def deliver_all(sandbox: Sandbox, due: datetime, now: datetime) -> None:
    """Deliver for every logging trail of a sandbox, unless another request just did."""
    following = next_due(now)
    rows = Sandbox.objects.filter(pk=sandbox.pk, logs_due_at=due)
    with transaction.atomic():
        if rows.update(logs_due_at=following):
            trails = logging_trails(sandbox)
            for trail in trails:
                trail.sandbox = sandbox
                deliver(trail, due)
            if not trails:
                Sandbox.objects.filter(pk=sandbox.pk).update(logs_due_at=None)
    sandbox.logs_due_at = following
