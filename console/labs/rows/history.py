"""What happened before a copy began: records of events, renamed and moved in time."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from console.labs.rows.renames import Renaming
from console.labs.rows.tables import Row
from iam.trail.identity import spelled_time
from iam.wire.times import iso8601

Record = dict[str, Any]
_MARKS = ("eventID", "requestID", "sharedEventID")
_RANDOM = re.compile(r"_?[0-9a-f-]{32,}")  # a provider may choose any ID, even a word
_SPELLED = re.compile(r"[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M")
_SPELLED_AS = "%b %d, %Y %I:%M:%S %p"
_TIME_KEYS = ("aws:CurrentTime", "aws:TokenIssueTime")
_EPOCH_KEY = "aws:EpochTime"


def _marks(record: Record) -> Iterator[str]:
    """Yield the IDs of what a record is about and no row holds: event, request, upload, task,
    revision of a function, assertion.
    """
    yield from (record[name] for name in _MARKS if name in record)
    for part in (record.get("requestParameters"), record.get("responseElements")):
        if part and "uploadId" in part:
            yield part["uploadId"]
        if part and "revisionId" in part:
            yield part["revisionId"]
        if part and "deletionTaskId" in part:
            yield part["deletionTaskId"].rpartition("/")[2]
        if part and _RANDOM.fullmatch(part.get("sAMLAssertionID", "")):
            yield part["sAMLAssertionID"].removeprefix("_")


def learn_marks(renaming: Renaming, records: Iterable[Record]) -> None:
    """Rename the IDs that no other sandbox's records may have."""
    for record in records:
        for mark in _marks(record):
            renaming.learn(mark, str(renaming.uuid(mark)))


def _moved(text: str, shift: timedelta) -> str:
    return iso8601(datetime.fromisoformat(text) + shift)


def _move_spelled(value: Any, shift: timedelta) -> Any:
    """Return a request or a response with the times moved that stand in it by themselves."""
    if isinstance(value, dict):
        return {key: _move_spelled(one, shift) for key, one in value.items()}
    if isinstance(value, list):
        return [_move_spelled(one, shift) for one in value]
    if isinstance(value, str) and value.endswith("M") and _SPELLED.fullmatch(value):
        moment = datetime.strptime(value, _SPELLED_AS).replace(tzinfo=UTC)
        return spelled_time(moment + shift)
    return value


def move_record(record: Record, shift: timedelta) -> Record:
    """Return a record of another time; times in policy documents stay."""
    moved = {**record, "eventTime": _moved(record["eventTime"], shift)}
    for name in ("requestParameters", "responseElements"):
        moved[name] = _move_spelled(record[name], shift)
    attributes = record["userIdentity"].get("sessionContext", {}).get("attributes")
    if attributes:
        moved["userIdentity"] = deepcopy(record["userIdentity"])
        created = _moved(attributes["creationDate"], shift)
        moved["userIdentity"]["sessionContext"]["attributes"]["creationDate"] = created
    return moved


def move_decision(decision: Record, shift: timedelta) -> Record:
    """Return what an event keeps of a decision, asked at another time."""
    context = dict(decision["context"])
    for key in _TIME_KEYS:
        if key in context:
            context[key] = _moved(context[key], shift)
    if _EPOCH_KEY in context:
        context[_EPOCH_KEY] = str(int(context[_EPOCH_KEY]) + int(shift.total_seconds()))
    return {**decision, "context": context}


def move_event(row: Row, shift: timedelta) -> None:
    """Change the times in an event's record and decisions."""
    row["record"] = move_record(row["record"], shift)
    row["decisions"] = [move_decision(one, shift) for one in row["decisions"]]
