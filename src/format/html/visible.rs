//! Finds publication dates in the visible part of a page: `<time>` elements, elements marked as dates, words of a byline.

use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::head::text_within;
use super::pieces::Piece;
use crate::calendar::{Order, calendar_dates};
use crate::format::date_field::{DateField, plausible, read_date};
use crate::format::pattern::pattern;
use crate::record::{PartialDate, Precision};

/// The dates that the visible page offers, each by its kind of evidence, in the order of the page.
#[derive(Default)]
pub(super) struct Visible {
    /// `itemprop="datePublished"` and `<time pubdate>`.
    pub marked: Vec<PartialDate>,
    /// `<time>` elements that stand near the headline.
    pub times: Vec<PartialDate>,
    /// Elements whose class says that they hold the date.
    pub classed: Vec<PartialDate>,
    /// Dates behind "Published on" and the like.
    pub worded: Vec<PartialDate>,
    /// Short lines near the headline that hold a date.
    pub lines: Vec<PartialDate>,
}

/// Reads the pieces; `headline` is the piece where the article's headline opens.
pub(super) fn visible(pieces: &[Piece], headline: Option<usize>, order: Order) -> Visible {
    let start = headline.unwrap_or(0);
    let mut reader = Reader { pieces, order, start, found: Visible::default(), elements: Vec::new() };
    reader.read();
    reader.finish()
}

struct Reader<'a> {
    pieces: &'a [Piece<'a>],
    order: Order,
    start: usize,
    found: Visible,
    /// The dates that elements hold, each with its kind and how far from the headline it stands.
    elements: Vec<(Kind, usize, PartialDate)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Marked,
    Time,
    Classed,
}

impl Reader<'_> {
    /// Puts the dates of elements in order: days before months, and among them the nearest to the headline first.
    fn finish(mut self) -> Visible {
        self.elements.sort_by_key(|(_, distance, date)| (date.precision() != Precision::Day, *distance));
        for (kind, _, date) in self.elements {
            match kind {
                Kind::Marked => self.found.marked.push(date),
                Kind::Time => self.found.times.push(date),
                Kind::Classed => self.found.classed.push(date),
            }
        }
        for list in [&mut self.found.worded, &mut self.found.lines] {
            list.sort_by_key(|date| date.precision() != Precision::Day);
        }
        self.found
    }

    /// Returns how far a piece stands from the headline; what stands above it is likelier of something else.
    fn distance(&self, at: usize) -> usize {
        if at >= self.start { at - self.start } else { (self.start - at) * 2 }
    }

    fn read(&mut self) {
        let mut foreign = 0usize;
        let mut open = Vec::new();
        let mut shown = 0;
        for at in 0..self.pieces.len() {
            match self.pieces[at] {
                Piece::Open(element) => {
                    let is_foreign = is_foreign(element);
                    open.push(is_foreign);
                    foreign += usize::from(is_foreign);
                    if foreign == 0 {
                        self.element(at, element);
                    }
                }
                Piece::Close(_) => foreign -= usize::from(open.pop().unwrap_or(false)),
                Piece::Text(text) if foreign == 0 => {
                    shown += if at > self.start { text.trim().len() } else { 0 };
                    self.text(text, shown);
                }
                Piece::Text(_) => {}
            }
        }
    }

    fn element(&mut self, at: usize, element: &Element) {
        let itemprop = element.attr("itemprop").unwrap_or_default().to_ascii_lowercase();
        let class = format!("{} {}", element.attr("class").unwrap_or_default(), element.attr("id").unwrap_or_default());
        if itemprop.contains("datemodified") || MODIFIED.is_match(&class) {
            return;
        }
        let is_time = element.name() == "time";
        let is_marked = itemprop.contains("datepublished") || (is_time && element.attr("pubdate").is_some());
        if !is_marked && !is_time && !DATED.is_match(&class) {
            return;
        }
        let written = || Some(text_within(self.pieces, at)).filter(|t| t.chars().count() <= 120);
        let attribute = ["datetime", "content", "data-datetime", "data-time"].iter().find_map(|a| element.attr(a));
        let machine = attribute.and_then(field);
        let Some(date) = machine.or_else(|| self.first(&written()?)) else { return };
        let kind = match () {
            () if is_marked => Kind::Marked,
            () if is_time => Kind::Time,
            () => Kind::Classed,
        };
        self.elements.push((kind, self.distance(at), date));
    }

    fn text(&mut self, text: &str, shown: usize) {
        let text = text.trim();
        if text.len() > 400 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let worded = PUBLISHED.find(text).and_then(|m| self.first(&text[m.end()..]));
        if let Some(date) = worded {
            self.found.worded.push(date);
        } else if text.chars().count() <= 80 && shown <= NEAR && !MODIFIED.is_match(text) {
            self.found.lines.extend(self.first(text));
        }
    }

    /// Returns the first day that the text names, unless it says that it is of a later change.
    fn first(&self, text: &str) -> Option<PartialDate> {
        let found = calendar_dates(text, self.order).into_iter().find(|d| plausible(d.date))?;
        let before = &text[..found.span.start];
        (!MODIFIED.is_match(before)).then_some(found.date)
    }
}

/// How many bytes of text behind the headline still belong to the byline.
const NEAR: usize = 600;

fn field(value: &str) -> Option<PartialDate> {
    match read_date(value) {
        DateField::Date(date, _) => Some(date),
        DateField::NoDate(_) => None,
    }
}

/// Tells whether the element holds something else than the article: menus, comments, related articles.
fn is_foreign(element: &Element) -> bool {
    if matches!(
        element.name(),
        "nav" | "footer" | "aside" | "script" | "style" | "noscript" | "head" | "template" | "select"
    ) {
        return true;
    }
    let marks = |name: &str| element.attr(name).is_some_and(|value| FOREIGN.is_match(value));
    element.name() != "body"
        && element.name() != "html"
        && element.name() != "article"
        && (marks("class") || marks("id"))
}

static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:comments?|commentaires?|kommentare?|comentarios?|forum|respond|related|recommend\w*|sidebar|widget\w*|recent|popular|trending|footer|copyright|archives?|calendar|teaser|breadcrumbs?|more-news|newsletter|tweet|twitter-tweet|promo)(?:$|[\s_-])",
    )
});
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:date|dateline|datum|pubdate|published|publish|posted|postdate|timestamp|entry-date|fecha|byline|post-?meta|entry-?meta|article-?meta|meta-?data|post-?info|article-?info)(?:$|[\s_-])|date$|Date(?:$|\s)",
    )
});
static MODIFIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)modified|updated|last[\s_-]?(?:edit|change|update)|\bupdate\b|aktualisiert|letzte änderung|zuletzt|mis à jour|actualizado|aggiornato|atualizado|bijgewerkt|copyright|©|lastmod",
    )
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:published|posted|publish(?:ed)? date|date published|first published|posted on|written on|created|veröffentlicht|erstellt|geschrieben|verfasst|eingestellt|publié|publicado|publicada|pubblicato|geplaatst|gepubliceerd|yayınlanma|date|datum|stand|fecha)\b[^\d]{0,40}",
    )
});
