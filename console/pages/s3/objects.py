"""One object: its page and its download; deleting several."""

import re

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from console.pages.calls import CallResult, call
from console.pages.forms import sent
from console.pages.s3.content import readable
from console.pages.s3.forms import ConfirmForm
from console.pages.s3.frame import folder_crumbs, folder_of, page_url, s3_frame
from console.signin.guard import console_page
from console.ui.flash import flash_error, flash_success
from iam.arns import object_arn

_SHOWN_BYTES = 64 * 1024
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PERMANENTLY = "permanently delete"
_NOTHING_MAY_RUN = {"default-src": ["'none'"], "sandbox": True, "frame-ancestors": ["'none'"]}


def _text_of(request: HttpRequest, bucket: str, key: str, head: CallResult) -> str | None:
    """Return a small object's content if it is text."""
    if head.error is not None or head.output["ContentLength"] > _SHOWN_BYTES:
        return None
    body: bytes = call(request, "s3:GetObject", Bucket=bucket, Key=key).output.get("Body", b"")
    return readable(body, zipped=head.output.get("ContentEncoding") == "gzip")


@console_page
def stored_object(request: HttpRequest, bucket: str) -> HttpResponse:
    """Show an object: overview, and the content if it is a small text."""
    key = request.GET.get("key", "")
    head = call(request, "s3:HeadObject", Bucket=bucket, Key=key)
    name = key.rpartition("/")[2] or key
    context = {
        **s3_frame([*folder_crumbs(bucket, folder_of(key)), (name, "")]),
        "bucket": bucket,
        "key": key,
        "name": name,
        "arn": object_arn(bucket, key),
        "uri": f"s3://{bucket}/{key}",
        "head": head.output,
        "refused": head,
        "text": _text_of(request, bucket, key, head),
        "download_url": page_url("object_download", bucket, key=key),
        "delete_url": page_url("objects_delete", bucket, key=key),
    }
    return render(request, "s3/object.html", context)


@csp_replace(_NOTHING_MAY_RUN)
@console_page
def object_download(request: HttpRequest, bucket: str) -> HttpResponse:
    """Send an object as an attachment that no browser opens as a page."""
    key = request.GET.get("key", "")
    got = call(request, "s3:GetObject", Bucket=bucket, Key=key)
    if got.error is not None:
        return redirect(page_url("object", bucket, key=key))
    response = HttpResponse(got.output["Body"], content_type="application/octet-stream")
    name = _CONTROLS.sub("_", key.rstrip("/").rpartition("/")[2]) or "object"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keys_of(request: HttpRequest, bucket: str, chosen: list[str]) -> tuple[list[str], CallResult]:
    """Return the chosen keys, with those in chosen folders, or the refused listing."""
    keys: dict[str, None] = {}
    for key in chosen:
        if not key.endswith("/"):
            keys[key] = None
            continue
        listed = call(request, "s3:ListObjectsV2", Bucket=bucket, Prefix=key)
        if listed.error is not None:
            return [], listed
        keys.update(dict.fromkeys(one["Key"] for one in listed.output["Contents"]))
    return list(keys), CallResult()


def _delete(request: HttpRequest, bucket: str, chosen: list[str]) -> CallResult:
    """Delete one after the other; stop at the first refusal; return the last call."""
    keys, result = _keys_of(request, bucket, chosen)
    deleted = 0
    for key in keys:
        result = call(request, "s3:DeleteObject", Bucket=bucket, Key=key)
        if result.error:
            break
        deleted += 1
    if deleted:
        objects = "object" if deleted == 1 else "objects"
        flash_success(request, f"Successfully deleted {deleted} {objects}")
    return result


@console_page
def objects_delete(request: HttpRequest, bucket: str) -> HttpResponse:
    """Ask for confirmation, then delete the chosen objects and the content of chosen folders."""
    source = sent(request)
    chosen = [key for key in source.getlist("key") if key]
    if not chosen:
        flash_error(request, "Choose at least one object.")
        return redirect(page_url("bucket", bucket))
    back = page_url("bucket", bucket, prefix=folder_of(chosen[0]))
    form = ConfirmForm(_PERMANENTLY, request.POST or None)
    deleted = CallResult()
    if request.method == "POST" and form.is_valid():
        deleted = _delete(request, bucket, chosen)
        if not deleted.error:
            return redirect(back)
    crumbs = [*folder_crumbs(bucket, folder_of(chosen[0])), ("Delete objects", "")]
    context = {"bucket": bucket, "keys": chosen, "form": form, "refused": deleted, "back": back}
    return render(request, "s3/objects_delete.html", {**s3_frame(crumbs), **context})
