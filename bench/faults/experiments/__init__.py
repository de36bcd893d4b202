"""One module for each experiment or family of them; to load them is to declare them."""

import pkgutil
from importlib import import_module


def load() -> None:
    """Declares all of them."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
