//! Articles, statements and files as index documents.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::fields::{Fields, kinds};
use super::file_record::FileRecord;
use super::{IndexError, flags};
use crate::lexicon::{Lexicon, WordClass};
use crate::record::{
    Actor, ActorKind, Article, ArticleRow, CitedSource, Part, PartialDate, Precision, Quotation, Statement,
    StatementRow,
};

/// Returns the document of the article and those of its statements; `alpha3` turns an alpha-2 country code into alpha-3.
pub fn of_article(
    fields: &Fields,
    article: &Article,
    alpha3: &dyn Fn(&str) -> String,
) -> Result<Vec<TantivyDocument>, IndexError> {
    let mut documents = vec![article_document(fields, article)?];
    for (statement, row) in article.statements.iter().zip(StatementRow::all(article, alpha3)) {
        documents.push(statement_document(fields, article, statement, &row)?);
    }
    Ok(documents)
}

/// Returns the document of a file.
pub fn of_file(fields: &Fields, file: &FileRecord) -> Result<TantivyDocument, IndexError> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.kind, kinds::FILE);
    document.add_text(fields.id, file_id(&file.path));
    document.add_text(fields.path, &file.path);
    store(&mut document, fields, file)?;
    Ok(document)
}

/// Returns the id of a file's own document, which no article can have.
pub fn file_id(path: &str) -> String {
    format!("\0{path}")
}

/// Returns the number that stands for an article in sets and counts.
pub fn article_key(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// Returns the day as it is compared in the index.
pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days())
}

fn article_document(fields: &Fields, article: &Article) -> Result<TantivyDocument, IndexError> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.kind, kinds::ARTICLE);
    document.add_text(fields.id, &article.id);
    document.add_f64(fields.confidence, 0.0);
    document.add_text(fields.title, &article.title);
    document.add_text(fields.text, &article.title);
    document.add_text(fields.text, &article.text);
    for author in &article.authors {
        document.add_text(fields.author, author);
    }
    let mentioned: BTreeSet<&str> = article
        .actors
        .iter()
        .flat_map(|m| m.actor.counts_for.iter().chain([&m.actor.id]).map(String::as_str))
        .collect();
    add_all(&mut document, fields.mentions_path, mentioned);
    let names: BTreeSet<&str> = article
        .actors
        .iter()
        .flat_map(|m| {
            let written = m.mentions.iter().map(|span| span.of(&article.text));
            written.chain([m.actor.name.as_str()])
        })
        .collect();
    add_all(&mut document, fields.mentions_name, names);
    add_cited(&mut document, fields, article.cited_sources.iter());
    if let Some(model) = article.model {
        document.add_text(fields.model, model.name());
    }
    let missing = [
        ("no-author", article.authors.is_empty()),
        ("no-mentions", article.actors.is_empty()),
        ("no-cites", article.cited_sources.is_empty()),
    ];
    add_shared(&mut document, fields, article, &missing);
    store(&mut document, fields, &ArticleRow::of(article))?;
    Ok(document)
}

fn statement_document(
    fields: &Fields,
    article: &Article,
    statement: &Statement,
    row: &StatementRow,
) -> Result<TantivyDocument, IndexError> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.kind, kinds::STATEMENT);
    document.add_text(fields.id, &row.id);
    document.add_f64(fields.confidence, f64::from(statement.confidence));
    if let Some(fingerprint) = statement.fingerprint {
        document.add_u64(fields.fingerprint, fingerprint.0);
    }
    document.add_text(fields.text, &row.context);
    if statement.content.iter().any(|span| !statement.context.contains(*span)) {
        document.add_text(fields.text, &row.content);
    }
    document.add_text(fields.about, &row.content);
    document.add_text(fields.about, &row.target);
    add_speaker(&mut document, fields, statement);
    document.add_text(fields.stance, statement.stance.name());
    document.add_text(fields.act, statement.act.name());
    document.add_text(fields.quotation, statement.quotation.name());
    document.add_text(fields.target, &statement.target);
    if !statement.target.is_empty() {
        document.add_text(fields.target_value, &statement.target);
    }
    document.add_text(fields.undoes, &statement.undoes);
    add_all(&mut document, fields.target_path, statement.target_actors.iter().map(String::as_str).collect());
    // What the article lists elsewhere is no source of this statement.
    add_cited(&mut document, fields, article.cited_sources.iter().filter(|s| statement.cites.contains(&s.id)));
    let flags = [
        ("anonymous", statement.speaker.actor.kind == ActorKind::Unnamed),
        ("unresolved", is_unresolved(&statement.speaker.actor)),
        ("quoted", matches!(statement.quotation, Quotation::Direct | Quotation::Mixed)),
        ("headline", statement.part == Part::Title || statement.quotation == Quotation::Headline),
        ("no-speaker", statement.speaker.written.is_empty()),
        ("no-target", statement.target.is_empty()),
        (flags::UNDOING, !statement.undoes.is_empty()),
        (flags::INTRODUCED, is_introduced(&statement.speaker.actor)),
        (flags::UNPLACED, is_unplaced(&statement.speaker.actor)),
        ("no-cites", statement.cites.is_empty()),
    ];
    add_shared(&mut document, fields, article, &flags);
    store(&mut document, fields, row)?;
    Ok(document)
}

/// Tells whether somebody could say who it is and for whom it speaks: groups and the media speak for nobody.
fn is_unresolved(actor: &Actor) -> bool {
    let speaks_for_itself = matches!(actor.kind, ActorKind::Unnamed | ActorKind::Group | ActorKind::Media);
    !speaks_for_itself && actor.counts_for.is_empty() && actor.formerly.is_empty() && !actor.name.is_empty()
}

/// Tells whether the text gives a person with a full name a title, and so what it counts for.
fn is_introduced(actor: &Actor) -> bool {
    let by_text = |role: &String| actor.because.starts_with(&format!("{role} (text)")) && is_title(role);
    actor.role.as_ref().is_some_and(by_text) && is_person_in_full(actor) && !actor.counts_for.is_empty()
}

/// `Norwegian Foreign Minister`, `Rep.`: what is said in passing ("an aide to the senator", "activists", "Senate candidate") would
/// be wrong of the same name elsewhere about as often as right.
fn is_title(role: &str) -> bool {
    const LONGEST: usize = 7;
    let lexicon = Lexicon::built_in();
    let is_held = |word: &str| !lexicon.word_classes(&word.to_lowercase()).has(WordClass::NotYet);
    role.starts_with(char::is_uppercase)
        && role.split_whitespace().count() <= LONGEST
        && role.split_whitespace().all(is_held)
}

/// Tells whether nothing is known of a person but the full name.
fn is_unplaced(actor: &Actor) -> bool {
    is_person_in_full(actor) && is_unresolved(actor) && actor.role.is_none()
}

fn is_person_in_full(actor: &Actor) -> bool {
    actor.kind == ActorKind::Person && actor.name.contains(' ')
}

fn add_speaker(document: &mut TantivyDocument, fields: &Fields, statement: &Statement) {
    let actor = &statement.speaker.actor;
    add_all(document, fields.by_path, actor.counts_for.iter().map(String::as_str).collect());
    add_all(document, fields.former_path, actor.formerly.iter().map(String::as_str).collect());
    document.add_text(fields.by_exact, &actor.id);
    if !actor.name.is_empty() {
        document.add_text(fields.speaker, &actor.name);
    }
    let names = [&statement.speaker.written, &actor.name].into_iter().chain(&actor.affiliations);
    add_all(document, fields.by_name, names.map(String::as_str).collect());
}

/// Adds what articles and their statements have in common.
fn add_shared(document: &mut TantivyDocument, fields: &Fields, article: &Article, flags: &[(&str, bool)]) {
    document.add_text(fields.article_id, &article.id);
    document.add_u64(fields.article_key, article_key(&article.id));
    document.add_text(fields.path, &article.path);
    if let Some(outlet) = &article.outlet {
        document.add_text(fields.outlet, &outlet.name);
        document.add_text(fields.outlet_id, &outlet.id);
        document.add_text(fields.outlet_name, &outlet.name);
    }
    if let Some(language) = &article.language {
        document.add_text(fields.language, language.to_lowercase());
    }
    let published = article.published.map(|p| p.date);
    if let Some(date) = published {
        add_date(document, fields, date);
    }
    let shared_flags = [
        ("undated", published.is_none()),
        ("no-date", published.is_none()),
        ("no-outlet", article.outlet.is_none()),
        ("no-lang", article.language.is_none()),
    ];
    for (flag, holds) in flags.iter().chain(&shared_flags) {
        if *holds {
            document.add_text(fields.is, flag);
        }
    }
}

fn add_cited<'a>(document: &mut TantivyDocument, fields: &Fields, sources: impl Iterator<Item = &'a CitedSource>) {
    let (ids, names): (BTreeSet<&str>, BTreeSet<&str>) = sources.map(|s| (s.id.as_str(), s.name.as_str())).unzip();
    add_all(document, fields.cites_name, names.clone());
    add_all(document, fields.cites, names);
    add_all(document, fields.cites_id, ids);
}

/// Adds the interval, and the year and month only where the date has them.
fn add_date(document: &mut TantivyDocument, fields: &Fields, date: PartialDate) {
    document.add_i64(fields.published_from, day_number(date.earliest()));
    document.add_i64(fields.published_to, day_number(date.latest()));
    document.add_text(fields.year, date.earliest().format("%Y").to_string());
    if matches!(date.precision(), Precision::Month | Precision::Day) {
        document.add_text(fields.month, date.earliest().format("%Y-%m").to_string());
    }
}

fn add_all(document: &mut TantivyDocument, field: Field, values: BTreeSet<&str>) {
    for value in values {
        if !value.is_empty() {
            document.add_text(field, value);
        }
    }
}

/// Keeps the record itself, to be given back as it is.
fn store(document: &mut TantivyDocument, fields: &Fields, record: &impl Serialize) -> Result<(), IndexError> {
    document.add_text(fields.record, serde_json::to_string(record).map_err(IndexError::Record)?);
    Ok(())
}
