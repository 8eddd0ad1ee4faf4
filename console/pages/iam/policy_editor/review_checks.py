"""The checks before the editor goes on to the review."""

from dataclasses import replace

from console.pages.iam.policy_editor.blocks.block import Block, resource_types, service_name
from console.pages.iam.policy_editor.blocks.form_fields import prefix
from console.pages.iam.policy_editor.state import JSON, REVIEW, EditorState, policy_text
from iam.policy_documents import PolicyType, policy_error, size_without_whitespace

_RAW_LIMIT = 131_072


def to_review(state: EditorState, policy_type: PolicyType, limit: int) -> EditorState:
    """Go on to the review, or stay and show what is wrong, and where."""
    if state.mode != JSON:
        errors = _block_errors(state)
        if errors:
            return state.with_errors(**errors)
    text = policy_text(state)
    sentence = document_error(text, policy_type, limit)
    if sentence:
        return state.with_errors(document=sentence)
    return replace(state, step=REVIEW, document=text, dialog=None)


def document_error(text: str, policy_type: PolicyType, limit: int) -> str:
    """Return AWS's sentence for a policy that it refuses, with its place; else nothing."""
    if not text.strip():
        return "Type a policy document."
    if len(text) > _RAW_LIMIT:
        return f"The policy document is longer than {_RAW_LIMIT:,} characters."
    error = policy_error(text, policy_type)
    if error is not None:
        detail = f" {error.detail}" if error.detail else ""
        return f"Ln {error.line}, Col {error.column}: {error.message}.{detail}".replace("..", ".")
    over = size_without_whitespace(text) - limit
    if over > 0:
        return f"The policy is {over:,} characters over the limit of {limit:,}."
    return ""


def _block_errors(state: EditorState) -> dict[str, str]:
    """Return what blocks lack; empty blocks after the first are ignored."""
    errors = {}
    numbered = list(zip(state.numbers, state.blocks, strict=True))
    started = [pair for pair in numbered if not pair[1].is_untouched] or numbered[:1]
    for number, block in started:
        name, sentence = _block_error(block)
        if sentence:
            errors[prefix(number) + name] = sentence
    return errors


def _block_error(block: Block) -> tuple[str, str]:
    if not block.service:
        return "service", "Choose a service."
    if not block.has_actions:
        return "actions", f"Choose at least one action of {service_name(block.service)}."
    needs_arn = bool(block.manual) or block.all_actions or bool(resource_types(block))
    if needs_arn and not (block.any_resource or block.arns):
        return "arns", "Choose All, or add the ARNs of specific resources."
    if any(c.is_source_ip and not c.values for c in block.conditions):
        return "ip", "Type an IP address or range, for example 203.0.113.0/24."
    return "", ""
