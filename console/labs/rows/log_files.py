"""Log files that a trail delivered before a copy began: made again from what they hold."""

import gzip
import json
import re
from datetime import datetime, timedelta
from hashlib import md5

from console.labs.rows.history import Record, move_record
from console.labs.rows.renames import Renaming
from console.labs.rows.tables import Row

_KEY = re.compile(
    r"(.*AWSLogs/\d{12}/CloudTrail/[^/]+/)\d{4}/\d\d/\d\d/(.*_)\d{8}T\d{4}Z_(\w+)\.json\.gz",
    re.DOTALL,
)


def records_of(row: Row) -> list[Record]:
    """Return the records of a log file."""
    found: list[Record] = json.loads(gzip.decompress(row["body"]))["Records"]
    return found


def rewrite_log_file(row: Row, renaming: Renaming, shift: timedelta) -> None:
    """Change a log file whose own columns are renamed and moved already."""
    records = [move_record(one, shift) for one in renaming.value(records_of(row))]
    text = json.dumps({"Records": records}, ensure_ascii=False)
    body = gzip.compress(text.encode("utf-8", "replace"), mtime=0)
    etag = md5(body, usedforsecurity=False).hexdigest()
    row |= {"body": body, "etag": etag, "size": len(body), "key": _key(row, renaming)}


def _key(row: Row, renaming: Renaming) -> str:
    key: str = row["key"]
    found = _KEY.fullmatch(key)
    if found is None:
        return key
    at: datetime = row["last_modified"]
    old = found[3]
    letters = old if renaming.only_known else renaming.letters(old, len(old))
    return f"{found[1]}{at:%Y/%m/%d}/{found[2]}{at:%Y%m%dT%H%MZ}_{letters}.json.gz"
