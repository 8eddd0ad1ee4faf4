"""Event selectors: their validation, and the events that they select."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.services.cloudtrail.models import Trail
from iam.arns import bucket_arn, object_arn
from iam.catalogue.regions import HOME_REGION, is_global
from iam.models import Event
from iam.wire.errors import AwsError

S3_OBJECT = "AWS::S3::Object"
ALL_OBJECTS = "arn:aws:s3"
_MOST_SELECTORS, _MOST_VALUES, _MOST_CONDITIONS = 5, 250, 500
_EXCLUDABLE = {"kms.amazonaws.com", "rdsdata.amazonaws.com"}
_FIELDS = {
    "Management": {"eventCategory", "readOnly", "eventSource", "eventName"},
    "Data": {"eventCategory", "readOnly", "eventName", "resources.type", "resources.ARN"},
}
_OPERATORS = ("Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith")
_EXACT = {"eventCategory", "readOnly", "resources.type"}


def _invalid(message: str) -> AwsError:
    members = ("EventSelectors", "AdvancedEventSelectors")
    return AwsError("InvalidEventSelectorsException", message, members=members)


def _checked_resource(resource: Mapping[str, Any]) -> dict[str, Any]:
    kind, values = resource.get("Type", ""), list(resource.get("Values", []))
    if kind != S3_OBJECT:
        raise _invalid(f"Rolecall has data events of {S3_OBJECT} only, not of {kind[:64]}.")
    for value in values:
        everything = value in {ALL_OBJECTS, bucket_arn("")}
        if not everything and not (value.startswith(bucket_arn("")) and "/" in value):
            raise _invalid(f"Value {value[:256]} for DataResources.Values is invalid.")
    return {"Type": kind, "Values": values}


def checked(selectors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return basic selectors with AWS's defaults; raises InvalidEventSelectorsException."""
    if not 0 < len(selectors) <= _MOST_SELECTORS:
        raise _invalid("A trail takes one to five event selectors.")
    kept = []
    for one in selectors:
        excluded = list(one.get("ExcludeManagementEventSources", []))
        managed = one.get("IncludeManagementEvents", True)
        if set(excluded) - _EXCLUDABLE or (excluded and not managed):
            raise _invalid(
                "ExcludeManagementEventSources takes kms.amazonaws.com and "
                "rdsdata.amazonaws.com, where management events are included."
            )
        kept.append(
            {
                "ReadWriteType": one.get("ReadWriteType", "All"),
                "IncludeManagementEvents": managed,
                "DataResources": [_checked_resource(r) for r in one.get("DataResources", [])],
                "ExcludeManagementEventSources": excluded,
            }
        )
    values = sum(len(r["Values"]) for one in kept for r in one["DataResources"])
    if values > _MOST_VALUES:
        raise _invalid("A trail takes at most 250 data resources.")
    return kept


def _equals(fields: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return [value for one in fields if one["Field"] == name for value in one.get("Equals", [])]


def _refuse_field(one: Mapping[str, Any], category: str) -> None:
    name, asked = one["Field"], [o for o in _OPERATORS if o in one]
    if name not in _FIELDS[category]:
        raise _invalid(f"The field {name[:64]} is not valid for {category} events here.")
    if not asked or (name in _EXACT and asked != ["Equals"]):
        raise _invalid(f"The operators of the field {name} are not valid.")
    if name == "readOnly" and not set(one["Equals"]) <= {"true", "false"}:
        raise _invalid("The value of the field readOnly must be true or false.")


def _refuse_advanced(fields: Sequence[Mapping[str, Any]]) -> None:
    names = [one["Field"] for one in fields]
    category = _equals(fields, "eventCategory")
    if len(category) != 1 or category[0] not in _FIELDS:
        raise _invalid("The field eventCategory must equal Management or Data.")
    if len(set(names)) < len(names):
        raise _invalid("A field may stand only once in an advanced event selector.")
    for one in fields:
        _refuse_field(one, category[0])
    if category[0] == "Data" and _equals(fields, "resources.type") != [S3_OBJECT]:
        raise _invalid(f"Rolecall has data events of the resources.type {S3_OBJECT} only.")


def checked_advanced(selectors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return advanced selectors; raises InvalidEventSelectorsException."""
    if not selectors:
        raise _invalid("A trail takes at least one advanced event selector.")
    for one in selectors:
        _refuse_advanced(one["FieldSelectors"])
    fields = [field for one in selectors for field in one["FieldSelectors"]]
    if sum(len(f.get(o, [])) for f in fields for o in _OPERATORS) > _MOST_CONDITIONS:
        raise _invalid("A trail takes at most 500 values in its advanced event selectors.")
    return [
        {**one, "FieldSelectors": [dict(f) for f in one["FieldSelectors"]]} for one in selectors
    ]


def _object_arns(event: Event) -> list[str]:
    """Return the ARNs of a data event: objects, or all objects of a bucket for listings."""
    named = [r["ResourceName"] for r in event.resources if r["ResourceType"] == S3_OBJECT]
    return named or [
        object_arn(r["ResourceName"], "")
        for r in event.resources
        if r["ResourceType"] == "AWS::S3::Bucket"
    ]


def _basic(one: Mapping[str, Any], event: Event) -> bool:
    kind = one["ReadWriteType"]
    if kind != "All" and (kind == "ReadOnly") != event.read_only:
        return False
    if event.management:
        return (
            one["IncludeManagementEvents"]
            and event.source not in one["ExcludeManagementEventSources"]
        )
    values = tuple(value for resource in one["DataResources"] for value in resource["Values"])
    return any(arn.startswith(values) for arn in _object_arns(event))


def _values(name: str, event: Event) -> list[str]:
    match name:
        case "eventCategory":
            return ["Management" if event.management else "Data"]
        case "readOnly":
            return ["true" if event.read_only else "false"]
        case "eventSource":
            return [event.source]
        case "eventName":
            return [event.name]
        case "resources.type":
            return [] if event.management else [S3_OBJECT]
    return _object_arns(event)


def _field(one: Mapping[str, Any], value: str) -> bool:
    starts, ends = tuple(one.get("StartsWith", ())), tuple(one.get("EndsWith", ()))
    wanted = value in one.get("Equals", ()) or value.startswith(starts) or value.endswith(ends)
    unwanted = (
        value in one.get("NotEquals", ())
        or value.startswith(tuple(one.get("NotStartsWith", ())))
        or value.endswith(tuple(one.get("NotEndsWith", ())))
    )
    positive = any(name in one for name in ("Equals", "StartsWith", "EndsWith"))
    return not unwanted and (wanted or not positive)


def _advanced(selector: Mapping[str, Any], event: Event) -> bool:
    return all(
        any(_field(one, value) for value in _values(one["Field"], event))
        for one in selector["FieldSelectors"]
    )


def _is_of_global_service(event: Event) -> bool:
    """Return whether AWS counts an event as a global service event, as those of STS's endpoint."""
    service = event.source.removesuffix(".amazonaws.com")
    return service == "sts" or is_global(service)


def _in_regions(trail: Trail, event: Event) -> bool:
    region = event.record["awsRegion"]
    if region == HOME_REGION and _is_of_global_service(event) and not trail.global_events:
        return False
    return trail.multi_region or region == trail.home_region


def selects(trail: Trail, event: Event) -> bool:
    """Return whether a trail delivers an event."""
    if not _in_regions(trail, event):
        return False
    if trail.advanced_selectors:
        return any(_advanced(one, event) for one in trail.advanced_selectors)
    return any(_basic(one, event) for one in trail.selectors)
