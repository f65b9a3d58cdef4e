//! Chooses a page's title: the headline that the page's other titles confirm, else a title without the site's name.

use std::collections::BTreeSet;

use super::head::Head;
use super::json_ld::{name_of, rank};

/// Returns the article's title.
pub(super) fn title(head: &Head) -> Option<String> {
    let site = Site::of(head);
    let others: Vec<String> = others(head).into_iter().filter(|t| !site.is(t)).collect();
    let mut best: Option<(f32, &str)> = None;
    for (_, headline) in &head.headlines {
        let support = if site.is(headline) { 0.1 } else { others.iter().map(|t| agreement(headline, t)).sum() };
        if best.is_none_or(|(most, _)| support > most) {
            best = Some((support, headline));
        }
    }
    match (best, others.first()) {
        (Some((support, headline)), _) if support >= CONFIRMED => Some(site.cut_from(headline)),
        (_, Some(title)) => Some(site.cut_from(title)),
        (Some((_, headline)), None) => Some(headline.to_string()),
        (None, None) => None,
    }
    .filter(|title| !title.is_empty())
}

/// How much support a headline needs to be the page's title and not that of the site or of a box.
const CONFIRMED: f32 = 0.5;

/// Returns the titles that stand elsewhere than in a headline, the best first.
fn others(head: &Head) -> Vec<String> {
    let json_ld = head.json_ld.iter().filter(|o| rank(o) == 2).find_map(|o| o.get("headline").and_then(name_of));
    let metas = ["dc.title", "dcterms.title", "og:title", "parsely-title", "citation_title"];
    let found = metas.iter().filter_map(|name| head.meta(&[name]).map(str::to_string));
    let last = [Some(head.title.clone()), head.meta(&["twitter:title"]).map(str::to_string)];
    let all = found.chain(json_ld).chain(last.into_iter().flatten());
    all.map(|t| unescaped(&t)).filter(|t| t.chars().any(char::is_alphanumeric)).collect()
}

/// Undoes entities that were escaped twice, as many sites do in `<meta>` and JSON-LD.
fn unescaped(title: &str) -> String {
    let title = match title.contains('&') {
        true => title
            .replace("&amp;", "&")
            .replace("&#39;", "'")
            .replace("&#039;", "'")
            .replace("&quot;", "\"")
            .replace("&#8217;", "’")
            .replace("&#8216;", "‘")
            .replace("&#8220;", "“")
            .replace("&#8221;", "”")
            .replace("&#8211;", "–")
            .replace("&rsquo;", "’")
            .replace("&nbsp;", " "),
        false => title.to_string(),
    };
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells how far the other title confirms the headline.
fn agreement(headline: &str, other: &str) -> f32 {
    let (headline, other) = (folded(headline), folded(other));
    if headline == other {
        return 2.0;
    }
    let within = |part: &str, whole: &str| format!(" {whole} ").contains(&format!(" {part} "));
    if within(&headline, &other) {
        return if headline.contains(' ') { 1.5 } else { 0.5 };
    }
    if within(&other, &headline) {
        return 1.0;
    }
    let words = |text: &'_ str| text.split(' ').map(str::to_string).collect::<BTreeSet<String>>();
    let (ours, theirs) = (words(&headline), words(&other));
    ours.intersection(&theirs).count() as f32 / ours.union(&theirs).count().max(1) as f32
}

/// Returns the words alone, lower case, one space between.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What is known of the site's name.
struct Site {
    name: String,
    /// The host's own label: `example` of `news.example.co.uk`.
    label: String,
}

impl Site {
    fn of(head: &Head) -> Site {
        let name = head.meta(&["og:site_name", "application-name"]).map(folded).unwrap_or_default();
        let labels = head.host().unwrap_or_default().split('.').rev().skip(1);
        let label = labels.max_by_key(|label| label.len()).unwrap_or_default();
        Site { name, label: label.chars().filter(|c| c.is_alphanumeric()).collect() }
    }

    fn is(&self, text: &str) -> bool {
        !self.name.is_empty() && folded(text) == self.name
    }

    /// Tells whether a part of a title names the site.
    fn names(&self, part: &str) -> bool {
        let words = folded(part);
        let joined = words.replace(' ', "");
        if words.is_empty() || words == self.name {
            return true;
        }
        let longer = !self.name.is_empty()
            && words.contains(&self.name)
            && words.split(' ').count() <= self.name.split(' ').count() + 2;
        let of_host = joined.len() >= 3
            && !self.label.is_empty()
            && (self.label.contains(&joined) || joined.contains(&self.label));
        longer || of_host
    }

    /// Cuts the site's name from the ends of a title.
    fn cut_from(&self, title: &str) -> String {
        let mut rest = title.trim();
        while let Some((before, after)) = last_separator(rest) {
            if !self.names(after) {
                break;
            }
            rest = before;
        }
        while let Some((before, after)) = first_separator(rest) {
            if !self.names(before) {
                break;
            }
            rest = after;
        }
        if rest == title.trim() {
            rest = without_short_tail(rest);
        }
        rest.to_string()
    }
}

/// Cuts a last part that is short beside the rest, where the site's name is not known.
fn without_short_tail(title: &str) -> &str {
    let count = |text: &str| text.split_whitespace().count();
    match last_separator(title) {
        Some((before, after)) if count(after) <= 4 && count(before) >= 3 => before,
        _ => title,
    }
}

const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " · ", " » ", " « ", " • ", " :: ", " // ", "|", " : "];

fn last_separator(title: &str) -> Option<(&str, &str)> {
    let at = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len()))).max()?;
    Some((title[..at.0].trim(), title[at.0 + at.1..].trim())).filter(|(before, _)| !before.is_empty())
}

fn first_separator(title: &str) -> Option<(&str, &str)> {
    let at = SEPARATORS.iter().filter_map(|s| title.find(s).map(|at| (at, s.len()))).min_by_key(|at| at.0)?;
    Some((title[..at.0].trim(), title[at.0 + at.1..].trim())).filter(|(_, after)| !after.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;
    use scraper::Html;

    fn check(source: &str, expected: &str) {
        let page = Html::parse_document(source);
        assert_eq!(title(&Head::read(&pieces(&page))).unwrap_or_default(), expected, "{source}");
    }

    #[test]
    fn prefers_the_confirmed_headline() {
        check("<title>Rates fall again | Gazette</title><h1>Gazette</h1><h1>Rates fall again</h1>", "Rates fall again");
        check(
            "<title>Rates fall - Gazette</title><meta property=og:site_name content=Gazette><h1>Gazette</h1>",
            "Rates fall",
        );
        check("<meta property=og:title content='Q&amp;amp;A: Rates'><h1>Newsletter</h1>", "Q&A: Rates");
    }

    #[test]
    fn cuts_the_name_of_the_site() {
        check("<title>Gazette: Rates fall again | The Daily Gazette</title>", "Gazette: Rates fall again");
        check(
            "<link rel=canonical href=https://www.daily-gazette.com/a><title>Rates - who gains? – Daily Gazette</title>",
            "Rates - who gains?",
        );
        check("<title>Rates – up or down</title>", "Rates – up or down");
        check("", "");
    }
}
