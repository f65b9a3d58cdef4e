//! English inflection of cue and stance words: regular forms by rule, irregular ones from `irregular_verbs.csv`.

use super::LexiconError;
use super::hashing::WordMap;
use super::table::read_rows;

/// Forms that do not follow the rules, by base form; an empty list means the regular form.
pub(super) struct IrregularVerbs(WordMap<Irregular>);

struct Irregular {
    third: Vec<String>,
    past: Vec<String>,
    participle: Vec<String>,
    present_participle: Vec<String>,
}

impl IrregularVerbs {
    pub(super) fn read(text: &str) -> Result<IrregularVerbs, LexiconError> {
        let mut verbs = WordMap::default();
        let columns = ["base", "third", "past", "participle", "present_participle"];
        read_rows("irregular_verbs.csv", text, &columns, |row| {
            let forms = Irregular {
                third: row.list(1),
                past: row.list(2),
                participle: row.list(3),
                present_participle: row.list(4),
            };
            verbs.insert(row.string(0), forms);
            Ok(())
        })?;
        Ok(IrregularVerbs(verbs))
    }

    /// Returns all forms of a verb, the base form first, each once.
    pub(super) fn forms(&self, base: &str) -> Vec<String> {
        let irregular = self.0.get(base);
        let choose = |listed: Option<&Vec<String>>, regular: fn(&str) -> String| match listed {
            Some(forms) if !forms.is_empty() => forms.clone(),
            _ => vec![regular(base)],
        };
        let mut forms = vec![base.to_string()];
        let inflected = [
            choose(irregular.map(|verb| &verb.third), plural),
            choose(irregular.map(|verb| &verb.past), past),
            choose(irregular.map(|verb| &verb.participle), past),
            choose(irregular.map(|verb| &verb.present_participle), present_participle),
        ];
        for form in inflected.into_iter().flatten() {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms
    }

    /// Returns the forms of an expression whose first word is a verb.
    pub(super) fn expression_forms(&self, expression: &str) -> Vec<String> {
        match expression.split_once(' ') {
            None => self.forms(expression),
            Some((verb, rest)) => self.forms(verb).iter().map(|form| format!("{form} {rest}")).collect(),
        }
    }
}

/// Returns the regular plural of a noun, which is the third person of a verb too.
pub(super) fn plural(word: &str) -> String {
    if ends_in_consonant_y(word) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    if hisses { format!("{word}es") } else { format!("{word}s") }
}

fn past(verb: &str) -> String {
    if verb.ends_with('e') {
        format!("{verb}d")
    } else if ends_in_consonant_y(verb) {
        format!("{}ied", &verb[..verb.len() - 1])
    } else {
        format!("{}ed", doubled(verb))
    }
}

fn present_participle(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix("ie") {
        format!("{stem}ying")
    } else if verb.ends_with('e') && !verb.ends_with("ee") && !verb.ends_with("oe") && verb.len() > 2 {
        format!("{}ing", &verb[..verb.len() - 1])
    } else {
        format!("{}ing", doubled(verb))
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut letters = word.chars().rev();
    letters.next() == Some('y') && letters.next().is_some_and(|c| !is_vowel(c))
}

/// Doubles the last consonant of a word of one short syllable: slam, slammed.
fn doubled(verb: &str) -> String {
    let letters: Vec<char> = verb.chars().collect();
    let [head @ .., before, last] = letters.as_slice() else { return verb.to_string() };
    let one_syllable = is_vowel(*before) && !head.is_empty() && head_has_no_vowel(head);
    if one_syllable && !is_vowel(*last) && !matches!(last, 'w' | 'x' | 'y') {
        format!("{verb}{last}")
    } else {
        verb.to_string()
    }
}

/// Tells whether no vowel comes before the last one; the u of "qu" is none.
fn head_has_no_vowel(head: &[char]) -> bool {
    !head.iter().enumerate().any(|(at, &c)| is_vowel(c) && !(c == 'u' && at > 0 && head[at - 1] == 'q'))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_inflect() {
        let text = "base,third,past,participle,present_participle\n\
            admit,,admitted,admitted,admitting\n\
            say,,said,said,\n\
            take,,took,taken,\n\
            be,is|are,was|were,been,being\n";
        let verbs = IrregularVerbs::read(text).unwrap();
        for (base, expected) in [
            ("warn", "warn warns warned warning"),
            ("oppose", "oppose opposes opposed opposing"),
            ("deny", "deny denies denied denying"),
            ("slam", "slam slams slammed slamming"),
            ("quip", "quip quips quipped quipping"),
            ("back", "back backs backed backing"),
            ("hail", "hail hails hailed hailing"),
            ("blast", "blast blasts blasted blasting"),
            ("agree", "agree agrees agreed agreeing"),
            ("vow", "vow vows vowed vowing"),
            ("stress", "stress stresses stressed stressing"),
            ("reject", "reject rejects rejected rejecting"),
            ("answer", "answer answers answered answering"),
            ("lie", "lie lies lied lying"),
            ("praise", "praise praises praised praising"),
            ("admit", "admit admits admitted admitting"),
            ("say", "say says said saying"),
            ("take", "take takes took taken taking"),
            ("be", "be is are was were been being"),
        ] {
            assert_eq!(verbs.forms(base).join(" "), expected);
        }
        let phrases = verbs.expression_forms("take issue with");
        assert_eq!(phrases[2], "took issue with");
    }

    #[test]
    fn nouns_have_plurals() {
        for (noun, expected) in [("fear", "fears"), ("worry", "worries"), ("speech", "speeches"), ("vow", "vows")] {
            assert_eq!(plural(noun), expected);
        }
    }
}
