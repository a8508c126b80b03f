"""The script that Streamlit executes at each rerun. The page's modules are imported only once."""

from geo.page.main import main

main()
