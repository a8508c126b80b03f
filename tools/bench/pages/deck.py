"""Another usual page: all chosen features on a deck.gl map, with `st.pydeck_chart`."""

import pydeck
import streamlit as st
from shared import chosen

st.set_page_config(layout="wide")
shown = [feature for feature in chosen() if feature["geometry"]]
layer = pydeck.Layer(
    "GeoJsonLayer",
    {"type": "FeatureCollection", "features": shown},
    id="projects",
    pickable=True,
    filled=True,
    stroked=True,
    get_fill_color=[179, 38, 30, 60],
    get_line_color=[179, 38, 30],
    point_radius_min_pixels=4,
    line_width_min_pixels=2,
)
view = pydeck.ViewState(latitude=30.1, longitude=105.0, zoom=8)
# Without a map style deck.gl loads no background map from another machine.
deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None, map_style=None)
answer = st.pydeck_chart(deck, key="deck", on_select="rerun", selection_mode="single-object")
with st.container(key="detail"):
    picked = answer["selection"]["objects"].get("projects")
    st.write(picked[0]["properties"]["name_zh"] if picked else "Click a project.")
