//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): the likeliest labels of scored tokens,
//! by Viterbi's algorithm, how sure each is, and the spans that they mean.

use crate::language::TokenRange;

/// Number of labels: outside, and the beginning and inside of each role.
pub const LABELS: usize = 7;

/// 0 outside; 1, 3, 5 begin a source, cue, content; 2, 4, 6 go on with one.
pub type Label = u8;

/// The three parts of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Source,
    Cue,
    Content,
}

impl Role {
    /// Returns the label that begins the role.
    pub fn begin(self) -> Label {
        self as Label * 2 + 1
    }

    /// Returns the role of a label, `None` for outside.
    pub fn of(label: Label) -> Option<Role> {
        match label {
            1 | 2 => Some(Role::Source),
            3 | 4 => Some(Role::Cue),
            5 | 6 => Some(Role::Content),
            _ => None,
        }
    }
}

/// A run of tokens with one role.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedSpan {
    pub role: Role,
    pub tokens: TokenRange,
    /// Mean over the span's tokens of the probability of their labels.
    pub probability: f32,
}

/// Scores of one label after another, and of a label at the start, in the units of the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Transitions {
    pub start: [f32; LABELS],
    pub after: [[f32; LABELS]; LABELS],
}

/// Forbids what no sequence of spans can hold.
pub const FORBIDDEN: f32 = -1e4;

impl Transitions {
    /// Returns transitions that score nothing but forbid a span to go on where none is open.
    pub fn neutral() -> Transitions {
        let mut transitions = Transitions { start: [0.0; LABELS], after: [[0.0; LABELS]; LABELS] };
        for inside in [2, 4, 6] {
            transitions.start[inside] = FORBIDDEN;
            for before in 0..LABELS {
                if before != inside && before + 1 != inside {
                    transitions.after[before][inside] = FORBIDDEN;
                }
            }
        }
        transitions
    }
}

/// Returns the spans that labels mean; `first` is the position of the first token.
pub fn spans_of(labels: &[Label], sure: &[f32], first: usize) -> Vec<TaggedSpan> {
    let mut found: Vec<TaggedSpan> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let Some(role) = Role::of(label) else { continue };
        match found.last_mut() {
            Some(last) if label != role.begin() && last.role == role && last.tokens.end == first + i => {
                last.tokens.end += 1;
                last.probability += sure[i];
            }
            _ => found.push(TaggedSpan { role, tokens: first + i..first + i + 1, probability: sure[i] }),
        }
    }
    for span in &mut found {
        span.probability /= span.tokens.len() as f32;
    }
    found
}

/// Returns the best sequence of labels.
pub(super) fn viterbi(scores: &[[f32; LABELS]], transitions: &Transitions) -> Vec<Label> {
    let Some((first, rest)) = scores.split_first() else { return Vec::new() };
    let mut best: [f32; LABELS] = std::array::from_fn(|l| transitions.start[l] + first[l]);
    let mut came_from: Vec<[Label; LABELS]> = Vec::with_capacity(rest.len());
    for own in rest {
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut back = [0; LABELS];
        for (before, &score) in best.iter().enumerate() {
            for label in 0..LABELS {
                let total = score + transitions.after[before][label];
                if total > next[label] {
                    next[label] = total;
                    back[label] = before as Label;
                }
            }
        }
        best = std::array::from_fn(|l| next[l] + own[l]);
        came_from.push(back);
    }
    let last = (0..LABELS).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
    let mut labels = vec![last as Label; scores.len()];
    for (i, back) in came_from.iter().enumerate().rev() {
        labels[i] = back[labels[i + 1] as usize];
    }
    labels
}

/// Returns the probability of each token's label (forward-backward).
pub(super) fn probabilities(scores: &[[f32; LABELS]], transitions: &Transitions, labels: &[Label]) -> Vec<f32> {
    let factors = transitions.after.map(|row| row.map(f32::exp));
    let own: Vec<[f32; LABELS]> = scores
        .iter()
        .map(|s| {
            let top = s.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            s.map(|x| (x - top).exp())
        })
        .collect();
    let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(own.len());
    for (i, weights) in own.iter().enumerate() {
        let row: [f32; LABELS] = match forward.last() {
            None => std::array::from_fn(|l| transitions.start[l].exp() * weights[l]),
            Some(before) => {
                std::array::from_fn(|l| (0..LABELS).map(|b| before[b] * factors[b][l]).sum::<f32>() * weights[l])
            }
        };
        debug_assert_eq!(i, forward.len());
        forward.push(normalised(row));
    }
    let mut sure = vec![0.0; own.len()];
    let mut backward = [1.0; LABELS];
    for i in (0..own.len()).rev() {
        let joint: [f32; LABELS] = std::array::from_fn(|l| forward[i][l] * backward[l]);
        sure[i] = normalised(joint)[labels[i] as usize];
        backward =
            normalised(std::array::from_fn(|b| (0..LABELS).map(|l| factors[b][l] * own[i][l] * backward[l]).sum()));
    }
    sure
}

fn normalised(row: [f32; LABELS]) -> [f32; LABELS] {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|x| x / sum) } else { [1.0 / LABELS as f32; LABELS] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_goes_on_where_none_is_open() {
        let scores = vec![[0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0]];
        let labels = viterbi(&scores, &Transitions::neutral());
        assert_eq!(labels, [1, 2]);
    }

    #[test]
    fn neighbouring_spans_of_one_role_stay_apart() {
        let spans = spans_of(&[5, 6, 5, 0, 3], &[0.5, 1.0, 1.0, 1.0, 0.25], 10);
        let found: Vec<(Role, TokenRange)> = spans.iter().map(|s| (s.role, s.tokens.clone())).collect();
        assert_eq!(found, [(Role::Content, 10..12), (Role::Content, 12..13), (Role::Cue, 14..15)]);
        assert_eq!(spans[0].probability, 0.75);
    }

    #[test]
    fn probabilities_sum_over_the_other_labels() {
        let scores = vec![[1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]];
        let sure = probabilities(&scores, &Transitions::neutral(), &[0]);
        let e = 1f32.exp();
        assert!((sure[0] - e / (2.0 * e + 2.0)).abs() < 1e-5, "{sure:?}");
    }
}
