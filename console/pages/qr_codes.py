"""QR codes as pictures of a page."""

import segno


def qr_code(url: str, scale: int) -> str:
    """Return a QR code as an image's address: black on white in the dark, too."""
    code = segno.make(url, error="m", micro=False)
    return code.svg_data_uri(scale=scale, border=3, dark="#000", light="#fff")
