"""A state that the domain does not know gets no further than the row."""

import pytest
from sqlalchemy.dialects import postgresql

from service.adapters.postgres.state_column import OFFER
from service.domain.offer import OfferState

DIALECT = postgresql.dialect()


def test_a_row_gives_the_domains_own_word():
    assert OFFER.process_result_value("awaiting", DIALECT) is OfferState.AWAITING
    assert OFFER.process_result_value(None, DIALECT) is None


def test_a_word_that_the_domain_does_not_know_ends_where_it_is_read():
    with pytest.raises(ValueError, match="vanished"):
        OFFER.process_result_value("vanished", DIALECT)


def test_the_driver_is_given_plain_text():
    assert type(OFFER.process_bind_param(OfferState.LAPSED, DIALECT)) is str
