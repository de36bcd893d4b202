"""What becomes of a picture that somebody sends in."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.pictures.keeping import MOST_BYTES, looked_at
from analysis.pictures.reading import WIDEST, NoPicture, read_picture
from tests.analysis.house_style.pictures import SVG, file_of

pytestmark = pytest.mark.pure


def read(content: bytes) -> Image.Image:
    made = read_picture(content, lambda *_: None).partition(b"\n")[2]
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize(
    ("kind", "mode", "found"),
    [
        ("PNG", "RGBA", ("PNG", "RGBA")),
        ("PNG", "P", ("PNG", "RGB")),
        ("PNG", "1", ("PNG", "L")),
        ("PNG", "LA", ("PNG", "RGBA")),
        ("JPEG", "RGB", ("JPEG", "RGB")),
        ("JPEG", "CMYK", ("JPEG", "RGB")),
    ],
)
def test_every_ordinary_picture_becomes_one_that_all_formats_can_show(
    kind: str, mode: str, found: tuple[str, str]
) -> None:
    made = read(file_of(kind, mode=mode))
    assert (made.format, made.mode) == found


def test_sixteen_bits_are_cut_and_not_burnt_out() -> None:
    target = io.BytesIO()
    Image.new("I;16", (4, 4), 30_000).save(target, "PNG")
    assert read(target.getvalue()).getpixel((0, 0)) == 30_000 // 256


def test_what_stands_beside_the_picture_is_left_behind_and_it_stands_upright() -> None:
    about = PngInfo()
    about.add_text("Author", "canary-4711")
    assert b"canary-4711" not in read_picture(file_of(pnginfo=about), lambda *_: None)
    lying = Image.Exif()
    lying[0x0112] = 6  # to be turned by a quarter
    lying[0x010E] = "canary-4711"
    turned = read(file_of("JPEG", mode="RGB", exif=lying))
    assert turned.size == (26, 90)
    assert not turned.getexif()


def test_a_large_picture_is_made_smaller() -> None:
    assert read(file_of("JPEG", mode="L", size=(3000, 1000))).size == (WIDEST, 667)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "This is an SVG. One can hold scripts"),
        (file_of("GIF", mode="P"), "This is a GIF."),
        (b"RIFF....WEBPVP8 ", "This is a WebP picture."),
        (b"%PDF-1.7", "This is a PDF document."),
        (b"Dear colleague", "no picture at all"),
        (b"", "no picture at all"),
        (file_of(size=(900, 900))[:60], "damaged"),
        (file_of(mode="1", size=(5_000, 4_000)), "The picture has 5,000 × 4,000 pixels."),
        (file_of(mode="1", size=(20_000, 20_000)), "far too many pixels"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(NoPicture) as refused:
        read_picture(content, lambda *_: None)
    assert said in refused.value.message


def test_it_is_read_in_a_confined_process_and_refused_in_its_words() -> None:
    picture = looked_at(file_of())
    assert (picture.kind, picture.width, picture.height) == ("png", 90, 26)
    assert looked_at(file_of()) == picture
    with pytest.raises(ValidationError, match="This is an SVG"):
        looked_at(SVG)
    with pytest.raises(ValidationError, match="larger than 2 MB"):
        looked_at(b"x" * (MOST_BYTES + 1))
