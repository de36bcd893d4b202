"""Who may do what on one return: what one person's standing there allows, and nothing about how it came to be."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Heard:
    """From whom a member of staff takes answers by telephone: in which call, whose voice it is, and on which day."""

    call: int
    voice: str
    day: date


@dataclass(frozen=True)
class Standing:
    """What one person is on one return at this moment. Who is nothing on it may do nothing."""

    is_chair: bool = False
    is_signer: bool = False
    sections: frozenset[str] = frozenset()
    heard: Heard | None = None

    @property
    def is_on_return(self) -> bool:
        """Whether the person may open the return at all."""
        return self.may_read_all or bool(self.sections)

    @property
    def may_read_all(self) -> bool:
        """Whether the answers to every section may be read: a signer reads what they sign, on the telephone they are
        read back.
        """
        return self.is_chair or self.is_signer or self.heard is not None

    def may_answer(self, section: str) -> bool:
        """Whether answers to this section may be read and saved."""
        return self.is_chair or self.heard is not None or section in self.sections

    def may_read(self, section: str) -> bool:
        """Whether answers to this section may be read."""
        return self.may_read_all or section in self.sections
