"""What Hypothesis draws for more than one test module."""

from hypothesis import strategies as st

from geo.layer.filters import FACETS, ProjectFilter

codes = {facet: st.lists(st.sampled_from(all_), max_size=3) for facet, all_ in FACETS.items()}
filters = st.builds(
    ProjectFilter,
    **{facet: some.map(tuple) for facet, some in codes.items()},
    local=st.booleans(),
    q=st.sampled_from(["", "高铁", "资阳", "RAIL", "no such words", " 成资  线 "]),
)
