"""GetObjectAttributes by boto3, unmodified (S3 API reference)."""

import pytest

from tests.endpoint.clients import Clients, keys_of, refusal
from tests.endpoint.objects import put
from tests.worlds import allow

WHERE = {"Bucket": "lesson-files", "Key": "k"}
ALL = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]


def test_what_is_asked_for_is_returned(s3):
    sent = s3.put_object(**WHERE, Body=b"hello", ChecksumAlgorithm="SHA256")
    found = s3.get_object_attributes(**WHERE, ObjectAttributes=ALL)
    assert found["ETag"] == sent["ETag"].strip('"')
    assert (found["ObjectSize"], found["StorageClass"]) == (5, "STANDARD")
    assert found["Checksum"]["ChecksumSHA256"] == sent["ChecksumSHA256"]
    assert found["Checksum"]["ChecksumType"] == "FULL_OBJECT"
    assert "ObjectParts" not in found
    assert found["LastModified"] == s3.head_object(**WHERE)["LastModified"]
    size = s3.get_object_attributes(**WHERE, ObjectAttributes=["ObjectSize"])
    assert "ETag" not in size
    assert size["ObjectSize"] == 5


def test_an_upload_in_parts_tells_how_many(s3):
    upload = s3.create_multipart_upload(**WHERE)["UploadId"]
    part = s3.upload_part(**WHERE, UploadId=upload, PartNumber=1, Body=b"hello")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(**WHERE, UploadId=upload, MultipartUpload=parts)
    found = s3.get_object_attributes(**WHERE, ObjectAttributes=ALL)
    assert found["ObjectParts"]["TotalPartsCount"] == 1


@pytest.mark.parametrize(
    ("actions", "asked", "code"),
    [
        (["GetObject"], {}, "AccessDenied"),
        (["GetObjectAttributes"], {}, "AccessDenied"),
        (["GetObject", "GetObjectAttributes"], {"VersionId": "null"}, "AccessDenied"),
        (["GetObject", "GetObjectAttributes"], {"Key": "none"}, "AccessDenied"),
        (["GetObject*", "ListBucket"], {"Key": "none"}, "NoSuchKey"),
        (["GetObject", "GetObjectAttributes"], {}, ""),
        (["GetObjectVersion", "GetObjectVersionAttributes"], {"VersionId": "null"}, ""),
    ],
)
def test_it_takes_two_actions(world, s3, actions, asked, code):
    put(s3)
    world.add_user("ann", allow(*(f"s3:{one}" for one in actions)))
    ann = Clients()("s3", keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"]))
    asked = {**WHERE, "ObjectAttributes": ["ETag"], **asked}
    if code:
        assert refusal(ann.get_object_attributes, **asked)[0] == code
    else:
        assert ann.get_object_attributes(**asked)["ETag"]
