"""S3 by boto3: objects that arrive in parts."""

from tests.endpoint.clients import refusal
from tests.endpoint.objects import ODD_KEY, put


def test_parts_become_an_object(s3):
    here = {"Bucket": "lesson-files", "Key": ODD_KEY}
    upload = {
        **here,
        "UploadId": s3.create_multipart_upload(**here, Metadata={"m": "1"})["UploadId"],
    }
    put(s3, "source", b"0123456789")
    first = s3.upload_part(**upload, PartNumber=1, Body=b"one,")
    copied = s3.upload_part_copy(
        **upload,
        PartNumber=7,
        CopySource={"Bucket": "lesson-files", "Key": "source"},
        CopySourceRange="bytes=2-4",
    )
    etags = [(1, first["ETag"]), (7, copied["CopyPartResult"]["ETag"])]
    parts = [{"PartNumber": number, "ETag": etag} for number, etag in etags]
    listed = s3.list_parts(**upload)["Parts"]
    assert [(one["PartNumber"], one["Size"]) for one in listed] == [(1, 4), (7, 3)]
    assert len(s3.list_multipart_uploads(Bucket="lesson-files")["Uploads"]) == 1
    assert (
        refusal(s3.complete_multipart_upload, **upload, MultipartUpload={"Parts": parts[::-1]})[0]
        == "InvalidPartOrder"
    )
    done = s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert done["ETag"].endswith('-2"')
    found = s3.get_object(**here)
    assert (found["Body"].read(), found["Metadata"]) == (b"one,234", {"m": "1"})
    assert refusal(s3.abort_multipart_upload, **upload)[0] == "NoSuchUpload"


def test_an_aborted_upload_leaves_nothing(s3):
    here = {"Bucket": "lesson-files", "Key": "k"}
    upload_id = s3.create_multipart_upload(**here)["UploadId"]
    s3.upload_part(**here, UploadId=upload_id, PartNumber=1, Body=b"x")
    s3.abort_multipart_upload(**here, UploadId=upload_id)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="lesson-files")
    assert refusal(s3.get_object, **here)[0] == "NoSuchKey"
