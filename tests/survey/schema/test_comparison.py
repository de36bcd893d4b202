"""Two versions of a questionnaire, item by item, and what each change does to comparing figures."""

import pytest

from survey.schema.comparison import Comparison, compare
from survey.schema.document import load

pytestmark = pytest.mark.pure

BASE = """
questionnaire: small
title: Small
scales:
  - code: yesno
    options: [{value: 1, code: "yes", label: "Yes"}, {value: 2, code: "no", label: "No"}]
  - code: agree
    options:
      - {value: 1, code: agree, label: Agree}
      - {value: 2, code: disagree, label: Disagree}
sections:
  - code: A
    title: First
    questions:
      - {code: A1, kind: single_choice, wording: Is it so?, scale: yesno}
      - {code: A2, kind: single_choice, wording: Do you agree?, scale: agree, shown_when: {item: A1, is: "yes"}}
      - {code: A3, kind: open_text, wording: Why?}
  - code: B
    title: Second
    questions:
      - {code: B1, kind: number, wording: How many?, min: 0, whole: true}
      - {code: B2, kind: open_text, wording: Anything else?}
"""


def changed(*pairs: tuple[str, str]) -> Comparison:
    new = BASE
    for before, after in pairs:
        assert before in new
        new = new.replace(before, after)
    return compare(load(BASE), load(new))


def kinds(found: Comparison) -> dict[str, list[str]]:
    return {item.code: [change.kind for change in item.changes] for item in found.items}


def test_a_version_is_the_same_as_itself() -> None:
    found = compare(load(BASE), load(BASE))

    assert (found.items, found.unchanged, found.broken) == ((), 5, 0)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Is it so?", "Was it so?", {"A1": ["reworded"]}),
        ("wording: Why?", "wording: Why?, hint: In a sentence.", {"A3": ["hint"]}),
        ("label: Disagree", "label: Do not agree", {"A2": ["relabelled"]}),
        (
            "label: Disagree}",
            "label: Disagree}\n      - {value: 3, code: x, label: Neither}",
            {"A2": ["rescaled"]},
        ),
        ("value: 2, code: disagree", "value: 5, code: disagree", {"A2": ["rescaled"]}),
        ("min: 0", "min: 1", {"B1": ["rescaled"]}),
        ('is: "yes"}', 'is: "no"}', {"A2": ["routing"]}),
        (', shown_when: {item: A1, is: "yes"}', "", {"A2": ["routing"]}),
        ("      - {code: B2, kind: open_text, wording: Anything else?}\n", "", {"B2": ["removed"]}),
        ("else?}", "else?}\n      - {code: B3, kind: open_text, wording: New?}", {"B3": ["added"]}),
    ],
)
def test_each_change_is_told_of_its_item_alone(before: str, after: str, told: dict[str, list[str]]) -> None:
    assert kinds(changed((before, after))) == told


def test_the_fewest_items_count_as_moved() -> None:
    line = "      - {code: A3, kind: open_text, wording: Why?}\n"

    found = changed((line, ""), ("questions:\n      - {code: A1", f"questions:\n{line}      - {{code: A1"))

    assert kinds(found) == {"A3": ["moved"]}
    [change] = found.items[0].changes
    assert (change.before, change.after, change.breaks) == ("in First, after A2", "in First, first", False)


def test_an_item_in_another_section_has_moved_though_the_order_stands() -> None:
    line = "      - {code: A3, kind: open_text, wording: Why?}\n"

    found = changed((line, ""), ("title: Second\n    questions:\n", f"title: Second\n    questions:\n{line}"))

    assert kinds(found) == {"A3": ["moved"]}


def test_an_item_under_another_code_is_told_on_both_sides() -> None:
    found = changed(("code: A3", "code: A9"))

    assert [(item.code, item.changes[0].kind, item.like) for item in found.items] == [
        ("A9", "added", "A3"),
        ("A3", "removed", "A9"),
    ]


def test_what_breaks_a_trend_is_counted_and_said() -> None:
    found = changed(("Is it so?", "Was it so?"), ("min: 0", "min: 1"), ("wording: Why?", "wording: Why?, hint: Say."))

    assert (found.broken, found.unchanged, found.count("reworded")) == (2, 2, 1)
    assert "no trend" in found.items[0].changes[0].effect
    assert "may be compared" in found.items[1].changes[0].effect
