//! Runs the steps of extraction in order.

use std::collections::HashMap;

use super::actors::{Cast, Counting, Resolver, Spoke, person_actor};
use super::annotated::{self, Annotated};
use super::layout::{self, Part};
use super::statements::{Found, Hint, find, headline, quotation};
use super::{metadata, sources, stance, target};
use crate::format::ParsedDocument;
use crate::language::Document;
use crate::lexicon::{Lexicon, slug};
use crate::model::{AttributionModel, StanceModel};
use crate::record::{ActorMention, Article, Outlet, Part as Place, Span, Speaker, Statement};

/// Turns parsed documents into articles; made once, used by many threads.
pub struct Extractor<'l> {
    lexicon: &'l Lexicon,
    model: AttributionModel,
    stance: StanceModel,
}

impl<'l> Extractor<'l> {
    /// Reads the embedded weights.
    pub fn new(lexicon: &'l Lexicon) -> Extractor<'l> {
        Extractor { lexicon, model: AttributionModel::built_in(), stance: StanceModel::built_in() }
    }

    /// Extracts everything from a document of the file at `path`, relative to the folder.
    pub fn article(&self, parsed: ParsedDocument, path: &str) -> Article {
        let ParsedDocument { row, text, metadata: given, warnings } = parsed;
        let id = row.map_or_else(|| path.to_string(), |row| format!("{path}#{row}"));
        let published = metadata::published(&given, &text, path);
        let mut article = Article {
            id,
            path: path.to_string(),
            title: metadata::title(&given, &text),
            outlet: given.outlet.as_deref().and_then(|name| self.outlet(name)).or_else(|| self.agency(&text)),
            language: metadata::language(&given, &text),
            authors: metadata::authors(&given, &text),
            url: given.url,
            not_before: if published.is_none() { super::dates::not_before(&text) } else { None },
            published,
            text: String::new(),
            actors: Vec::new(),
            cited_sources: Vec::new(),
            statements: Vec::new(),
            warnings,
        };
        if article.language.as_deref().is_none_or(|l| l == "en") {
            self.understand(&mut article, &text);
        } else {
            let language = article.language.as_deref().unwrap_or_default();
            article.warnings.push(format!("statements are found in English texts only, this one is `{language}`"));
        }
        article.text = text;
        article
    }

    fn outlet(&self, name: &str) -> Option<Outlet> {
        let name = name.trim();
        let known = self.lexicon.outlet_by_name(name).or_else(|| self.lexicon.outlet_by_domain(name));
        if let Some(known) = known {
            return Some(Outlet { id: known.id.clone(), name: known.name.clone() });
        }
        (!name.is_empty()).then(|| Outlet { id: slug(name), name: name.to_string() })
    }

    /// The agency of the dateline, where it is a known one.
    fn agency(&self, text: &str) -> Option<Outlet> {
        let known = self.lexicon.outlet_by_name(metadata::agency(text)?)?;
        Some(Outlet { id: known.id.clone(), name: known.name.clone() })
    }

    fn understand(&self, article: &mut Article, text: &str) {
        let counting = Counting { lexicon: self.lexicon, date: article.published.map(|p| p.date.earliest()) };
        let document = annotated::document(text, self.lexicon);
        let lowered = annotated::lower_words(&document);
        let words: Vec<&str> = lowered.iter().map(|w| w.as_ref()).collect();
        let text = Annotated::new(&document, &words, self.lexicon);
        let parts = layout::parts(&text, &article.title);
        let cast = Cast::of(&text, counting);
        let found = find(&text, &cast, &parts, &self.model);
        let own_outlet = article.outlet.as_ref().map(|o| o.id.as_str());
        let (cited, credits) = sources::cited(&text, &parts, &found, own_outlet);
        if !parts.contains(&Part::Title) {
            article.statements.extend(self.in_title(&article.title, &cast, counting));
        }
        let mut resolver = Resolver { text: &text, cast: &cast, counting, spoke: Vec::new() };
        for (found, credits) in found.iter().zip(credits) {
            article.statements.extend(self.statement(&mut resolver, found, Place::Text, credits));
        }
        article.cited_sources = cited;
        article.actors = actors(&text, &cast, counting);
    }

    /// The statement of a headline that the text does not repeat.
    fn in_title(&self, title: &str, cast: &Cast, counting: Counting) -> Option<Statement> {
        let document = annotated::document(title, self.lexicon);
        let lowered = annotated::lower_words(&document);
        let words: Vec<&str> = lowered.iter().map(|w| w.as_ref()).collect();
        let text = Annotated::new(&document, &words, self.lexicon);
        let cast = Cast::of_title(&text, counting, cast);
        let line = document.paragraphs.first()?;
        let found = headline(&text, &cast, line)?;
        let mut resolver = Resolver { text: &text, cast: &cast, counting, spoke: Vec::new() };
        self.statement(&mut resolver, &found, Place::Title, Vec::new())
    }

    /// Resolves and judges what was found.
    fn statement(&self, resolver: &mut Resolver, found: &Found, place: Place, cites: Vec<String>) -> Option<Statement> {
        let text = resolver.text;
        let document = text.document;
        let at = found.start();
        let resolved = match (&found.source, &found.hint) {
            (Some(source), _) => resolver.resolve(source, at),
            (None, Some(Hint::Poster(name))) if !name.is_empty() => resolver.poster(name),
            (None, Some(Hint::LastSpeaker)) => resolver.last_speaker(at).unwrap_or_else(|| resolver.nobody("")),
            _ => resolver.implied(found.cue.as_ref().map_or(at, |c| c.start)),
        };
        let quotation = quotation(text, found);
        let judged = stance::judge(text, found, quotation, &self.stance);
        let told = found.headline || matches!(found.hint, Some(Hint::Poster(_)));
        if !told && judged.is_statement < LIKELY {
            return None;
        }
        let source_span = found.source.as_ref().and_then(|s| document.span(s));
        let written = source_span.map_or("", |s| s.of(document.text)).to_string();
        resolver.spoke.push(Spoke {
            at,
            actor: resolved.actor.clone(),
            person: resolved.person,
            written: written.to_lowercase(),
        });
        let (target, target_actors) = target::target(text, found, judged.stance);
        let resolution = match resolved.by {
            "named" | "body" | "state" | "outlet" | "poster" => 0.95,
            "surname" | "office" => 0.9,
            "not-resolved" => 0.3,
            "pronoun" | "continued" => 0.75,
            _ => 0.7,
        };
        Some(Statement {
            part: place,
            cue: found.cue.iter().filter_map(|c| document.span(c)).collect(),
            content: found.content.iter().filter_map(|c| document.span(c)).collect(),
            context: context(document, found)?,
            quotation,
            stance: judged.stance,
            act: judged.act,
            target,
            target_actors,
            cites,
            confidence: judged.is_statement * resolution * (0.5 + judged.sure / 2.0),
            found_by: if found.headline { crate::record::FoundBy::HeadlineRule } else { found.found_by },
            speaker: Speaker {
                span: source_span,
                written,
                actor: resolved.actor,
                resolved_by: resolved.by.to_string(),
            },
        })
    }
}

/// What is less likely to be a statement is left out; headlines and posts have their own rules.
const LIKELY: f32 = 0.4;

/// The sentences that the statement stands in.
fn context(document: &Document, found: &Found) -> Option<Span> {
    let extent = found.extent();
    let first = document.tokens.get(extent.start)?.sentence as usize;
    let last = document.tokens.get(extent.end.checked_sub(1)?)?.sentence as usize;
    document.span(&(document.sentences[first].start..document.sentences[last].end))
}

/// Everybody and every known body and state that the text names.
fn actors(text: &Annotated, cast: &Cast, counting: Counting) -> Vec<ActorMention> {
    let mut found: Vec<ActorMention> = Vec::new();
    for person in &cast.people {
        let actor = person_actor(&person.name, person.known, &person.role, counting);
        found.push(ActorMention { actor, mentions: Vec::new() });
    }
    for mention in &cast.mentions {
        found[mention.person].mentions.extend(text.document.span(&mention.tokens));
    }
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (number, mention) in found.iter().enumerate() {
        by_id.entry(mention.actor.id.clone()).or_insert(number);
    }
    for name in &text.names {
        let Some(actor) = super::actors::named_actor(&name.entries, counting) else { continue };
        let Some(span) = text.document.span(&name.tokens) else { continue };
        match by_id.get(&actor.id) {
            Some(&known) => found[known].mentions.push(span),
            None => {
                by_id.insert(actor.id.clone(), found.len());
                found.push(ActorMention { actor, mentions: vec![span] });
            }
        }
    }
    found.sort_by_key(|m| m.mentions.first().map(|s| s.start()));
    found
}
