//! The model of attributions: tagger and linker, read from one file of weights.
//!
//! File: `OATT`, version, then little-endian sections: scale, transitions, cue classes, table, linker.

use std::collections::HashMap;

use super::crf::{Role, TaggedSpan, Transitions};
use super::encoder::EncoderTagger;
use super::features::CueClasses;
use super::linker::{Choice, LinkFeatures, Linker, SLOTS, candidates};
use super::table::WeightTable;
use super::tagger::Tagger;
use super::weights::{ModelError, Reader};
use crate::language::{Document, TokenRange};
use crate::record::ModelSize;

const MAGIC: &[u8; 4] = b"OATT";
const VERSION: u32 = 1;

/// One attribution, as tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundAttribution {
    pub source: Option<TokenRange>,
    /// Empty where the content stands without one.
    pub cue: Option<TokenRange>,
    /// In order; several where the attribution splits what is said.
    pub content: Vec<TokenRange>,
    /// Product of the spans' and the links' probabilities.
    pub probability: f32,
}

/// Tagger and linker.
#[derive(Debug, Clone)]
pub struct AttributionModel {
    pub tagger: SpanTagger,
    pub linker: Linker,
}

/// What labels the tokens.
#[derive(Debug, Clone)]
pub enum SpanTagger {
    /// Hashed features of words: fast.
    Features(Box<Tagger>),
    /// A transformer: accurate.
    Encoder(Box<EncoderTagger>),
}

impl SpanTagger {
    /// The size of the model that it belongs to.
    pub fn size(&self) -> ModelSize {
        match self {
            SpanTagger::Features(_) => ModelSize::Fast,
            SpanTagger::Encoder(_) => ModelSize::Accurate,
        }
    }

    /// Returns the spans of all roles in each of the paragraphs, which are neighbours in the order of the text.
    pub fn tag(&self, document: &Document, paragraphs: &[TokenRange]) -> Vec<Vec<TaggedSpan>> {
        match self {
            SpanTagger::Features(tagger) => paragraphs.iter().map(|p| tagger.tag(document, p.clone())).collect(),
            SpanTagger::Encoder(tagger) => tagger.tag(document, paragraphs),
        }
    }
}

impl AttributionModel {
    /// Reads the weights of `schema/models` as they were at build time.
    pub fn built_in(size: ModelSize) -> AttributionModel {
        const FAST: &[u8] = include_bytes!("../../schema/models/attribution.weights");
        let mut model = AttributionModel::from_bytes(FAST).expect("the embedded weights are read by a test");
        if size == ModelSize::Accurate {
            model.tagger = SpanTagger::Encoder(Box::new(EncoderTagger::built_in()));
        }
        model
    }

    /// Returns the attributions of each paragraph, in the order of their first content.
    pub fn find(&self, document: &Document, paragraphs: &[TokenRange]) -> Vec<Vec<FoundAttribution>> {
        let tagged = self.tagger.tag(document, paragraphs);
        paragraphs.iter().zip(tagged).map(|(paragraph, spans)| self.joined(document, paragraph, &spans)).collect()
    }

    fn joined(&self, document: &Document, paragraph: &TokenRange, spans: &[TaggedSpan]) -> Vec<FoundAttribution> {
        if !spans.iter().any(|s| s.role == Role::Content) {
            return Vec::new();
        }
        let mut found = self.link(document, paragraph, spans);
        found.sort_by_key(|a| a.content[0].start);
        found
    }

    /// Links the spans of a paragraph.
    pub fn link(&self, document: &Document, paragraph: &TokenRange, spans: &[TaggedSpan]) -> Vec<FoundAttribution> {
        let mut contents: HashMap<usize, Vec<(usize, f32)>> = HashMap::new();
        let mut sources: HashMap<usize, (Option<usize>, f32)> = HashMap::new();
        let mut lone = Vec::new();
        for choice in candidates(document, paragraph, spans) {
            let (best, probability) = self.choose(&choice);
            match (choice.choice, best) {
                (Choice::Cue, Some(cue)) => contents.entry(cue).or_default().push((choice.item, probability)),
                (Choice::Cue, None) => lone.push((choice.item, probability)),
                (Choice::Source, source) => {
                    sources.insert(choice.item, (source, probability));
                }
            }
        }
        let range = |i: usize| spans[i].tokens.clone();
        let mut found = Vec::new();
        for (cue, mut parts) in contents {
            parts.sort_unstable_by_key(|&(i, _)| spans[i].tokens.start);
            let (source, link) = sources.get(&cue).copied().unwrap_or((None, 1.0));
            let weakest = parts.iter().map(|&(i, p)| p * spans[i].probability).fold(1.0, f32::min);
            let source_sure = source.map_or(1.0, |s| spans[s].probability);
            found.push(FoundAttribution {
                source: source.map(range),
                cue: Some(range(cue)),
                content: parts.iter().map(|&(i, _)| range(i)).collect(),
                probability: weakest * spans[cue].probability * source_sure * link,
            });
        }
        found.extend(lone.into_iter().map(|(item, probability)| {
            let source = nearest_source(spans, item);
            let source_sure = source.map_or(0.5, |s| spans[s].probability);
            FoundAttribution {
                source: source.map(range),
                cue: None,
                content: vec![range(item)],
                probability: spans[item].probability * probability * source_sure,
            }
        }));
        found
    }

    /// Returns the likeliest candidate, `None` for none of them, with its probability.
    fn choose(&self, choice: &LinkFeatures) -> (Option<usize>, f32) {
        let probabilities = self.linker.probabilities(choice);
        let best = (0..probabilities.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b])).unwrap_or(0);
        (choice.candidates.get(best).copied(), probabilities[best])
    }

    /// Reads the weights of a tagger by features and of its linker.
    pub fn from_bytes(bytes: &[u8]) -> Result<AttributionModel, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotWeights)?;
        let mut reader = Reader { rest };
        let version = reader.u32("version")?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let scale = reader.f32("scale")?;
        let mut transitions = Transitions::neutral();
        for row in std::iter::once(&mut transitions.start).chain(&mut transitions.after) {
            for score in row {
                *score = reader.f32("transitions")?;
            }
        }
        let mut classes = HashMap::new();
        for _ in 0..reader.u32("cue classes")? {
            let word = reader.u64("cue classes")?;
            classes.insert(word, reader.take(1, "cue classes")?[0]);
        }
        let size = reader.u32("table")? as usize;
        let table = WeightTable::from_bytes(reader.take(size, "table")?).ok_or(ModelError::Damaged("table"))?;
        let unit = reader.f32("linker")?;
        let weights = reader.take(SLOTS, "linker")?.iter().map(|&w| f32::from(w as i8) * unit).collect();
        if !reader.rest.is_empty() {
            return Err(ModelError::Damaged("end"));
        }
        let tagger = Tagger { table, scale, transitions, classes: CueClasses(classes) };
        Ok(AttributionModel { tagger: SpanTagger::Features(Box::new(tagger)), linker: Linker { weights } })
    }

    /// Returns the bytes that `from_bytes` reads; the linker's weights are rounded to 8 bits.
    pub fn to_bytes(tagger: &Tagger, linker: &Linker) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(tagger.scale.to_le_bytes());
        for row in std::iter::once(&tagger.transitions.start).chain(&tagger.transitions.after) {
            bytes.extend(row.iter().flat_map(|s| s.to_le_bytes()));
        }
        let mut classes: Vec<(&u64, &u8)> = tagger.classes.0.iter().collect();
        classes.sort_unstable();
        bytes.extend((classes.len() as u32).to_le_bytes());
        for (word, class) in classes {
            bytes.extend(word.to_le_bytes());
            bytes.push(*class);
        }
        let table = tagger.table.to_bytes();
        bytes.extend((table.len() as u32).to_le_bytes());
        bytes.extend(table);
        let top = linker.weights.iter().fold(0f32, |top, w| top.max(w.abs())).max(f32::MIN_POSITIVE);
        let unit = top / 127.0;
        bytes.extend(unit.to_le_bytes());
        bytes.extend(linker.weights.iter().map(|w| (w / unit).round() as i8 as u8));
        bytes
    }
}

/// A content without a cue belongs to the nearest source of its paragraph.
fn nearest_source(spans: &[TaggedSpan], item: usize) -> Option<usize> {
    let at = &spans[item].tokens;
    let gap = |s: &TokenRange| if s.start >= at.end { s.start - at.end } else { at.start.saturating_sub(s.end) };
    (0..spans.len()).filter(|&i| spans[i].role == Role::Source).min_by_key(|&i| gap(&spans[i].tokens))
}

#[cfg(test)]
mod tests {
    use super::super::table::WIDTH;
    use super::*;

    fn bytes() -> Vec<u8> {
        let (table, _) = WeightTable::build([(42u64, [1i8; WIDTH])].into_iter());
        let classes = CueClasses(HashMap::from([(9, 3)]));
        let tagger = Tagger { table, scale: 0.5, transitions: Transitions::neutral(), classes };
        let mut weights = vec![0.0; SLOTS];
        weights[5] = 127.0;
        AttributionModel::to_bytes(&tagger, &Linker { weights })
    }

    #[test]
    fn weights_survive_the_file() {
        let bytes = bytes();
        let back = AttributionModel::from_bytes(&bytes).expect("just written");
        let SpanTagger::Features(tagger) = back.tagger else { panic!("another tagger than was written") };
        assert_eq!(AttributionModel::to_bytes(&tagger, &back.linker), bytes);
        assert_eq!(tagger.classes.0.get(&9), Some(&3));
    }

    #[test]
    fn damaged_weights_are_refused_with_their_reason() {
        let bytes = bytes();
        assert_eq!(AttributionModel::from_bytes(b"PK").unwrap_err(), ModelError::NotWeights);
        assert_eq!(AttributionModel::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err(), ModelError::Damaged("linker"));
        let mut newer = bytes.clone();
        newer[4] = 9;
        assert_eq!(AttributionModel::from_bytes(&newer).unwrap_err(), ModelError::Version(9));
    }
}
