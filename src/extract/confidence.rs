//! How sure a statement is as a whole: that it is one, and that its speaker and its stance are right.

use crate::model::ModelSize;
use crate::record::Parts;

/// Weights of a logistic regression over the log-odds of the parts.
struct Weights {
    constant: f32,
    found: f32,
    statement: f32,
    speaker: f32,
    stance: f32,
}

/// As `training/labels/confidence.py` prints them for the articles that are kept back.
const ACCURATE: Weights = Weights { constant: -2.26, found: 0.11, statement: 0.28, speaker: 0.38, stance: 0.60 };
const FAST: Weights = Weights { constant: -2.17, found: 0.13, statement: 0.29, speaker: 0.38, stance: 0.39 };

/// Returns how likely all of it is right, 0 to 1; of a hundred statements with .8, some eighty are.
pub(super) fn confidence(parts: &Parts, size: ModelSize) -> f32 {
    let Weights { constant, found, statement, speaker, stance } = match size {
        ModelSize::Accurate => ACCURATE,
        ModelSize::Fast => FAST,
    };
    let weighed = [
        found * log_odds(parts.found),
        statement * log_odds(parts.statement),
        speaker * log_odds(parts.speaker),
        stance * log_odds(parts.stance),
    ];
    let sum = constant + weighed.iter().sum::<f32>();
    1.0 / (1.0 + (-sum).exp())
}

/// The logarithm of the odds; what is all but certain counts as 99 to 1.
fn log_odds(probability: f32) -> f32 {
    let bounded = probability.clamp(0.01, 0.99);
    (bounded / (1.0 - bounded)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_raises_it() {
        let low = Parts { found: 0.5, statement: 0.5, speaker: 0.5, stance: 0.5 };
        let more = [
            Parts { found: 1.0, ..low },
            Parts { statement: 1.0, ..low },
            Parts { speaker: 1.0, ..low },
            Parts { stance: 1.0, ..low },
        ];
        for size in ModelSize::ALL {
            for parts in more {
                assert!(confidence(&parts, size) > confidence(&low, size) + 0.02, "{parts:?}");
            }
            assert!(confidence(&low, size) < 0.2);
            assert!(confidence(&Parts { found: 1.0, statement: 1.0, speaker: 1.0, stance: 1.0 }, size) > 0.9);
        }
    }
}
