"""The usual page: a Folium map with all chosen features, built again at each rerun."""

import folium
import streamlit as st
from shared import chosen
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
shown = [feature for feature in chosen() if feature["geometry"]]
left, right = st.columns([2, 1])
with left:
    drawn = folium.Map(location=(30.1, 105.0), zoom_start=9)
    if shown:
        folium.GeoJson(
            {"type": "FeatureCollection", "features": shown},
            tooltip=folium.GeoJsonTooltip(["name_zh"], labels=False),
            popup=folium.GeoJsonPopup(["name_zh", "sector", "stage"]),
        ).add_to(drawn)
    answer = st_folium(drawn)
with right, st.container(key="detail"):
    clicked = answer.get("last_active_drawing")
    st.write(clicked["properties"]["name_zh"] if clicked else "Click a project.")
