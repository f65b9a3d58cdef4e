//! What a single line is, by its look: the signature of an embedded post, an entry of a list of sources.

/// Tells whether the line signs an embedded post: `— Name (@name) September 7, 2025`.
pub(super) fn is_post_signature(line: &str) -> bool {
    const LONGEST: usize = 200;
    let line = line.trim_start_matches(['>', ' ']);
    let has_handle = line.contains("(@") || line.contains(" @");
    line.starts_with(['—', '–', '-']) && has_handle && line.len() < LONGEST
}

/// Tells whether the line may be an entry of a list of sources: `Reuters, “Title,” Sept 2025.`
///
/// It names something in quotation marks, a year or an address.
pub(super) fn is_source_entry(line: &str) -> bool {
    const LONGEST: usize = 400;
    let is_year = |w: &str| w.len() == 4 && w.parse().is_ok_and(|y: u16| (1900..2100).contains(&y));
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    let quotes = line.contains(['“', '"', '«']);
    line.len() < LONGEST && (quotes || words.any(|w| is_year(w) || w == "http" || w == "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_begin_with_a_dash_and_hold_a_handle() {
        for (line, expected) in [
            ("— Ana Peralta (@anap) September 7, 2025", true),
            ("> – Ana (@anap) May 5", true),
            ("- Ana @anap May 5", true),
            ("Mayor Al Doe (@aldoe) said on May 5, 2030 that the bridge will open.", false),
            ("— Ana Peralta, Port Ellery", false),
        ] {
            assert_eq!(is_post_signature(line), expected, "{line}");
        }
    }

    #[test]
    fn entries_name_a_title_a_year_or_an_address() {
        for (line, expected) in [
            ("Harbour Gazette, “Toll goes up,” Sept 2025.", true),
            ("Port Authority 2019", true),
            ("https://ports.example/toll", true),
            ("The talks go on.", false),
            ("Pier 19250", false),
        ] {
            assert_eq!(is_source_entry(line), expected, "{line}");
        }
    }
}
