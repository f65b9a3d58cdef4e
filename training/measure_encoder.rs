//! Measures the encoder: how fast it loads and tags, and whether its labels are those of the training code.
//!
//! ```text
//! cargo run --release --example measure-encoder -- WEIGHTS ARTICLES.jsonl [REFERENCE.jsonl]
//! ```
//!
//! Articles: `{"id", "text"}`; the first 200 are read. Reference: rows of `encoder/export.py labels` for the same
//! articles. Times are those of the processor, where the system tells them, so that other programs do
//! not count.

mod reference;

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use onrecord::language::Document;
use onrecord::lexicon::Lexicon;
use onrecord::model::{EncoderTagger, Label, TaggedSpan};
use serde::Deserialize;

const ARTICLES: usize = 200;
#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (weights, articles, reference) = match arguments.as_slice() {
        [weights, articles] => (weights, articles, None),
        [weights, articles, reference] => (weights, articles, Some(reference)),
        _ => bail!("usage: WEIGHTS ARTICLES.jsonl [REFERENCE.jsonl]"),
    };
    let bytes = std::fs::read(weights).with_context(|| format!("cannot read {weights}"))?;
    let clock = Clock::start();
    let tagger = EncoderTagger::from_bytes(bytes)?;
    println!("loaded in {:.0} ms", 1000.0 * clock.seconds());
    let rows: Vec<Row> = lines(articles)?;
    speed(&tagger, &rows);
    if let Some(path) = reference {
        agreement(&tagger, &rows, &reference::read(path)?)?;
    }
    Ok(())
}

fn speed(tagger: &EncoderTagger, rows: &[Row]) {
    let lexicon = Lexicon::built_in();
    let (mut words, mut spans, mut tagging) = (0, 0, 0.0);
    let whole = Clock::start();
    for row in rows {
        let document = Document::new(&row.text, |word| onrecord::extract::abbreviation(word, lexicon));
        words += document.tokens.len();
        let clock = Clock::start();
        spans += tagger.tag(&document, &document.paragraphs).iter().map(Vec::len).sum::<usize>();
        tagging += clock.seconds();
    }
    let rate = |seconds: f64| words as f64 / seconds;
    println!("{words} words, {spans} spans");
    println!("words a second on one core: tagging {:.0}, with splitting {:.0}", rate(tagging), rate(whole.seconds()));
}

fn agreement(tagger: &EncoderTagger, rows: &[Row], references: &HashMap<String, Vec<Label>>) -> Result<()> {
    let lexicon = Lexicon::built_in();
    let (mut words, mut equal, mut marked, mut marked_equal) = (0, 0, 0, 0);
    for row in rows {
        let expected = references.get(&row.id).with_context(|| format!("no labels of {}", row.id))?;
        let document = Document::new(&row.text, |word| onrecord::extract::abbreviation(word, lexicon));
        let labels = labels_of(&document, &tagger.tag(&document, &document.paragraphs));
        let expected = labels_of(&document, &reference::spans(&document, expected)?);
        for (ours, theirs) in labels.iter().zip(&expected) {
            let either = *ours > 0 || *theirs > 0;
            words += 1;
            equal += usize::from(ours == theirs);
            marked += usize::from(either);
            marked_equal += usize::from(either && ours == theirs);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!("equal labels: {:.2} % of {words}", share(equal, words));
    println!("of those that are not outside for both: {:.2} % of {marked}", share(marked_equal, marked));
    Ok(())
}

/// A label for every token.
fn labels_of(document: &Document, spans: &[Vec<TaggedSpan>]) -> Vec<Label> {
    let mut labels = vec![0; document.tokens.len()];
    for span in spans.iter().flatten() {
        labels[span.tokens.clone()].fill(span.role.begin() + 1);
        labels[span.tokens.start] = span.role.begin();
    }
    labels
}

fn lines<T: for<'d> Deserialize<'d>>(path: &str) -> Result<Vec<T>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    let lines = BufReader::new(file).lines().take(ARTICLES);
    lines.map(|line| serde_json::from_str(&line?).with_context(|| format!("odd row in {path}"))).collect()
}

/// Time on the processor, or by the clock where the system does not tell.
struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    fn start() -> Clock {
        Clock { wall: Instant::now(), processor: processor_seconds() }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, processor_seconds()) {
            (Some(start), Some(end)) => end - start,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = text.split(' ').next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}
