"""Bodies of requests: JSON, CSV, YAML. No body is too deep, too odd or too long for a sentence."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from console.api.http.problems import TooLarge


def _no_constant(name: str) -> Any:
    message = f"{name} is no JSON."
    raise ValueError(message)


def _read(stream: IO[Any]) -> bytes:
    """Return a whole body; raises TooLarge."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    data: bytes = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge
    return data


class JsonParser(BaseParser):
    """Reads an object as JSON, in UTF-8 whatever else is claimed."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the object; raises ParseError."""
        del media_type, parser_context
        try:
            data = json.loads(_read(stream).decode("utf-8-sig"), parse_constant=_no_constant)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise ParseError(f"The body is not JSON, from {where} on.") from None
        except ValueError:
            raise ParseError("The body is not JSON in UTF-8.") from None
        if not isinstance(data, dict):
            raise ParseError("Send a JSON object: `{…}`.")
        return data


class FileParser(BaseParser):
    """Reads a whole body as a file."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the bytes as `file`."""
        del media_type, parser_context
        return {"file": _read(stream)}


class CsvParser(FileParser):
    """Reads a body of CSV."""

    media_type = "text/csv"


class YamlParser(FileParser):
    """Reads a body of YAML."""

    media_type = "application/yaml"
