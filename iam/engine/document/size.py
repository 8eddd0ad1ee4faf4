"""The size of a document as AWS counts it."""


def size_without_whitespace(text: str) -> int:
    """Characters without white space, as the quotas of IAM policies count."""
    return sum(len(part) for part in text.split())
