"""Stored documents as columns: numbers and dates, the four kinds of no answer, and no word that anybody wrote."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.cube import count
from analysis.core.documents import read_documents, read_packed
from analysis.core.variables import labelled, variables_of
from survey.schema.answers import Value
from survey.schema.document import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED, load
from survey.schema.packing import pack, packed_length
from survey.schema.routing import applicable, complete

pytestmark = pytest.mark.pure

QUESTIONNAIRE = load("""\
questionnaire: typed
title: Numbers and dates
scales:
  - code: yesno
    options:
      - {code: "yes", label: "Yes", value: 1}
      - {code: "no", label: "No", value: 2}
      - {code: dont_know, label: Cannot say, kind: dont_know}
sections:
  - code: A
    title: Everything
    questions:
      - {code: A1, kind: single_choice, wording: Do you have a plan?, scale: yesno}
      - code: A2
        kind: multiple_choice
        wording: Who wrote it?
        shown_when: {not: {item: A1, is: "no"}}
        options:
          - {value: 1, code: us, label: We did}
          - {value: 2, code: others, label: Others did}
          - {code: dont_know, label: Nobody knows, kind: dont_know}
      - code: N1
        kind: number
        wording: How many pages has it?
        whole: true
        shown_when: {all: [{item: A1, is: "yes"}, {not: {item: A2, includes: others}}]}
      - {code: N2, kind: number, wording: What did it cost?}
      - code: D1
        kind: date
        wording: When was it signed?
        shown_when: {any: [{item: A2, includes: us}, {item: A2, includes: dont_know}]}
      - {code: T1, kind: open_text, wording: What is in it?}
""")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "A1": st.sampled_from([1, 2, DONT_KNOW, REFUSED]),
        "A2": st.sampled_from([[1], [2], [1, 2], DONT_KNOW, REFUSED]),
        "N1": st.integers(-(10**14), 10**14).map(str) | st.just(REFUSED),
        "N2": st.decimals(-(10**8), 10**8, places=6).map(str) | st.just(REFUSED),
        "D1": st.dates().map(str) | st.just(REFUSED),
        "T1": st.just("Secret words"),
    },
)

EXACT: Mapping[str, Callable[[str], object]] = {"N1": int, "N2": Decimal, "D1": date.fromisoformat}


def packed_frame_of(returns: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """The same from what is packed beside the documents."""
    sent = [complete(QUESTIONNAIRE, values) for values in returns]
    length, head = packed_length(QUESTIONNAIRE), len(QUESTIONNAIRE.packing)
    packed = b"".join(pack(answers, questionnaire=QUESTIONNAIRE) for answers, _ in sent)
    codes = np.frombuffer(packed, dtype=np.int8).reshape(len(sent), length)[:, head:]
    typed = {code: [texts.get(code) for _, texts in sent] for code in ("N1", "N2", "D1")}
    return read_packed(codes, typed=typed, questionnaire=QUESTIONNAIRE)


@given(returns=st.lists(ANSWERS, max_size=8))
def test_what_is_packed_is_what_the_document_says(returns: list[dict[str, Value]]) -> None:
    assert packed_frame_of(returns).equals(frame_of(returns))


def frame_of(returns: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """What the extract holds of these returns, submitted."""
    sent = [complete(QUESTIONNAIRE, values) for values in returns]
    typed = {code: [texts.get(code) for _, texts in sent] for code in ("N1", "N2", "D1")}
    return read_documents([json.dumps(answers) for answers, _ in sent], typed=typed, questionnaire=QUESTIONNAIRE)


@given(returns=st.lists(ANSWERS, max_size=8))
def test_every_typed_answer_is_there_exactly_and_where_there_is_none_the_column_beside_says_why(
    returns: list[dict[str, Value]],
) -> None:
    frame = frame_of(returns)

    for row, values in zip(frame.to_dicts(), returns, strict=True):
        asked = applicable(QUESTIONNAIRE, values)
        for code, exact in EXACT.items():
            value = values.get(code) if code in asked else None
            expected = exact(value) if isinstance(value, str) else None
            why = NOT_ASKED if code not in asked else value if value == REFUSED else NOT_ANSWERED
            assert row[code] == expected
            assert row[f"{code}:gap"] == (0 if expected is not None else why)


def test_columns_have_the_types_that_the_questionnaire_tells_and_words_are_none() -> None:
    frame = frame_of([{"A1": 1, "N1": "12", "N2": "0.1", "D1": "2012-02-23", "T1": "Secret words"}])

    assert dict(frame.schema) == {each.name: each.dtype for each in variables_of(QUESTIONNAIRE)}
    assert frame.schema["N2"] == pl.Decimal(21, 6)
    assert "T1" not in frame.columns
    assert "Secret" not in frame.write_csv()


def test_the_four_kinds_of_no_answer_stay_apart_and_in_words_come_after_the_scale() -> None:
    frame = frame_of([{"A1": 2}, {"A1": 1, "A2": REFUSED}, {"A1": DONT_KNOW, "A2": DONT_KNOW}, {}])
    assert frame["A2:us"].to_list() == [NOT_ASKED, REFUSED, DONT_KNOW, NOT_ANSWERED]

    words = labelled(frame, questionnaire=QUESTIONNAIRE)

    assert words["A2:us"].to_list() == ["Not asked", "Does not want to answer", "Nobody knows", "Not answered"]
    assert words["A1"].to_list() == ["No", "Yes", "Cannot say", "Not answered"]
    assert (words["A1"] <= "Yes").to_list() == [False, True, False, False]


def test_whether_a_number_was_given_is_counted_with_the_rest() -> None:
    frame = frame_of([{"A1": 1, "N1": "3"}, {"A1": 2}, {"A1": 1, "N1": REFUSED}])
    whole = pl.lit("").alias("region"), pl.lit("").alias("authority_type")

    cube = count(frame.with_columns(whole), questionnaire=QUESTIONNAIRE)

    assert cube.codes("N1:gap") == {0: 1, NOT_ASKED: 1, REFUSED: 1}
    assert "N1" not in cube.items
