"""Tests of the report on a screen: every link leads somewhere, and a footnote leads back."""

from itertools import pairwise

import pytest
from lxml import html

from tests.analysis.outputs.readers.page import web_2012
from tests.analysis.outputs.reports import document_2012

pytestmark = pytest.mark.pure


def test_every_link_within_the_page_leads_to_a_place_that_is_there_once() -> None:
    article = html.fromstring(web_2012().decode())
    places = [each.get("id") for each in article.iter() if each.get("id")]
    wanted = {each.get("href")[1:] for each in article.iter("a") if each.get("href").startswith("#")}
    assert len(places) == len(set(places))
    assert wanted <= set(places)
    assert len(wanted) > 30


def test_footnotes_stand_at_the_end_and_lead_back_to_where_they_are_called() -> None:
    article = html.fromstring(web_2012().decode())
    for note in document_2012().footnotes:
        there = article.get_element_by_id(note.id)
        assert [each.get("href") for each in there.iter("a")][-1] == f"#{note.id}-call"
        assert article.get_element_by_id(f"{note.id}-call").text_content() == f"note {note.number}"


def test_each_table_leads_to_its_own_page_and_headings_skip_no_level() -> None:
    article = html.fromstring(web_2012().decode())
    tables = [each.get("href") for each in article.iter("a") if each.text == "Download this table"]
    assert tables == [f"../tables/{block.id}/" for block in document_2012().tables]
    levels = [int(each.tag[1]) for each in article.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
