//! Finds publication dates in the visible part of a page: `<time>` elements, elements marked as dates, words of a byline.

use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::head::text_within;
use super::pieces::Piece;
use crate::format::calendar::{Order, calendar_dates};
use crate::format::date_field::{DateField, plausible, read_date};
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
    let mut reader =
        Reader { pieces, order, start: headline.unwrap_or(0), found: Visible::default(), above: Vec::new() };
    reader.read();
    for (is_time, date) in std::mem::take(&mut reader.above).into_iter().rev() {
        // The nearest to the headline is the likeliest.
        if is_time { reader.found.times.push(date) } else { reader.found.classed.push(date) }
    }
    reader.found.days_first();
    reader.found
}

impl Visible {
    /// Puts what is known to the day before what is known to the month.
    fn days_first(&mut self) {
        let lists = [&mut self.marked, &mut self.times, &mut self.classed, &mut self.worded, &mut self.lines];
        for list in lists {
            list.sort_by_key(|date| date.precision() != Precision::Day);
        }
    }
}

struct Reader<'a> {
    pieces: &'a [Piece<'a>],
    order: Order,
    start: usize,
    found: Visible,
    /// Dates above the headline, and whether a `<time>` gives them.
    above: Vec<(bool, PartialDate)>,
}

impl Reader<'_> {
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
        let list = match () {
            () if is_marked => &mut self.found.marked,
            () if is_time => &mut self.found.times,
            () => &mut self.found.classed,
        };
        // What stands above the headline is mostly of other articles.
        if at < self.start && !is_marked {
            self.above.push((is_time, date));
        } else {
            list.push(date);
        }
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
        r"(?i)(?:^|[\s_-])(?:comments?|respond|related|recommend\w*|sidebar|widget\w*|recent|popular|trending|footer|copyright|archives?|calendar|teaser|breadcrumbs?|more-news|newsletter|tweet|twitter-tweet|promo)(?:$|[\s_-])",
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

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant of this file")
}
