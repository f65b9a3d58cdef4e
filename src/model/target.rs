//! The weights that tell which phrase a stance is about: a word or two for what holds of a phrase, and what it weighs.
//!
//! A ranking by a log-linear model. `schema/models/target.weights` is text: a weight and a name a line.

use std::collections::HashMap;
use std::sync::LazyLock;

const WEIGHTS: &str = include_str!("../../schema/models/target.weights");

static BY_NAME: LazyLock<HashMap<&str, f32>> =
    LazyLock::new(|| read(WEIGHTS).expect("the embedded weights are read by a test"));

/// Returns what a feature weighs; one that was never seen in training weighs nothing.
pub fn target_weight(feature: &str) -> f32 {
    BY_NAME.get(feature).copied().unwrap_or(0.0)
}

/// Reads a weight, a tab and a name from each line; `None` where a line has something else.
fn read(text: &str) -> Option<HashMap<&str, f32>> {
    text.lines()
        .map(|line| {
            let (weight, name) = line.split_once('\t')?;
            Some((name, weight.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_read() {
        assert!(read(WEIGHTS).is_some_and(|weights| weights.len() > 40));
        assert_eq!(target_weight("no such feature"), 0.0);
    }

    #[test]
    fn odd_lines_are_no_weights() {
        assert_eq!(read("0.5\ta plan\n"), Some(HashMap::from([("a plan", 0.5)])));
        for odd in ["0.5", "half\ta plan", "0.5\ta plan\n\n"] {
            assert_eq!(read(odd), None, "{odd:?}");
        }
    }
}
