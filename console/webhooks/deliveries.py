"""Deliveries: made of what happened, signed, sent; by the Standard Webhooks specification."""

import base64
import hashlib
import hmac
import json
import os
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from console.classes.models import Class
from console.webhooks.events import MOST, events_of
from console.webhooks.models import Delivery, Webhook
from console.webhooks.outbound import NotDelivered, post
from iam.models.seals import seal, unseal

_PURPOSE = "webhook"
_PREFIX = "whsec_"
_BYTES = 32
_LAG = timedelta(seconds=10)
"""What is being written meanwhile has an older time than what is there already."""
_KEPT = timedelta(days=30)
MOST_OF_CLASS = 5


def new_webhook(course_class: Class, url: str) -> tuple[Webhook, str]:
    """Make a webhook; return it with its secret, which is shown once."""
    raw = os.urandom(_BYTES)
    made = Webhook.objects.create(
        course_class=course_class, url=url, sealed_secret=seal(_PURPOSE, raw)
    )
    return made, _PREFIX + base64.b64encode(raw).decode()


def signed_headers(delivery: Delivery, now: datetime) -> dict[str, str]:
    """Return the headers that prove who sent a body, and when."""
    moment = str(int(now.timestamp()))
    signed = f"{delivery.public_id}.{moment}.{delivery.body}".encode()
    secret = unseal(_PURPOSE, delivery.webhook.sealed_secret)
    signature = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Rolecall",
        "webhook-id": delivery.public_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature}",
    }


def new_deliveries() -> list[int]:
    """Make a delivery for each webhook that has not heard of something; return their keys."""
    Delivery.objects.filter(made_at__lt=timezone.now() - _KEPT).delete()
    made = []
    for key in list(Webhook.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Webhook.objects.select_for_update(of=("self",)).select_related("course_class")
            webhook = rows.filter(pk=key, course_class__archived_at=None).first()
            delivery = _delivery(webhook) if webhook else None
            if delivery is not None:
                made.append(delivery.pk)
    return made


def _delivery(webhook: Webhook) -> Delivery | None:
    until = timezone.now() - _LAG
    events = events_of(webhook.course_class, webhook.heard_until, until)
    if len(events) >= MOST:
        until = datetime.fromisoformat(events[-1]["at"])
    if not events or until <= webhook.heard_until:
        return None
    Webhook.objects.filter(pk=webhook.pk).update(heard_until=until)
    return _made(webhook, events)


def _made(webhook: Webhook, events: list[dict[str, object]]) -> Delivery:
    body = json.dumps({"class": webhook.course_class.public_id, "events": events})
    return Delivery.objects.create(webhook=webhook, body=body)


def new_test(webhook: Webhook) -> Delivery:
    """Make a delivery that reports nothing, to try an address with."""
    return _made(webhook, [{"type": "test", "at": timezone.now().isoformat()}])


def deliver(key: int) -> None:
    """Send a delivery unless it is there already or its webhook is gone; raises NotDelivered."""
    found = Delivery.objects.select_related("webhook").filter(pk=key, delivered_at=None).first()
    if found is None:
        return
    rows = Delivery.objects.filter(pk=key)
    try:
        post(found.webhook.url, found.body.encode(), signed_headers(found, timezone.now()))
    except NotDelivered as error:
        rows.update(error=str(error)[:200])
        raise
    rows.update(delivered_at=timezone.now(), error="")
