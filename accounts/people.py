"""Services: the people there are."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction

from accounts.models import Role, User

ERASED_NAME = "Name erased"  # what people are called once nobody is to know who they were
require_room = MaxLengthValidator(254)


def clean_email(text: str) -> str:
    """The address as we keep it (trimmed, lower case), or a ValidationError that names it."""
    email = text.strip().lower()
    try:
        validate_email(email)
        require_room(email)
    except ValidationError:
        raise ValidationError(f"“{text}” is not an email address such as name@example.org.") from None
    return email


@transaction.atomic
def ensure_person(email: str, *, name: str = "", role: Role = Role.RESPONDENT) -> User:
    """The person with this address, made known (able to ask for a sign-in code) if they were not yet."""
    person, is_new = User.objects.get_or_create(email=clean_email(email), defaults={"name": name, "role": role})
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        EmailAddress.objects.create(user_id=person.pk, email=person.email, verified=True, primary=True)
    return person


def require_respondent(email: str) -> None:
    """Raises ValidationError for the address of one of the staff, who would be on both sides of the survey."""
    known = User.objects.filter(email=clean_email(email)).first()
    if known and known.is_staff:
        raise ValidationError(
            f"{known.email} belongs to the survey team, who cannot work on a return. Enter another address."
        )
