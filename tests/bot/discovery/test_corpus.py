"""The rules on the labelled corpus: the goals of discovery, and that nothing got worse."""

import pytest

from tests.corpus_discovery.measure import Figures, all_cases, measure, told


@pytest.fixture(scope="module")
def figures() -> Figures:
    """What the product's own commands make of the corpus."""
    return measure()


def test_the_corpus_is_large_and_of_every_kind(figures: Figures) -> None:
    assert figures.cases >= 400
    assert len(figures.kinds) >= 15
    assert len({case.name for case in all_cases()}) == figures.cases


def test_no_robot_is_suggested_though_the_member_wrote_to_every_one(figures: Figures) -> None:
    assert figures.suggested_robots == ()


def test_at_most_one_two_way_person_in_a_hundred_is_missed(figures: Figures) -> None:
    assert len(figures.missed_people) * 100 <= figures.people, figures.missed_people


def test_classifying_stays_as_good_as_it_was(figures: Figures) -> None:
    assert figures.precision >= 0.99, figures.false_alarms
    assert figures.recall >= 0.99, figures.missed


def test_the_page_names_every_mistake(figures: Figures) -> None:
    page = told(figures)
    for mistake in (
        *figures.false_alarms,
        *figures.missed,
        *figures.missed_people,
        *figures.suggested_shared,
    ):
        assert mistake in page
