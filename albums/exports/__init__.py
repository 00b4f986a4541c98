"""What a zip holds: which photos, under which names, in which parts, with which ratings and page.

The plan is made in one go and kept in the row. A worker only carries it out.
"""
