"""Values written as TOML."""

import json


def toml(value: object) -> str:
    """A value as TOML: JSON's strings, numbers and lists are TOML's too, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
