"""Strict JSON: every refusal has its line and column."""

import json
from typing import Any

from iam.engine.document.places import Path, line_and_column, scan
from iam.engine.document.quotes import quoted
from iam.engine.document.repair import known_mistake
from iam.engine.document.syntax_sentences import syntax_sentence
from iam.engine.errors import PolicyError

LONGEST = 131_072
"""Characters of a raw document that AWS's API takes."""
SYNTAX = "Syntax errors in policy."


class NumberText(str):
    """A JSON number as it was written: conditions compare it as text or as their operator does."""

    __slots__ = ()


class _DuplicateKeyError(ValueError):
    pass


def load(text: str) -> Any:
    """Read a text as strict JSON; raises PolicyError for anything else."""
    try:
        text.encode()
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise _syntax_error(text, error) from None
    except _DuplicateKeyError as error:
        raise _duplicate(text, str(error)) from None
    except UnicodeEncodeError as error:
        raise refusal(text, error.start, "Half of a surrogate pair") from None
    except RecursionError:
        raise refusal(text, 0, "The document is nested too deeply") from None
    except ValueError as error:
        raise refusal(text, _constant_at(text), str(error)) from None
    _refuse_escaped_surrogates(text)
    return value


def load_typed(text: str) -> Any:
    """Read a document that somebody wants to save; AWS's own managed policies may be longer."""
    if len(text) > LONGEST:
        raise refusal(text, LONGEST, f"A document has at most {LONGEST} characters", "POLICY_SIZE")
    return load(text)


def refusal(
    text: str, offset: int, detail: str, issue: str = "JSON_SYNTAX_ERROR", message: str = SYNTAX
) -> PolicyError:
    """A PolicyError that marks an offset of the text."""
    line, column = line_and_column(text, offset)
    return PolicyError(message, line, column, issue=issue, detail=detail)


def refusal_at(
    text: str, path: Path, detail: str, *, issue: str, message: str, key: bool = False
) -> PolicyError:
    """A PolicyError that marks the value (or the key) at a path of a valid JSON text."""
    return refusal(text, scan(text).of(path, key=key), detail, issue, message)


def _syntax_error(text: str, error: json.JSONDecodeError) -> PolicyError:
    """Mark a syntax error, beyond what copying from a page has added to the text."""
    mistake = known_mistake(text)
    if mistake is not None:
        return refusal(text, mistake.offset, mistake.sentence)
    return refusal(text, error.pos, syntax_sentence(error))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        raise _DuplicateKeyError(next(k for k, _ in pairs if k in seen or seen.add(k)))  # type: ignore[func-returns-value]
    return value


def _duplicate(text: str, key: str) -> PolicyError:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _syntax_error(text, error)
    except (ValueError, RecursionError):
        return refusal(text, 0, f"The key `{quoted(key)}` appears twice in one object")
    at = scan(text).duplicates[0]
    return refusal(
        text, at, f"The key `{quoted(key)}` appears twice in one object", "DUPLICATE_KEY"
    )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"`{name}` is not JSON")


def _constant_at(text: str) -> int:
    places = [text.find(name) for name in ("NaN", "Infinity")]
    return min((at for at in places if at >= 0), default=0)


def _refuse_escaped_surrogates(text: str) -> None:
    if "\\u" not in text:
        return
    for string, at in scan(text).strings:
        try:
            string.encode()
        except UnicodeEncodeError:
            raise refusal(text, at, "Half of a surrogate pair") from None


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements_in(text: str) -> list[dict[str, Any]]:
    return as_list(json.loads(text)["Statement"])


def size_without_whitespace(text: str) -> int:
    """Characters without white space, as the quotas of IAM policies count."""
    return sum(len(part) for part in text.split())
