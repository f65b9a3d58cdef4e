//! A parsed page as a flat list of what opens, closes and stands between, so that no walk over it recurses.

use scraper::node::Element;
use scraper::{Html, Node};

/// One step of a walk over the page.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    Open(&'a Element),
    Close(&'a Element),
    Text(&'a str),
}

/// Returns the page's elements and text in the order of the source.
pub(super) fn pieces(page: &Html) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut waiting = vec![(page.tree.root(), false)];
    while let Some((node, leaving)) = waiting.pop() {
        match node.value() {
            Node::Text(text) => pieces.push(Piece::Text(text)),
            Node::Element(element) if leaving => pieces.push(Piece::Close(element)),
            Node::Element(element) => {
                pieces.push(Piece::Open(element));
                waiting.push((node, true));
            }
            _ => {}
        }
        if !leaving {
            waiting.extend(node.children().rev().map(|child| (child, false)));
        }
    }
    pieces
}
