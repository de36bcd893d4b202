"""Static files with hashed names, kept compressed beside the originals."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HouseStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Follows `import` inside modules too."""

    support_js_module_import_aggregation = True
