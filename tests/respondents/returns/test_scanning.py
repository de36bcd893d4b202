"""Every number with a check digit, postcode and address is found; ordinary answers are left alone."""

import csv
import time
from random import Random

import pytest

from respondents.returns.scanning import Finding, is_nhs_number, is_pupil_number, scan
from tests.builders import RETURNS

pytestmark = pytest.mark.pure

SENTENCES = (
    "The case of {} shows how late referrals still come.",
    "{} was discussed at the last meeting.",
    "We wrote to everybody concerned ({}) in the autumn,\nand waited.",
    "See our notes on {}; nothing came of it.",
    "Thresholds differ: {}, for one, was never referred",
)
NHS = ("{}{}{}", "{} {} {}", "{}-{}-{}", "{}.{}.{}", "{}\u00a0{}\u00a0{}")
POSTCODES = (
    "M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "SW1A 2AA", "GIR 0AA", "N16AB", "se10 9nf",
    "LS29  6PQ", "DE1\u00a02AB", "wc2h7lt", "E20 3HY", "BT1-1AA",
)  # fmt: skip
EMAILS = (
    "jo@example.org", "jo.o'neil+board@health.example.nhs.uk", "J_SMITH@EXAMPLE.CO.UK", "a@b.example", "1@2.example",
    "jo[at]example[dot]org", "first.last-name@a-board.example.gov.uk", "éva@example.eu", "x%y@example.com",
    "jo (at) example.org",
)  # fmt: skip


def nhs_numbers(how_many: int) -> list[str]:
    random, found = Random(2012), list[str]()
    while len(found) < how_many:
        digits = f"{random.randrange(10**9, 10**10)}"
        if is_nhs_number(digits):
            shape = NHS[len(found) % len(NHS)]
            found.append(shape.format(digits[:3], digits[3:6], digits[6:]))
    return found


def pupil_numbers(how_many: int) -> list[str]:
    random, letters = Random(71), "ABCDEFGHJKLMNPQRTUVWXYZ"
    tries = (f"{random.choice(letters)}{random.randrange(10**11, 10**12)}" for _ in range(10_000))
    return [each for each in tries if is_pupil_number(each)][:how_many]


def insurance_numbers() -> list[str]:
    return ["AB123456C", "ab 12 34 56 d", "CE-10-20-30-A", "PW 99 88 77 B", "JG 10 31 55 A", "zy123456a"]


CERTAIN = [
    *(("an NHS number", each) for each in nhs_numbers(20)),
    *(("a pupil number", each) for each in pupil_numbers(8)),
    *(("a National Insurance number", each) for each in insurance_numbers()),
    *(("a postcode", each) for each in POSTCODES),
    *(("an email address", each) for each in EMAILS),
]
LIKELY = [
    ("a telephone number", "020 7946 0018"),
    ("a telephone number", "(0113) 496 0123"),
    ("a telephone number", "07700 900123"),
    ("a telephone number", "+44 7700 900 123"),
    ("a telephone number", "0044 20 7946 0018"),
    ("a telephone number", "+44 (0)20 7946 0018"),
    ("a date of birth", "born on 3 May 2004"),
    ("a date of birth", "DOB: 03/05/2004"),
    ("a date of birth", "d.o.b. 3.5.04"),
    ("a date of birth", "date of birth 2004-05-03"),
    ("a date of birth", "born in March 2009"),
    ("the age of one person", "7-year-old"),
    ("the age of one person", "seven year old"),
    ("the age of one person", "aged 14"),
    ("the age of one person", "6-week-old"),
    ("a name with an age", "Daniel (7)"),
    ("a name with an age", "Kayleigh Brown, 14,"),
    ("a case number", "case no. 2011/0345"),
    ("a case number", "LCS number 1234567"),
    ("one child or family", "Baby P"),
    ("one child or family", "Child J"),
    ("one child or family", "Family B"),
]
HARMLESS = [
    "We meet every month; 12 of our 14 partners came to the last meeting.",
    "Children aged 5 to 11 and those aged 16 and over, with 16-year-olds apart, under-fives and children under 5.",
    "See Recommendation (7), Table (3) and question B1 2nd row of Working Together 2010.",
    "Budget: £1,250,000 in 2010-11 and £1,180,000 in 2011-12, down 5.6 per cent.",
    "Our plan was agreed on 3 May 2011 and published on 14/06/2011.",
    "The number 943 476 5918 has no check digit that fits.",
    "In March, 7 of our partners signed; by May, 12 had.",
    "The Child Act, Family courts and the Mother and Baby unit.",
    "Section 11 audits, Section 47 enquiries; 1 in 10 children; 24/7 cover; 9-5 working.",
    "BG123456A has a prefix that is never issued.",
    "We answered A1 to H1 in 90 minutes. Munro (2011) was read by all.",
    "An 18-month plan, a two-year programme, a three-year-olds' offer.",
]


@pytest.mark.parametrize(("kind", "secret"), CERTAIN)
def test_scan_finds_every_number_postcode_and_address(kind: str, secret: str) -> None:
    for sentence in SENTENCES:
        text = sentence.format(secret)
        assert [(found.kind, text[found.start : found.end]) for found in scan(text)] == [(kind, secret)]


@pytest.mark.parametrize(("kind", "passage"), LIKELY)
def test_scan_finds_what_is_likely_to_point_to_one_person(kind: str, passage: str) -> None:
    for sentence in SENTENCES:
        assert [found.kind for found in scan(sentence.format(passage))] == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_scan_leaves_ordinary_answers_alone(text: str) -> None:
    assert scan(text) == ()


def test_scan_leaves_the_invented_returns_alone() -> None:
    with RETURNS.open(encoding="utf-8", newline="") as file:
        texts = {
            value for row in csv.DictReader(file) for name, value in row.items() if len(value) > 30 or name == "G1"
        }

    assert [(text, scan(text)) for text in texts if scan(text)] == []


def test_scan_of_several_passages_tells_each_apart() -> None:
    text = "Write to jo@example.org or 020 7946 0018 about Baby P, SW1A 2AA."
    assert [found.kind for found in scan(text)] == [
        "an email address",
        "a telephone number",
        "one child or family",
        "a postcode",
    ]


def test_number_of_noughts_is_no_number() -> None:
    assert [is_nhs_number("0" * 10), is_nhs_number("9434765919")] == [False, True]


@pytest.mark.parametrize("unit", ["a", "0", "1 ", "a.", "A1", "0 (", "born ", "aged ", "Jo, ", "@", "a@b.", "\u00e9"])
def test_scan_of_the_longest_text_takes_no_time(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    began = time.process_time()
    scan(text)
    assert time.process_time() - began < 1


def test_finding_is_a_value() -> None:
    assert scan("SW1A 2AA") == (Finding("a postcode", 0, 8),)
