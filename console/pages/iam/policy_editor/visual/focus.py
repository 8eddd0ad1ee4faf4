"""Where the focus goes when a button was pressed."""

from console.pages.iam.policy_editor.state import EditorState


def focus_after(state: EditorState) -> str:
    """Return the id that takes the focus in place of a button that is gone."""
    if state.errors:
        first = next(iter(state.errors))
        stands = {"actions": "all", "arns": "resources-all"}
        start, _, name = first.partition("-")
        return f"{start}-{stands[name]}" if name in stands else ""
    pressed, start = state.pressed, f"b{state.pressed.number}-"
    level = pressed.value.partition(" ")[0].lower()
    after = {
        "choose": f"{start}find-actions",
        "find": f"{start}find-actions",
        "open": f"{start}head",
        "kinds": f"{start}resources-specific",
        "level": f"{start}level-{level}-head",
        "more": f"b{max(state.numbers)}-find",
        "clone": f"b{max(state.numbers)}-head",
        "remove": "add-more",
        "arns-add": f"{start}arns-{pressed.value}",
        "arns-cancel": f"{start}arns-{pressed.value}",
        "action-add": f"{start}new-action",
        "condition": f"{start}new-key",
        "condition-add": f"{start}new-key",
        "json": "mode-json",
        "visual": "mode-visual",
    }
    return after.get(pressed.verb, "")
