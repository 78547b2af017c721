"""Tags: the structure that screen readers follow. reportlab has none, so the marks and the tree are written here.

A node of the tree joins its parent when the first of its content is painted, so the reading order is the order of
painting. What is not tagged is an artifact: rules, frames, page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

LANGUAGE = "en-GB"
TRUE = "true"  # reportlab writes a Python True as "True", which is no PDF
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


class Node:
    """One element of the structure tree. Kids are elements, or (page, mark) of painted content."""

    def __init__(
        self, tag: str, parent: Node | None, *, alt: str = "", attributes: dict[str, Any] | None = None
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.alt = alt
        self.attributes = attributes
        self.kids: list[Node | tuple[int, int]] = []
        self.reference: Any = None
        self._joined = parent is None

    def join(self) -> None:
        """Take the place after what has been painted so far."""
        if not self._joined and self.parent is not None:
            self.parent.join()
            self.parent.kids.append(self)
            self._joined = True


class Tagger:
    """Marks content while it is painted on a canvas and writes the tree at the end."""

    def __init__(self, canvas: Canvas, title: str) -> None:
        self.root = Node("Document", None)
        self._canvas: Any = canvas
        self._title = title
        self._pages: list[list[Node]] = []

    @contextmanager
    def content(self, node: Node) -> Iterator[None]:
        """What is painted inside belongs to this element."""
        node.join()
        page = self._canvas.getPageNumber()
        self._pages += [[] for _ in range(page - len(self._pages))]
        marks = self._pages[page - 1]
        node.kids.append((page, len(marks)))
        self._canvas.addLiteral(f"/{node.tag} <</MCID {len(marks)}>> BDC")
        marks.append(node)
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted inside is no content: skipped when read aloud."""
        self._canvas.addLiteral(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    def finish(self) -> None:
        """Write tree, language, title and claim into the file. Call once, after the last page."""
        document = self._canvas._doc
        pages = document.Pages.pages
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree["K"] = PDFArray([self._element(self.root, document.Reference(tree), document, pages)])
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(self._numbers(document, pages))}))
        tree["ParentTreeNextKey"] = len(self._pages)
        catalog = document.Catalog
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = PDFDictionary({"Marked": TRUE})
        catalog.Lang = PDFString(LANGUAGE)
        document.defaultStreamFilters = None  # readers look for the claim in plain text; all else is packed by itself
        catalog.Metadata = _metadata(self._title)
        self._canvas.setViewerPreference("DisplayDocTitle", TRUE)

    def _element(self, node: Node, parent: Any, document: Any, pages: list[Any]) -> Any:
        element = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(node.tag), "P": parent})
        node.reference = document.Reference(element)
        if node.alt:
            element["Alt"] = PDFString(node.alt)
        if node.attributes:
            element["A"] = PDFDictionary(node.attributes)
        kids = [self._kid(kid, node, document, pages) for kid in node.kids]
        page = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        if page is not None:
            element["Pg"] = document.Reference(pages[page - 1])
        element["K"] = PDFArray(kids)
        return node.reference

    def _kid(self, kid: Node | tuple[int, int], node: Node, document: Any, pages: list[Any]) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, node.reference, document, pages)
        page, mark = kid
        where = document.Reference(pages[page - 1])
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": where, "MCID": mark})

    def _numbers(self, document: Any, pages: list[Any]) -> list[Any]:
        """Which element each mark of each page belongs to."""
        numbers: list[Any] = []
        for at, marks in enumerate(self._pages):
            numbers += [at, document.Reference(PDFArray([node.reference for node in marks]))]
            page = pages[at]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # keys reportlab would not write
            page.StructParents, page.Tabs = at, PDFName("S")
        return numbers


def scope(direction: str) -> dict[str, Any]:
    """Attributes of a head cell: what it is the head of, "Column" or "Row"."""
    return {"O": PDFName("Table"), "Scope": PDFName(direction)}


def box(left: float, bottom: float, right: float, top: float) -> dict[str, Any]:
    """Attributes of a figure: where it is on its page."""
    corners = [round(edge, 2) for edge in (left, bottom, right, top)]
    return {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": PDFArray(corners)}


def _metadata(title: str) -> PDFStream:
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(dictionary=kind, content=XMP.format(title=escape(title)).encode())
