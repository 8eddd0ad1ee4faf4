"""BinaryEquals: base64 texts, compared as the bytes they stand for."""

import base64
import binascii

from iam.engine.matching.operators.operator import Operator, ValueTest, never
from iam.engine.request import Keys


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_base64(text: str) -> bool:
    return _decoded(text) is not None


def _equals(text: str, variables: bool) -> ValueTest:
    wanted = _decoded(text)
    if wanted is None:
        return never

    def test(value: str, keys: Keys) -> bool:
        return _decoded(value) == wanted

    return test


OPERATORS = (Operator("BinaryEquals", _equals, well_formed=_is_base64),)
