"""Events made, and kept for the end of the visit or written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError

from iam.arns import bucket_arn
from iam.callers import Caller, Visit
from iam.models import Event, Sandbox
from iam.models.inserts import insert
from iam.models.prepared_queries import Prepared
from iam.trail.event_names import operation_of
from iam.trail.identity import foreign_identity, user_identity
from iam.trail.pruning import prune_sometimes
from iam.trail.redaction import redacted
from iam.wire.secrets import sensitive_names
from iam.wire.times import iso8601

_STS = "sts.amazonaws.com"
_BUCKET, _OBJECT = "AWS::S3::Bucket", "AWS::S3::Object"
API_CALL, SIGN_IN = "AwsApiCall", "AwsConsoleSignIn"


@dataclass(frozen=True)
class EventFields:
    """One call as it is to be recorded; `also_in` names the other accounts concerned."""

    source: str
    name: str
    read_only: bool
    management: bool = True
    event_type: str = API_CALL
    request: Mapping[str, Any] | None = None
    response: Mapping[str, Any] | None = None
    additional: Mapping[str, Any] | None = None
    error_code: str = ""
    error_message: str = ""
    resources: Sequence[Mapping[str, str]] = ()
    resource_account: str = ""
    also_in: Sequence[str] = ()
    decisions: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    region: str = ""
    event_id: UUID = field(default_factory=uuid4)


def _secrets_of(happened: EventFields) -> frozenset[str]:
    """Return the members of a call that AWS's model marks as sensitive."""
    return sensitive_names(operation_of(happened.source, happened.name))


def _response(happened: EventFields) -> Mapping[str, Any] | None:
    if not happened.response:
        return None
    if happened.event_type == SIGN_IN:  # AWS capitalises these: {"ConsoleLogin": "Success"}
        return dict(happened.response)
    answered: Mapping[str, Any] = redacted(happened.response, _secrets_of(happened))
    return answered


def _resources(happened: EventFields) -> list[dict[str, str]]:
    """Return the resources that a record shows: those of STS's calls and of data events."""
    if happened.management and happened.source != _STS:
        return []
    shown = []
    for one in happened.resources:
        type_, name = one["ResourceType"], one["ResourceName"]
        arn = bucket_arn(name) if type_ == _BUCKET else name
        account = {} if type_ == _OBJECT else {"accountId": happened.resource_account}
        shown.append({"ARN": arn, **account, "type": type_})
    return shown


def _record(
    caller: Caller, happened: EventFields, event_id: UUID, account_id: str, shared_id: str
) -> dict[str, Any]:
    own = account_id == caller.account_id
    record: dict[str, Any] = {
        "eventVersion": "1.11" if happened.event_type == API_CALL else "1.08",
        "userIdentity": user_identity(caller) if own else foreign_identity(caller),
        "eventTime": iso8601(caller.now),
        "eventSource": happened.source,
        "eventName": happened.name,
        "awsRegion": happened.region or caller.origin.region,
        "sourceIPAddress": caller.origin.recorded_as or caller.origin.source_ip,
        "userAgent": caller.origin.recorded_as or caller.origin.user_agent,
        "requestParameters": redacted(happened.request, _secrets_of(happened))
        if happened.request
        else None,
        "responseElements": _response(happened),
        "requestID": caller.origin.request_id or str(uuid4()),
        "eventID": str(event_id),
        "readOnly": happened.read_only,
        "eventType": happened.event_type,
        "managementEvent": happened.management,
        "recipientAccountId": account_id,
        "eventCategory": "Management" if happened.management else "Data",
    }
    if caller.origin.via_console and happened.event_type == API_CALL:
        record["sessionCredentialFromConsole"] = "true"
    if happened.error_code:
        record["errorCode"] = happened.error_code
    if happened.error_message:
        record["errorMessage"] = happened.error_message
    if happened.additional:
        record["additionalEventData"] = dict(happened.additional)
    if resources := _resources(happened):
        record["resources"] = resources
    if shared_id:
        record["sharedEventID"] = shared_id
    return record


def events_of(caller: Caller, happened: EventFields) -> list[Event]:
    """Return one event, not yet written, for each account concerned; the caller's comes first."""
    accounts = [caller.account_id, *(a for a in happened.also_in if a != caller.account_id)]
    shared_id = str(uuid4()) if len(accounts) > 1 else ""
    events = []
    for account_id in accounts:
        own = account_id == caller.account_id
        event_id = happened.event_id if own else uuid4()
        events.append(
            Event(
                sandbox=caller.sandbox,
                account_id=account_id,
                event_id=event_id,
                time=caller.now,
                source=happened.source,
                name=happened.name,
                read_only=happened.read_only,
                management=happened.management,
                user_name=caller.name[:128] if own else "",
                principal_id=caller.principal_id[:128],
                access_key_id=caller.access_key_id if own else "",
                error_code=happened.error_code,
                resources=list(happened.resources),
                record=_record(caller, happened, event_id, account_id, shared_id),
                decisions=list(happened.decisions) if own else [],
            )
        )
    return events


def record_later(caller: Caller, happened: EventFields) -> UUID:
    """Keep a read's or a denial's event until the visit ends."""
    caller.visit.recorded.add(happened.name)
    caller.visit.pending.extend(events_of(caller, happened))
    return happened.event_id


def record_now(caller: Caller, happened: EventFields) -> UUID:
    """Write an event at once, inside the write's own transaction."""
    caller.visit.recorded.add(happened.name)
    events = events_of(caller, happened)
    written = insert(events)
    if happened.event_type == SIGN_IN:
        prune_sometimes(written, events)
    return happened.event_id


_ALIVE = Prepared(lambda pk: Sandbox.objects.filter(pk=pk).only("pk").order_by())


def end_visit(visit: Visit) -> None:
    """Write a visit's pending events in one insert; sandboxes gone by now are passed over."""
    if not visit.pending:
        return
    events, visit.pending = visit.pending, []
    try:
        written = insert(events)
    except IntegrityError:  # a sandbox is gone
        events = [event for event in events if _ALIVE.rows(event.sandbox_id)]
        written = insert(events)
    prune_sometimes(written, events)
