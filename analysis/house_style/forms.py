"""The form in which the house style is changed."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from analysis.core.contrast import COLOUR
from analysis.core.house_style import HouseStyle, Picture, colour_problems
from analysis.house_style.changing import Wanted
from analysis.house_style.models import LONGEST_NAME, LONGEST_WORDS
from analysis.pictures.fields import PictureField
from analysis.pictures.keeping import MOST_BYTES
from analysis.pictures.models import KeptPicture
from respondents.whole_forms import ONE_LINE

LIKE = "Write it as # and six digits or letters A to F, like #12436D"


def _words(label: str, *, most: int, help_text: str) -> forms.CharField:
    """One line of words that may be left out."""
    too_long = f"Use at most {most} letters"
    return forms.CharField(
        required=False,
        label=label,
        help_text=help_text,
        max_length=most,
        validators=[ONE_LINE],
        error_messages={"max_length": too_long},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ColourField(forms.CharField):
    """A colour as six hexadecimal digits, however they are typed."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- what a browser sent
        """The colour in capitals, with its mark before it."""
        typed = str(value or "").strip().upper()
        found = typed if typed.startswith("#") else f"#{typed}"
        if not COLOUR.fullmatch(found):
            raise ValidationError(f"“{str(value)[:20]}” is no colour. {LIKE}" if typed else f"Enter a colour. {LIKE}")
        return found


class HouseStyleForm(forms.Form):
    """Everything that a version says; `kept` is the logo that was sent before, or that stands."""

    department = _words(
        "Department (optional)",
        most=LONGEST_NAME,
        help_text="On covers, at the head of public pages, and in letters about results.",
    )
    publisher = _words(
        "Publisher (optional)",
        most=LONGEST_NAME,
        help_text="Who answers for what is published, if it is not the department.",
    )
    contact = _words(
        "Contact (optional)",
        most=LONGEST_WORDS,
        help_text="Whom readers ask, for example an email address of a team. It is printed on everything.",
    )
    main = ColourField(
        label="Main colour",
        help_text="Covers, headings, rules of tables. It must be dark enough to be read on white.",
    )
    accent = ColourField(
        label="Accent", help_text="The department’s name and the rule on covers. It stands on the main colour only."
    )
    logo = PictureField(
        required=False,
        label="Logo (optional)",
        help_text=f"PNG or JPEG of at most {MOST_BYTES // 1_000_000} MB. It stands on white. The crown and the Royal "
        "Arms belong to those who are entitled to them: send in a logo that is yours.",
    )
    logo_words = _words(
        "What the logo says",
        most=LONGEST_WORDS,
        help_text="For people who cannot see it: usually the words in it. Needed if there is a logo.",
    )
    without_logo = forms.BooleanField(required=False, label="Use no logo")
    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        standing: HouseStyle,
    ) -> None:
        super().__init__(data, files, initial=_initial(standing))
        for name in ("main", "accent"):
            self.fields[name].widget.attrs = {"spellcheck": "false", "autocomplete": "off"}
        self.helper = FormHelper()
        self.helper.form_tag = False
        names = [Field.text(each, label_size=Size.SMALL) for each in ("department", "publisher", "contact")]
        colours = [Field.text(each, label_size=Size.SMALL, field_width=Fixed.TEN) for each in ("main", "accent")]
        logo = [
            Field.text("logo", label_size=Size.SMALL),
            Field.text("logo_words", label_size=Size.SMALL, field_width=Fluid.TWO_THIRDS),
            *(["without_logo"] if self["kept"].value() else []),
        ]
        self.helper.layout = Layout("base", "kept", *names, *colours, *logo)

    def clean_kept(self) -> str:
        """The digest of a picture that is kept; nothing otherwise."""
        digest: str = self.cleaned_data["kept"]
        return digest if KeptPicture.objects.filter(digest=digest).exists() else ""

    def clean(self) -> dict[str, Any]:
        """Colours that can be read, and words for the logo."""
        found = self.cleaned_data
        if "main" in found and "accent" in found:
            for name, sentence in colour_problems(found["main"], found["accent"]):
                self.add_error(name, sentence)
        has_logo = "logo" in found and bool(found["logo"] or found.get("kept")) and not found.get("without_logo")
        if has_logo and "logo_words" in found and not found["logo_words"].strip():
            self.add_error("logo_words", "Say what the logo says or shows, for people who cannot see it")
        return found

    @property
    def sent_logo(self) -> Picture | None:
        """The picture that came with this form, if it can be used, whatever is wrong with the rest."""
        found: Picture | None = self.cleaned_data.get("logo")
        return found

    @property
    def wanted(self) -> Wanted:
        """What the next version shall say."""
        found = self.cleaned_data
        logo = "" if found["without_logo"] else found["logo"].digest if found["logo"] else found["kept"]
        words = {name: " ".join(found[name].split()) for name in ("department", "publisher", "contact", "logo_words")}
        return Wanted(
            **{**words, "logo_words": words["logo_words"] if logo else ""},
            main=found["main"],
            accent=found["accent"],
            logo=logo,
        )


def _initial(standing: HouseStyle) -> dict[str, object]:
    names = ("department", "publisher", "contact", "main", "accent")
    logo = standing.logo
    return {name: getattr(standing, name) for name in names} | {
        "base": standing.number,
        "kept": logo.digest if logo else "",
        "logo_words": logo.words if logo else "",
    }
