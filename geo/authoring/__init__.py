"""Tools for curators: a folder for another decision, drafts of its projects, and reviews.

Here belongs what helps a person to write the data. What the data must satisfy belongs to `geo.checks`;
the command line that calls these tools is `geo.__main__`.
"""
