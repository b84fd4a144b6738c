"""
A text for the visual editor: its pieces, each with its source and its HTML.

The editor in the browser has no Markdown reader of its own. It is given a text in pieces, shows
the HTML of each, and writes Markdown only for a piece that somebody has changed; every other piece
keeps its bytes. A piece whose HTML does not say all that its source does is shown as its source.
ADR 0020 says why; static/js/editor/visual/ is the other half.
"""

from blog.text.visual.pieces import Piece, comment_pieces_of, lost_pieces, pieces_of

__all__ = ["Piece", "comment_pieces_of", "lost_pieces", "pieces_of"]
