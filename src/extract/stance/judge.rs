//! For or against: the stance and act of a statement, as a model of either size judges it.

use super::evidence::Evidence;
use super::features::features;
use super::passage::passage;
use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::model::{EncoderJudge, ModelSize, StanceModel};
use crate::record::{Act, Judged, Quotation, Sign, Stance, StanceJudge, StanceRule};

/// What a statement's words amount to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::extract) struct Judgement {
    pub stance: Stance,
    pub act: Act,
    /// Probability of the stance.
    pub sure: f32,
    /// Probability that it is a statement at all.
    pub is_statement: f32,
    /// What each judge says; the last one decides, unless a rule does.
    pub judged: Vec<Judged>,
    pub rule: Option<StanceRule>,
    /// Words of the lexicon that speak for or against.
    pub signs: Vec<Sign>,
}

/// What judges statements.
pub(in crate::extract) enum Judge {
    /// Features of evidence and words, weighed: fast.
    Features(StanceModel),
    /// A transformer that reads the statement in its context, together with the features, where these are not sure: accurate.
    EncoderAndFeatures(Box<EncoderJudge>, StanceModel),
}

impl Judge {
    /// Reads the embedded weights of a model of that size.
    pub fn built_in(size: ModelSize) -> Judge {
        match size {
            ModelSize::Fast => Judge::Features(StanceModel::built_in()),
            ModelSize::Accurate => {
                Judge::EncoderAndFeatures(Box::new(EncoderJudge::built_in()), StanceModel::built_in())
            }
        }
    }
}

/// How much of the judgement is the encoder's. It knows the context, the lexicon knows more words: both together are right
/// more often than either.
const ENCODER_SHARE: f32 = 0.7;

/// Where the features are as sure as that of a class, no statement among them, the encoder is not asked: of 850 such candidates
/// in 150 articles it would have turned 13, and reading them is a tenth of the accurate model's time.
const SURE: f32 = 0.85;

/// Judges a statement by the model; the lexicon's evidence names the act.
pub(in crate::extract) fn judge(text: &Annotated, found: &Found, quotation: Quotation, judge: &Judge) -> Judgement {
    let evidence = Evidence::of(text, found);
    let (Judge::Features(model) | Judge::EncoderAndFeatures(_, model)) = judge;
    let weighed = model.probabilities(&features(text, found, quotation, &evidence));
    let mut judged = vec![Judged::new(StanceJudge::Words, weighed)];
    let probabilities = match judge {
        Judge::EncoderAndFeatures(encoder, _) if weighed.iter().all(|&p| p < SURE) => {
            let read = encoder.probabilities(&passage(text, found));
            let both = std::array::from_fn(|c| ENCODER_SHARE * read[c] + (1.0 - ENCODER_SHARE) * weighed[c]);
            judged.push(Judged::new(StanceJudge::Context, read));
            judged.push(Judged::new(StanceJudge::Together, both));
            both
        }
        _ => weighed,
    };
    let [oppose, support, neutral, nothing] = probabilities;
    // Who explains, in words that judge nothing, takes a side only where that is likelier than all else.
    let side = oppose.max(support);
    let explains = evidence.all.is_empty() && evidence.plain_act == Some(Act::Explain) && side < 0.5;
    let (stance, most) = match neutral {
        n if n >= side || explains => (Stance::Neutral, neutral),
        _ if oppose >= support => (Stance::Oppose, oppose),
        _ => (Stance::Support, support),
    };
    let any = (1.0 - nothing).max(f32::MIN_POSITIVE);
    Judgement {
        stance,
        act: evidence.act(stance),
        sure: most / any,
        is_statement: any,
        judged,
        rule: (explains && side > neutral).then_some(StanceRule::Explains),
        signs: signs(text, &evidence),
    }
}

/// Returns the lexicon's signs with where they stand.
pub(in crate::extract) fn signs(text: &Annotated, evidence: &Evidence) -> Vec<Sign> {
    let located = evidence.all.iter().map(|sign| (text.document.span(&sign.words), sign.weight));
    located.filter_map(|(words, weight)| Some(Sign { words: words?, weight })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;
    use crate::model::{STANCE_CLASSES, STANCE_SLOTS};
    use crate::record::FoundBy;

    /// Who judged the statement where every feature weighs that much for opposition.
    fn judges(weight: f32) -> Vec<StanceJudge> {
        let mut weights = [0.0; STANCE_CLASSES];
        weights[0] = weight;
        let model = StanceModel { weights: vec![weights; STANCE_SLOTS] };
        let both = Judge::EncoderAndFeatures(Box::new(EncoderJudge::built_in()), model);
        annotated("The mayor opposes the toll.", |text, _| {
            let (source, cue, content) = (0..2, 2..3, 3..5);
            let found = Found::new(Some(source), Some(cue), vec![content], FoundBy::Tagger, 1.0);
            judge(text, &found, Quotation::Indirect, &both).judged.iter().map(|judged| judged.by).collect()
        })
    }

    #[test]
    fn the_encoder_is_asked_where_the_features_are_not_sure() {
        assert_eq!(judges(9.0), [StanceJudge::Words]);
        assert_eq!(judges(0.0), [StanceJudge::Words, StanceJudge::Context, StanceJudge::Together]);
    }
}
