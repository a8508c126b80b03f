"""What Streamlit runs at each load and each choice; the page itself is imported once."""

from geo.page.main import main

main()
