"""Forms of the signature: whom to ask, and the signature itself."""

from datetime import datetime

from crispy_forms_gds.layout import Button, Layout
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict

from accounts.models import User
from respondents.portal.fields import VersionField
from respondents.portal.forms import BASE
from respondents.returns.models import Return
from respondents.together.forms import PersonForm
from respondents.whole_forms import WholeForm


class SignerForm(PersonForm):
    """Who is to sign the version that was checked."""

    def __init__(
        self, data: QueryDict | None = None, *, found: Return, person: User, checked: str, now: datetime
    ) -> None:
        super().__init__(data, found=found, now=now)
        self.person = person
        self.fields[BASE] = VersionField()
        self.initial[BASE] = checked
        self.helper.layout = Layout(*self.person_fields(), BASE, Button.primary("send", "Send for signature"))

    @property
    def version(self) -> int:
        """The version that was checked."""
        version: int = self.cleaned_data[BASE]
        return version

    def clean(self) -> None:
        """Without its version the form says nothing."""
        if BASE in self.errors:
            raise BadRequest("The version did not arrive.")

    def clean_email(self) -> str:
        """The address; the second person is not the first."""
        email = super().clean_email()
        if email == self.person.email:
            raise ValidationError("Somebody other than you has to sign")
        return email


class SignForm(WholeForm):
    """The signature: which version was read."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields[BASE] = VersionField()

    @property
    def version(self) -> int:
        """That version."""
        version: int = self.cleaned_data[BASE]
        return version
