"""s3:GetObjectAttributes."""

from dataclasses import replace

from console.services.s3.models import StoredObject
from console.services.s3.resolvers import on_object_read
from console.services.s3.versions import action_on
from iam.perform import Call, Params, Resolution, Result, reads


def on_attributes(call: Call, params: Params) -> Resolution:
    """Resolve an object to be read, which takes a second action here (S3 API reference)."""
    read = on_object_read(call, params)
    own = replace(read.checks[0], action=action_on("s3:GetObjectAttributes", params))
    return replace(read, checks=(*read.checks, own))


@reads("s3:GetObjectAttributes", on=on_attributes, data_event=True)
def get_object_attributes(call: Call, params: Params, found: StoredObject) -> Result:
    """Return the attributes that are asked for; of an upload in parts, how many there were."""
    _, _, parts = found.etag.partition("-")
    whole: Result = {"ETag": found.etag, "StorageClass": "STANDARD", "ObjectSize": found.size}
    if found.checksums:
        whole["Checksum"] = {**found.checksums, "ChecksumType": "FULL_OBJECT"}
    if parts:
        whole["ObjectParts"] = {"TotalPartsCount": int(parts)}
    asked = {name: whole[name] for name in params["ObjectAttributes"] if name in whole}
    return {"LastModified": found.last_modified, **asked}
