"""Hypothesis strategies that write EDTF texts of levels 0 and 1."""

from hypothesis import strategies as st

years = st.integers(1, 9999).map(lambda n: f"{n:04}")
any_years = years | st.integers(1, 9999).map(lambda n: f"-{n:04}") | st.just("0000")
months = st.integers(1, 12).map(lambda n: f"{n:02}")
days = st.dates().map(str)
year_months = st.builds("{}-{}".format, years, months)
seasons = st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23", "24"]))
decades = st.integers(100, 999).map(lambda n: f"{n}X")
plain = years | year_months | days | seasons | decades
unspecified = (
    st.integers(0, 99).map(lambda n: f"{n:02}XX")
    | years.map("{}-XX".format)
    | years.map("{}-XX-XX".format)
    | year_months.map("{}-XX".format)
)
long_years = st.integers(10_000, 10**20).map("Y{}".format) | st.integers(10_000, 10**20).map(
    "Y-{}".format
)
marks = st.sampled_from(["", "", "?", "~", "%"])
single = st.builds("{}{}".format, plain | unspecified | any_years | long_years, marks)
clocks = st.times().map(lambda t: t.replace(microsecond=0).isoformat())
zones = st.sampled_from(["", "Z", "-04", "+04:30", "+14"])
moments = st.builds("{}T{}{}".format, days, clocks, zones)
open_ended = st.builds(
    lambda one, form: form.format(one),
    single,
    st.sampled_from(["{}/..", "{}/", "../{}", "/{}"]),
)
