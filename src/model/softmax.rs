//! Turns scores into probabilities.

/// Puts in the place of each score its probability; they sum to one.
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
    }
    let sum: f32 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_scores() {
        let mut found = [1.0, 1.0, 3.0, -50.0];
        softmax(&mut found);
        assert!((found.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(found[0] == found[1] && found[2] > 0.7 && found[3] < 1e-9, "{found:?}");
    }
}
