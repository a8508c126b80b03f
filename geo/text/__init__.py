"""The source text: documents and their clauses, anchors, and the ledger of what was left out.

Code about words and their positions belongs here. The definition of a project belongs to `geo.layer`, and
how the text looks on a page to `geo.views.document`.
"""
