//! Says which tagged spans belong together: for each content its cue, for each cue its source.
//!
//! Each choice among the candidates of the paragraph, or none of them, is a log-linear ranking over some twenty
//! features of position, order, quotation and wording.

use super::crf::{Role, TaggedSpan};
use super::hashing::{hash_lower, mix};
use super::softmax::softmax;
use crate::language::{Document, TokenRange};

/// Weights live in a plain array of this many slots, shared where hashes meet.
pub const SLOTS: usize = 1 << 16;

/// Which link is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The cue of a content.
    Cue,
    /// The source of a cue.
    Source,
}

/// One choice to make: the span `item`, and what it may be linked to.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkFeatures {
    pub choice: Choice,
    /// Position in the paragraph's spans.
    pub item: usize,
    /// Positions in the paragraph's spans.
    pub candidates: Vec<usize>,
    /// Feature hashes of each candidate, then of "none of them".
    pub features: Vec<Vec<u64>>,
}

/// The ranking's weights.
#[derive(Debug, Clone)]
pub struct Linker {
    pub weights: Vec<f32>,
}

impl Linker {
    /// Returns the probability of each candidate, then of none.
    pub fn probabilities(&self, choice: &LinkFeatures) -> Vec<f32> {
        let mut scores: Vec<f32> = choice.features.iter().map(|f| self.score(f)).collect();
        softmax(&mut scores);
        scores
    }

    fn score(&self, features: &[u64]) -> f32 {
        features.iter().map(|&hash| self.weights[slot(hash)]).sum()
    }
}

/// Returns the slot of a feature.
pub fn slot(hash: u64) -> usize {
    hash as usize & (SLOTS - 1)
}

/// Candidates on each side of a span; a paragraph of prose has fewer in all.
const CANDIDATES_ASIDE: usize = 16;

/// Returns all choices to make among the spans of one paragraph, one after another.
pub fn candidates<'a>(
    document: &'a Document<'a>,
    paragraph: &'a TokenRange,
    spans: &'a [TaggedSpan],
) -> impl Iterator<Item = LinkFeatures> + 'a {
    let scene = Scene::new(document, paragraph, spans);
    let choices = [(Choice::Cue, Role::Content, Role::Cue), (Choice::Source, Role::Cue, Role::Source)];
    let items = choices.into_iter().flat_map(move |(choice, from, to)| {
        (0..spans.len()).filter(move |&i| spans[i].role == from).map(move |item| (choice, item, to))
    });
    items.map(move |(choice, item, to)| {
        let candidates = scene.near(item, to);
        let mut features: Vec<Vec<u64>> =
            candidates.iter().map(|&c| scene.pair(choice, item, c, &candidates)).collect();
        features.push(scene.none(choice, item, &candidates));
        LinkFeatures { choice, item, candidates, features }
    })
}

struct Scene<'a> {
    document: &'a Document<'a>,
    paragraph: &'a TokenRange,
    spans: &'a [TaggedSpan],
    /// The spans of each role by where they start.
    by_role: [Vec<usize>; 3],
}

/// Collects the features of one candidate.
struct Features {
    choice: u64,
    hashes: Vec<u64>,
}

impl Features {
    fn push(&mut self, template: u64, values: &[u64]) {
        let start = mix(mix(0x11_4c, self.choice), template);
        self.hashes.push(values.iter().fold(start, |hash, &v| mix(hash, v.wrapping_add(1))));
    }
}

const OUTSIDE: u64 = 0x35_0111;

impl Scene<'_> {
    fn new<'a>(document: &'a Document<'a>, paragraph: &'a TokenRange, spans: &'a [TaggedSpan]) -> Scene<'a> {
        let by_role = [Role::Source, Role::Cue, Role::Content].map(|role| {
            let mut of_role: Vec<usize> = (0..spans.len()).filter(|&i| spans[i].role == role).collect();
            of_role.sort_by_key(|&i| spans[i].tokens.start);
            of_role
        });
        Scene { document, paragraph, spans, by_role }
    }

    /// Returns the spans of a role that are nearest to another, in the order of the text.
    ///
    /// Time and memory must not grow with the square of a paragraph that is a whole book.
    fn near(&self, item: usize, role: Role) -> Vec<usize> {
        let all = &self.by_role[role as usize];
        let at = self.starting_before(role, self.spans[item].tokens.start);
        all[at.saturating_sub(CANDIDATES_ASIDE)..all.len().min(at + CANDIDATES_ASIDE)].to_vec()
    }

    /// Returns how many spans of a role start before the token.
    fn starting_before(&self, role: Role, token: usize) -> usize {
        self.by_role[role as usize].partition_point(|&i| self.spans[i].tokens.start < token)
    }

    fn pair(&self, choice: Choice, item: usize, candidate: usize, candidates: &[usize]) -> Vec<u64> {
        let (a, b) = (&self.spans[item].tokens, &self.spans[candidate].tokens);
        let gap = signed_gap(a, b);
        let right = u64::from(gap > 0);
        let (low, high) = if gap > 0 { (a.end, b.start) } else { (b.end, a.start) };
        let between = |role: Role| self.between(role, low, high);
        let (cues, sources, contents) = (between(Role::Cue), between(Role::Source), between(Role::Content));
        let middle = if high.saturating_sub(low) <= 3 { self.joined(low..high.max(low)) } else { OUTSIDE };
        let sentences = self.sentence(a.start).abs_diff(self.sentence(b.start)).min(3);
        let tail_sentences = self.sentence(a.end - 1).abs_diff(self.sentence(b.start)).min(3);
        let closer = |c: &&usize| signed_gap(a, &self.spans[**c].tokens).abs() < gap.abs();
        let rank = candidates.iter().filter(closer).count().min(3) as u64;
        let same_side = |c: &&usize| closer(c) && (signed_gap(a, &self.spans[**c].tokens) > 0) == (gap > 0);
        let side_rank = candidates.iter().filter(same_side).count().min(3) as u64;
        let (cue, other) = if choice == Choice::Source { (a, b) } else { (b, a) };
        let first_word = self.word(cue.start);
        let last_word = self.word(cue.end - 1);
        let after = self.word(cue.end);
        let quoted = self.quoted(other.start);
        let cue_quoted = self.quoted(cue.start);

        let mut f = Features { choice: choice as u64, hashes: Vec::with_capacity(26) };
        f.push(1, &[bucket(gap)]);
        f.push(2, &[middle, right]);
        f.push(3, &[right, sentences, tail_sentences]);
        f.push(4, &[right, rank]);
        f.push(5, &[right, side_rank]);
        f.push(6, &[cues, right]);
        f.push(7, &[sources, right]);
        f.push(8, &[contents, right]);
        f.push(9, &[quoted, cue_quoted, right]);
        f.push(10, &[quoted, right, rank]);
        f.push(11, &[first_word, right]);
        f.push(12, &[last_word, right]);
        f.push(13, &[after, right]);
        f.push(14, &[sentences, right, rank, cues]);
        f.push(15, &[candidates.len().min(3) as u64]);
        f.push(16, &[right, sentences, cues, sources, contents]);
        f.push(17, &[last_word, right, rank]);
        match choice {
            Choice::Source => {
                let kind = self.speaker_kind(b.start);
                f.push(18, &[kind, right]);
                f.push(19, &[kind, right, sentences]);
                f.push(20, &[last_word, kind]);
            }
            Choice::Cue => {
                let before = if a.start > self.paragraph.start { self.word(a.start - 1) } else { OUTSIDE };
                f.push(21, &[before, right, sentences]);
                f.push(22, &[self.word(a.end), right, sentences]);
                f.push(23, &[right, self.has(low..high, ","), self.has(low..high, "."), quoted]);
            }
        }
        f.hashes
    }

    fn none(&self, choice: Choice, item: usize, candidates: &[usize]) -> Vec<u64> {
        let a = &self.spans[item].tokens;
        let nearest = candidates.iter().map(|&c| signed_gap(a, &self.spans[c].tokens)).min_by_key(|g| g.abs());
        let same = candidates.iter().any(|&c| self.sentence(self.spans[c].tokens.start) == self.sentence(a.start));
        let before = if a.start > self.paragraph.start { self.word(a.start - 1) } else { OUTSIDE };
        let mut f = Features { choice: choice as u64 + 2, hashes: Vec::with_capacity(10) };
        f.push(1, &[]);
        f.push(2, &[candidates.len().min(3) as u64]);
        f.push(3, &[self.word(a.start)]);
        f.push(4, &[self.word(a.end - 1)]);
        f.push(5, &[nearest.map_or(OUTSIDE, bucket)]);
        f.push(6, &[a.len().min(6) as u64]);
        f.push(7, &[before]);
        f.push(8, &[self.word(a.end)]);
        f.push(9, &[self.quoted(a.start)]);
        f.push(10, &[u64::from(same)]);
        f.hashes
    }

    fn between(&self, role: Role, low: usize, high: usize) -> u64 {
        let inside = self.starting_before(role, high).saturating_sub(self.starting_before(role, low));
        inside.min(3) as u64
    }

    fn joined(&self, range: TokenRange) -> u64 {
        range.fold(7, |hash, i| mix(hash, self.word(i)))
    }

    fn word(&self, i: usize) -> u64 {
        if self.paragraph.contains(&i) { hash_lower(self.document.word(i)) } else { OUTSIDE }
    }

    fn sentence(&self, i: usize) -> u64 {
        u64::from(self.document.tokens[i].sentence)
    }

    fn quoted(&self, i: usize) -> u64 {
        u64::from(self.document.tokens[i].quoted)
    }

    fn has(&self, range: TokenRange, mark: &str) -> u64 {
        let mut inside = range.filter(|i| self.paragraph.contains(i));
        u64::from(inside.any(|i| self.document.word(i) == mark))
    }

    /// Pronoun, capitalised or other.
    fn speaker_kind(&self, i: usize) -> u64 {
        const PRONOUNS: [&str; 9] = ["he", "she", "they", "it", "i", "we", "you", "who", "that"];
        let word = self.document.word(i);
        match word {
            _ if PRONOUNS.iter().any(|p| p.eq_ignore_ascii_case(word)) => 0,
            _ if word.starts_with(char::is_uppercase) => 1,
            _ => 2,
        }
    }
}

/// Tokens between the two, negative where `b` stands before `a`; never 0.
fn signed_gap(a: &TokenRange, b: &TokenRange) -> i64 {
    if b.start >= a.end { (b.start - a.end) as i64 + 1 } else { -((a.start.saturating_sub(b.end)) as i64 + 1) }
}

fn bucket(gap: i64) -> u64 {
    let size = match gap.unsigned_abs() {
        n @ 0..=3 => n,
        4..=6 => 4,
        7..=11 => 7,
        12..=24 => 12,
        _ => 25,
    };
    size * 2 + u64::from(gap > 0)
}
