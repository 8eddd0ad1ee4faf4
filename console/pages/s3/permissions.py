"""Changing a bucket's permissions: its policy and Block Public Access."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from console.pages.calls import CallResult, call
from console.pages.given_statement import with_given_statement
from console.pages.outcomes import flash_refused
from console.pages.s3.forms import PolicyForm, PublicAccessForm
from console.pages.s3.frame import page_url, s3_frame
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.json_lines import autoformatted
from iam.arns import bucket_arn, object_arn, root_arn
from iam.policy_documents import Finding, PolicyType, policy_findings


def _permissions_url(bucket: str) -> str:
    return page_url("bucket", bucket, tab="permissions")


def _example(request: HttpRequest, bucket: str) -> str:
    """Return a policy that lets another account's users read, for this bucket."""
    statement = {
        "Sid": "ReadFromAnotherAccount",
        "Effect": "Allow",
        "Principal": {"AWS": root_arn(console_of(request).account_id)},
        "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": [bucket_arn(bucket), object_arn(bucket, "*")],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def _found(text: str) -> tuple[Finding, ...]:
    return policy_findings(text, PolicyType.RESOURCE, "AWS::S3::Bucket")


@console_page
def bucket_policy_edit(request: HttpRequest, bucket: str) -> HttpResponse:
    """Edit the bucket policy; a refused text stays in the form."""
    if request.method == "POST":
        text = request.POST.get("policy", "").replace("\r\n", "\n")
        form = PolicyForm({"policy": text})
        form.is_valid()
        saved = form.send(request, "s3:PutBucketPolicy", Bucket=bucket, Policy=text)
        if not saved.error:
            flash_success(request, "Successfully edited bucket policy.")
            return redirect(_permissions_url(bucket))
        refused = form.refused
    else:
        saved = CallResult()
        kept = call(request, "s3:GetBucketPolicy", Bucket=bucket)
        refused = kept.without("NoSuchBucketPolicy")
        text = with_given_statement(request, autoformatted(kept.output.get("Policy", "")))
        form = PolicyForm(initial={"policy": text})
    context = {
        **s3_frame([(bucket, _permissions_url(bucket)), ("Edit bucket policy", "")]),
        "bucket": bucket,
        "arn": bucket_arn(bucket),
        "form": form,
        "found": _found(text),
        "example": _example(request, bucket),
        "refused": refused,
        "saved": saved,
        "back": _permissions_url(bucket),
    }
    return render(request, "s3/bucket_policy.html", context)


@require_POST
@console_page
def bucket_policy_delete(request: HttpRequest, bucket: str) -> HttpResponse:
    result = call(request, "s3:DeleteBucketPolicy", Bucket=bucket)
    if result.error:
        flash_refused(request, result)
    else:
        flash_success(request, "Successfully deleted bucket policy.")
    return redirect(_permissions_url(bucket))


@console_page
def public_access_edit(request: HttpRequest, bucket: str) -> HttpResponse:
    """Edit the four settings of Block Public Access."""
    if request.method == "POST":
        form = PublicAccessForm(request.POST)
        form.is_valid()
        block = {"PublicAccessBlockConfiguration": form.cleaned_data}
        refused = form.send(request, "s3:PutPublicAccessBlock", Bucket=bucket, **block)
        if not refused.error:
            sentence = "Successfully edited Block Public Access settings for this bucket."
            flash_success(request, sentence)
            return redirect(_permissions_url(bucket))
    else:
        kept = call(request, "s3:GetPublicAccessBlock", Bucket=bucket)
        refused = kept.without("NoSuchPublicAccessBlockConfiguration")
        form = PublicAccessForm(initial=kept.output.get("PublicAccessBlockConfiguration"))
    crumbs = [(bucket, _permissions_url(bucket)), ("Edit Block public access", "")]
    context = {"bucket": bucket, "form": form, "refused": refused, "back": _permissions_url(bucket)}
    return render(request, "s3/public_access.html", {**s3_frame(crumbs), **context})
