"""The read-only admin of buckets and objects."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from console.services.s3.models import Bucket, Part, StoredObject, Upload
from iam.admin.read_only import (
    ReadOnlyAdmin,
    json_column,
    link_to,
    links_to_lists,
    preformatted,
)

_MOST_SHOWN = 20_000


@admin.register(Bucket)
class BucketAdmin(ReadOnlyAdmin):
    """Buckets."""

    list_display = ("name", "account_link", "sandbox", "created_at")
    list_select_related = ("account", "sandbox")
    search_fields = ("name", "account__account_id")
    fields = (
        "name",
        "account",
        "sandbox",
        "region",
        "created_at",
        "contents",
        "bucket_policy",
        "bound_principals",
        "public_access",
    )
    readonly_fields = ("contents", "bucket_policy", "bound_principals", "public_access")

    @admin.display(description="objects")
    def contents(self, bucket: Bucket) -> str:
        return links_to_lists([("objects", StoredObject, {"bucket__id__exact": bucket.pk})])

    @admin.display(description="bucket policy")
    def bucket_policy(self, bucket: Bucket) -> str:
        return preformatted(bucket.policy.text) if bucket.policy else "-"

    bound_principals = json_column("policy_bound", "principals as bound when saved")
    public_access = json_column("public_access_block", "Block Public Access")


@admin.register(StoredObject)
class StoredObjectAdmin(ReadOnlyAdmin):
    """Objects; a list never loads their contents."""

    list_display = ("key", "bucket_link", "size", "content_type", "last_modified", "sandbox")
    list_select_related = ("bucket", "sandbox")
    search_fields = ("key", "bucket__name")
    fields = (
        "key",
        "bucket",
        "sandbox",
        "size",
        "content_type",
        "etag",
        "last_modified",
        "owner_account_id",
        "text",
    )
    readonly_fields = ("text",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Defer the contents until an object is shown."""
        return super().get_queryset(request).defer("body")

    @admin.display(description="bucket", ordering="bucket__name")
    def bucket_link(self, stored: StoredObject) -> str:
        return link_to(stored.bucket)

    @admin.display(description="content")
    def text(self, stored: StoredObject) -> str:
        return preformatted(bytes(stored.body)[:_MOST_SHOWN].decode("utf-8", "replace"))


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Multipart uploads that are neither completed nor aborted."""

    list_display = ("key", "bucket_link", "upload_id", "initiated_at", "sandbox")
    list_select_related = ("bucket", "sandbox")
    search_fields = ("key", "upload_id", "bucket__name")
    fields = ("key", "bucket", "sandbox", "upload_id", "initiated_at", "begun_by", "parts_list")
    readonly_fields = ("begun_by", "parts_list")

    @admin.display(description="bucket", ordering="bucket__name")
    def bucket_link(self, upload: Upload) -> str:
        return link_to(upload.bucket)

    begun_by = json_column("initiator", "begun by")

    @admin.display(description="parts")
    def parts_list(self, upload: Upload) -> str:
        return links_to_lists([("parts", Part, {"upload__id__exact": upload.pk})])


@admin.register(Part)
class PartAdmin(ReadOnlyAdmin):
    """Parts of uploads; a list never loads their contents."""

    list_display = ("__str__", "upload_link", "size", "last_modified", "sandbox")
    list_select_related = ("upload", "sandbox")
    search_fields = ("upload__upload_id", "upload__key")
    fields = ("number", "upload", "sandbox", "size", "etag", "last_modified")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("body")

    @admin.display(description="upload", ordering="upload__upload_id")
    def upload_link(self, part: Part) -> str:
        return link_to(part.upload)
