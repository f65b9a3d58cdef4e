//! Trains the weights of `onrecord::model::StanceModel` from statements labelled by hand.
//!
//! ```text
//! cargo run --release --example train-stance -- LABELS.jsonl ARTICLES.jsonl WEIGHTS [--also ROWS.jsonl ARTICLES.jsonl]...
//! ```
//!
//! Labels: `{"article", "speaker": [[start, end]], "cue": [...], "content": [...], "stance", "flags"}`, offsets in code
//! points of the article's text; rows flagged `x` are no statements, which the model learns to tell too. Articles: `{"id", "text"}`.
//! `--also` rows were judged by the encoder of `encoder/stance.py`: the small model learns its probabilities ("weights").
//! Multinomial logistic regression, fitted by AdaGrad with a penalty on the squares of the weights; prints the
//! accuracy and macro-F1 of a five-fold cross-validation over articles. The same rows give the same weights.

mod labelled_statements;
mod stance_classes;

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use labelled_statements::each_article;
use onrecord::extract::stance_features;
use onrecord::lexicon::Lexicon;
use onrecord::model::{STANCE_CLASSES as CLASSES, STANCE_SLOTS as SLOTS, StanceModel, stance_slot};
use stance_classes::NOTHING;

/// A labelled statement as features.
struct Example {
    article: String,
    features: Vec<u64>,
    /// What the model is to say: one for the class of a label.
    target: [f32; CLASSES],
    /// How much it counts: less where the reader was unsure, or was a model.
    weight: f32,
}

impl Example {
    fn class(&self) -> usize {
        (0..CLASSES).max_by(|&a, &b| self.target[a].total_cmp(&self.target[b])).unwrap_or(NOTHING)
    }
}

const USAGE: &str = "usage: LABELS.jsonl ARTICLES.jsonl WEIGHTS [--also ROWS.jsonl ARTICLES.jsonl]...";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, articles, weights, also @ ..] = arguments.as_slice() else { bail!("{USAGE}") };
    let examples = examples(labels, articles)?;
    let mut judged = Vec::new();
    for part in also.chunks(3) {
        let [flag, rows, articles] = part else { bail!("{USAGE}") };
        ensure!(flag == "--also", "{USAGE}");
        judged.extend(self::examples(rows, articles)?);
    }
    let count = |class: usize| examples.iter().filter(|e| e.class() == class).count();
    eprintln!(
        "{} rows by hand: {} oppose, {} support, {} neutral, {} no statement; {} rows by a model",
        examples.len(),
        count(0),
        count(1),
        count(2),
        count(NOTHING),
        judged.len()
    );
    cross_validate(&examples, &judged);
    let all: Vec<&Example> = examples.iter().chain(&judged).collect();
    let bytes = fit(&all).to_bytes();
    std::fs::write(weights, &bytes).with_context(|| format!("cannot write {weights}"))?;
    eprintln!("{} bytes of weights", bytes.len());
    Ok(())
}

fn examples(labels: &str, articles: &str) -> Result<Vec<Example>> {
    let lexicon = Lexicon::built_in();
    let mut examples = Vec::new();
    each_article(labels, articles, |text, labels, located| {
        for (label, features) in labels.into_iter().zip(stance_features(text, &located, lexicon)) {
            if features.is_empty() {
                continue;
            }
            let (target, weight) = match label.weights {
                Some(target) => (target, judged_weight(&target)),
                None => (std::array::from_fn(|class| f32::from(class == label.class())), label.weight()),
            };
            examples.push(Example { article: label.article, features, target, weight });
        }
        Ok(())
    })?;
    Ok(examples)
}

/// Returns how much a row judged by a model counts. Most of them take no side; these count less, as among the labels by
/// hand, whose articles were chosen for having many that do.
fn judged_weight(target: &[f32; CLASSES]) -> f32 {
    const SIDED: f32 = 0.8;
    const UNSIDED: f32 = 0.3;
    let sided = target[0] + target[1];
    SIDED * sided + UNSIDED * (1.0 - sided)
}

const PASSES: u64 = 12;
const RATE: f32 = 0.02;
const DECAY: f32 = 1e-3;

fn fit(examples: &[&Example]) -> StanceModel {
    let mut model = StanceModel { weights: vec![[0.0; CLASSES]; SLOTS] };
    let mut squares = vec![[1e-2f32; CLASSES]; SLOTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for pass in 0..PASSES {
        shuffle(&mut order, 31 + pass);
        for &i in &order {
            let example = examples[i];
            let mut gradient = model.probabilities(&example.features);
            gradient.iter_mut().zip(example.target).for_each(|(g, t)| *g -= t);
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
fn cross_validate(examples: &[Example], judged: &[Example]) {
    let mut articles: Vec<&str> = examples.iter().map(|e| e.article.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let fold_of: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, &a)| (a, i % FOLDS)).collect();
    let mut table = [[0usize; NOTHING]; CLASSES];
    let mut doubts = Vec::new();
    for fold in 0..FOLDS {
        let others = examples.iter().filter(|e| fold_of[e.article.as_str()] != fold);
        let rest: Vec<&Example> = others.chain(judged).collect();
        let model = fit(&rest);
        for example in examples.iter().filter(|e| fold_of[e.article.as_str()] == fold) {
            let p = model.probabilities(&example.features);
            let best = (0..NOTHING).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(2);
            table[example.class()][best] += 1;
            doubts.push((p[NOTHING], example.class() == NOTHING));
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
