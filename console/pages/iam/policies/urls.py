"""Addresses of managed policies; the policy is named by `?arn=`."""

from django.urls import path

from console.pages.iam.policies import changes, detail, entities, listing

urlpatterns = [
    path("policies", listing.policies, name="policies"),
    path("policies/detail", detail.policy, name="policy"),
    path("policies/document", detail.policy_document, name="policy_document"),
    path("policies/attach", entities.policy_attach, name="policy_attach"),
    path("policies/detach", entities.policy_detach, name="policy_detach"),
    path("policies/version", changes.policy_version, name="policy_version"),
    path("policies/tags", changes.policy_tags, name="policy_tags"),
    path("policies/delete", changes.policy_delete, name="policy_delete"),
]
