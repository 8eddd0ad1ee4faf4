"""S3's pages. A bucket's address ends with a slash, so that no page can hide a bucket."""

from django.urls import URLPattern, path

from console.pages.s3 import bucket, buckets, objects, permissions, uploads

urlpatterns: list[URLPattern] = [
    path("", buckets.buckets, name="buckets"),
    path("create", buckets.bucket_create, name="bucket_create"),
    path("delete", buckets.bucket_delete, name="bucket_delete"),
    path("open", buckets.bucket_open, name="bucket_open"),
    path("<str:bucket>/", bucket.bucket, name="bucket"),
    path("<str:bucket>/upload", uploads.object_upload, name="object_upload"),
    path("<str:bucket>/create-folder", uploads.folder_create, name="folder_create"),
    path("<str:bucket>/object", objects.stored_object, name="object"),
    path("<str:bucket>/download", objects.object_download, name="object_download"),
    path("<str:bucket>/delete-objects", objects.objects_delete, name="objects_delete"),
    path("<str:bucket>/policy", permissions.bucket_policy_edit, name="bucket_policy_edit"),
    path(
        "<str:bucket>/policy/delete", permissions.bucket_policy_delete, name="bucket_policy_delete"
    ),
    path(
        "<str:bucket>/block-public-access",
        permissions.public_access_edit,
        name="public_access_edit",
    ),
]
