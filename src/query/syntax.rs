//! Reads words, phrases, fields and operators: everything but plain phrasings.

use std::ops::Range;

use chrono::NaiveDate;

use super::ast::{Certainty, DateField, Query, Unit};
use super::dates::{TypedDates, read_for};
use super::display::display;
use super::fields::{DateRole, FieldKind};
use super::lexer::{Choices, lex};
use super::normal::normal;
use super::parsed::{Alternative, Note, ParsedQuestion};
use super::token::{Clause, Token, TokenKind, Value};
use super::values::known_value;
use super::words::shortened;
use crate::record::DateRange;

/// Reads a question as words and syntax. It never fails: what it cannot read is looked for as it stands, with a note.
pub fn read_syntax(text: &str, today: NaiveDate) -> ParsedQuestion {
    let taken = read_with(text, today, Choices::default(), Precedence::AndTighter);
    let mut parsed = ParsedQuestion {
        query: taken.query,
        unit: taken.unit,
        notes: taken.notes,
        alternatives: Vec::new(),
        view: None,
    };
    let mut offer = |wanted: bool, choices, precedence, why: &str| {
        if !wanted {
            return;
        }
        let other = read_with(text, today, choices, precedence);
        if other.query != parsed.query {
            parsed.alternatives.push(Alternative { query: other.query, unit: other.unit, why: why.to_string() });
        }
    };
    let plain = Choices::default();
    let correct = Choices { correct_fields: true, ..plain };
    let to_end = Choices { quote_to_end: true, ..plain };
    offer(taken.nearly_field, correct, Precedence::AndTighter, "with the field that was probably meant");
    offer(taken.open_quote, to_end, Precedence::AndTighter, "with the quotation mark closed at the end");
    offer(taken.mixed.is_some(), plain, Precedence::OrTighter, "with OR binding tighter than AND");
    if let Some(place) = taken.mixed {
        let reading = shortened_reading(&display(&parsed.query));
        let message = format!("AND binds tighter than OR: read as {reading}; parentheses settle it");
        parsed.notes.push(Note { message, at: place });
    }
    parsed.notes.sort_by_key(|note| note.at.start);
    parsed
}

/// How deep parentheses may nest; what lies deeper is read without them.
const DEEPEST: usize = 64;

/// Which of AND and OR binds tighter.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Precedence {
    AndTighter,
    OrTighter,
}

/// One reading of the text.
struct SyntaxReading {
    query: Query,
    unit: Option<Unit>,
    notes: Vec<Note>,
    /// Where AND and OR first meet without parentheses.
    mixed: Option<Range<usize>>,
    nearly_field: bool,
    open_quote: bool,
}

fn read_with(text: &str, today: NaiveDate, choices: Choices, precedence: Precedence) -> SyntaxReading {
    let lexed = lex(text, today, choices);
    let mut parser = Parser {
        tokens: lexed.tokens,
        next: 0,
        today,
        precedence,
        unit: None,
        notes: lexed.notes,
        mixed: None,
        too_deep: 0,
    };
    let query = parser.sequence(0);
    SyntaxReading {
        query: normal(&query.unwrap_or(Query::All)),
        unit: parser.unit,
        notes: parser.notes,
        mixed: parser.mixed,
        nearly_field: lexed.nearly_field,
        open_quote: lexed.open_quote,
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    today: NaiveDate,
    precedence: Precedence,
    unit: Option<Unit>,
    notes: Vec<Note>,
    mixed: Option<Range<usize>>,
    /// Parentheses that were passed over because they nest too deep.
    too_deep: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Joint {
    And,
    Or,
}

/// An operator that waits for what stands behind it.
struct Pending {
    joint: Joint,
    typed: &'static str,
    at: Range<usize>,
}

impl Parser {
    /// Reads items and the operators between them, up to the closing parenthesis or the end.
    fn sequence(&mut self, depth: usize) -> Option<Query> {
        let mut items: Vec<(Joint, Query)> = Vec::new();
        let mut pending: Option<Pending> = None;
        while let Some(token) = self.tokens.get(self.next) {
            let at = token.at.clone();
            match &token.kind {
                TokenKind::Close if self.too_deep > 0 => {
                    self.too_deep -= 1;
                    self.next += 1;
                    continue;
                }
                TokenKind::Close if depth > 0 => break,
                TokenKind::Close => {
                    self.next += 1;
                    self.note(at, "`)` closes nothing; read without it");
                    continue;
                }
                _ => {}
            }
            if let Some((joint, typed, note)) = self.joint(items.is_empty() || pending.is_some()) {
                self.next += 1;
                if let Some(note) = note {
                    self.note(at.clone(), note);
                }
                pending = Some(Pending { joint, typed, at });
                continue;
            }
            let Some(item) = self.item(depth) else { continue };
            let joint = pending.take().map_or((Joint::And, at), |p| (p.joint, p.at));
            self.watch_mixing(&items, &joint);
            items.push((joint.0, item));
        }
        if let Some(Pending { typed, at, .. }) = pending {
            items.push((Joint::And, self.literal(typed, at)));
        }
        self.join(items)
    }

    /// Returns the operator at hand, if it can stand here: what it does, how it is written, and what to note.
    fn joint(&self, nothing_before: bool) -> Option<(Joint, &'static str, Option<&'static str>)> {
        let token = self.tokens.get(self.next)?;
        let something_after = self.tokens.get(self.next + 1).is_some_and(|t| t.kind != TokenKind::Close);
        match token.kind {
            _ if nothing_before => None,
            TokenKind::And => Some((Joint::And, "AND", None)),
            TokenKind::Or => Some((Joint::Or, "OR", None)),
            TokenKind::LowerAnd if something_after => Some((Joint::And, "and", Some("`and` is read as AND"))),
            TokenKind::LowerOr if something_after => {
                Some((Joint::Or, "or", Some("`or` is read as OR; write \"or\" for the word")))
            }
            _ => None,
        }
    }

    fn watch_mixing(&mut self, items: &[(Joint, Query)], (joint, at): &(Joint, Range<usize>)) {
        let Some((before, _)) = items.get(1..).and_then(|joined| joined.last()) else { return };
        if self.mixed.is_none() && before != joint {
            self.mixed = Some(at.clone());
        }
    }

    /// Joins items: the tighter joint first.
    fn join(&self, items: Vec<(Joint, Query)>) -> Option<Query> {
        let looser = match self.precedence {
            Precedence::AndTighter => Joint::Or,
            Precedence::OrTighter => Joint::And,
        };
        let mut groups: Vec<Vec<Query>> = Vec::new();
        for (joint, item) in items {
            match groups.last_mut() {
                Some(group) if joint != looser => group.push(item),
                _ => groups.push(vec![item]),
            }
        }
        let build = |joint, of| match joint {
            Joint::And => Query::And { of },
            Joint::Or => Query::Or { of },
        };
        let tighter = if looser == Joint::Or { Joint::And } else { Joint::Or };
        let groups: Vec<Query> = groups.into_iter().map(|of| build(tighter, of)).collect();
        (!groups.is_empty()).then(|| build(looser, groups))
    }

    /// Reads one item, with NOT before it or without; `None` where there is nothing to look for.
    fn item(&mut self, depth: usize) -> Option<Query> {
        let mut negated = false;
        loop {
            let token = self.tokens.get(self.next)?;
            let at = token.at.clone();
            self.next += 1;
            match &token.kind {
                TokenKind::Not => {
                    if self.at_end() {
                        return Some(self.literal("NOT", at));
                    }
                    negated = !negated;
                }
                TokenKind::LowerNot if self.not_negates() => {
                    self.note(at, "`not` is read as NOT");
                    negated = !negated;
                }
                _ => {
                    self.next -= 1;
                    let inner = self.atom(depth, negated)?;
                    return Some(if negated { Query::Not { of: Box::new(inner) } } else { inner });
                }
            }
        }
    }

    fn at_end(&self) -> bool {
        self.tokens.get(self.next).is_none_or(|t| t.kind == TokenKind::Close)
    }

    /// Tells whether a `not` that was just read stands before a clause or a group.
    fn not_negates(&self) -> bool {
        self.tokens.get(self.next).is_some_and(|t| matches!(t.kind, TokenKind::Open | TokenKind::Clause(_)))
    }

    fn atom(&mut self, depth: usize, negated: bool) -> Option<Query> {
        let token = self.tokens.get(self.next)?.clone();
        self.next += 1;
        match token.kind {
            TokenKind::Word(words) => Some(Query::Words { words }),
            TokenKind::Phrase(words) if words.contains(char::is_alphanumeric) => Some(Query::Phrase { words }),
            TokenKind::Phrase(words) => {
                self.note(
                    token.at,
                    format!("`\"{}\"` has no letters or digits to look for; left out", shortened(&words)),
                );
                None
            }
            TokenKind::All => Some(Query::All),
            TokenKind::Clause(clause) => self.clause(clause, token.at, depth > 0 || negated),
            TokenKind::Open => self.group(depth, token.at),
            TokenKind::LowerNot => match self.tokens.get(self.next).map(|t| &t.kind) {
                Some(TokenKind::Word(next)) => {
                    let words = format!("not {next}");
                    self.next += 1;
                    Some(Query::Words { words })
                }
                _ => Some(Query::Phrase { words: "not".to_string() }),
            },
            TokenKind::And => Some(self.literal("AND", token.at)),
            TokenKind::Or => Some(self.literal("OR", token.at)),
            TokenKind::LowerAnd => Some(Query::Phrase { words: "and".to_string() }),
            TokenKind::LowerOr => Some(Query::Phrase { words: "or".to_string() }),
            TokenKind::Not | TokenKind::Close => None,
        }
    }

    fn group(&mut self, depth: usize, at: Range<usize>) -> Option<Query> {
        if depth >= DEEPEST {
            if self.too_deep == 0 {
                self.note(at, format!("parentheses nest deeper than {DEEPEST}; the inner ones are read without them"));
            }
            self.too_deep += 1;
            return None;
        }
        let empty = self.tokens.get(self.next).is_some_and(|t| t.kind == TokenKind::Close);
        let inner = self.sequence(depth + 1);
        match self.tokens.get(self.next) {
            Some(_) => self.next += 1,
            None => self.note(at.clone(), "`(` is not closed; read to the end"),
        }
        if empty {
            self.note(at, "`()` is empty; left out");
        }
        inner
    }

    fn clause(&mut self, clause: Clause, at: Range<usize>, inside: bool) -> Option<Query> {
        if clause.field.kind == FieldKind::Unit {
            return self.unit_clause(&clause, at, inside);
        }
        let values: Vec<Query> = clause.values.iter().filter_map(|value| self.value(&clause, value, &at)).collect();
        (!values.is_empty()).then_some(Query::Or { of: values })
    }

    fn value(&mut self, clause: &Clause, value: &Value, at: &Range<usize>) -> Option<Query> {
        let name = clause.field.name;
        let exact = clause.exact;
        match clause.field.kind {
            FieldKind::Days(role) => Some(self.days(clause, role, value)),
            FieldKind::Named(field) => {
                if value.text == "*" && !value.quoted {
                    return Some(Query::Field { field, value: "*".to_string(), exact: false });
                }
                if !value.text.contains(char::is_alphanumeric) {
                    let typed = shortened(&value.text);
                    self.note(value.at.clone(), format!("`{typed}` has no letters or digits to look for; left out"));
                    return None;
                }
                let Some(known) = known_value(field, &value.text) else {
                    let (typed, listed) = (shortened(&value.text), clause.field.values.join(", "));
                    let message = format!("`{typed}` is no value of `{name}:` ({listed}); read as words");
                    return Some(self.noted_literal(format!("{name}:{}", value.text), value.at.clone(), message));
                };
                if known.field != field {
                    let message = format!("`{}` is an act; read as `act:{}`", shortened(&value.text), known.value);
                    self.note(at.clone(), message);
                }
                Some(Query::Field { field: known.field, value: known.value, exact })
            }
            FieldKind::Unit => None,
        }
    }

    fn days(&mut self, clause: &Clause, role: DateRole, value: &Value) -> Query {
        let name = clause.field.name;
        let (role, dates) = compared(role, &value.text);
        let Some(TypedDates { range, guess }) = read_for(role, dates, self.today) else {
            let typed = shortened(&value.text);
            let message = format!(
                "`{typed}` is not a date for `{name}:` (known forms: 2024, 2024-Q2, 2024-05, 2024-05-23, 2024..2025, -30d, last month); read as words"
            );
            return self.noted_literal(format!("{name}:{}", value.text), value.at.clone(), message);
        };
        if let Some(guess) = guess {
            self.note(value.at.clone(), format!("`{}`: {guess}", shortened(&value.text)));
        }
        let certainty = if clause.possible { Certainty::Possible } else { Certainty::Certain };
        dates_query(range, certainty)
    }

    fn unit_clause(&mut self, clause: &Clause, at: Range<usize>, inside: bool) -> Option<Query> {
        let typed = clause.values.iter().map(|v| v.text.as_str()).collect::<Vec<_>>().join(", ");
        let unit = match typed.to_lowercase().as_str() {
            "statements" | "statement" => Unit::Statements,
            "articles" | "article" => Unit::Articles,
            _ => {
                let message = format!("`{}` is no unit (statements, articles); read as words", shortened(&typed));
                return Some(self.noted_literal(format!("unit:{typed}"), at, message));
            }
        };
        if inside {
            self.note(at.clone(), "`unit:` holds for the whole question, wherever it stands");
        }
        if self.unit.is_some_and(|before| before != unit) {
            self.note(at, "a second `unit:`; the last one holds");
        }
        self.unit = Some(unit);
        None
    }

    /// Makes a literal term of an operator that joins nothing.
    fn literal(&mut self, operator: &str, at: Range<usize>) -> Query {
        self.noted_literal(operator.to_string(), at, format!("`{operator}` joins nothing here; read as a word"))
    }

    fn noted_literal(&mut self, words: String, at: Range<usize>, message: String) -> Query {
        self.note(at, message);
        Query::Phrase { words }
    }

    fn note(&mut self, at: Range<usize>, message: impl Into<String>) {
        self.notes.push(Note { message: message.into(), at });
    }
}

/// Makes the clause for days of publication.
pub fn dates_query(range: DateRange, certainty: Certainty) -> Query {
    Query::Dates { field: DateField::Published, range, certainty }
}

/// Reads `date:>2024` as the field that says the same.
fn compared(role: DateRole, text: &str) -> (DateRole, &str) {
    if role != DateRole::Within {
        return (role, text);
    }
    let comparisons =
        [(">=", DateRole::Since), ("<=", DateRole::Until), (">", DateRole::After), ("<", DateRole::Before)];
    let found = comparisons.iter().find_map(|(sign, role)| text.strip_prefix(sign).map(|rest| (*role, rest.trim())));
    found.unwrap_or((role, text))
}

fn shortened_reading(reading: &str) -> String {
    const LONGEST: usize = 200;
    match reading.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &reading[..end]),
        None => reading.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar")
    }

    /// Checks the canonical text and a piece of each note.
    fn check(text: &str, expected: &str, notes: &[&str]) {
        let parsed = read_syntax(text, today());
        assert_eq!(display(&parsed.query), expected, "{text}");
        let messages: Vec<&str> = parsed.notes.iter().map(|n| n.message.as_str()).collect();
        assert_eq!(messages.len(), notes.len(), "{text}: {messages:?}");
        for (message, piece) in messages.iter().zip(notes) {
            assert!(message.contains(piece), "{text}: {message} lacks {piece}");
        }
    }

    #[test]
    fn reads_words_phrases_and_fields() {
        check("", "*", &[]);
        check("  tariffs   Mexico ", "tariffs Mexico", &[]);
        check("“trade war” «acero» \"x y\"", "\"trade war\" acero \"x y\"".replace("acero", "\"acero\"").as_str(), &[]);
        check("Sheinbaum's carbon-tax U.S. 10:30", "Sheinbaum's carbon-tax U.S. 10:30", &[]);
        check("https://example.org/a?x=1", "\"https://example.org/a?x=1\"", &[]);
        check("Trump: no deal", "Trump no deal", &[]);
        check("by: Mexico BY:Canada speaker:\"New Zealand\"", "by:Mexico by:Canada by:\"New Zealand\"", &[]);
        check("by=Mexico by:U.S. by:Mexico, by:O'Neill", "by=Mexico by:\"U.S.\" by:Mexico by:O'Neill", &[]);
        check("source:(AP, \"El País\" OR Reuters or EFE)", "source:(AP, \"El País\", Reuters, EFE)", &[]);
        check("about:(trade war)", "about:\"trade war\"", &[]);
        check(
            "title:\"trade war\" -source:(AP,Reuters) date:2024-Q3",
            "title:\"trade war\" -source:(AP, Reuters) date:2024-Q3",
            &[],
        );
        check("by:* -author:* date:* date~:2024", "by:* -author:* date:* date~:2024", &[]);
        check("stance:critical of type:quotes lang:Spanish", "stance:oppose type:direct lang:es", &[]);
        check("stance:(support, against)", "stance:(support, oppose)", &[]);
        check("since:last month until:-2w tariffs", "since:2026-10-01 until:2026-11-08 tariffs", &[]);
        check(
            "date:>=2024 date:<2025 date:(2021, 2023)",
            "since:2024-01-01 until:2024-12-31 (date:2021 OR date:2023)",
            &[],
        );
    }

    #[test]
    fn reads_operators() {
        check("a AND b NOT c -d", "a b -c -d", &[]);
        check("a OR b OR c", "a OR b OR c", &[]);
        check("--a NOT -b", "a b", &[]);
        check("-(a b) (c OR (d e))", "-(a b) (c OR (d e))", &[]);
        check("tariffs or steel", "tariffs OR steel", &["read as OR"]);
        check("supply and demand", "supply demand", &["read as AND"]);
        check("a || b", "a OR b", &["read as OR"]);
        check("not source:Reuters is not it", "-source:Reuters is not it", &["read as NOT"]);
        check("by:Mexico OR by:Canada", "by:(Mexico, Canada)", &[]);
        check("a b OR c", "(a b) OR c", &["read as (a b) OR c"]);
        check("(a b) OR c", "(a b) OR c", &[]);
    }

    #[test]
    fn offers_the_other_reading() {
        let others =
            |text: &str| read_syntax(text, today()).alternatives.iter().map(|a| display(&a.query)).collect::<Vec<_>>();
        assert_eq!(others("trade war OR tariffs by:Mexico"), ["trade (war OR tariffs) by:Mexico"]);
        assert_eq!(others("actr:Mexico tariffs"), ["actor:Mexico tariffs"]);
        assert_eq!(others("\"trade war mexico"), ["\"trade war mexico\""]);
        assert_eq!(others("a OR b"), Vec::<String>::new());
    }

    #[test]
    fn reads_what_it_cannot_read_as_words() {
        check("actr:Mexico", "\"actr:Mexico\"", &["did you mean `actor`"]);
        check("colour:red", "\"colour:red\"", &["unknown field `colour` (fields: by, actor"]);
        check("conf:>=0.8", "\"conf:>=0.8\"", &["`conf:` is not supported yet"]);
        check("by:", "\"by\"", &["has no value"]);
        check("by: stance:oppose", "\"by\" stance:oppose", &["has no value"]);
        check("is:first", "\"is:first\"", &["`first` is no value of `is:`"]);
        check("stance:warned", "act:warn", &["read as `act:warn`"]);
        check("date:soon", "\"date:soon\"", &["`soon` is not a date"]);
        check("since:September", "since:2026-09-01", &["year was guessed"]);
        check("date:2025..2024", "date:2024..2025", &["backwards"]);
        check("\"trade war", "trade war", &["no partner"]);
        check("(a b", "a b", &["not closed"]);
        check("a) b", "a b", &["closes nothing"]);
        check("a () b", "a b", &["empty"]);
        check("OR a", "\"OR\" a", &["joins nothing"]);
        check("a OR", "a \"OR\"", &["joins nothing"]);
        check("a AND OR b", "a \"OR\" b", &["joins nothing"]);
        check("a NOT", "a \"NOT\"", &["joins nothing"]);
        check("🇲🇽 tariffs — \"!\"", "tariffs", &["no letters", "no letters", "no letters"]);
        check("a:(^", "\"a:(^\"", &["unknown field `a`", "not closed"]);
        check(
            "source:(-AP, (x))",
            "source:(-AP, x)".replace("-AP", "\"-AP\"").as_str(),
            &["cannot leave out", "no further", "closes nothing"],
        );
        check("unit:pages", "\"unit:pages\"", &["no unit"]);
    }

    #[test]
    fn notes_what_is_not_supported_yet() {
        check("tariffs w/10 mexico", "tariffs mexico", &["`w/10`"]);
        check("opposes /s \"military action\"", "opposes \"military action\"", &["`/s`"]);
        check("tariff* by:mex* wom?n", "tariff by:mex \"wom?n\"", &["`tariff*`", "`mex*`", "`wom?n`"]);
        check("sheinbuam~1 \"not negotiable\"~3", "sheinbuam \"not negotiable\"", &["`sheinbuam~1`", "not negotiable"]);
        check("/(im|e)migra.*/ =NATO", "\"(im|e)migra.*\" NATO", &["regular expressions", "spelling as written"]);
        check("hlead(sovereign!) atleast3(Mexico)", "sovereign Mexico", &["`hlead(`", "`sovereign!`", "`atleast3(`"]);
        check("@border_bill by:Canada", "border_bill by:Canada", &["saved questions"]);
    }

    #[test]
    fn takes_the_unit_out_of_the_query() {
        let unit = |text: &str| {
            let parsed = read_syntax(text, today());
            (parsed.unit, display(&parsed.query), parsed.notes.len())
        };
        assert_eq!(unit("unit:articles tariffs"), (Some(Unit::Articles), "tariffs".to_string(), 0));
        assert_eq!(unit("(unit:statement tariffs)"), (Some(Unit::Statements), "tariffs".to_string(), 1));
        assert_eq!(unit("unit:articles unit:statements"), (Some(Unit::Statements), "*".to_string(), 1));
        assert_eq!(unit("tariffs"), (None, "tariffs".to_string(), 0));
    }

    #[test]
    fn nests_to_a_limit() {
        let text = format!("{}a{}", "(b ".repeat(200), ")".repeat(200));
        let parsed = read_syntax(&text, today());
        let messages: Vec<&str> = parsed.notes.iter().map(|n| n.message.as_str()).collect();
        assert_eq!(messages, ["parentheses nest deeper than 64; the inner ones are read without them"]);
    }
}
