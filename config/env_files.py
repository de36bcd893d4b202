"""Secrets that are handed over as files, as container platforms do."""

import os
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource


class SecretFileError(Exception):
    """A secret's file that cannot be used, in one sentence."""


class SecretFiles(PydanticBaseSettingsSource):
    """Secrets from files: SECRET_KEY_FILE names a file that holds SECRET_KEY, and so for every other secret."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:
        """What the file holds, without the line's end; a file that cannot be read stops the start."""
        name = field_name.upper()
        path = os.environ.get(f"{name}_FILE", "") if field.annotation is SecretStr else ""
        if path and os.environ.get(name):
            raise SecretFileError(f"{name}: is given, and {name}_FILE as well; keep one of them")
        try:
            return (Path(path).read_text().rstrip("\r\n") if path else None), field_name, False
        except (OSError, UnicodeDecodeError):
            raise SecretFileError(f"{name}_FILE: {path} cannot be read by this process") from None

    def __call__(self) -> dict[str, object]:
        """The secrets that files hold."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}
