"""The source text: documents and their clauses, anchors, and the ledger of what was left out.

Here belongs everything about words and positions. What a project is belongs to `geo.layer`; how the text
looks on a page, to `geo.views.document`.
"""
