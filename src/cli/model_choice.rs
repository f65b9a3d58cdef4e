//! Chooses the model that finds statements: as asked, or by how much there is to read.

use std::time::{Duration, Instant};

use super::options::{Model, ReadOptions};
use super::style::counted;
use crate::extract::Extractor;
use crate::format::ParsedDocument;
use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::record::ModelSize;

/// What reads the articles of a run.
pub struct Choice<'l> {
    pub extractor: Extractor<'l>,
    /// How long the accurate model would have taken, where the fast one was taken for that.
    pub spared: Option<Duration>,
}

/// Chooses for about so many words, which are estimated only where they matter, of which only the statements are wanted, or only
/// the articles.
pub fn chosen<'l>(options: &ReadOptions, unit: Unit, words: impl FnOnce() -> u64, lexicon: &'l Lexicon) -> Choice<'l> {
    let of_size = |size| Choice { extractor: Extractor::new(lexicon, size), spared: None };
    match (options.model, unit) {
        (Model::Auto, Unit::Statements) => by_time(words(), options.jobs(), lexicon),
        // The row of an article holds no statement.
        (Model::Auto, Unit::Articles) | (Model::Fast, _) => of_size(ModelSize::Fast),
        (Model::Accurate, _) => of_size(ModelSize::Accurate),
    }
}

/// Takes the accurate model where it is quick enough.
pub fn by_time<'l>(words: u64, jobs: usize, lexicon: &'l Lexicon) -> Choice<'l> {
    let accurate = Extractor::new(lexicon, ModelSize::Accurate);
    let took = time(words, || words_a_second(&accurate, jobs));
    if took <= PATIENCE {
        return Choice { extractor: accurate, spared: None };
    }
    Choice { extractor: Extractor::new(lexicon, ModelSize::Fast), spared: Some(took) }
}

/// Says that articles were read with the fast model, and the way out.
pub fn note(articles: u64, spared: Duration, way_out: &str) -> String {
    let articles = counted(articles, "article");
    format!("note: {articles} read with the fast model; {way_out}, better, in about {}", in_words(spared))
}

/// Returns the time as people say it: "20 minutes".
pub fn in_words(time: Duration) -> String {
    let minutes = (time.as_secs_f64() / 60.0).round().max(1.0) as u64;
    match minutes {
        ..90 => counted(minutes, "minute"),
        _ => counted((minutes + 30) / 60, "hour"),
    }
}

/// Reading may take so long.
const PATIENCE: Duration = Duration::from_secs(180);

/// So few words are read in time on the slowest of machines, and are not worth measuring its speed.
const FEW: u64 = 200_000;

/// Returns how long it takes to read so many words; nothing where they are few.
fn time(words: u64, words_a_second: impl FnOnce() -> f64) -> Duration {
    if words <= FEW {
        return Duration::ZERO;
    }
    let seconds = words as f64 / words_a_second().max(1.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

/// Measures how quick this machine is, on a text of some hundred words that is read twice.
fn words_a_second(extractor: &Extractor, jobs: usize) -> f64 {
    let read = || {
        let start = Instant::now();
        let document = ParsedDocument { text: MEASURE.to_string(), ..ParsedDocument::default() };
        std::hint::black_box(extractor.article(document, "measure.txt"));
        start.elapsed().as_secs_f64()
    };
    // The first time, the weights come into memory.
    let took = read().min(read()).max(1e-6);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs);
    MEASURE.split_whitespace().count() as f64 / took * threads as f64
}

/// Written for this; as rich in statements as news of politics.
const MEASURE: &str = "Council of Port Ellery puts off vote on harbour fees

PORT ELLERY - The council of Port Ellery put off its vote on new harbour fees on Tuesday, after the fishermen's union warned \
that half of its members would leave the bay.

\"We cannot pay for a dock that nobody asked for,\" said Imogen Strand, who leads the union. She called the plan a tax on small \
boats and said that the council had not answered a single one of her letters.

Mayor Jane Okafor defended the fees. The dock is forty years old, she told reporters, and the money has to come from somewhere. \
According to a report by the port authority, repairs would cost nine million over the next ten years.

The opposition rejected that figure. \"The authority counts every plank twice,\" said Councillor Tomas Reyer, adding that his \
party would vote against the plan as it stands.

Both sides agreed to meet again in spring. The ministry of transport, which pays a third of the costs, said it took no position \
but hoped for a decision before the summer.

Fees were last raised six years ago. Some ninety boats are registered in the harbour, a third fewer than at that time, and most of \
them belong to families that have fished here for generations.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accurate_model_is_taken_where_reading_stays_under_some_minutes() {
        let is_taken = |words, rate: f64| time(words, || rate) <= PATIENCE;
        for (words, rate, expected) in [
            (0, 1.0, true),
            (FEW, 1.0, true),
            (FEW + 1, 1.0, false),
            (FEW + 1, 20_000.0, true),
            (1_000_000, 5_000.0, false),
            (1_000_000, 6_000.0, true),
            (3_600_000, 20_000.0, true),
            (3_600_001, 19_999.0, false),
            (u64::MAX, 20_000.0, false),
            (u64::MAX, 0.0, false),
        ] {
            assert_eq!(is_taken(words, rate), expected, "{words} words, {rate} a second");
        }
    }

    #[test]
    fn few_words_are_not_worth_a_measurement() {
        assert_eq!(time(FEW, || panic!("measured")), Duration::ZERO);
    }

    #[test]
    fn times_are_rounded_as_people_do() {
        for (seconds, expected) in [
            (5, "1 minute"),
            (181, "3 minutes"),
            (1230, "21 minutes"),
            (89 * 60, "89 minutes"),
            (90 * 60, "2 hours"),
            (36_000, "10 hours"),
        ] {
            assert_eq!(in_words(Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn the_machine_is_measured_on_a_text_with_statements() {
        let extractor = Extractor::new(Lexicon::built_in(), ModelSize::Fast);
        assert!(words_a_second(&extractor, 1) > 100.0);
        let document = ParsedDocument { text: MEASURE.to_string(), ..ParsedDocument::default() };
        assert!(extractor.article(document, "measure.txt").statements.len() >= 5);
    }
}
