//! The apposition behind a name: where it begins and ends, and what it says that somebody is.

use super::name_words::is_name_word;
use super::seats::party_and_place;
use crate::extract::actors::Counting;
use crate::extract::actors::roles::{Role, read_bodies, read_role, region_within};
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Entry, OfficeKind, WordClass};

/// `, a security expert at the Brookings Institution,`, ` of the Council on Foreign Relations`, ` (R-Ky.)`
pub(super) fn role_after(text: &Annotated, tokens: &TokenRange, counting: Counting) -> Role {
    const LONGEST: usize = 16;
    let document = &text.document;
    let sentence = text.sentence_of(tokens.start);
    let next = tokens.end;
    if next >= sentence.end || text.is_possessive(tokens.end - 1) {
        return Role::default();
    }
    let stop = sentence.end.min(next + LONGEST);
    match document.word(next) {
        "(" => {
            let mut role = party_and_place(text, &(next + 1..stop));
            let of = next + 3;
            let joined = document.word(next + 2) == ")" && text.lower(of) == "of";
            if role.is_letters && joined {
                role.place = region_within(text, &(of + 1..of + 3)).map(|r| r.path.clone());
            }
            role
        }
        "," => {
            let from = next + 1;
            // `the U.S. Bureau`: the dot of an abbreviation ends nothing.
            let is_inner = |i: usize| document.word(i) == "." && i + 1 < sentence.end;
            let end = (from..stop).find(|&i| ends_apposition(document.word(i)) && !is_inner(i)).unwrap_or(stop);
            let short = party_and_place(text, &(from..end.max(from)));
            if !short.is_empty() {
                return short;
            }
            if opens_apposition(text, from, end) && !titles_another(text, from, end) {
                read_role(text, &(from..end), counting)
            } else {
                Role::default()
            }
        }
        "of" | "from" | "with" | "at" => {
            let end = (next + 1..stop).find(|&i| ends_apposition(document.word(i)) || is_clause_word(text, i));
            let range = next + 1..end.unwrap_or(stop);
            let place = region_within(text, &range).map(|r| r.path.clone());
            Role { place, ..read_bodies(text, &range) }
        }
        _ => Role::default(),
    }
}

/// An apposition begins with an article, a title or `who is`; a list goes on with another name.
fn opens_apposition(text: &Annotated, from: usize, end: usize) -> bool {
    if from >= end {
        return false;
    }
    let head = from..(from + 9).min(end);
    let has_office = text.offices_within(&head).any(|o| o.office.kind != OfficeKind::Honorific);
    let first = text.lower(from);
    let article = matches!(first, "a" | "an" | "the" | "former" | "head" | "who" | "its" | "his" | "her" | "then")
        || text.is(from, WordClass::InTitle);
    let names_office = text.office_at(from).is_some() || text.name_at(from).is_some() || text.is_possessive(from);
    has_office && (article || names_office)
        || article && text.names_within(&head).any(|n| matches!(n.entries[0], Entry::Body(_)))
}

/// `Jane Doe, Canadian Foreign Minister John Roe and ...`: a list, whose next title belongs to the next name.
fn titles_another(text: &Annotated, from: usize, end: usize) -> bool {
    text.offices_within(&(from..end)).any(|o| {
        let next = o.tokens.end;
        let known = || text.name_at(next).is_some_and(|n| matches!(n.entries[0], Entry::Person(_)));
        next < end && (is_name_word(text, next) || known())
    })
}

fn ends_apposition(word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | "—" | "–" | "(" | ")" | "“" | "\"" | "?" | "!")
}

fn is_clause_word(text: &Annotated, at: usize) -> bool {
    let known = text.name_at(at).is_some() || text.is_capital(at);
    !known && !matches!(text.lower(at), "of" | "the" | "for" | "on" | "and" | "'s" | "school" | "in" | "at")
}
