//! For or against: the stance and act of a statement, as the model weighs its features.

use super::evidence::Evidence;
use super::features::features;
use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::model::StanceModel;
use crate::record::{Act, Quotation, Stance};

/// What a statement's words amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::extract) struct Judgement {
    pub stance: Stance,
    pub act: Act,
    /// Probability of the stance.
    pub sure: f32,
    /// Probability that it is a statement at all.
    pub is_statement: f32,
}

/// Judges a statement by the model's weights; the lexicon's evidence is among its features and names the act.
pub(in crate::extract) fn judge(
    text: &Annotated,
    found: &Found,
    quotation: Quotation,
    model: &StanceModel,
) -> Judgement {
    let evidence = Evidence::of(text, found);
    let [oppose, support, neutral, nothing] = model.probabilities(&features(text, found, quotation, &evidence));
    // Who explains, in words that judge nothing, takes a side only where that is likelier than all else.
    let explains = evidence.all.is_empty() && evidence.plain_act == Some(Act::Explain);
    let side = oppose.max(support);
    let (stance, most) = match neutral {
        n if n >= side || explains && side < 0.5 => (Stance::Neutral, neutral),
        _ if oppose >= support => (Stance::Oppose, oppose),
        _ => (Stance::Support, support),
    };
    let any = (1.0 - nothing).max(f32::MIN_POSITIVE);
    Judgement { stance, act: evidence.act(stance), sure: most / any, is_statement: any }
}
