"""*Import policy*: adds the statements of a managed policy to the policy in the editor."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from console.pages.calls import call_all
from console.pages.iam.policy_editor.blocks.block import MOST_BLOCKS
from console.pages.iam.policy_editor.blocks.document_reader import CannotShowError, from_document
from console.pages.iam.policy_editor.state import JSON, VISUAL, EditorState, as_json
from console.pages.iam.policy_editor.targets import default_document
from iam import catalogue
from iam.policy_documents import as_list
from iam.wire.errors import AwsError

FIELD = "import-name"


def policy_names(request: HttpRequest) -> list[str]:
    """Return the names to choose from: AWS's, and the account's if the caller may list them."""
    return sorted([*_own(request), *catalogue.managed_policy_names()])


def imported(state: EditorState, name: str, request: HttpRequest) -> EditorState:
    """Add a policy's statements, or show at the field why not."""
    try:
        text = default_document(request, _arn(request, name.strip()))
    except AwsError as error:
        return replace(state.with_errors(**{FIELD: error.message}), menu="import")
    return _added(state, text)


def _own(request: HttpRequest) -> dict[str, str]:
    listed = call_all(request, "iam:ListPolicies", "Policies", Scope="Local")
    return {policy["PolicyName"]: policy["Arn"] for policy in listed.rows("Policies")}


def _arn(request: HttpRequest, name: str) -> str:
    own = _own(request)
    aws = (p.arn for p in catalogue.managed_policies() if p.name == name)
    arn = own.get(name) or next(aws, "")
    if not arn:
        message = f"Policy {name} does not exist or is not attachable." if name else (
            "Choose a policy to import."
        )  # fmt: skip
        raise AwsError("NoSuchEntity", message, 404)
    return arn


def _added(state: EditorState, text: str) -> EditorState:
    """Add to the blocks if they can show the policy, else to the JSON."""
    if state.mode == VISUAL:
        try:
            kept = tuple(block for block in state.blocks if not block.is_untouched)
            blocks = (*kept, *from_document(text))
            if len(blocks) <= MOST_BLOCKS:
                return state.with_new_blocks(blocks)
            state = as_json(state)
        except (ValueError, CannotShowError):
            state = as_json(state)
    return _added_to_json(state, text)


def _added_to_json(state: EditorState, text: str) -> EditorState:
    try:
        document = json.loads(state.document or "{}")
        added = json.loads(text)
    except (ValueError, RecursionError):
        return state.with_errors(document="This policy contains invalid Json")
    if not isinstance(document, dict):
        return state.with_errors(document="Syntax errors in policy.")
    statements = [s for s in _statements(document) if s != {} and not _is_start(s)]
    whole: dict[str, Any] = {"Version": "2012-10-17", **document}
    whole["Statement"] = [*statements, *_statements(added)]
    return replace(state, mode=JSON, document=json.dumps(whole, indent=2))


def _statements(document: dict[str, Any]) -> list[Any]:
    return as_list(document.get("Statement", []))


def _is_start(statement: object) -> bool:
    """Return whether a statement is the untouched one of the start document."""
    return (
        isinstance(statement, dict) and statement.get("Action") == statement.get("Resource") == []
    )


def cloudformation(text: str, name: str) -> str:
    """Return the policy as a CloudFormation template."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    properties: dict[str, Any] = {"PolicyDocument": document}
    if name:
        properties = {"ManagedPolicyName": name, **properties}
    resource = {"Type": "AWS::IAM::ManagedPolicy", "Properties": properties}
    return json.dumps(
        {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"IamPolicy": resource}}, indent=2
    )
