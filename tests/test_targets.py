"""Targets kept small are the same targets."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.addresses import NOWHERE, Address, cell_name
from pipeline.domain.targets import Target, Targets

PLACES = st.one_of(
    st.just(NOWHERE),
    st.builds(
        lambda sheet, row, column: Address("plan.xlsx", sheet, cell_name(row, column)),
        st.sampled_from(["Задания", "2"]),
        st.integers(0, 1_048_575),
        st.integers(0, 40),
    ),
)
TARGETS = st.builds(
    Target,
    st.sampled_from(["VS", "VS.ST", "TRIP"]),
    st.sampled_from(["M1", "M2", "L00001"]),
    st.floats(0, 1e9),
    st.integers(1, 12),
    st.sampled_from(["", "Приказ"]),
    st.sampled_from(["", "№ 5"]),
    PLACES,
)


@given(st.lists(TARGETS))
def test_what_is_kept_small_comes_back(given: list[Target]) -> None:
    kept = Targets.of(given)
    assert (list(kept), [kept[at] for at in range(len(kept))], kept[1:]) == (given, given, tuple(given[1:]))
    assert Targets.of(kept) is kept and Targets.of(tuple(given)) == kept


@given(st.lists(TARGETS))
def test_a_units_targets_are_by_indicator_and_month(given: list[Target]) -> None:
    kept = Targets.of(given)
    for unit in ("M1", "M2", "nobody"):
        own = kept.of_unit(unit)
        assert sorted(map(repr, (one for group in own.values() for one in group))) == sorted(
            repr(one) for one in given if one.unit == unit
        )
        for indicator, group in own.items():
            assert {one.indicator for one in group} == {indicator}
            assert [one.since for one in group] == sorted(one.since for one in group)
        assert kept.first_months(unit) == {indicator: group[0].since for indicator, group in own.items()}


@given(st.lists(TARGETS))
def test_the_units_of_an_indicator_are_in_the_plans_order(given: list[Target]) -> None:
    kept = Targets.of(given)
    for indicator in ("VS", "TRIP", "none"):
        asked = [unit for unit in kept.units if indicator in kept.of_unit(unit)]
        assert kept.units_with(indicator) == tuple(asked)
