//! Runs the steps of extraction in order.

use std::collections::HashMap;

use super::actors::{Cast, Counting, Resolver, Spoke};
use super::annotated::Annotated;
use super::confidence::confidence;
use super::fingerprint::{Said, fingerprint};
use super::layout::{self, Part};
use super::own_plan::Plans;
use super::statements::{Found, Hint, find, headline, quotation};
use super::target::{Asked, Targets};
use super::{metadata, sources, stance};
use crate::format::ParsedDocument;
use crate::language::{Document, TokenRange};
use crate::lexicon::{Lexicon, slug};
use crate::model::{AttributionModel, ModelSize};
use crate::record::{
    ActorMention, Article, FoundBy, Grounds, Outlet, Part as Place, Parts, Quotation, Span, Speaker, Statement,
};

/// Turns parsed documents into articles; made once, used by many threads.
pub struct Extractor<'l> {
    lexicon: &'l Lexicon,
    model: AttributionModel,
    stance: stance::Judge,
}

impl<'l> Extractor<'l> {
    /// Reads the embedded weights; statements are found by the model of that size.
    pub fn new(lexicon: &'l Lexicon, size: ModelSize) -> Extractor<'l> {
        let (model, stance) = (AttributionModel::built_in(size), stance::Judge::built_in(size));
        Extractor { lexicon, model, stance }
    }

    /// Extracts everything from a document of the file at `path`, relative to the folder.
    pub fn article(&self, parsed: ParsedDocument, path: &str) -> Article {
        let id = parsed.article_id(path);
        let ParsedDocument { text, metadata: given, warnings, .. } = parsed;
        let published = metadata::published(&given, &text, path);
        let titled = given.title.is_some();
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
            model: None,
            warnings,
        };
        if article.language.as_deref().is_none_or(|l| l == "en") {
            self.understand(&mut article, &text, titled);
            article.model = Some(self.model.tagger.size());
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

    /// Finds actors, sources and statements; `titled` tells whether the title was given or made from the text.
    fn understand(&self, article: &mut Article, text: &str, titled: bool) {
        let text = Annotated::new(text, self.lexicon);
        let counting = Counting::of(&text, article.published.map(|p| p.date.earliest()), article.not_before);
        let parts = layout::parts(&text, &article.title, titled);
        let cast = Cast::of(&text, counting);
        let found = find(&text, &cast, &parts, &self.model);
        let own_outlet = article.outlet.as_ref().map(|o| o.id.as_str());
        let (cited, credits) = sources::cited(&text, &parts, &found, own_outlet);
        if titled && !parts.contains(&Part::Title) {
            article.statements.extend(self.in_title(&article.title, &cast, counting));
        }
        let mut resolver = Resolver::new(&text, &cast, counting);
        let mut plans = Plans::default();
        let mut targets = Targets::of(&text, &cast);
        for (found, credits) in found.iter().zip(credits) {
            article.statements.extend(self.statement(
                &mut resolver,
                &mut plans,
                &mut targets,
                found,
                Place::Text,
                credits,
            ));
        }
        article.cited_sources = cited;
        article.actors = actors(resolver);
    }

    /// The statement of a headline that the text does not repeat.
    fn in_title(&self, title: &str, cast: &Cast, counting: Counting) -> Option<Statement> {
        let text = Annotated::new(title, self.lexicon);
        let cast = Cast::of_title(&text, counting, cast);
        let line = text.document.paragraphs.first()?;
        let found = headline(&text, &cast, line)?;
        let mut resolver = Resolver::new(&text, &cast, counting);
        self.statement(
            &mut resolver,
            &mut Plans::default(),
            &mut Targets::of(&text, &cast),
            &found,
            Place::Title,
            Vec::new(),
        )
    }

    /// Tells whether what was found is kept as a statement.
    fn is_kept(&self, found: &Found, quotation: Quotation, parts: &Parts, confidence: f32) -> bool {
        let size = self.model.tagger.size();
        let is_statement = match (found.found_by, size) {
            (FoundBy::PostRule | FoundBy::TurnRule, _) | (FoundBy::HeadlineRule, ModelSize::Fast) => true,
            (FoundBy::Tagger, ModelSize::Accurate) => parts.statement + parts.found / 2.0 >= LIKELY_AND_SURE,
            (FoundBy::HeadlineRule, ModelSize::Accurate) => parts.statement >= LIKELY_HEADLINE,
            (FoundBy::CueRule, ModelSize::Accurate) => parts.statement >= LIKELY_CUE,
            _ => parts.statement >= LIKELY,
        };
        // Quotations are statements, whoever speaks.
        let is_quoted = matches!(quotation, Quotation::Direct | Quotation::Mixed);
        is_statement && (size == ModelSize::Accurate || is_quoted || confidence >= LEAST_CONFIDENCE)
    }

    /// Resolves and judges what was found.
    fn statement(
        &self,
        resolver: &mut Resolver,
        plans: &mut Plans,
        targets: &mut Targets,
        found: &Found,
        place: Place,
        cites: Vec<String>,
    ) -> Option<Statement> {
        let text = resolver.text;
        let document = &text.document;
        let context = context(document, found)?;
        let at = found.start();
        let resolved = match (&found.source, &found.hint) {
            (_, Some(Hint::Turn(label))) => resolver.turn_label(label, at),
            (Some(source), _) => resolver.resolve(source, at),
            (None, Some(Hint::Poster(name))) if !name.is_empty() => resolver.poster(name),
            (None, Some(Hint::LastSpeaker)) => resolver.last_speaker(at).unwrap_or_else(|| resolver.nobody("")),
            _ => resolver.implied(found.cue.as_ref().map_or(at, |c| c.start), behind_cue(text, found)),
        };
        let quotation = quotation(text, found);
        let judged = stance::judge(text, found, quotation, &self.stance);
        let judged = plans.judged(text, found, &resolved.actor, judged);
        let parts = Parts {
            found: found.sure,
            statement: judged.is_statement,
            speaker: resolved.by.confidence(),
            stance: judged.sure,
        };
        let confidence = confidence(&parts, self.model.tagger.size());
        if !self.is_kept(found, quotation, &parts, confidence) {
            return None;
        }
        plans.remember(text, found, &resolved.actor, &judged);
        let chain = resolver.chain(&resolved, found.source.as_ref(), at);
        let chain = chain.iter().filter_map(|tokens| document.span(tokens)).collect();
        let others = resolver.others(&resolved, found.source.as_ref(), at);
        let source_span = found.source.as_ref().and_then(|s| document.span(s));
        let written = source_span.map_or("", |s| s.of(document.text)).to_string();
        resolver.spoke.push(Spoke {
            at,
            actor: resolved.actor.clone(),
            person: resolved.person,
            written: written.to_lowercase(),
        });
        let asked = Asked {
            found,
            stance: judged.stance,
            signs: &judged.signs,
            speaker: &resolved.actor,
            person: resolved.person,
        };
        let target = targets.target(&asked);
        Some(Statement {
            part: place,
            cue: found.cues().filter_map(|c| document.span(c)).collect(),
            content: found.content.iter().filter_map(|c| document.span(c)).collect(),
            context,
            quotation,
            stance: judged.stance,
            act: judged.act,
            target: target.words,
            undoes: target.undoes,
            target_actors: target.actors,
            cites,
            fingerprint: fingerprint(text, found, &Said { speaker: &resolved.actor, quotation, stance: judged.stance }),
            confidence,
            found_by: found.found_by,
            grounds: Grounds { parts, chain, others, judged: judged.judged, rule: judged.rule, signs: judged.signs },
            speaker: Speaker { span: source_span, written, actor: resolved.actor, resolved_by: resolved.by },
        })
    }
}

/// The words behind a cue that the words said stand before.
fn behind_cue(text: &Annotated, found: &Found) -> Option<TokenRange> {
    const LONGEST: usize = 9;
    let cue = found.cue.as_ref()?;
    let said_before = found.content.iter().all(|c| c.end <= cue.start);
    let end = text.sentence_of(cue.start).end.min(cue.end + LONGEST);
    (said_before && cue.end < end).then_some(cue.end..end)
}

/// What is less likely to be a statement is left out.
const LIKELY: f32 = 0.2;

/// How sure the accurate model is counts half as much as how likely a statement it is; together they must reach this.
const LIKELY_AND_SURE: f32 = 0.65;

/// The rules for headlines and for cues find much that is none; the accurate model knows better.
const LIKELY_HEADLINE: f32 = 0.3;
const LIKELY_CUE: f32 = 0.5;

/// Of what the fast model is less confident of, one in sixteen is right in all (docs/accuracy.md); of what the accurate model
/// is as unsure of, three times as many are.
const LEAST_CONFIDENCE: f32 = 0.18;

/// The sentences that the statement stands in.
fn context(document: &Document, found: &Found) -> Option<Span> {
    let extent = found.extent();
    let first = document.tokens.get(extent.start)?.sentence as usize;
    let last = document.tokens.get(extent.end.checked_sub(1)?)?.sentence as usize;
    document.span(&(document.sentences[first].start..document.sentences[last].end))
}

/// Everybody and every known body and state that the text names.
fn actors(resolver: Resolver) -> Vec<ActorMention> {
    let Resolver { text, cast, counting, actors, .. } = resolver;
    let mut found: Vec<ActorMention> =
        actors.into_iter().map(|actor| ActorMention { actor, mentions: Vec::new() }).collect();
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

#[cfg(test)]
mod tests {
    use super::super::testing::{self, lines};
    use super::*;
    use crate::record::Stance;

    fn article(text: &str) -> Article {
        testing::article("", text)
    }

    #[test]
    fn a_title_made_from_the_text_is_no_second_statement() {
        let text = "Governor Ana Peralta rejected the harbour toll on Monday.";
        let untitled = testing::article("", text);
        assert_eq!(untitled.title, text);
        assert_eq!(lines(&untitled), ["Governor Ana Peralta | rejected | the harbour toll on Monday"]);
        let titled = testing::article("Governor rejects harbour toll", text);
        assert_eq!(titled.statements.len(), 2, "{:?}", lines(&titled));
    }

    #[test]
    fn a_first_line_that_is_a_sentence_is_running_text() {
        let untitled =
            testing::article("", "France opposes the fishing quota, its ministry said.\n\nThe talks go on in spring.");
        assert!(lines(&untitled).iter().any(|s| s.starts_with("France | opposes | the fishing quota")));
        assert!(untitled.statements.iter().all(|s| s.quotation != Quotation::Headline), "{:?}", lines(&untitled));
    }

    /// Actor, quotation and first words of every statement.
    fn statements(text: &str) -> Vec<(String, Quotation, String)> {
        let article = article(text);
        let first_words = |s: &Statement| {
            let words: Vec<&str> = s.content[0].of(&article.text).split_whitespace().take(4).collect();
            (s.speaker.actor.name.clone(), s.quotation, words.join(" "))
        };
        article.statements.iter().map(first_words).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = statements(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(actor, _, words)| (actor.as_str(), words.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_hardly_right_is_left_out_by_the_fast_model_unless_it_is_quoted() {
        let (fast, accurate) = (ModelSize::Fast, ModelSize::Accurate);
        let parts = Parts { found: 1.0, statement: 1.0, speaker: 0.5, stance: 0.5 };
        let found = Found::new(None, None, vec![0..1, 2..3], FoundBy::Tagger, 1.0);
        for (size, quotation, is_kept) in [
            (fast, Quotation::Indirect, false),
            (fast, Quotation::Headline, false),
            (fast, Quotation::Mixed, true),
            (accurate, Quotation::Indirect, true),
        ] {
            let extractor = Extractor::new(Lexicon::built_in(), size);
            assert_eq!(extractor.is_kept(&found, quotation, &parts, 0.17), is_kept, "{size:?} {quotation:?}");
            assert!(extractor.is_kept(&found, quotation, &parts, 0.18));
        }
        assert_eq!(statements("Importers had asked for a delay, which was refused."), []);
        assert_eq!(statements("“We want a delay,” they said.").len(), 1);
    }

    #[test]
    fn labels_of_a_briefing_name_the_speakers_and_nobody_asks() {
        check(
            "Remarks at the daily briefing\n\nPress room, with spokeswoman Imogen Holloway\n\nMS. HOLLOWAY: Good afternoon, \
             everybody. We will not take this bill.\n\nQ: Does that mean the talks are over?\n\nMS. HOLLOWAY: No. We want a deal \
             with the towns.\n\nThe door stays open until Friday.\n\n(Laughter.)\n\nAnd that is our last word.\n\nQ    And what \
             about the quota?\n\nMR. CARNEY: We oppose any quota below last year's.",
            &[
                ("Imogen Holloway", "Good afternoon, everybody. We"),
                ("Imogen Holloway", "No. We want a"),
                ("Imogen Holloway", "The door stays open"),
                ("Imogen Holloway", "And that is our"),
                ("Carney", "We oppose any quota"),
            ],
        );
    }

    #[test]
    fn a_party_or_a_state_may_stand_behind_the_name_of_a_label() {
        check(
            "Hearing on the harbour toll\n\nMR. BIHET: We welcome the bill.\n\nMS. DE WIT (Ecolo-Groen): I must object to \
             it.\n\nSEN. SMITH (D-Ohio): We want a deal with the towns.\n\nMR. BIHET: That is all.",
            &[
                ("Bihet", "We welcome the bill"),
                ("DE WIT", "I must object to"),
                ("Smith", "We want a deal"),
                ("Bihet", "That is all"),
            ],
        );
    }

    #[test]
    fn a_quoted_transcript_has_its_marks_before_the_labels() {
        check(
            "The council met on Monday.\n\n\"HOLLOWAY: We will not take this bill.\n\n\"ROE: Then the talks are over.\n\n\
             \"(CROSSTALK.)\n\n\"HOLLOWAY: We want a deal with the towns.\"",
            &[("Holloway", "We will not take"), ("Roe", "Then the talks are"), ("Holloway", "We want a deal")],
        );
    }

    #[test]
    fn posts_and_their_signatures_may_stand_in_one_line() {
        check(
            "The council met on Monday.\n\nThe harbour toll must go, and it must go now! — Jane Doe (@janedoe) May 4, 2019\n\n\
             The meeting went on.",
            &[("Jane Doe", "The harbour toll must")],
        );
    }

    #[test]
    fn surnames_in_capitals_speak_in_a_debate() {
        check(
            "Debate on the port authority\n\nMODERATOR: Welcome, everybody. You go first.\n\nSMITH: This bill is a disaster for \
             our fishermen.\n\nAnd I will vote against it.\n\nJONES: I support the bill. It protects the harbor.\n\nNOTE: The \
             transcript was edited for length.",
            &[("Smith", "This bill is a"), ("Smith", "And I will vote"), ("Jones", "I support the bill.")],
        );
    }

    #[test]
    fn names_that_return_before_colons_are_an_interview() {
        check(
            "Ten minutes with the harbor master\n\nHarbor Gazette: You have been critical of the new dock fees. Why?\n\n\
             Imogen Strand: The fees are a tax on small boats. I am against them.\n\nNobody asked the crews.\n\n\
             Harbor Gazette: Would you pay them?\n\nImogen Strand: Only under protest.",
            &[
                ("Imogen Strand", "The fees are a"),
                ("Imogen Strand", "Nobody asked the crews"),
                ("Imogen Strand", "Only under protest"),
            ],
        );
    }

    #[test]
    fn highlights_are_headlines_and_other_lists_are_not() {
        let of = |text: &str| statements(text).into_iter().map(|(_, quotation, _)| quotation).collect::<Vec<_>>();
        let highlights = "Port talks go on.\n\nStory Highlights\n- Mexico strongly opposes the new dock fees.\n- Canada rejects a \
                          second quota.\n\nThe talks began in May and may last all year.";
        assert_eq!(of(highlights), [Quotation::Headline, Quotation::Headline]);
        let list = "Port talks go on.\n\nThe talks began in May. This is where the sides stand:\n- Mexico strongly opposes the \
                    new dock fees.\n- Canada rejects a second quota.";
        assert_eq!(of(list), [Quotation::Indirect, Quotation::Indirect]);
    }

    #[test]
    fn dashes_of_datelines_and_lists_are_no_part_of_a_name() {
        let dateline = article("Talks went on.\n\nPORT ELLERY (Reuters) - Rep. Jane Doe said the bill was a mistake.");
        assert_eq!(dateline.statements[0].speaker.actor.role.as_deref(), Some("Rep."));
        let list = article(
            "Port talks go on.\n\nThe talks began in May. This is where the sides stand:\n- Mexico strongly opposes the new \
             dock fees.",
        );
        assert_eq!(list.statements[0].speaker.written, "Mexico");
    }

    #[test]
    fn groups_speak_by_the_one_whom_they_include_and_highlights_by_surname() {
        check(
            "Strand against dock fees\n\nLegal scholars, including Imogen Strand of the Caldwell School of Law, said the fees were \
             unlawful.",
            &[("Imogen Strand", "the fees were unlawful")],
        );
        check(
            "Port talks go on.\n\nStory Highlights\n- Okafor rejects the dock fees.\n\nThe talks began in May with Mayor Jane Okafor.",
            &[("Jane Okafor", "the dock fees")],
        );
    }

    #[test]
    fn quotations_with_a_signature_belong_to_whoever_signed_them() {
        check(
            "What the harbour thinks\n\n“The toll is a tax on small boats.” — Imogen Strand, fisherwoman\n\n\"We need a new dock, and \
             somebody has to pay.\" ― Ana Robleda",
            &[("Imogen Strand", "The toll is a"), ("Ana Robleda", "We need a new")],
        );
    }

    #[test]
    fn the_accurate_model_reads_statements_in_their_context() {
        let extractor = Extractor::new(Lexicon::built_in(), ModelSize::Accurate);
        let text = "Council meets on the toll.\n\nMayor Jane Okafor said the harbour toll was a mistake that would ruin small \
                    boats. The toll is seen as a burden. Councillor Tomas Reyer welcomed the plan, saying it was overdue. \
                    Boats left the bay on Tuesday.";
        let parsed = ParsedDocument { text: text.to_string(), ..ParsedDocument::default() };
        let article = extractor.article(parsed, "article.txt");
        assert_eq!(
            lines(&article),
            [
                "Mayor Jane Okafor | said | the harbour toll was a mistake that would ruin small boats",
                "Councillor Tomas Reyer | welcomed … saying | the plan, saying it was overdue",
            ]
        );
        let found: Vec<_> = article.statements.iter().map(|s| (s.stance, s.found_by)).collect();
        assert_eq!(found, [(Stance::Oppose, FoundBy::Tagger), (Stance::Support, FoundBy::Tagger)]);
        assert_eq!(article.model, Some(ModelSize::Accurate));
    }

    #[test]
    fn a_lone_label_makes_no_transcript() {
        check(
            "The port is closed.\n\nNOTE: The ferry does not run.\n\nBoats stay in the bay until the storm is over.",
            &[],
        );
    }

    #[test]
    fn section_heads_of_a_live_page_are_headlines() {
        let found = statements(
            "Council meets on the budget\n\nThe council of Port Ellery votes tonight.\n\nMayor Jane Okafor: the cuts are a betrayal of \
             the harbor\n\nThe mayor spoke for ten minutes.\n\nUnion rejects compromise\n\nThe members left the hall.",
        );
        let heads: Vec<&str> =
            found.iter().filter(|f| f.1 == Quotation::Headline).map(|(_, _, words)| words.as_str()).collect();
        assert_eq!(heads, ["the cuts are a", "compromise"]);
    }

    #[test]
    fn outlets_that_nobody_knows_are_cited_by_what_they_are_called() {
        for (sentence, expected) in [
            ("Jane Doe told the Harbour Gazette on Monday that the fees were unfair.", Some("Harbour Gazette")),
            ("The fees were unfair, Jane Doe said in an interview with the Quayside Weekly.", Some("Quayside Weekly")),
            ("Jane Doe told Radio Marisma that the fees were unfair.", Some("Radio Marisma")),
            ("Jane Doe told the Harbour Board on Monday that the fees were unfair.", None),
            ("Jane Doe told John Roe on Monday that the fees were unfair.", None),
            ("Jane Doe told reporters on Monday that the fees were unfair.", None),
        ] {
            let article = article(&format!("Fees go up.\n\n{sentence}"));
            let cited: Vec<&str> = article.cited_sources.iter().map(|s| s.name.as_str()).collect();
            assert_eq!(cited, expected.as_slice(), "{sentence}");
            let credited = article.statements.iter().any(|s| !s.cites.is_empty());
            assert_eq!(credited, expected.is_some(), "{sentence}: {:#?}", article.statements);
        }
    }

    #[test]
    fn offices_that_the_text_puts_in_the_past_count_as_former() {
        for (speaker, expected) in [
            ("Former Mexican foreign minister Ana Robleda", (false, true)),
            ("Former Mexican Foreign Minister Ana Robleda", (false, true)),
            ("Ana Robleda, Mexico's foreign minister from 2000 to 2003,", (false, true)),
            ("Ana Robleda, who was foreign minister of Mexico until 2019,", (false, true)),
            ("Mexico's then-foreign minister Ana Robleda", (false, true)),
            ("Mexican Foreign Minister Ana Robleda", (true, false)),
            ("Ana Robleda, Mexico's foreign minister since 2019,", (true, false)),
        ] {
            let article = article(&format!("Talks went on.\n\n{speaker} said the bill was a mistake."));
            let [statement] = &article.statements[..] else { panic!("{speaker}: {:#?}", article.statements) };
            let actor = &statement.speaker.actor;
            let is_mexico = |path: &String| path == "mexico";
            let found = (actor.counts_for.iter().any(is_mexico), actor.formerly.iter().any(is_mexico));
            assert_eq!(found, expected, "{speaker}: {actor:#?}");
        }
    }

    #[test]
    fn roles_of_others_and_of_the_future_do_not_stick() {
        for (text, expected) in [
            (
                "The bill is a mistake, said a Mexican foreign minister. Imogen Strand said the bill was a mistake too.",
                false,
            ),
            (
                "Imogen Strand, Mexican Foreign Minister Ana Robleda and others met. Strand said the bill was a mistake.",
                false,
            ),
            ("Imogen Strand, Mexico's incoming foreign minister, said the bill was a mistake.", false),
            ("Mexican Foreign Minister Imogen Strand said the bill was a mistake.", true),
        ] {
            let article = article(&format!("Talks went on.\n\n{text}"));
            let said = article.statements.iter().find(|s| s.speaker.actor.name == "Imogen Strand");
            let actor = &said.unwrap_or_else(|| panic!("{text}: {:#?}", article.statements)).speaker.actor;
            assert_eq!(actor.counts_for.iter().any(|path| path == "mexico"), expected, "{text}: {actor:#?}");
        }
        let article = article("Talks went on.\n\nGeorgia Rep. Jane Doe said the bill was a mistake.");
        let paths = &article.statements[0].speaker.actor.counts_for;
        assert!(paths.iter().all(|path| path != "georgia"), "{paths:?}");
    }

    #[test]
    fn a_party_whose_name_contains_another_is_not_that_one() {
        let path = |text: &str| {
            let article = article(text);
            let [statement] = &article.statements[..] else { panic!("{text}: {:#?}", article.statements) };
            statement.speaker.actor.counts_for.clone()
        };
        assert_eq!(path("Budget day.\n\nThe Democrats said the budget was a disaster."), ["democratic-party"]);
        assert_eq!(path("Budget day.\n\nThe New Democrats said the budget was a disaster."), ["new-democratic-party"]);
        assert_eq!(path("Budget day.\n\nThe Free Democrats said the budget was a disaster."), Vec::<String>::new());
    }
}
