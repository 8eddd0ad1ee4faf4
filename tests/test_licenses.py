"""The list of licenses is of what is installed, and names what is not permissive."""

from tests.licenses import LIST, is_permissive, licenses, written


def test_the_list_is_of_what_is_installed():
    assert LIST.read_text(encoding="utf-8") == written(), "run: make licenses"


def test_what_is_not_permissive_is_what_the_list_explains():
    others = {name: text for name, text in licenses() if not is_permissive(text)}
    assert others == {
        "certifi": "Mozilla Public License 2.0 (MPL 2.0)",
        "psycopg": "LGPL-3.0-only",
        "psycopg-binary": "LGPL-3.0-only",
    }
