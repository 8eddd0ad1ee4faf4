"""Putting files, a small text or a folder into a bucket."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.forms import AwsForm
from console.pages.s3.forms import FilesForm, FolderForm, TextForm
from console.pages.s3.frame import folder_crumbs, page_url, s3_frame
from console.signin.guard import console_page
from console.ui.flash import flash_success

_A_BYTE_TOO_MANY = 1024 * 1024 + 1


def _put(
    request: HttpRequest, form: AwsForm, bucket: str, key: str, *, body: bytes, kind: str
) -> bool:
    """Put an object; return whether that succeeded, else the form shows why not."""
    put = {"Bucket": bucket, "Key": key, "Body": body, "ContentType": kind}
    return form.send(request, "s3:PutObject", **put).error is None


def _put_text(request: HttpRequest, bucket: str, prefix: str, form: TextForm) -> bool:
    """Put the typed text; return whether that succeeded, else the form shows why not."""
    if not form.is_valid():
        return False
    name, text = form.cleaned_data["name"], form.cleaned_data["text"]
    if not name:
        form.add_error("name", "Enter an object name.")
        return False
    body = text.replace("\r\n", "\n").encode()
    kind = "text/plain; charset=utf-8"
    if not _put(request, form, bucket, prefix + name, body=body, kind=kind):
        return False
    flash_success(request, f"Upload succeeded: {name}")
    return True


def _put_files(request: HttpRequest, bucket: str, prefix: str, form: FilesForm) -> bool:
    """Put one file after the other; stop at the first refusal."""
    files: list[UploadedFile[bytes]] = request.FILES.getlist("file")
    if not files:
        form.add_error("file", "Choose at least one file.")
        return False
    for file in files:
        name = file.name or "file"
        body = file.read(_A_BYTE_TOO_MANY)
        kind = file.content_type or "binary/octet-stream"
        if not _put(request, form, bucket, prefix + name, body=body, kind=kind):
            return False
        flash_success(request, f"Upload succeeded: {name}")
    return True


@console_page
def object_upload(request: HttpRequest, bucket: str) -> HttpResponse:
    """Upload files, or write a small text, into a folder."""
    prefix = request.GET.get("prefix", "")
    back = page_url("bucket", bucket, prefix=prefix)
    writing = request.POST.get("kind") == "text"
    sent = request.method == "POST"
    text = TextForm(request.POST if writing else None)
    files = FilesForm(request.POST if sent and not writing else None)
    if sent:
        put = (
            _put_text(request, bucket, prefix, text)
            if writing
            else _put_files(request, bucket, prefix, files)
        )
        if put:
            return redirect(back)
    context = {
        **s3_frame([*folder_crumbs(bucket, prefix), ("Upload", "")]),
        "bucket": bucket,
        "destination": f"s3://{bucket}/{prefix}",
        "files": files,
        "text": text,
        "back": back,
    }
    return render(request, "s3/upload.html", context)


@console_page
def folder_create(request: HttpRequest, bucket: str) -> HttpResponse:
    """Create a folder, which is an empty object whose key ends with a slash."""
    prefix = request.GET.get("prefix", "")
    back = page_url("bucket", bucket, prefix=prefix)
    form = FolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        key, kind = f"{prefix}{name}/", "application/x-directory"
        if _put(request, form, bucket, key, body=b"", kind=kind):
            flash_success(request, f'Successfully created folder "{name}"')
            return redirect(back)
    crumbs = [*folder_crumbs(bucket, prefix), ("Create folder", "")]
    context = {"bucket": bucket, "form": form, "back": back, "prefix": prefix}
    return render(request, "s3/folder_create.html", {**s3_frame(crumbs), **context})
