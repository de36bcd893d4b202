"""Each fault of sense, made in an otherwise sound document, is told with its id, place, line and way out."""

import pytest

from survey.schema.document import DocumentError, load

pytestmark = pytest.mark.pure

SOUND = """\
questionnaire: sound
title: Sound
scales:
  - code: yesno
    options:
      - {value: 1, code: yes, label: Yes}
      - {value: 2, code: no, label: No}
agencies:
  - {code: health, label: Health}
  - {code: police, label: Police}
sections:
  - code: A
    title: First
    pages: {both: Both}
    questions:
      - {code: A1, kind: single_choice, wording: One?, scale: yesno, page: both}
      - {code: A2, kind: single_choice, wording: Two?, scale: yesno, page: both, shown_when: {item: A1, is: yes}}
      - {code: A3, kind: open_text, wording: Three?, shown_when: {item: A2, is: yes}, recommendations: [1]}
  - code: B
    title: Second
    questions:
      - {code: B1, kind: rating_battery, wording: Four?, scale: yesno}
      - code: B2
        kind: multiple_choice
        wording: Five?
        options:
          - {value: 1, code: none, label: No one, exclusive: true}
          - {value: 2, code: staff, label: Staff}
          - {value: 3, code: families, label: Families}
      - code: B3
        kind: statement_battery
        wording: Six?
        scale: yesno
        items:
          - {code: B3.1, label: It helps}
          - {code: B3.2, label: It harms}
      - {code: B4, kind: number, wording: Seven?, min: 1, max: 9}
"""
RULE = "shown_when: {item: A2, is: yes}"


def problems_of(text: str) -> list[str]:
    try:
        load(text)
    except DocumentError as error:
        return [f"{problem.id} {problem}" for problem in error.problems]
    return []


def test_sound_document_has_no_problems() -> None:
    assert problems_of(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "questionnaire: sound",
            "questionnaire: Sound 1",
            (
                'Q001 line 1, document: The code "Sound 1" has characters that a code may not have. '
                "Use small letters, digits and underscores, first a letter."
            ),
        ),
        (
            "{code: B4,",
            "{code: B-4,",
            (
                'Q001 line 37, section B, question B-4: The code "B-4" has characters that a code may not have. '
                "Use letters, digits and underscores, first a letter."
            ),
        ),
        (
            "code: B3.2",
            "code: B3 2",
            (
                'Q001 line 36, question B3, item B3 2: The code "B3 2" has characters that a code may not have. '
                "Use the question's code, a full stop, then letters and digits."
            ),
        ),
        (
            "code: staff",
            "code: staff;",
            (
                'Q001 line 28, question B2, option staff;: The code "staff;" has characters that a code may not have. '
                "Use small letters, digits and underscores, first a letter."
            ),
        ),
        (
            "  - code: B\n",
            "  - code: a\n",
            'Q002 line 19, section a: The section code "a" is used before. Give each its own code.',
        ),
        (
            "{code: B4,",
            "{code: A3,",
            'Q003 line 37, section B, question A3: The question code "A3" is used before. Give each its own code.',
        ),
        (
            "code: B3.2",
            "code: B3.1",
            'Q004 line 36, question B3, item B3.1: The item code "B3.1" is used before. Give each its own code.',
        ),
        (
            "agencies:",
            "  - {code: yesno, options: [{value: 1, code: a, label: A}, {value: 2, code: b, label: B}]}\nagencies:",
            'Q005 line 8, scale yesno: The scale code "yesno" is used before. Give each its own code.',
        ),
        (
            "code: police",
            "code: health",
            'Q006 line 10, agency health: The agency code "health" is used before. Give each its own code.',
        ),
        (
            "code: families",
            "code: staff",
            'Q007 line 29, question B2, option staff: The option code "staff" is used before. Give each its own code.',
        ),
        (
            "agencies:",
            (
                "  - code: single\n"
                "    options: [{value: 1, code: a, label: A}, {code: b, label: B, kind: dont_know}]\nagencies:"
            ),
            'Q008 line 8, scale single: There are fewer than two options. A "don\'t know" is not counted.',
        ),
        (
            "agencies:",
            "      - {code: a, label: A, kind: dont_know}\n      - {code: b, label: B, kind: dont_know}\nagencies:",
            'Q009 line 4, scale yesno: There is more than one "don\'t know". Keep one of them.',
        ),
        (
            "value: 2, code: no",
            "value: 1, code: no",
            (
                "Q010 line 7, scale yesno, option no: The value 1 does not come after 1. "
                "Number the options upwards: 1, 2, 3."
            ),
        ),
        (
            "agencies:",
            "      - {value: 3, code: a, label: A, kind: dont_know}\nagencies:",
            'Q011 line 8, scale yesno, option a: A "don\'t know" has no value of its own. It is always -8.',
        ),
        (
            "value: 3, code: families",
            "kind: option, code: families",
            (
                "Q011 line 29, question B2, option families: The option has no value. "
                'Add a whole number, such as "value: 1".'
            ),
        ),
        (
            "code: families",
            "code: refused",
            (
                'Q012 line 29, question B2, option refused: "refused" is the word for a missing answer. '
                "Choose another code."
            ),
        ),
        (
            "wording: Four?, scale: yesno",
            "wording: Four?, scale: yes_no",
            'Q013 line 22, section B, question B1: The scale "yes_no" is not known. Did you mean "yesno"?',
        ),
        (
            "  - code: B\n",
            "  - {code: C, title: Nothing, questions: []}\n  - code: B\n",
            "Q014 line 19, section C: The section has no questions. Add a question or remove the section.",
        ),
        (
            "scale: yesno, page: both, shown_when: {item: A1, is: yes}}",
            "scale: yesno}\n      - {code: A9, kind: open_text, wording: Nine?, page: both}",
            'Q015 line 12, section A: The questions of page "both" do not stand together. Put them one after another.',
        ),
        (
            "Four?, scale: yesno",
            "Four?, scale: yesno, page: both",
            (
                'Q016 line 22, section B, question B1: The page "both" has no title in this section. '
                'Add to the section: pages: {both: "Its title"}'
            ),
        ),
        (
            "Two?, scale: yesno, page: both",
            "Two?, scale: yesno, page: bth",
            'Q016 line 17, section A, question A2: The page "bth" has no title in this section. Did you mean "both"?',
        ),
        (
            "    title: Second\n    questions:\n",
            (
                "    title: Second\n    pages: {both: Again}\n    questions:\n"
                "      - {code: B0, kind: open_text, wording: Zero?, page: both}\n"
            ),
            'Q017 line 21, section B: The page "both" is also in another section. Give it another name.',
        ),
        (
            "code: B4, kind: number",
            "code: both, kind: number",
            "Q017 line 37, section B, question both: A page already has this question's code. Rename the page.",
        ),
        (
            "pages: {both: Both}",
            "pages: {both: Both, spare: Spare}",
            'Q018 line 14, section A: No question stands on the page "spare". Write its name at a question.',
        ),
        (
            "code: B3.2",
            "code: B2.2",
            "Q019 line 36, question B3, item B2.2: The item's code does not begin with its question's. Use \"B3.\".",
        ),
        (
            "agencies:\n  - {code: health, label: Health}\n  - {code: police, label: Police}\n",
            "",
            'Q020 line 19, section B, question B1: There are no agencies to rate. List them once under "agencies:".',
        ),
        (
            "recommendations: [1]",
            "recommendations: [1, 16]",
            (
                "Q021 line 18, question A3, recommendation number 2: There is no recommendation 16. "
                "They are numbered 1 to 15."
            ),
        ),
        (
            "min: 1, max: 9",
            "min: 9.5, max: 9",
            "Q022 line 37, section B, question B4: No number is at least 9.5 and at most 9. Swap them.",
        ),
        (
            RULE,
            "shown_when: {item: A22, is: yes}",
            'Q023 line 18, section A, question A3: The rule looks at "A22", which is not an item. Did you mean "A2"?',
        ),
        (
            RULE,
            "shown_when: {item: B3.1, is: yes}",
            (
                'Q024 line 18, section A, question A3: The rule looks at "B3.1", which comes later. '
                "A rule can look at earlier items only; move one of the two."
            ),
        ),
        (
            "wording: Four?",
            "wording: Four?, shown_when: {item: A3, is: yes}",
            (
                'Q025 line 22, section B, question B1: The rule looks at "A3", which is answered by typing. '
                "A rule can look at items with options only."
            ),
        ),
        (
            RULE,
            "shown_when: {item: A2, includes: yes}",
            'Q026 line 18, section A, question A3: A rule about "A2" says "is". Write is: yes',
        ),
        (
            "min: 1, max: 9",
            "shown_when: {item: B2, is: staff}",
            'Q026 line 37, section B, question B4: A rule about "B2" says "includes". Write includes: staff',
        ),
        (
            RULE,
            "shown_when: {item: A2, is: yess}",
            'Q027 line 18, section A, question A3: "A2" has no option "yess". Did you mean "yes"?',
        ),
    ],
)
def test_lint_tells_one_fault(old: str, new: str, problem: str) -> None:
    assert SOUND.count(old) >= 1

    assert problems_of(SOUND.replace(old, new, 1)) == [problem]


@pytest.mark.parametrize(
    "rule",
    [
        "{all: [{item: A1, is: yes}, {item: A1, is: no}]}",
        "{all: [{item: A2, is: yes}, {item: A1, is: no}]}",
        "{all: [{item: A2, is: yes}, {not: {item: A1, is: yes}}]}",
        "{all: [{item: B2, includes: none}, {item: B2, includes: staff}]}",
        "{not: {any: [{item: A1, is: yes}, {not: {item: A1, is: yes}}]}}",
    ],
)
def test_lint_tells_of_a_rule_that_can_never_be_true(rule: str) -> None:
    assert problems_of(SOUND.replace("min: 1, max: 9", f"shown_when: {rule}")) == [
        (
            "Q028 line 37, section B, question B4: The rule can never be true, so nobody would be asked. "
            "Try the rule on paper: no combination of answers makes it true."
        )
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "{all: [{item: A1, is: yes}, {item: A2, is: no}]}",
        "{all: [{item: B2, includes: families}, {item: B2, includes: staff}]}",
        "{not: {item: A1, is: yes}}",
        "{any: [{item: A1, is: yes}, {item: A1, is: no}]}",
        "{all: [{item: B2, includes: none}, {not: {item: B2, includes: staff}}]}",
    ],
)
def test_lint_accepts_a_rule_that_can_be_true(rule: str) -> None:
    assert problems_of(SOUND.replace("min: 1, max: 9", f"shown_when: {rule}")) == []


def test_lint_takes_a_rule_with_too_many_combinations_on_trust() -> None:
    options = "\n".join(f"          - {{value: {n}, code: o{n}, label: O{n}}}" for n in range(4, 24))
    every = ", ".join(f"{{item: B2, includes: o{n}}}" for n in range(4, 24))
    text = SOUND.replace("label: Families}", f"label: Families}}\n{options}")

    assert problems_of(text.replace("min: 1, max: 9", f"shown_when: {{all: [{every}]}}")) == []


def test_rule_of_a_battery_is_told_once() -> None:
    text = SOUND.replace("wording: Four?", "wording: Four?, shown_when: {item: A7, is: yes}")

    assert len(problems_of(text)) == 1


def test_details_follow_an_option_that_exists() -> None:
    text = SOUND.replace("        options:\n", "        details: {when: other, label: Who?}\n        options:\n")

    assert problems_of(text) == [
        'Q027 line 26, section B, question B2: "B2" has no option "other". Known here: none, staff, families.'
    ]


def test_yes_no_details_needs_a_scale_with_yes() -> None:
    text = SOUND.replace("kind: single_choice, wording: One?", "kind: yes_no_details, wording: One?")

    assert problems_of(text.replace("code: yes,", "code: so,").replace("is: yes", "is: so")) == [
        'Q027 line 16, section A, question A1: "A1" has no option "yes". Known here: so, no.'
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "kind: number",
            "kind: nummer",
            'D011 line 37, section B, question B4: The kind "nummer" is not known. Did you mean "number"?',
        ),
        (
            "kind: number",
            "number: number",
            "D008 line 37, section B, question B4: The key 'kind' is missing. Say of which kind this is.",
        ),
        (
            "wording: Seven?",
            "wordng: Seven?, wording: W",
            (
                'D009 line 37, section B, question B4: The key "wordng" is not known here. '
                "Known here: short, hint, feeds, panel, recommendations, page, shown_when, whole."
            ),
        ),
        (
            "min: 1",
            "minn: 1",
            'D009 line 37, section B, question B4: The key "minn" is not known here. Did you mean "min"?',
        ),
        (
            "wording: Seven?",
            "wording: [Seven?]",
            (
                'D010 line 37, section B, question B4: "wording" must be text, not a list. '
                'If it is text, put it in quotation marks: "like this".'
            ),
        ),
        (
            "wording: Seven?",
            "wording: ' '",
            'D011 line 37, section B, question B4: "wording" is blank. Write something or remove the key.',
        ),
        (
            "wording: Seven?",
            "wording: Seven?, feeds: [1]",
            (
                'D010 line 37, question B4, feed number 1: Each entry of "feeds" must be text, not 1. '
                'If it is text, put it in quotation marks: "like this".'
            ),
        ),
        (
            RULE,
            "shown_when: {itm: A2, equals: yes}",
            (
                "D012 line 18, section A, question A3: This is not a rule. "
                "Write {item: F1, is: yes} or {item: A4, includes: other}, or join rules by all:, any: or not:."
            ),
        ),
        (
            RULE,
            "shown_when: {itm: A2, item: A2, is: yes}",
            'D009 line 18, section A, question A3: The key "itm" is not known here. ',
        ),
        (
            RULE,
            "shown_when: {all: []}",
            'D011 line 18, section A, question A3: "all" is an empty list. Add an entry or remove the key.',
        ),
        (
            "value: 1, code: yes",
            "value: 0, code: yes",
            'D011 line 6, scale yesno, option yes: "value" must be 1 or more.',
        ),
        (
            "max: 9",
            "max: .inf",
            (
                'D011 line 37, section B, question B4: "max" must be a finite number. '
                "Write it in digits, without quotation marks."
            ),
        ),
        ("title: Sound\n", "", 'D008 line 1, document: The key "title" is missing. Add a line that begins "title:".'),
    ],
)
def test_shape_tells_one_fault(old: str, new: str, problem: str) -> None:
    assert problems_of(SOUND.replace(old, new, 1)) == [problem.rstrip()]


def test_load_tells_notation_shape_and_sense_at_once() -> None:
    text = SOUND.replace("title: Sound", "title: Sound\ntitle: Again")
    text = text.replace("wording: One?", "wording: 1").replace("scale: yesno, page: both}", "scale: yesn, page: both}")

    assert [problem.split()[0] for problem in problems_of(text)] == ["D004", "D010", "Q013"]
