//! What small words do in a sentence, from `grammar.csv`: which begin a subject, end a noun phrase, name an outlet.

use super::LexiconError;
use super::hashing::WordMap;
use super::table::read_rows;

/// Something that a word can do in a sentence; one word can be of several classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Stands between a subject and its verb: `has`, `also`, `never`.
    BeforeVerb,
    /// Ends a noun phrase before it: `that`, `because`, `amid`.
    PhraseEnd,
    /// May begin a subject at the head of a sentence: `the`, `critics`.
    SubjectOpener,
    /// A verb that ends the noun phrase before it: `is`, `would`.
    FiniteVerb,
    /// Utters a noun or adjective that takes a side: `voiced` concern, `is` opposed.
    LightVerb,
    /// A thing that people take sides on: `bill`, `policy`.
    Plan,
    /// Stands for what was proposed, whatever it is: `plan`, `measure`.
    AnyPlan,
    /// What a government or an army does to somebody, in the singular: `raid`, `tariff`.
    Action,
    /// Joins a name to the noun before it that it describes: the lawyer `of` Doe.
    Preposition,
    /// Ends the head of a phrase that names a speaker: officials `familiar` with it.
    HeadEnd,
    /// People who speak for their state: `diplomats`, `troops`.
    Officials,
    /// An article or number that a label leaves out: `several` officials.
    Quantity,
    /// Joins the parts of a name: `van`, `al`.
    NameParticle,
    /// Belongs to a title before a name: `acting`, `deputy`.
    InTitle,
    /// Says that an office was held before: `onetime`.
    Former,
    /// Says that an office is not held yet, perhaps never: `nominee`.
    NotYet,
    /// Labels whoever asks in a transcript: `moderator`.
    Questioner,
    /// Stands before a colon and labels nobody: `update`, `photo`.
    Remark,
    /// Ends the name of a newspaper, station or agency: `gazette`.
    OutletNoun,
    /// Links a statement to the outlet that it was made in: `told`, `on`.
    ToldThrough,
    /// Stands for something else and is no target: `it`, `there`.
    Pointing,
    /// A stretch of time: `week`.
    Period,
    /// Says which week or day: `last`, `earlier`.
    RelativeTime,
    /// A pronoun for a man.
    He,
    /// A pronoun for a woman.
    She,
    /// A pronoun for what stands right before it: `who`.
    Relative,
    /// A pronoun for a body or for several people: `it`, `themselves`.
    They,
    /// A pronoun for whoever speaks: `we`.
    FirstPerson,
    /// A title before a man's name: `congressman`.
    MaleTitle,
    /// A title before a woman's name: `congresswoman`.
    FemaleTitle,
    /// Part of a state or of a region of it: `bureau`, `police`.
    PublicBody,
    /// Belongs to no state, even where one stands in its name: `union`, `foundation`.
    PrivateBody,
}

/// The classes by their names in the file, in the order of the enum.
const CLASSES: [(&str, WordClass); 32] = [
    ("before_verb", WordClass::BeforeVerb),
    ("phrase_end", WordClass::PhraseEnd),
    ("subject_opener", WordClass::SubjectOpener),
    ("finite_verb", WordClass::FiniteVerb),
    ("light_verb", WordClass::LightVerb),
    ("plan", WordClass::Plan),
    ("any_plan", WordClass::AnyPlan),
    ("action", WordClass::Action),
    ("preposition", WordClass::Preposition),
    ("head_end", WordClass::HeadEnd),
    ("officials", WordClass::Officials),
    ("quantity", WordClass::Quantity),
    ("name_particle", WordClass::NameParticle),
    ("in_title", WordClass::InTitle),
    ("former", WordClass::Former),
    ("not_yet", WordClass::NotYet),
    ("questioner", WordClass::Questioner),
    ("remark", WordClass::Remark),
    ("outlet_noun", WordClass::OutletNoun),
    ("told_through", WordClass::ToldThrough),
    ("pointing", WordClass::Pointing),
    ("period", WordClass::Period),
    ("relative_time", WordClass::RelativeTime),
    ("he", WordClass::He),
    ("she", WordClass::She),
    ("relative", WordClass::Relative),
    ("they", WordClass::They),
    ("first_person", WordClass::FirstPerson),
    ("male_title", WordClass::MaleTitle),
    ("female_title", WordClass::FemaleTitle),
    ("public_body", WordClass::PublicBody),
    ("private_body", WordClass::PrivateBody),
];

/// The classes of one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordClasses(u32);

impl WordClasses {
    /// Tells whether the word is of the class.
    pub fn has(self, class: WordClass) -> bool {
        self.0 & WordClasses::bit(class) != 0
    }

    fn bit(class: WordClass) -> u32 {
        1 << class as u32
    }
}

/// Reads the classes of every word of the file.
pub(super) fn read_grammar(text: &str) -> Result<WordMap<WordClasses>, LexiconError> {
    let mut words = WordMap::default();
    read_rows("grammar.csv", text, &["word", "classes"], |row| {
        let mut classes = WordClasses::default();
        for name in row.list(1) {
            let known = CLASSES.iter().find(|(class, _)| *class == name);
            let (_, class) = known.ok_or_else(|| row.fault(1, "classes that README.md lists, joined by `|`"))?;
            classes.0 |= WordClasses::bit(*class);
        }
        words.insert(row.string(0), classes);
        Ok(())
    })?;
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Tables;

    #[test]
    fn a_word_has_its_classes_and_no_others() {
        let words = read_grammar("word,classes\nit,they|pointing\nof,preposition\n").unwrap();
        for (name, class) in CLASSES {
            assert_eq!(words["it"].has(class), matches!(name, "they" | "pointing"), "{name}");
            assert_eq!(words["of"].has(class), name == "preposition", "{name}");
        }
    }

    #[test]
    fn a_class_that_nobody_knows_is_refused() {
        let fault = read_grammar("word,classes\nit,they|verbish\n").unwrap_err().to_string();
        assert!(fault.starts_with("grammar.csv, line 2: `they|verbish`"), "{fault}");
    }

    #[test]
    fn every_class_has_words_and_the_file_is_sorted() {
        let words = read_grammar(Tables::BUILT_IN.grammar).unwrap();
        for (name, class) in CLASSES {
            assert!(words.values().any(|classes| classes.has(class)), "{name}");
        }
        let rows: Vec<&str> = Tables::BUILT_IN.grammar.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
        assert!(rows.is_sorted_by(|a, b| a < b), "sort the rows by word, each word once");
    }
}
