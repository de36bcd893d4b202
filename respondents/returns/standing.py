"""Who may do what on one return: what one person's standing there allows, and nothing about how it came to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What one person is on one return at this moment. Who is nothing on it may do nothing."""

    is_chair: bool = False
    is_signer: bool = False
    sections: frozenset[str] = frozenset()

    @property
    def is_on_return(self) -> bool:
        """Whether the person may open the return at all."""
        return self.is_chair or self.is_signer or bool(self.sections)

    @property
    def may_read_all(self) -> bool:
        """Whether the answers to every section may be read; a signer reads what they sign."""
        return self.is_chair or self.is_signer

    def may_answer(self, section: str) -> bool:
        """Whether answers to this section may be read and saved."""
        return self.is_chair or section in self.sections

    def may_read(self, section: str) -> bool:
        """Whether answers to this section may be read."""
        return self.may_read_all or section in self.sections
