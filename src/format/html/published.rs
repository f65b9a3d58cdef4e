//! Orders the evidence for a page's publication date, the surest first; a date of modification is never among it.

use super::head::Head;
use super::json_ld::{Object, rank};
use super::pieces::Piece;
use super::visible::{Visible, visible};
use crate::calendar::Order;
use crate::format::date_field::{DateField, plausible, read_date};
use crate::format::parsed::Written;
use crate::record::{DateRule, PartialDate, Precision};

/// Returns the candidates for the date on which the page was published.
pub(super) fn published(head: &Head, pieces: &[Piece], title: Option<&str>) -> Vec<Written> {
    let headline = headline(head, pieces, title);
    let seen = visible(pieces, headline, order(head));
    let mut candidates = Candidates::default();
    candidates.add(DateRule::JsonLd, json_ld(head, 2, "datePublished"));
    candidates.add(DateRule::Meta, METAS.iter().flat_map(|name| head.metas_named(name)).filter_map(field));
    candidates.add(DateRule::JsonLd, json_ld(head, 1, "datePublished"));
    let Visible { marked, times, classed, worded, lines } = seen;
    candidates.add(DateRule::TimeElement, marked);
    candidates.add(DateRule::Url, head.address().and_then(in_address));
    candidates.add(DateRule::JsonLd, json_ld(head, 2, "dateCreated"));
    candidates.add(DateRule::Meta, WEAK_METAS.iter().flat_map(|name| head.metas_named(name)).filter_map(field));
    candidates.add(DateRule::TimeElement, times);
    candidates.add(DateRule::Page, worded);
    candidates.add(DateRule::Page, classed);
    candidates.add(DateRule::Page, lines);
    candidates.add(DateRule::JsonLd, json_ld(head, 0, "datePublished"));
    local_day_first(&mut candidates.0);
    candidates.0
}

/// Puts the day that the page shows before the surest where they are neighbours: metadata give the day in UTC, the address
/// and the visible words that of the outlet.
fn local_day_first(candidates: &mut [Written]) {
    let Some(first) = candidates.first().filter(|c| matches!(c.by, DateRule::JsonLd | DateRule::Meta)) else { return };
    let day = first.date;
    let is_neighbour = |c: &Written| {
        let apart = (c.date.earliest() - day.earliest()).num_days().abs();
        apart == 1 && c.date.precision() == day.precision() && NEIGHBOURS.contains(&c.by)
    };
    if let Some(at) = candidates.iter().position(is_neighbour) {
        candidates[..=at].rotate_right(1);
    }
}

const NEIGHBOURS: [DateRule; 1] = [DateRule::Url];

/// Names of `<meta>` that give the date of publication.
const METAS: [&str; 34] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "publicationdate",
    "published_date",
    "published-date",
    "publisheddate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "pub_date",
    "date-pub",
    "cxenseparse:publishtime",
    "shareaholic:article_published_time",
    "article_date_original",
    "originalpublicationdate",
    "rnews:datepublished",
    "displaydate",
    "ptime",
    "published",
    "article.published",
];

/// Names that mostly do, but on some sites hold the day of the last change.
const WEAK_METAS: [&str; 10] = [
    "date",
    "dc.date",
    "dcterms.date",
    "dcterms.available",
    "created",
    "datecreated",
    "doc_date",
    "timestamp",
    "article:created",
    "releasedate",
];

#[derive(Default)]
struct Candidates(Vec<Written>);

impl Candidates {
    fn add(&mut self, by: DateRule, dates: impl IntoIterator<Item = PartialDate>) {
        for date in dates {
            if !self.0.iter().any(|known| known.date == date) {
                self.0.push(Written { date, by });
            }
        }
    }
}

fn json_ld(head: &Head, wanted: u8, name: &str) -> Vec<PartialDate> {
    let of = |object: &Object| object.get(name).and_then(|value| field(value.as_str()?));
    head.json_ld.iter().filter(|o| rank(o) == wanted).filter_map(of).take(1).collect()
}

fn field(value: &str) -> Option<PartialDate> {
    match read_date(value) {
        DateField::Date(date, _) => Some(date),
        DateField::NoDate(_) => None,
    }
}

/// Reads the date in an address such as `/2018/05/23/slug`, `/2018-05-23-slug`, `/20180523/`, `/2018/may/23/`.
pub(super) fn in_address(address: &str) -> Option<PartialDate> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let (_, path) = path.split_once('/')?;
    let numbers: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let whole = numbers.windows(3).find_map(|part| {
        let year = part[0].parse().ok().filter(|y| part[0].len() == 4 && (1990..2100).contains(y))?;
        let month =
            part[1].parse().ok().filter(|_| part[1].len() <= 2).or_else(|| crate::calendar::month_named(part[1]))?;
        let day = part[2].parse().ok().filter(|_| part[2].len() <= 2)?;
        PartialDate::day(year, month, day)
    });
    let compact = || numbers.iter().find_map(|n| field(n).filter(|d| n.len() == 8 && d.precision() == Precision::Day));
    whole.or_else(compact).filter(|date| plausible(*date))
}

/// Returns the piece where the headline with the article's title opens, or the text that equals it.
fn headline(head: &Head, pieces: &[Piece], title: Option<&str>) -> Option<usize> {
    let same = head.headlines.iter().find(|(_, words)| title.is_some_and(|t| words.contains(t))).map(|(at, _)| *at);
    let body = pieces.iter().position(|piece| matches!(piece, Piece::Open(element) if element.name() == "body"));
    let equal = || {
        let is_title = |piece: &Piece| matches!(piece, Piece::Text(text) if title.is_some_and(|t| text.trim() == t));
        let from = body.unwrap_or(0);
        pieces[from..].iter().position(is_title).map(|at| from + at)
    };
    same.or_else(equal).or_else(|| head.headlines.first().map(|(at, _)| *at))
}

/// Tells how the page writes `05/09/2025`: American English puts the month first.
fn order(head: &Head) -> Order {
    let language = head.language.as_deref().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    let host = head.host().unwrap_or_default();
    let commonwealth = ["uk", "au", "nz", "ie", "in", "za"].contains(&host.rsplit('.').next().unwrap_or_default());
    let american = language.is_empty() || language == "en" || language == "en-us";
    if american && !commonwealth { Order::MonthFirst } else { Order::DayFirst }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;
    use scraper::Html;

    fn check(source: &str, expected: &str) {
        let page = Html::parse_document(source);
        let pieces = pieces(&page);
        let head = Head::read(&pieces);
        let found = published(&head, &pieces, Some("Head"));
        let first = found.first().map(|w| format!("{} {:?}", w.date, w.by));
        assert_eq!(first.unwrap_or_default(), expected, "{source}");
    }

    #[test]
    fn takes_the_surest_evidence() {
        let json_ld = r#"<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2024-05-09", "datePublished": "2024-05-06T08:00:00Z"}</script>"#;
        let meta = r#"<meta property="article:published_time" content="2024-05-07T08:00:00Z">"#;
        let time = r#"<h1>Head</h1><time datetime="2024-05-08">x</time>"#;
        check(&format!("{time}{meta}{json_ld}"), "2024-05-06 JsonLd");
        check(&format!("{time}{meta}"), "2024-05-07 Meta");
        check(time, "2024-05-08 TimeElement");
        check(r#"<link rel=canonical href="https://example.com/2024/05/03/a.html">"#, "2024-05-03 Url");
    }

    #[test]
    fn reads_the_words_of_the_page() {
        check("<h1>Head</h1><p>By Ana Ruiz</p><p>Published on May 6, 2024</p>", "2024-05-06 Page");
        check("<h1>Head</h1><span class=post-date>6. Mai 2024</span>", "2024-05-06 Page");
        check("<html lang=en-GB><h1>Head</h1><div>05/06/2024</div>", "2024-06-05 Page");
        check("<html lang=en><h1>Head</h1><div>05/06/2024</div>", "2024-05-06 Page");
    }

    #[test]
    fn leaves_what_is_no_date_of_publication() {
        check("<h1>Head</h1><p>Last updated on May 6, 2024</p>", "");
        check("<meta property=article:modified_time content=2024-05-06>", "");
        check("<h1>Head</h1><footer>© 2024-05-06</footer>", "");
        check("<h1>Head</h1><div class=related><time datetime=2024-05-06>x</time></div>", "");
        check("<h1>Head</h1><meta name=date content=0000-00-00>", "");
    }

    #[test]
    fn reads_addresses() {
        let read = |address: &str| in_address(address).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(read("https://example.com/world/2018/may/23/slug"), "2018-05-23");
        assert_eq!(read("https://example.com/20180523/slug"), "2018-05-23");
        assert_eq!(read("https://example.com/2018-05-23-slug.html"), "2018-05-23");
        assert_eq!(read("https://example.com/2018/05/slug-12"), "");
        assert_eq!(read("https://example.com/a/12345678"), "");
    }
}
