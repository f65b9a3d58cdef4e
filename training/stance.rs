//! Trains the weights of `onrecord::model::StanceModel` from statements labelled by hand.
//!
//! ```text
//! cargo run --release --example train-stance -- LABELS.jsonl ARTICLES.jsonl WEIGHTS
//! ```
//!
//! Labels: `{"article", "speaker": [[start, end]], "cue": [...], "content": [...], "stance", "flags"}`, offsets in code
//! points of the article's text; rows flagged `x` are no statements, which the model learns to tell too. Articles: `{"id", "text"}`.
//! Multinomial logistic regression, fitted by AdaGrad with a penalty on the squares of the weights; prints the
//! accuracy and macro-F1 of a five-fold cross-validation over articles. The same rows give the same weights.

use std::collections::HashMap;
use std::io::BufRead;

use anyhow::{Context, Result, bail};
use onrecord::extract::{LabelledSpans, stance_features};
use onrecord::lexicon::Lexicon;
use onrecord::model::{STANCE_CLASSES as CLASSES, STANCE_SLOTS as SLOTS, StanceModel, stance_slot};
use onrecord::record::{Span, Stance};
use serde::Deserialize;

#[derive(Deserialize)]
struct Label {
    article: String,
    speaker: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    stance: Stance,
    flags: String,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
}

/// A labelled statement as features.
struct Example {
    article: String,
    features: Vec<u64>,
    class: usize,
    /// How much it counts: less where the reader was unsure.
    weight: f32,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, articles, weights] = arguments.as_slice() else { bail!("usage: LABELS.jsonl ARTICLES.jsonl WEIGHTS") };
    let examples = examples(labels, articles)?;
    let count = |class: usize| examples.iter().filter(|e| e.class == class).count();
    eprintln!(
        "{} rows: {} oppose, {} support, {} neutral, {} no statement",
        examples.len(),
        count(0),
        count(1),
        count(2),
        count(NOTHING)
    );
    cross_validate(&examples);
    let all: Vec<&Example> = examples.iter().collect();
    let bytes = fit(&all).to_bytes();
    std::fs::write(weights, &bytes).with_context(|| format!("cannot write {weights}"))?;
    eprintln!("{} bytes of weights", bytes.len());
    Ok(())
}

fn examples(labels: &str, articles: &str) -> Result<Vec<Example>> {
    let mut by_article: HashMap<String, Vec<Label>> = HashMap::new();
    for line in lines(labels)? {
        let label: Label = serde_json::from_str(&line?).with_context(|| format!("odd row in {labels}"))?;
        by_article.entry(label.article.clone()).or_default().push(label);
    }
    let lexicon = Lexicon::built_in();
    let mut examples = Vec::new();
    for line in lines(articles)? {
        let row: Row = serde_json::from_str(&line?).with_context(|| format!("odd row in {articles}"))?;
        let Some(labels) = by_article.get(&row.id) else { continue };
        let bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
        let spans = |pairs: &[[usize; 2]]| -> Vec<Span> {
            pairs.iter().filter_map(|&[s, e]| Span::new(&row.text, *bytes.get(s)?, *bytes.get(e)?)).collect()
        };
        let located: Vec<LabelledSpans> = labels
            .iter()
            .map(|l| LabelledSpans { speaker: spans(&l.speaker), cue: spans(&l.cue), content: spans(&l.content) })
            .collect();
        for (label, features) in labels.iter().zip(stance_features(&row.text, &located, lexicon)) {
            if features.is_empty() {
                continue;
            }
            let class = match label.stance {
                _ if label.flags.contains('x') => NOTHING,
                Stance::Oppose => 0,
                Stance::Support => 1,
                Stance::Neutral => 2,
            };
            let weight = if label.flags.contains('u') { 0.5 } else { 1.0 };
            examples.push(Example { article: row.id.clone(), features, class, weight });
        }
    }
    Ok(examples)
}

fn lines(path: &str) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {path}"))?;
    Ok(std::io::BufReader::new(file).lines())
}

/// The class of what is no statement.
const NOTHING: usize = 3;

const PASSES: u64 = 12;
const RATE: f32 = 0.02;
const DECAY: f32 = 2e-3;

fn fit(examples: &[&Example]) -> StanceModel {
    let mut model = StanceModel { weights: vec![[0.0; CLASSES]; SLOTS] };
    let mut squares = vec![[1e-2f32; CLASSES]; SLOTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for pass in 0..PASSES {
        shuffle(&mut order, 31 + pass);
        for &i in &order {
            let example = examples[i];
            let mut gradient = model.probabilities(&example.features);
            gradient[example.class] -= 1.0;
            for &hash in &example.features {
                let slot = stance_slot(hash);
                for class in 0..CLASSES {
                    let weight = &mut model.weights[slot][class];
                    let g = example.weight * gradient[class] + DECAY * *weight;
                    squares[slot][class] += g * g;
                    *weight -= RATE * g / squares[slot][class].sqrt();
                }
            }
        }
    }
    model
}

const FOLDS: usize = 5;

/// Prints how well statements of articles that were not fitted on are judged.
fn cross_validate(examples: &[Example]) {
    let mut articles: Vec<&str> = examples.iter().map(|e| e.article.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let fold_of: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, &a)| (a, i % FOLDS)).collect();
    let mut table = [[0usize; NOTHING]; CLASSES];
    let mut doubts = Vec::new();
    for fold in 0..FOLDS {
        let rest: Vec<&Example> = examples.iter().filter(|e| fold_of[e.article.as_str()] != fold).collect();
        let model = fit(&rest);
        for example in examples.iter().filter(|e| fold_of[e.article.as_str()] == fold) {
            let p = model.probabilities(&example.features);
            let best = (0..NOTHING).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(2);
            table[example.class][best] += 1;
            doubts.push((p[NOTHING], example.class == NOTHING));
        }
    }
    let right: usize = (0..NOTHING).map(|c| table[c][c]).sum();
    let all: usize = table[..NOTHING].iter().flatten().sum();
    let f1 = |c: usize| {
        let found: usize = (0..NOTHING).map(|g| table[g][c]).sum();
        let gold: usize = table[c].iter().sum();
        200.0 * table[c][c] as f64 / (found + gold).max(1) as f64
    };
    let mean = (f1(0) + f1(1) + f1(2)) / 3.0;
    let accuracy = 100.0 * right as f64 / all.max(1) as f64;
    eprintln!(
        "five-fold, of statements: accuracy {accuracy:.1}, macro-F1 {mean:.1} (oppose {:.1}, support {:.1}, neutral {:.1})",
        f1(0),
        f1(1),
        f1(2)
    );
    eprintln!("labelled as (row) and judged (column) oppose, support, neutral: {:?}", &table[..NOTHING]);
    for limit in [0.4, 0.5, 0.6, 0.7, 0.8] {
        let dropped = doubts.iter().filter(|d| d.0 > limit).count();
        let rightly = doubts.iter().filter(|d| d.0 > limit && d.1).count();
        eprintln!("no statement above {limit}: {dropped} of {} left out, {rightly} of them rightly", doubts.len());
    }
}

/// Shuffles by a linear congruential generator (Knuth's constants), so that every run gives the same order.
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in (1..order.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
}
