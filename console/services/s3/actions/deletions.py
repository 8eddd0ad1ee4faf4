"""Deleting one object, or up to a thousand with a check each."""

from typing import Any

from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import refuse_key
from console.services.s3.resolvers import (
    LocatedObject,
    also_in,
    bucket_named,
    bucket_resource,
    check_on,
    missing_of,
    on_object_place,
)
from console.services.s3.versions import action_on, invalid_version, is_there
from iam.perform import Call, Params, Resolution, Result, writes
from iam.wire.errors import AwsError

_MOST = 1000


@writes("s3:DeleteObject", on=on_object_place("s3:DeleteObject"), data_event=True)
def delete_object(call: Call, params: Params, located: LocatedObject) -> None:
    """Delete an object; deleting a missing one succeeds, as on AWS."""
    if located.found is not None:
        located.found.delete()


def on_many(call: Call, params: Params) -> Resolution:
    """Resolve a bucket and a list of keys, each with a check of its own."""
    name, wanted = params["Bucket"], params["Delete"]["Objects"]
    if not 0 < len(wanted) <= _MOST:
        raise AwsError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published "
            "schema",
        )
    bucket = bucket_named(call, name)
    for one in wanted:
        refuse_key(one["Key"])
    return Resolution(
        checks=(),
        apart=[
            check_on(call, action_on("s3:DeleteObject", one), name, bucket, key=one["Key"])
            for one in wanted
        ],
        subject=bucket,
        missing=missing_of(bucket, params),
        resources=(bucket_resource(name),),
        also_in=also_in(bucket),
    )


@writes("s3:DeleteObjects", on=on_many, data_event=True)
def delete_objects(call: Call, params: Params, bucket: Bucket) -> Result:
    """Delete the allowed keys, and return the errors of the others."""
    deleted: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for one, denial in zip(params["Delete"]["Objects"], call.denials, strict=True):
        named = {name: one[name] for name in ("Key", "VersionId") if name in one}
        error = denial or (None if is_there(one) else invalid_version())
        if error is None:
            deleted.append(named)
        else:
            errors.append({**named, "Code": error.code, "Message": error.message})
    rows = StoredObject.in_sandbox(call.caller.sandbox).filter(bucket=bucket)
    rows.filter(key__in=[one["Key"] for one in deleted]).delete()
    quiet = params["Delete"].get("Quiet", False)
    return {"Deleted": [] if quiet else deleted, "Errors": errors}
