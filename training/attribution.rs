//! Trains the weights of `onrecord::model::AttributionModel` from labelled articles.
//!
//! ```text
//! cargo run --release --example train-attribution -- \
//!     TRAIN.jsonl WEIGHTS [--also LABELLED.jsonl] [--blind N] [--dev DEV.jsonl PREDICTED.jsonl]
//! ```
//!
//! Rows: `{"id", "text", "attributions": [{"source": [[start, end]], "cue": [...], "content": [...]}]}`, offsets in
//! code points. The tagger is a conditional random field fitted by AdaGrad on the log-likelihood; the linker is a
//! log-linear ranking, fitted on spans that taggers trained without their article gave (five-fold jackknife).
//! Articles after `--also` were labelled by a better model (`label-articles`); the tagger alone learns from them too.
//! Nothing is random but a seeded shuffle: the same rows give the same weights.

mod labelled_articles;

use std::collections::HashMap;
use std::io::Write;

use anyhow::{Context, Result, bail};
use labelled_articles::{Article, Row, read};
use onrecord::language::TokenRange;
use onrecord::lexicon::Lexicon;
use onrecord::model::{
    AttributionModel, Choice, CueClasses, LABELS, Label, LinkFeatures, Linker, Role, TaggedSpan, Tagger, TokenFeatures,
    Transitions, WINDOW, WeightTable, candidates, features_of, hash_lower, spans_of,
};

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let dev = option(&mut arguments, "--dev", 2)?;
    let blind: usize = option(&mut arguments, "--blind", 1)?.map_or(Ok(60), |v| v[0].parse())?;
    let also = option(&mut arguments, "--also", 1)?.map_or(Ok(Vec::new()), |path| read(&path[0]))?;
    let [train, weights] = arguments.as_slice() else {
        bail!("usage: TRAIN.jsonl WEIGHTS [--also LABELLED.jsonl] [--blind N] [--dev DEV.jsonl PREDICTED.jsonl]")
    };
    let lexicon = Lexicon::built_in();
    let rows = read(train)?;
    let articles: Vec<Article> = rows.iter().map(|r| Article::new(r, lexicon)).collect();
    // Rows stand sorted by outlet: every n-th one is a fair sample of all.
    let step = articles.len() / blind.max(1);
    let (mut kept_back, mut used) = (Vec::new(), Vec::new());
    for (i, article) in articles.iter().enumerate() {
        if blind > 0 && i % step == 0 && kept_back.len() < blind { kept_back.push(article) } else { used.push(article) }
    }
    eprintln!("{} articles to train on, {} kept back", used.len(), kept_back.len());

    let linker = jackknifed_linker(&used);
    let also: Vec<Article> = also.iter().map(|r| Article::new(r, lexicon)).collect();
    used.extend(&also);
    let tagger = train_tagger(&used, 0);
    let bytes = AttributionModel::to_bytes(&tagger, &linker);
    std::fs::write(weights, &bytes).with_context(|| format!("cannot write {weights}"))?;
    eprintln!("{} bytes of weights", bytes.len());

    let model = AttributionModel::from_bytes(&bytes)?;
    eprintln!("spans of the articles kept back: {}", span_scores(&model, &kept_back));
    if let Some([input, output]) = dev.as_deref() {
        let rows = read(input)?;
        predict(&model, &rows, lexicon, output)?;
    }
    Ok(())
}

/// Takes `name` and its `count` values out of the arguments.
fn option(arguments: &mut Vec<String>, name: &str, count: usize) -> Result<Option<Vec<String>>> {
    let Some(at) = arguments.iter().position(|a| a == name) else { return Ok(None) };
    if arguments.len() < at + 1 + count {
        bail!("{name} wants {count} values");
    }
    Ok(Some(arguments.drain(at..at + 1 + count).skip(1).collect()))
}

/// Counts how much of a word's use is as part of a cue.
fn cue_classes(articles: &[&Article]) -> CueClasses {
    let mut uses: HashMap<u64, (u32, u32)> = HashMap::new();
    for article in articles {
        for i in 0..article.document.tokens.len() {
            let counts = uses.entry(hash_lower(article.document.word(i))).or_default();
            counts.0 += 1;
            counts.1 += u32::from(Role::of(article.labels[i]) == Some(Role::Cue));
        }
    }
    let class = |(all, cue): (u32, u32)| {
        let share = f64::from(cue) / f64::from(all);
        (cue >= 3 && share > 0.05).then(|| 1 + [0.15, 0.4, 0.7].iter().filter(|&&t| share > t).count() as u8)
    };
    CueClasses(uses.into_iter().filter_map(|(word, counts)| class(counts).map(|c| (word, c.min(3)))).collect())
}

/// One run of tokens, with features as positions in the weights.
struct Run {
    features: Vec<Vec<u32>>,
    labels: Vec<Label>,
}

const EPOCHS: usize = 12;
const RATE: f32 = 0.015;
const DECAY: f32 = 2e-6;
/// A feature must occur this often to get weights.
const COUNT: u32 = 2;

fn train_tagger(articles: &[&Article], seed: u64) -> Tagger {
    let classes = cue_classes(articles);
    let (runs, hashes) = runs(articles, &classes);
    eprintln!("{} runs, {} features", runs.len(), hashes.len());
    let mut fit = Fit {
        weights: vec![[0.0; LABELS]; hashes.len()],
        squares: vec![[1e-2; LABELS]; hashes.len()],
        transitions: Transitions::neutral(),
        transition_squares: [[1e-2; LABELS]; LABELS + 1],
    };
    let mut order: Vec<usize> = (0..runs.len()).collect();
    for epoch in 0..EPOCHS {
        shuffle(&mut order, seed + epoch as u64);
        let loss: f64 = order.iter().map(|&r| f64::from(fit.step(&runs[r]))).sum();
        eprintln!("  epoch {:2}: loss a run {:.3}", epoch + 1, loss / runs.len() as f64);
    }
    fit.tagger(&hashes, classes)
}

fn runs(articles: &[&Article], classes: &CueClasses) -> (Vec<Run>, Vec<u64>) {
    let mut features = TokenFeatures::default();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut each_run = |visit: &mut dyn FnMut(&TokenFeatures, &[Label])| {
        for article in articles {
            for paragraph in &article.document.paragraphs {
                for start in paragraph.clone().step_by(WINDOW) {
                    let run = start..paragraph.end.min(start + WINDOW);
                    features_of(&article.document, run.clone(), classes, &mut features);
                    visit(&features, &article.labels[run]);
                }
            }
        }
    };
    each_run(&mut |features, _| {
        for i in 0..features.len() {
            for &hash in features.of(i) {
                *counts.entry(hash).or_default() += 1;
            }
        }
    });
    let mut hashes: Vec<u64> = counts.iter().filter(|&(_, &n)| n >= COUNT).map(|(&h, _)| h).collect();
    hashes.sort_unstable();
    let places: HashMap<u64, u32> = hashes.iter().enumerate().map(|(i, &h)| (h, i as u32)).collect();
    let mut runs = Vec::new();
    each_run(&mut |features, labels| {
        let known = |i: usize| features.of(i).iter().filter_map(|h| places.get(h).copied()).collect();
        runs.push(Run { features: (0..features.len()).map(known).collect(), labels: labels.to_vec() });
    });
    (runs, hashes)
}

/// The state of AdaGrad (Duchi, Hazan and Singer 2011).
struct Fit {
    weights: Vec<[f32; LABELS]>,
    squares: Vec<[f32; LABELS]>,
    transitions: Transitions,
    /// The last row is the start's.
    transition_squares: [[f32; LABELS]; LABELS + 1],
}

impl Fit {
    /// Follows the gradient of one run; returns its negative log-likelihood.
    fn step(&mut self, run: &Run) -> f32 {
        let scores: Vec<[f32; LABELS]> = run.features.iter().map(|f| self.scores(f)).collect();
        let (marginals, pairs, log_sum) = expectations(&scores, &self.transitions);
        let mut gold = self.transitions.start[run.labels[0] as usize];
        for (i, &label) in run.labels.iter().enumerate() {
            gold += scores[i][label as usize];
            if i > 0 {
                gold += self.transitions.after[run.labels[i - 1] as usize][label as usize];
            }
        }
        for (i, features) in run.features.iter().enumerate() {
            let mut gradient = marginals[i];
            gradient[run.labels[i] as usize] -= 1.0;
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            for &f in features {
                let (weights, squares) = (&mut self.weights[f as usize], &mut self.squares[f as usize]);
                for l in 0..LABELS {
                    let g = gradient[l] + DECAY * weights[l];
                    squares[l] += g * g;
                    weights[l] -= RATE * g / squares[l].sqrt();
                }
            }
        }
        self.step_transitions(run, &marginals[0], pairs);
        log_sum - gold
    }

    fn step_transitions(&mut self, run: &Run, first: &[f32; LABELS], mut pairs: [[f32; LABELS]; LABELS]) {
        for two in run.labels.windows(2) {
            pairs[two[0] as usize][two[1] as usize] -= 1.0;
        }
        let mut start = *first;
        start[run.labels[0] as usize] -= 1.0;
        let rows = self.transitions.after.iter_mut().chain(std::iter::once(&mut self.transitions.start));
        let gradients = pairs.iter().chain(std::iter::once(&start));
        for ((row, squares), gradient) in rows.zip(&mut self.transition_squares).zip(gradients) {
            for l in 0..LABELS {
                if row[l] > -1e3 {
                    squares[l] += gradient[l] * gradient[l];
                    row[l] -= RATE * gradient[l] / squares[l].sqrt();
                }
            }
        }
    }

    fn scores(&self, features: &[u32]) -> [f32; LABELS] {
        let mut sums = [0.0; LABELS];
        for &f in features {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[f as usize]) {
                *sum += weight;
            }
        }
        sums
    }

    /// Rounds the weights to 8 bits and leaves out the features that weigh least.
    fn tagger(self, hashes: &[u64], classes: CueClasses) -> Tagger {
        let mut sizes: Vec<f32> = self.weights.iter().flatten().map(|w| w.abs()).filter(|&w| w > 0.0).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let scale = sizes[sizes.len() * 9995 / 10000] / 127.0;
        let rounded = |w: f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
        let top = |row: &[f32; LABELS]| row.iter().fold(0f32, |top, w| top.max(w.abs()));
        let mut kept: Vec<usize> = (0..hashes.len()).filter(|&f| top(&self.weights[f]) >= 2.0 * scale).collect();
        kept.sort_by(|&a, &b| top(&self.weights[b]).total_cmp(&top(&self.weights[a])).then(a.cmp(&b)));
        kept.truncate(ROOM);
        let (table, lost) = WeightTable::build(kept.iter().map(|&f| (hashes[f], self.weights[f].map(rounded))));
        eprintln!("{} features kept, {lost} found no place, {} bytes", kept.len(), table.to_bytes().len());
        Tagger { table, scale, transitions: self.transitions, classes }
    }
}

/// Features that the table has room for: four fifths of 2^16 buckets of eight.
const ROOM: usize = (1 << 16) * 8 * 4 / 5;

/// Returns each token's label probabilities, the expected counts of label pairs, and the log of the sum over all
/// sequences (forward-backward, each step scaled to sum to one).
fn expectations(
    scores: &[[f32; LABELS]],
    transitions: &Transitions,
) -> (Vec<[f32; LABELS]>, [[f32; LABELS]; LABELS], f32) {
    let factors = transitions.after.map(|row| row.map(f32::exp));
    let mut log_sum = 0.0;
    let own: Vec<[f32; LABELS]> = scores
        .iter()
        .map(|s| {
            let top = s.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            log_sum += top;
            s.map(|x| (x - top).exp())
        })
        .collect();
    let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(own.len());
    let mut norms = Vec::with_capacity(own.len());
    for weights in &own {
        let row: [f32; LABELS] = match forward.last() {
            None => std::array::from_fn(|l| transitions.start[l].exp() * weights[l]),
            Some(f) => std::array::from_fn(|l| (0..LABELS).map(|b| f[b] * factors[b][l]).sum::<f32>() * weights[l]),
        };
        let norm: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        log_sum += norm.ln();
        norms.push(norm);
        forward.push(row.map(|x| x / norm));
    }
    let mut pairs = [[0.0; LABELS]; LABELS];
    let mut backward = [1.0; LABELS];
    let mut marginals = vec![[0.0; LABELS]; own.len()];
    for i in (0..own.len()).rev() {
        marginals[i] = std::array::from_fn(|l| forward[i][l] * backward[l]);
        if i == 0 {
            break;
        }
        let ahead: [f32; LABELS] = std::array::from_fn(|l| own[i][l] * backward[l] / norms[i]);
        for b in 0..LABELS {
            for l in 0..LABELS {
                pairs[b][l] += forward[i - 1][b] * factors[b][l] * ahead[l];
            }
        }
        backward = std::array::from_fn(|b| (0..LABELS).map(|l| factors[b][l] * ahead[l]).sum());
    }
    (marginals, pairs, log_sum)
}

const FOLDS: usize = 5;

/// Fits the linker on spans as a tagger gives them for articles that it has not seen.
fn jackknifed_linker(articles: &[&Article]) -> Linker {
    let mut choices: Vec<(LinkFeatures, Vec<usize>)> = Vec::new();
    for fold in 0..FOLDS {
        let rest: Vec<&Article> =
            articles.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, a)| *a).collect();
        eprintln!("fold {}", fold + 1);
        let tagger = train_tagger(&rest, 100 * (fold as u64 + 1));
        for article in articles.iter().skip(fold).step_by(FOLDS) {
            for paragraph in &article.document.paragraphs {
                let spans = tagger.tag(&article.document, paragraph.clone());
                choices.extend(labelled_choices(article, paragraph, &spans));
            }
        }
    }
    for article in articles {
        for paragraph in &article.document.paragraphs {
            let labels = &article.labels[paragraph.clone()];
            let spans = spans_of(labels, &vec![1.0; labels.len()], paragraph.start);
            choices.extend(labelled_choices(article, paragraph, &spans));
        }
    }
    fit_linker(choices)
}

/// Returns the choices of a paragraph with the candidates that are right: those that share an attribution.
///
/// Where the cue's own source was not tagged, none of the others is right, but "none" is not what should be learned from
/// it: a better tagger would have given it. Such choices are left out, and so are spans that belong to no attribution.
fn labelled_choices(
    article: &Article,
    paragraph: &TokenRange,
    spans: &[TaggedSpan],
) -> Vec<(LinkFeatures, Vec<usize>)> {
    let owners: Vec<Vec<usize>> = spans.iter().map(|s| owners(article, s)).collect();
    let labelled = |choice: LinkFeatures| {
        let own = &owners[choice.item];
        let shares = |&c: &usize| own.iter().any(|o| owners[c].contains(o));
        let right: Vec<usize> = (0..choice.candidates.len()).filter(|&n| shares(&choice.candidates[n])).collect();
        if !right.is_empty() {
            return Some((choice, right));
        }
        let untagged = choice.choice == Choice::Source
            && article.spans.iter().any(|(role, _, number)| *role == Role::Source && own.contains(number));
        let none = choice.candidates.len();
        (!untagged && !own.is_empty()).then_some((choice, vec![none]))
    };
    candidates(&article.document, paragraph, spans).filter_map(labelled).collect()
}

/// Returns the attributions that most of the span's tokens belong to in its role.
fn owners(article: &Article, span: &TaggedSpan) -> Vec<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for (role, tokens, number) in &article.spans {
        let common = tokens.end.min(span.tokens.end).saturating_sub(tokens.start.max(span.tokens.start));
        if *role == span.role && common > 0 {
            let best = shared.entry(*number).or_default();
            *best = common.max(*best);
        }
    }
    let top = shared.values().copied().max().unwrap_or(0);
    shared.into_iter().filter(|&(_, n)| n == top).map(|(o, _)| o).collect()
}

fn fit_linker(choices: Vec<(LinkFeatures, Vec<usize>)>) -> Linker {
    const PASSES: u64 = 10;
    const LINK_RATE: f32 = 0.1;
    let slots = onrecord::model::LINK_SLOTS;
    let mut linker = Linker { weights: vec![0.0; slots] };
    let mut squares = vec![1e-2f32; slots];
    let mut order: Vec<usize> = (0..choices.len()).filter(|&i| !choices[i].0.candidates.is_empty()).collect();
    eprintln!("{} choices to link", order.len());
    for pass in 0..PASSES {
        shuffle(&mut order, 7000 + pass);
        for &i in &order {
            let (choice, right) = &choices[i];
            let probabilities = linker.probabilities(choice);
            let mass: f32 = right.iter().map(|&r| probabilities[r]).sum::<f32>().max(1e-6);
            for (n, features) in choice.features.iter().enumerate() {
                let wanted = if right.contains(&n) { probabilities[n] / mass } else { 0.0 };
                let gradient = probabilities[n] - wanted;
                if gradient.abs() < 1e-4 {
                    continue;
                }
                for &hash in features {
                    let slot = onrecord::model::link_slot(hash);
                    squares[slot] += gradient * gradient;
                    linker.weights[slot] -= LINK_RATE * gradient / squares[slot].sqrt();
                }
            }
        }
    }
    let wrong = |kind: Choice| {
        let of_kind = order.iter().map(|&i| &choices[i]).filter(|c| c.0.choice == kind);
        let (mut all, mut bad) = (0, 0);
        for (choice, right) in of_kind {
            let p = linker.probabilities(choice);
            let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0);
            all += 1;
            bad += usize::from(!right.contains(&best));
        }
        format!("{bad} of {all}")
    };
    eprintln!("wrong links on what it was fitted on: {} cues, {} sources", wrong(Choice::Cue), wrong(Choice::Source));
    linker
}

/// Exact spans found in the articles, by role: precision/recall/F1 in per cent.
fn span_scores(model: &AttributionModel, articles: &[&Article]) -> String {
    let mut lines = Vec::new();
    for role in [Role::Source, Role::Cue, Role::Content] {
        let (mut right, mut found, mut gold) = (0, 0, 0);
        for article in articles {
            let tagged = model.tagger.tag(&article.document, &article.document.paragraphs);
            for (paragraph, spans) in article.document.paragraphs.iter().zip(tagged) {
                let labels = &article.labels[paragraph.clone()];
                let of_role = |spans: Vec<TaggedSpan>| -> Vec<TokenRange> {
                    spans.into_iter().filter(|s| s.role == role).map(|s| s.tokens).collect()
                };
                let wanted = of_role(spans_of(labels, &vec![1.0; labels.len()], paragraph.start));
                let got = of_role(spans);
                right += got.iter().filter(|s| wanted.contains(s)).count();
                found += got.len();
                gold += wanted.len();
            }
        }
        let (p, r) = (right as f64 / found.max(1) as f64, right as f64 / gold.max(1) as f64);
        lines.push(format!("{role:?} {:.1}/{:.1}/{:.1}", 100.0 * p, 100.0 * r, 200.0 * p * r / (p + r).max(1e-9)));
    }
    lines.join("  ")
}

/// Writes the attributions that the model alone finds, in the form of the rows.
fn predict(model: &AttributionModel, rows: &[Row], lexicon: &Lexicon, output: &str) -> Result<()> {
    let mut file =
        std::io::BufWriter::new(std::fs::File::create(output).with_context(|| format!("cannot write {output}"))?);
    for row in rows {
        let document = Article::new(row, lexicon).document;
        let points = onrecord::record::CodePoints::new(&row.text);
        let pairs = |range: &TokenRange| document.span(range).map(|s| points.pair(&row.text, s));
        let mut attributions = Vec::new();
        for found in model.find(&document, &document.paragraphs).into_iter().flatten() {
            attributions.push(serde_json::json!({
                "source": found.source.iter().filter_map(pairs).collect::<Vec<_>>(),
                "cue": found.cue.iter().filter_map(pairs).collect::<Vec<_>>(),
                "content": found.content.iter().filter_map(pairs).collect::<Vec<_>>(),
            }));
        }
        writeln!(file, "{}", serde_json::json!({"id": row.id, "attributions": attributions}))?;
    }
    Ok(file.flush()?)
}

/// Shuffles by a linear congruential generator (Knuth's constants), so that every run gives the same order.
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in (1..order.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
}
