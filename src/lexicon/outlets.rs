//! Newspapers, agencies, broadcasters, magazines and sites with their domains.

use super::LexiconError;
use super::table::read_rows;

/// One outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct OutletEntry {
    /// `new-york-times`
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    /// Bare domains: `nytimes.com`.
    pub domains: Vec<String>,
    /// Alpha-2.
    pub country: Option<String>,
    pub kind: OutletKind,
    /// Whether the name is an everyday word too (`Time`, `The Hill`), so that running text needs context.
    pub ambiguous: bool,
}

/// What sort of outlet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutletKind {
    Newspaper,
    Agency,
    Broadcaster,
    Magazine,
    Site,
}

pub(super) fn read_outlets(text: &str) -> Result<Vec<OutletEntry>, LexiconError> {
    let columns = ["id", "name", "aliases", "domains", "country", "kind", "ambiguous"];
    let mut outlets = Vec::new();
    read_rows("outlets.csv", text, &columns, |row| {
        outlets.push(OutletEntry {
            id: row.string(0),
            name: row.string(1),
            aliases: row.list(2),
            domains: row.list(3),
            country: row.optional(4),
            kind: row.parsed(5, read_kind, "newspaper, agency, broadcaster, magazine or site")?,
            ambiguous: row.parsed(6, |f| matches!(f, "" | "yes").then(|| f == "yes"), "`yes` or nothing")?,
        });
        Ok(())
    })?;
    Ok(outlets)
}

fn read_kind(field: &str) -> Option<OutletKind> {
    Some(match field {
        "newspaper" => OutletKind::Newspaper,
        "agency" => OutletKind::Agency,
        "broadcaster" => OutletKind::Broadcaster,
        "magazine" => OutletKind::Magazine,
        "site" => OutletKind::Site,
        _ => return None,
    })
}

/// Returns the domains that a web address or host can belong to, the longest first: `edition.cnn.com`, `cnn.com`, `com`.
pub(super) fn domains_of(address: &str) -> Vec<&str> {
    let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = after_scheme.trim_start_matches('/').split(['/', '?', '#', ':']).next().unwrap_or_default();
    let mut domains = vec![host];
    let mut rest = host;
    while let Some((_, parent)) = rest.split_once('.') {
        domains.push(parent);
        rest = parent;
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_of_addresses() {
        for (address, expected) in [
            ("https://www.nytimes.com/2018/x.html?y", "www.nytimes.com nytimes.com com"),
            ("m.bbc.co.uk", "m.bbc.co.uk bbc.co.uk co.uk uk"),
            ("//edition.cnn.com:443/a", "edition.cnn.com cnn.com com"),
            ("", ""),
        ] {
            assert_eq!(domains_of(address).join(" "), expected);
        }
    }
}
