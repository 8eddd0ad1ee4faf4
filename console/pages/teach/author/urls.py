"""The addresses of labs that are written on the site."""

from django.urls import path

from console.pages.teach.author import actions, files, listing, overview, versions

urlpatterns = [
    path("", listing.author, name="author"),
    path("new", listing.author_new, name="author_new"),
    path("upload", listing.author_upload, name="author_upload"),
    path("<str:lab_slug>/", overview.author_lab, name="author_lab"),
    path("<str:lab_slug>/versions", versions.author_versions, name="author_versions"),
    path("<str:lab_slug>/export", actions.author_export, name="author_export"),
    path("<str:lab_slug>/import", actions.author_import, name="author_import"),
    path("<str:lab_slug>/gates", actions.author_gates, name="author_gates"),
    path("<str:lab_slug>/gates/state", overview.author_gates_state, name="author_gates_state"),
    path("<str:lab_slug>/gates/cancel", actions.author_gates_cancel, name="author_gates_cancel"),
    path("<str:lab_slug>/try", actions.author_try, name="author_try"),
    path("<str:lab_slug>/try/end", actions.author_try_end, name="author_try_end"),
    path("<str:lab_slug>/publish", actions.author_publish, name="author_publish"),
    path("<str:lab_slug>/enable", actions.author_enable, name="author_enable"),
    path("<str:lab_slug>/share", actions.author_share, name="author_share"),
    path("<str:lab_slug>/delete", actions.author_delete, name="author_delete"),
    path("<str:lab_slug>/files/add", files.author_file_add, name="author_file_add"),
    path("<str:lab_slug>/edit/<path:path>", files.author_file, name="author_file"),
    path("<str:lab_slug>/check/<path:path>", files.author_check, name="author_check"),
    path("<str:lab_slug>/rename/<path:path>", files.author_file_rename, name="author_file_rename"),
    path("<str:lab_slug>/remove/<path:path>", files.author_file_delete, name="author_file_delete"),
]
