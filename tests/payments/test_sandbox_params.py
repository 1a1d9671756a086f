"""The sandbox knows no parameter that stripe-python does not know."""

import pytest
from stripe.params import EventListParams, RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from portal.demo.card_sandbox.form_data import nested
from portal.demo.card_sandbox.known_params import checked
from portal.demo.card_sandbox.refusals import Refused


def of(spec, *pairs):
    return checked(nested(pairs), spec)


class TestTakes:
    def test_what_stripe_python_knows_with_its_types(self):
        found = of(
            SessionCreateParams,
            ("mode", "payment"),
            ("expires_at", "1700000000"),
            ("line_items[0][price_data][currency]", "gbp"),
            ("line_items[0][quantity]", "1"),
            ("metadata[payment]", "p1"),
            ("adaptive_pricing[enabled]", "false"),
        )
        assert found == {
            "mode": "payment",
            "expires_at": 1700000000,
            "line_items": [{"price_data": {"currency": "gbp"}, "quantity": 1}],
            "metadata": {"payment": "p1"},
            "adaptive_pricing": {"enabled": False},
        }

    def test_either_side_of_a_union(self):
        assert of(EventListParams, ("created[gte]", "3")) == {"created": {"gte": 3}}
        assert of(EventListParams, ("created", "3")) == {"created": 3}
        assert of(RefundCreateParams, ("metadata", "")) == {"metadata": ""}


class TestRefuses:
    @pytest.mark.parametrize(
        ("pair", "param", "code"),
        [
            (("payment_method_types[0]", "card"), "payment_method_types", "parameter_unknown"),
            (("api_key", "x"), "api_key", "parameter_unknown"),
            (
                ("line_items[0][price_data][colour]", "red"),
                "line_items[0][price_data][colour]",
                "parameter_unknown",
            ),
            (("payment_intent_data[confirm]", "true"), "payment_intent_data[confirm]", "parameter_unknown"),
            (
                ("line_items[0][price_data][unit_amount]", "1"),
                "line_items[0][price_data][currency]",
                "parameter_missing",
            ),
            (("mode", "gift"), "mode", "parameter_invalid"),
            (("allowed_payment_method_types[0]", "cart"), "allowed_payment_method_types[0]", "parameter_invalid"),
            (("expires_at", "tomorrow"), "expires_at", "parameter_invalid_type"),
            (("adaptive_pricing[enabled]", "perhaps"), "adaptive_pricing[enabled]", "parameter_invalid_type"),
            (("adaptive_pricing", "true"), "adaptive_pricing", "parameter_invalid"),
            (("metadata[a][b]", "c"), "metadata[a]", "parameter_invalid"),
        ],
    )
    def test_what_it_does_not(self, pair, param, code):
        with pytest.raises(Refused) as refusal:
            of(SessionCreateParams, pair)
        assert (refusal.value.param, refusal.value.code) == (param, code)

    @pytest.mark.parametrize("key", ["a[", "[a]", "a]b", "", "a" + "[b]" * 20])
    def test_names_that_are_none(self, key):
        with pytest.raises(Refused):
            nested([(key, "1")])

    def test_a_name_that_is_two_things(self):
        with pytest.raises(Refused):
            nested([("a", "1"), ("a[b]", "1")])
