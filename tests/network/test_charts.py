from hypothesis import given
from hypothesis import strategies as st

from network.charts import CURVE, HIGH, TOP, WIDTH, Bar, Part, curve, stacked_bars

values = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=30)


def test_a_bar_has_its_values_one_upon_the_other():
    first, second = stacked_bars([[1, 0, 2], [3, 3, 0]], numbers=["3", "6"], css="abc")

    assert first == Bar(
        x=28.8,
        width=102.4,
        middle=80.0,
        top=89.0,
        parts=(Part("a", 145.0, 25.0), Part("c", 95.0, 50.0)),
        number="3",
        label="1",
    )
    assert second.top == TOP - 6


@given(values)
def test_bars_stay_in_their_frame_and_keep_their_proportion(found):
    bars = stacked_bars(found, numbers=[str(sum(v)) for v in found], css="abc")

    highest = max(map(sum, found))
    for bar, parts in zip(bars, found, strict=True):
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        height = sum(part.height for part in bar.parts)
        assert height <= HIGH + 0.3
        assert abs(height - (HIGH * sum(parts) / highest if highest else 0)) < 0.3


def test_many_bars_have_a_label_here_and_there():
    bars = stacked_bars([[1]] * 25, numbers=["1"] * 25)

    assert [bar.label for bar in bars if bar.label] == ["3", "6", "9", "12", "15", "18", "21", "24"]
    assert {bar.number for bar in bars} == {""}


def test_a_curve_goes_from_corner_to_corner():
    assert curve([0, 0.25, 1]) == f"0,{CURVE:.1f} 80,120.0 160,0.0"
