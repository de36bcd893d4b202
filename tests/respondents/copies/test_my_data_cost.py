"""What the page of what is held about a person costs."""

from pytest_django import DjangoAssertNumQueries

from tests.respondents.portal.conftest import Portal

# Person, what they submitted, and one for each list: nine of their own and one for all the rest.
QUERIES = 12


def test_page_costs_few_queries(portal: Portal, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    portal.save("C1", version=0, C1="agree")

    with django_assert_num_queries(QUERIES):
        portal.client.get("/returns/my-data/")
