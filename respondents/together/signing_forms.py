"""Forms of the signature: whom to ask, and the signature itself."""

from datetime import datetime

from crispy_forms_gds.layout import Button, Layout
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict

from accounts.models import User
from accounts.people import require_respondent
from respondents.portal.fields import BASE, VersionMixin
from respondents.returns.models import Return
from respondents.together.forms import PersonForm
from respondents.whole_forms import WholeForm


class SignerForm(VersionMixin, PersonForm):
    """Who is to sign the version that was checked."""

    def __init__(
        self, data: QueryDict | None = None, *, found: Return, person: User, checked: str, now: datetime
    ) -> None:
        super().__init__(data, found=found, now=now)
        self.person = person
        self.initial[BASE] = checked
        self.helper.layout = Layout(*self.person_fields(), BASE, Button.primary("send", "Send for signature"))

    def clean(self) -> None:
        """Without its version the form says nothing."""
        if BASE in self.errors:
            raise BadRequest("The version did not arrive.")

    def clean_email(self) -> str:
        """The address; the second person is not the first, and none of the staff."""
        email = super().clean_email()
        require_respondent(email)
        if email == self.person.email:
            raise ValidationError("Somebody other than you has to sign")
        return email


class SignForm(VersionMixin, WholeForm):
    """The signature: which version was read."""
