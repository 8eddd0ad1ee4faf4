"""What the drawings of pages share."""


def shortened(text: str, most: int) -> str:
    """Return a text that fits a box: what is too long loses its middle."""
    if len(text) <= most:
        return text
    end = (most - 1) // 2
    return f"{text[: most - 1 - end]}…{text[-end:]}"
