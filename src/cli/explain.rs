//! `onrecord explain`: why a statement is what it is said to be.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::exit::Exit;
use super::failure::failure;
use super::hits;
use super::options::{PlaceOptions, ReportFormat};
use super::outside::{json, shown};
use super::own_file;
use super::style::{self, BOLD, DIM};
use crate::extract::Extractor;
use crate::index::{Searcher, folder_of};
use crate::ingest;
use crate::lexicon::Lexicon;
use crate::record::{
    Article, CodePoints, FoundBy, Grounds, Judged, ModelSize, OtherSpeaker, Part, Parts, ResolvedBy, Span, StanceJudge,
    StanceRule, StatementRow,
};
use crate::search::Record;

/// Print why a statement is what it is said to be
///
/// Reads its article again: what found the statement, how its speaker was resolved, what each judge of its stance says, the
/// words that speak for and against, and what its confidence is made of.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Id of a statement, as `search` prints it
    pub id: String,
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Print it in this form
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// Runs the command.
pub fn run(args: ExplainArgs) -> anyhow::Result<Exit> {
    let place = args.place.to_read()?;
    let (row, model) = statement(&Searcher::open(&place)?, &args.id)?;
    // As it is shown: with the speaker of the user's own file.
    let (shown_row, _) = statement(&own_file::open(&place, &args.place, None, Lexicon::built_in())?, &args.id)?;
    let changed = || {
        let message =
            format!("{} is not what it was when `{}` was found in it, or the program is not", row.path, row.id);
        failure(message, "bring the index up to date with `onrecord index FOLDER`, and search again")
    };
    let folder = folder_of(&place)?;
    let document = ingest::document(&folder, &row.path, &row.article).map_err(|error| {
        let message = format!("{} cannot be read again: {error}", row.path);
        failure(message, format!("`onrecord show {}` prints what the index holds of it", row.id))
    })?;
    let article = Extractor::new(Lexicon::built_in(), model).article(document.ok_or_else(changed)?, &row.path);
    let explanation = Explanation::of(&article, &row, model).ok_or_else(changed)?;
    let explanation = Explanation { statement: &shown_row, ..explanation };
    let mut stdout = anstream::stdout().lock();
    match args.format {
        ReportFormat::Json => writeln!(stdout, "{}", json(&explanation)?)?,
        ReportFormat::Text => print(&mut stdout, &explanation)?,
    }
    Ok(Exit::Success)
}

/// Returns the statement as the index has it, and the model that found it.
fn statement(searcher: &Searcher, id: &str) -> anyhow::Result<(StatementRow, ModelSize)> {
    let row = match searcher.get(id)? {
        Some(Record::Statement(row)) => *row,
        Some(Record::Article(_)) => {
            let hint = format!("`onrecord show {id}` lists its statements; give the id of one");
            return Err(failure(format!("`{id}` is an article"), hint));
        }
        None => return Err(failure(format!("no statement `{id}`"), "ids are printed by `onrecord search`")),
    };
    let model = match searcher.get(&row.article)? {
        Some(Record::Article(article)) => article.model,
        _ => None,
    };
    Ok((row, model.unwrap_or(ModelSize::Fast)))
}

/// A statement with what it rests on.
#[derive(Serialize)]
struct Explanation<'a> {
    statement: &'a StatementRow,
    /// The one that read the article.
    model: ModelSize,
    parts: Parts,
    /// Where the text names the speaker, first in full and last before the statement, where the speaker's own words do not.
    chain: Vec<Place<'a>>,
    /// Who else may be meant, the likeliest first.
    others: &'a [OtherSpeaker],
    judged: &'a [Judged],
    rule: Option<StanceRule>,
    signs: Vec<Sign<'a>>,
}

/// Words of the text and where they stand, in code points.
#[derive(Serialize)]
struct Place<'a> {
    words: &'a str,
    at: (usize, usize),
}

/// Words of the lexicon, with what they weigh: positive for support, negative for opposition.
#[derive(Serialize)]
struct Sign<'a> {
    words: &'a str,
    weight: f32,
}

impl<'a> Explanation<'a> {
    /// Finds the statement in its article as it was read again; `None` where it is another one now.
    fn of(article: &'a Article, row: &'a StatementRow, model: ModelSize) -> Option<Explanation<'a>> {
        let rows = StatementRow::all(article, |code| Lexicon::built_in().alpha3(code));
        let at = rows.iter().position(|now| now == row)?;
        let statement = &article.statements[at];
        let text = match statement.part {
            Part::Title => &article.title,
            Part::Text => &article.text,
        };
        let Grounds { parts, chain, others, judged, rule, signs } = &statement.grounds;
        let points = CodePoints::new(text);
        let place = |span: &Span| Place { words: span.of(text), at: points.pair(text, *span).into() };
        let chain = chain.iter().map(place).collect();
        let signs = signs.iter().map(|sign| Sign { words: sign.words.of(text), weight: sign.weight }).collect();
        Some(Explanation { statement: row, model, parts: *parts, chain, others, judged, rule: *rule, signs })
    }
}

fn print(out: &mut impl Write, explanation: &Explanation) -> std::io::Result<()> {
    let row = explanation.statement;
    writeln!(out, "{BOLD}{}{BOLD:#}", shown(hits::heading(row)))?;
    write!(out, "{}", style::wrapped(&row.content, &[], 5, style::width()))?;
    writeln!(out, "     {DIM}{}{DIM:#}\n", shown(hits::whereabouts(row)))?;
    line(out, "found by", format!("{}, {:.2} sure", finder(row.found_by), explanation.parts.found))?;
    let written = if row.speaker.is_empty() { "nobody".to_string() } else { format!("“{}”", row.speaker) };
    let actor = if row.actor.is_empty() { "nobody" } else { &row.actor };
    line(
        out,
        "speaker",
        format!("{written} is {actor}: {}, {:.2} sure", way(row.resolved_by), explanation.parts.speaker),
    )?;
    if !explanation.chain.is_empty() {
        let places = explanation.chain.iter().map(|p| format!("“{}” at {}-{}", p.words, p.at.0, p.at.1));
        line(out, "named", places.collect::<Vec<_>>().join(", "))?;
    }
    if !explanation.others.is_empty() {
        let others = explanation.others.iter().map(|other| format!("{} {:.2}", other.name, other.probability));
        line(out, "or else", others.collect::<Vec<_>>().join(", "))?;
    }
    if !row.counts_for.is_empty() {
        line(out, "counts for", format!("{} ({})", row.counts_for.join(", "), row.because))?;
    }
    print_stance(out, explanation)?;
    for (name, sign) in [("for", 1.0), ("against", -1.0)] {
        let words = explanation.signs.iter().filter(|s| s.weight * sign > 0.0);
        let words: Vec<String> = words.map(|s| format!("“{}” {:.1}", s.words, s.weight.abs())).collect();
        if !words.is_empty() {
            line(out, name, words.join(", "))?;
        }
    }
    line(out, "target", if row.target.is_empty() { "none" } else { &row.target })?;
    let Parts { found, statement, speaker, stance } = explanation.parts;
    line(out, "confidence", format!("{:.2}, weighed from what follows (docs/accuracy.md)", row.confidence))?;
    line(out, "", format!("found {found:.2}, a statement {statement:.2}, speaker {speaker:.2}, stance {stance:.2}"))
}

fn print_stance(out: &mut impl Write, explanation: &Explanation) -> std::io::Result<()> {
    line(out, "stance", format!("{}, {}", explanation.statement.stance.name(), explanation.statement.act.name()))?;
    writeln!(out, "{:<11} {:<26} oppose  support  neutral  no statement", "", "")?;
    for Judged { by, oppose, support, neutral, none } in explanation.judged {
        let judge = judge(*by);
        writeln!(out, "{:<11} {judge:<26} {oppose:>6.2}  {support:>7.2}  {neutral:>7.2}  {none:>12.2}", "")?;
    }
    let last = explanation.judged.last().map(|judged| judged.by);
    if explanation.model == ModelSize::Accurate && last == Some(StanceJudge::Words) {
        line(out, "", "so sure that the encoder was not asked")?;
    }
    match explanation.rule {
        Some(StanceRule::OwnPlan) => line(out, "", "but who plans or proposes something is for it"),
        Some(StanceRule::Explains) => line(out, "", "but who explains in words that judge nothing takes no side"),
        None => Ok(()),
    }
}

fn line(out: &mut impl Write, name: &str, value: impl AsRef<str>) -> std::io::Result<()> {
    writeln!(out, "{name:<11} {}", shown(value.as_ref()))
}

fn judge(by: StanceJudge) -> &'static str {
    match by {
        StanceJudge::Words => "lexicon and words",
        StanceJudge::Context => "encoder, in the context",
        StanceJudge::Together => "together",
    }
}

fn finder(found_by: FoundBy) -> &'static str {
    match found_by {
        FoundBy::QuoteRule => "the rule for quotations with an attribution",
        FoundBy::ContinuedQuoteRule => "the rule for quotations that go on",
        FoundBy::CueRule => "the rule for cues with a subject",
        FoundBy::HeadlineRule => "the rule for headlines",
        FoundBy::PostRule => "the rule for embedded posts",
        FoundBy::TurnRule => "the rule for turns of a transcript",
        FoundBy::Tagger => "the tagger",
    }
}

fn way(by: ResolvedBy) -> &'static str {
    match by {
        ResolvedBy::Named => "named",
        ResolvedBy::Surname => "a surname of somebody named elsewhere",
        ResolvedBy::Body => "the name of a body",
        ResolvedBy::State => "the name of a state",
        ResolvedBy::Outlet => "the name of an outlet",
        ResolvedBy::Poster => "the signature of a post",
        ResolvedBy::Label => "the label of a turn",
        ResolvedBy::Office => "an office that somebody in the text holds",
        ResolvedBy::OfficeHolder => "an office, by its holder on the day (lexicon)",
        ResolvedBy::Pronoun => "a pronoun for whoever spoke or was named last",
        ResolvedBy::Relative => "a relative pronoun behind the name",
        ResolvedBy::Continued => "whoever spoke last",
        ResolvedBy::Implied => "no subject of its own, so who the sentence is about",
        ResolvedBy::Administration => "somebody's administration",
        ResolvedBy::Owner => "somebody of somebody's",
        ResolvedBy::UnnamedOfBody => "somebody unnamed of a body",
        ResolvedBy::OfficialsOfState => "officials of a state",
        ResolvedBy::Group => "a group of a state that does not speak for it",
        ResolvedBy::Region => "the name of a region",
        ResolvedBy::NamedAgain => "a short form of who spoke before",
        ResolvedBy::NamedBefore => "a short form of a body named before",
        ResolvedBy::Described => "described only",
        ResolvedBy::NotResolved => "nobody was found",
    }
}
