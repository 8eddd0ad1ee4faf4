"""What the tests of S3 share."""

from typing import Any

ODD_KEY = "a//b/../c +é~(1)&=;$'!@?#%20.txt"


def put(s3: Any, key: str = "k", body: bytes = b"hello world", **more: Any) -> Any:
    return s3.put_object(Bucket="lesson-files", Key=key, Body=body, **more)
