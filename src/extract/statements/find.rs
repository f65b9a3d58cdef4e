//! Where rules and model meet: all statements of an article, in the order of the text.

use super::clauses::trimmed;
use super::tagged::tagged;
use super::turns::{self, Turn};
use super::{cue_rule, headline_rule, quote_rule, signatures};
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::extract::layout::Part;
use crate::language::{QuoteStyle, TokenRange};
use crate::model::{AttributionModel, FoundAttribution, ModelSize};
use crate::record::{FoundBy, Quotation};

/// A statement before its speaker and stance are resolved.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub source: Option<TokenRange>,
    pub cue: Option<TokenRange>,
    /// Cues of what goes on with the statement, in order: `saying` in `criticized the toll, saying it ...`.
    pub further_cues: Vec<TokenRange>,
    /// In order, none empty.
    pub content: Vec<TokenRange>,
    pub headline: bool,
    pub hint: Option<Hint>,
    pub found_by: FoundBy,
    /// 0 to 1.
    pub sure: f32,
}

/// Who speaks where no source is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Whoever spoke last.
    LastSpeaker,
    /// Whoever signed the post, in these tokens.
    Poster(TokenRange),
    /// Whoever these tokens name before a turn of a transcript.
    Turn(TokenRange),
}

impl Found {
    /// A statement with nothing special about it.
    pub fn new(
        source: Option<TokenRange>,
        cue: Option<TokenRange>,
        content: Vec<TokenRange>,
        found_by: FoundBy,
        sure: f32,
    ) -> Found {
        Found { source, cue, further_cues: Vec::new(), content, headline: false, hint: None, found_by, sure }
    }

    /// Returns the first token of the statement.
    pub fn start(&self) -> usize {
        self.all().map(|r| r.start).min().unwrap_or(0)
    }

    /// Returns the tokens from the first to the last of the statement.
    pub fn extent(&self) -> TokenRange {
        self.start()..self.all().map(|r| r.end).max().unwrap_or(0)
    }

    /// Returns the cue and those of what goes on with the statement.
    pub fn cues(&self) -> impl Iterator<Item = &TokenRange> {
        self.cue.iter().chain(&self.further_cues)
    }

    fn all(&self) -> impl Iterator<Item = &TokenRange> {
        self.source.iter().chain(self.cues()).chain(&self.content)
    }
}

/// Finds the statements of a text.
pub(crate) fn find(text: &Annotated, cast: &Cast, parts: &[Part], model: &AttributionModel) -> Vec<Found> {
    let mut found = Vec::new();
    let turns = turns::turns(text, parts);
    let parts = &without_lead_ins(text, parts);
    let readings = Readings::of(text, parts, &turns, model);
    for (number, paragraph) in text.document.paragraphs.iter().enumerate() {
        if let Some(turn) = &turns[number] {
            found.extend(in_turn(text, cast, turn, &readings));
            continue;
        }
        match parts[number] {
            Part::Title | Part::Heading => found.extend(in_headline(text, cast, paragraph, &readings)),
            Part::Highlight => found.extend(in_highlight(text, cast, paragraph, &readings)),
            Part::Body | Part::Item => {
                let before = number.checked_sub(1).map(|n| &text.document.paragraphs[n]);
                found.extend(in_paragraph(text, cast, paragraph, before, &readings));
            }
            Part::Post => found.extend(in_post(text, number, parts)),
            Part::Signature | Part::SourcesHeading | Part::Source | Part::Credit => {}
        }
    }
    signatures::sign(text, &mut found);
    found
}

/// `In other matters, Doe said:` is no heading, though it is short and ends without a stop.
fn without_lead_ins(text: &Annotated, parts: &[Part]) -> Vec<Part> {
    let leads_in = |paragraph: &TokenRange| text.document.word(paragraph.end - 1) == ":";
    let read_as = |(paragraph, part): (&TokenRange, &Part)| match part {
        Part::Heading if leads_in(paragraph) => Part::Body,
        part => *part,
    };
    text.document.paragraphs.iter().zip(parts).map(read_as).collect()
}

/// What the model finds, for each stretch of running text.
struct Readings {
    stretches: Vec<TokenRange>,
    attributions: Vec<Vec<FoundAttribution>>,
    size: ModelSize,
}

impl Readings {
    /// Asks the model once for the whole text.
    fn of(text: &Annotated, parts: &[Part], turns: &[Option<Turn>], model: &AttributionModel) -> Readings {
        let mut stretches = Vec::new();
        for (number, paragraph) in text.document.paragraphs.iter().enumerate() {
            match (&turns[number], parts[number]) {
                (Some(Turn::Speech { said, .. }), _) => stretches.push(said.clone()),
                (None, Part::Body | Part::Item) => stretches.extend(windows(text, paragraph)),
                (None, Part::Highlight | Part::Title | Part::Heading) => stretches.push(paragraph.clone()),
                _ => {}
            }
        }
        let attributions = model.find(&text.document, &stretches);
        Readings { stretches, attributions, size: model.tagger.size() }
    }

    /// Returns what was found in the stretch.
    fn at(&self, stretch: &TokenRange) -> &[FoundAttribution] {
        let found = self.stretches.binary_search_by_key(&stretch.start, |s| s.start);
        found.map_or(&[], |number| &self.attributions[number])
    }
}

/// Tokens that are read at once; what stands in them is compared with each other.
const WINDOW: usize = 4096;

/// Returns a paragraph in pieces of whole sentences: as it is, unless it is as long as many pages.
fn windows<'t>(text: &'t Annotated, paragraph: &TokenRange) -> impl Iterator<Item = TokenRange> + 't {
    let (mut at, end) = (paragraph.start, paragraph.end);
    std::iter::from_fn(move || {
        let start = at;
        if end - start <= WINDOW {
            at = end;
        } else {
            let last = text.sentence_of(start + WINDOW).start;
            at = if last > start { last } else { start + WINDOW };
        }
        (start < at).then_some(start..at)
    })
}

/// The words of a turn are one statement, and what they report of others is more; a question is nobody's.
fn in_turn(text: &Annotated, cast: &Cast, turn: &Turn, readings: &Readings) -> Vec<Found> {
    let Turn::Speech { label, said, opens } = turn else { return Vec::new() };
    let mut found: Vec<Found> = turns::speech(text, label, said, *opens).into_iter().collect();
    if found.is_empty() {
        return found;
    }
    let of_others = |f: &Found| {
        let own =
            |s: &TokenRange| matches!(text.lower(s.start), "i" | "we" | "you" | "my" | "our" | "it" | "that" | "this");
        f.source.as_ref().is_some_and(|s| s.start >= said.start && !own(s))
    };
    found.extend(in_body(text, cast, said, readings).into_iter().filter(of_others));
    found
}

/// A headline that no rule reads may still name who says what.
fn in_headline(text: &Annotated, cast: &Cast, line: &TokenRange, readings: &Readings) -> Vec<Found> {
    const SURE: f32 = 0.5;
    if let Some(found) = headline_rule::headline(text, cast, line) {
        return vec![found];
    }
    let found = tagged(text, cast, readings.at(line), readings.size).into_iter();
    let named = found.filter(|f| f.source.is_some() && f.cue.is_some() && f.sure > SURE);
    named.map(|found| Found { headline: true, ..found }).collect()
}

/// A highlight is a headline of its own, also where it is a whole sentence that only the model reads.
fn in_highlight(text: &Annotated, cast: &Cast, paragraph: &TokenRange, readings: &Readings) -> Vec<Found> {
    let line = paragraph.start + 1..paragraph.end;
    if let Some(found) = headline_rule::headline(text, cast, &line) {
        return vec![found];
    }
    in_body(text, cast, paragraph, readings).into_iter().map(|found| Found { headline: true, ..found }).collect()
}

/// A paragraph of running text; the one before it may lead in to a quotation that it opens with.
fn in_paragraph(
    text: &Annotated,
    cast: &Cast,
    paragraph: &TokenRange,
    before: Option<&TokenRange>,
    readings: &Readings,
) -> Vec<Found> {
    if let Some(signed) = signed_post(text, paragraph).or_else(|| signed_quote(text, paragraph)) {
        return vec![signed];
    }
    let mut found: Vec<Found> =
        windows(text, paragraph).flat_map(|window| in_body(text, cast, &window, readings)).collect();
    if let (Some(before), Some(first)) = (before, found.first_mut()) {
        quote_rule::lead_in(text, cast, before, paragraph, first);
    }
    found
}

fn in_body(text: &Annotated, cast: &Cast, paragraph: &TokenRange, readings: &Readings) -> Vec<Found> {
    let mut found = tagged(text, cast, readings.at(paragraph), readings.size);
    quote_rule::add_quoted(text, cast, paragraph, &mut found);
    let sentences = text.document.sentences.iter();
    let first = text.document.tokens[paragraph.start].sentence as usize;
    for sentence in sentences.skip(first).take_while(|s| s.start < paragraph.end) {
        if readings.size == ModelSize::Accurate && found.iter().any(|f| meets(&f.extent(), sentence)) {
            // What the accurate model leaves out of a sentence that it has read a statement in is none.
            continue;
        }
        let positions = cue_rule::positions(text, cast, sentence, &found);
        found.extend(positions);
    }
    found.sort_by_key(|f| f.content[0].start);
    found
}

fn meets(a: &TokenRange, b: &TokenRange) -> bool {
    a.start < b.end && b.start < a.end
}

/// `The toll must go! — Jane Doe (@janedoe) May 4, 2019`: an embedded post that stands in one line with its signature.
fn signed_post(text: &Annotated, paragraph: &TokenRange) -> Option<Found> {
    const LONGEST_NAME: usize = 8;
    let word = |i: usize| text.document.word(i);
    let handle = paragraph.clone().rev().find(|&i| word(i).starts_with('@') && i > paragraph.start)?;
    let bracket = handle - 1;
    let earliest = paragraph.start.max(bracket.saturating_sub(LONGEST_NAME));
    let dash =
        (earliest..bracket).rev().find(|&i| matches!(word(i), "—" | "–" | "-") && text.document.gap_before(i))?;
    let content = trimmed(text, &(paragraph.start..dash));
    let ends_the_line = paragraph.end - handle <= 7;
    if word(bracket) != "(" || content.is_empty() || !ends_the_line {
        return None;
    }
    let mut found = Found::new(None, None, vec![content], FoundBy::PostRule, 0.7);
    found.hint = Some(Hint::Poster(trimmed(text, &(dash + 1..bracket))));
    Some(found)
}

/// `“The toll must go.” — Jane Doe, fisherwoman`: a letter or one of several voices, in one line with its signature.
fn signed_quote(text: &Annotated, paragraph: &TokenRange) -> Option<Found> {
    const LONGEST_NAME: usize = 8;
    const LONGEST_SIGNATURE: usize = 20;
    let word = |i: usize| text.document.word(i);
    let is_mark = |i: usize| matches!(word(i), "“" | "”" | "\"" | "''" | "``" | "«" | "»");
    let is_dash = |i: usize| matches!(word(i), "—" | "–" | "―" | "-" | "--");
    let earliest = (paragraph.start + 2).max(paragraph.end.saturating_sub(LONGEST_SIGNATURE));
    let dash = (earliest..paragraph.end).find(|&i| is_dash(i) && is_mark(i - 1))?;
    let signature = trimmed(text, &(dash + 1..paragraph.end));
    let end = signature.clone().find(|&i| matches!(word(i), "," | "(" | "-" | "–" | "—")).unwrap_or(signature.end);
    let name = signature.start..end;
    let content = trimmed(text, &(paragraph.start..dash));
    let is_name = (1..=LONGEST_NAME).contains(&name.len()) && text.is_capital(name.start);
    if !is_mark(paragraph.start) || !is_name || signature.clone().any(is_mark) || content.is_empty() {
        return None;
    }
    Some(Found::new(Some(name), None, vec![content], FoundBy::QuoteRule, 0.8))
}

/// The words of an embedded post are one statement by whoever signed it.
fn in_post(text: &Annotated, number: usize, parts: &[Part]) -> Option<Found> {
    let first = number == 0 || parts[number - 1] != Part::Post;
    if !first {
        return None;
    }
    let last = number + parts[number..].iter().take_while(|p| **p == Part::Post).count();
    let signature = text.document.paragraphs.get(last).filter(|_| parts.get(last) == Some(&Part::Signature))?;
    let paragraphs = &text.document.paragraphs[number..last];
    let content: Vec<TokenRange> = paragraphs.iter().map(|p| trimmed(text, p)).filter(|p| !p.is_empty()).collect();
    if content.is_empty() {
        return None;
    }
    let mut found = Found::new(None, None, content, FoundBy::PostRule, 0.7);
    found.hint = Some(Hint::Poster(poster(text, signature)));
    Some(found)
}

/// The name between the dash and the handle's bracket.
fn poster(text: &Annotated, signature: &TokenRange) -> TokenRange {
    let end = signature.clone().find(|&i| matches!(text.document.word(i), "(" | "@")).unwrap_or(signature.end);
    trimmed(text, &(signature.start..end))
}

/// Tells how the words of a statement are given.
pub(crate) fn quotation(text: &Annotated, found: &Found) -> Quotation {
    if found.headline {
        return Quotation::Headline;
    }
    if matches!(found.hint, Some(Hint::Poster(_) | Hint::Turn(_))) {
        return Quotation::Direct;
    }
    let quotes = &text.document.quotes;
    let inside = |i: usize| {
        let at = quotes.partition_point(|q| q.close < i);
        quotes.get(at).is_some_and(|q| {
            q.open <= i && i <= q.close && !q.is_empty() && (q.style == QuoteStyle::Double || q.len() > 2)
        })
    };
    let whole = |c: &TokenRange| {
        let opens = c.start.checked_sub(1).is_some_and(|i| {
            text.document.tokens[i].quoted && !text.document.word(i).starts_with(char::is_alphanumeric)
        });
        opens && c.clone().all(inside)
    };
    if found.content.iter().all(whole) {
        return Quotation::Direct;
    }
    let any = found.content.iter().any(|c| c.clone().any(inside));
    if any { Quotation::Mixed } else { Quotation::Indirect }
}
