"""The form that chooses which two states of a return are laid side by side."""

from collections.abc import Mapping, Sequence

from django import forms

from respondents.copies.editions import Edition

Pair = tuple[Edition, Edition]
BEFORE, AFTER = "from", "to"


class CompareForm(forms.Form):
    """Two states, the last change first; what names no state of this return is answered with the last change."""

    def __init__(self, data: Mapping[str, str], *, editions: Sequence[Edition]) -> None:
        self._editions = {edition.key: edition for edition in editions}
        last = list(self._editions)[-2:]
        asked = {name: data.get(name, "") for name in (BEFORE, AFTER)}
        usual = dict(zip((BEFORE, AFTER), last, strict=False))
        super().__init__({name: key if key in self._editions else usual.get(name, "") for name, key in asked.items()})
        choices = [(key, key) for key in self._editions]
        self.fields[BEFORE] = forms.ChoiceField(choices=choices)
        self.fields[AFTER] = forms.ChoiceField(choices=choices)

    @property
    def chosen(self) -> Pair | None:
        """The two; nothing while there are not two."""
        if len(self._editions) < 2 or not self.is_valid():
            return None
        return self._editions[self.cleaned_data[BEFORE]], self._editions[self.cleaned_data[AFTER]]
