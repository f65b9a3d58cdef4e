//! What the index answers equals what reading every article one by one would answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use onrecord::index::{IndexWriter, Searcher, WriterOptions};
use onrecord::lexicon::Lexicon;
use onrecord::own_actors::OwnActors;
use onrecord::query::{ActorPattern, Certainty, DateField, FieldName, Query, Unit};
use onrecord::record::*;
use onrecord::search::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

const WORDS: &[&str] = &["tariff", "tariffs", "steel", "the", "Steel", "américa", "policy", "policies", "of", "vote"];
const PATHS: &[&str] = &["mexico", "mexico/government", "canada", "canada/parliament"];
const OUTLETS: &[&str] = &["Reuters", "El País"];
const DATES: &[&str] = &["2018", "2018-05", "2018-05-23", "2018-33", "2019-01-02"];

/// Only what the naive scan looks at; one file holds one article.
#[derive(Debug, Clone)]
struct Simple {
    title: Vec<&'static str>,
    outlet: Option<&'static str>,
    date: Option<&'static str>,
    mentions: Vec<&'static str>,
    /// Its list of sources.
    cites: Vec<&'static str>,
    statements: Vec<SimpleStatement>,
}

#[derive(Debug, Clone)]
struct SimpleStatement {
    words: Vec<&'static str>,
    by: Vec<&'static str>,
    formerly: Vec<&'static str>,
    speaker: &'static str,
    /// What the text says that the speaker is.
    role: Option<&'static str>,
    stance: Stance,
    target: Vec<&'static str>,
    /// Words at the beginning of the target that would put an end to the others.
    undoing: usize,
    /// What it is credited to.
    cites: Vec<&'static str>,
    confidence: u8,
}

fn words(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(WORDS), 1..most)
}

fn statement() -> impl Strategy<Value = SimpleStatement> {
    let by = subsequence(PATHS, 0..3);
    let formerly = subsequence(PATHS, 0..2);
    let stance = select(vec![Stance::Oppose, Stance::Support, Stance::Neutral]);
    let speaker = select(vec!["Ana Ruiz", "Aná Ruiz", "John Doe", ""]);
    let role = select(vec![None, Some("Minister"), Some("Judge")]);
    let cites = subsequence(OUTLETS, 0..2);
    (words(8), by, formerly, (speaker, role), stance, (words(3), 0usize..3), cites, 0u8..5).prop_map(
        |(words, by, formerly, (speaker, role), stance, (target, undoing), cites, confidence)| SimpleStatement {
            words,
            by,
            formerly,
            speaker,
            role,
            stance,
            target,
            undoing,
            cites,
            confidence,
        },
    )
}

fn article() -> impl Strategy<Value = Simple> {
    let outlet = prop::option::of(select(OUTLETS));
    let date = prop::option::of(select(DATES));
    let mentions = subsequence(PATHS, 0..3);
    let cites = subsequence(OUTLETS, 0..2);
    (words(4), outlet, date, mentions, cites, prop::collection::vec(statement(), 0..4)).prop_map(
        |(title, outlet, date, mentions, cites, statements)| Simple {
            title,
            outlet,
            date,
            mentions,
            cites,
            statements,
        },
    )
}

/// Everything that an article cites, in its list of sources or in a statement.
fn cited(simple: &Simple) -> BTreeSet<&'static str> {
    simple.cites.iter().chain(simple.statements.iter().flat_map(|s| &s.cites)).copied().collect()
}

fn outlet_id(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn actor(id: &str, name: &str, counts_for: &[&str], formerly: &[&str]) -> Actor {
    let owned = |paths: &[&str]| paths.iter().map(|p| p.to_string()).collect();
    Actor {
        id: id.into(),
        name: name.into(),
        kind: if name.is_empty() { ActorKind::Unnamed } else { ActorKind::Person },
        countries: vec![],
        affiliations: vec![],
        counts_for: owned(counts_for),
        formerly: owned(formerly),
        role: None,
        because: String::new(),
    }
}

/// What the target would put an end to.
fn undone(statement: &SimpleStatement) -> &[&'static str] {
    let is_undoing = (1..statement.target.len()).contains(&statement.undoing);
    if is_undoing { &statement.target[statement.undoing..] } else { &[] }
}

/// Builds the article: each statement is a line of its text.
fn built(number: usize, simple: &Simple) -> Article {
    let mut text = String::new();
    let mut statements = Vec::new();
    for s in &simple.statements {
        let start = text.len();
        text += &s.words.join(" ");
        let end = text.len();
        text += ".\n\n";
        statements.push((start, end, s));
    }
    let statements = statements.into_iter().map(|(start, end, s)| Statement {
        part: Part::Text,
        speaker: Speaker {
            span: None,
            written: s.speaker.into(),
            actor: Actor {
                role: s.role.map(String::from),
                because: s.role.map_or(String::new(), |role| format!("{role} (text)")),
                ..actor(&onrecord::lexicon::slug(s.speaker), s.speaker, &s.by, &s.formerly)
            },
            resolved_by: ResolvedBy::Named,
        },
        cue: vec![],
        content: vec![Span::new(&text, start, end).unwrap()],
        context: Span::new(&text, start, end).unwrap(),
        quotation: Quotation::Direct,
        stance: s.stance,
        act: Act::Report,
        target: s.target.join(" "),
        undoes: undone(s).join(" "),
        target_actors: vec![],
        cites: s.cites.iter().map(|name| outlet_id(name)).collect(),
        // Statements that are as sure as each other are one, unless they are not sure at all.
        fingerprint: (s.confidence > 0).then_some(Fingerprint(s.confidence.into())),
        confidence: f32::from(s.confidence) / 4.0,
        found_by: FoundBy::CueRule,
        grounds: Grounds::default(),
    });
    let mentioned =
        simple.mentions.iter().map(|path| ActorMention { actor: actor(path, path, &[path], &[]), mentions: vec![] });
    let nowhere = Span::new(&text, 0, 0).unwrap();
    let cited_sources = cited(simple).into_iter().map(|name| CitedSource {
        id: outlet_id(name),
        name: name.into(),
        title: None,
        published: None,
        span: nowhere,
    });
    let id = format!("{number}.txt");
    Article {
        path: id.clone(),
        id,
        title: simple.title.join(" "),
        outlet: simple.outlet.map(|name| Outlet { id: outlet_id(name), name: name.into() }),
        authors: vec![],
        url: None,
        language: None,
        published: simple.date.map(|date| PublishedDate { date: date.parse().unwrap(), by: DateRule::Field }),
        not_before: None,
        actors: mentioned.collect(),
        cited_sources: cited_sources.collect(),
        statements: statements.collect(),
        model: None,
        warnings: vec![],
        text,
    }
}

fn leaf() -> impl Strategy<Value = Query> {
    let word = || select(WORDS).prop_map(String::from);
    let field = |field, value: &str| Query::Field { field, value: value.into(), exact: false };
    let by = |field, path: &str| Query::Actor {
        field,
        actor: ActorPattern::CountsFor { path: path.into(), name: path.into() },
    };
    let former = |path: &str| Query::Actor {
        field: FieldName::By,
        actor: ActorPattern::Formerly { path: path.into(), name: path.into() },
    };
    let range = (prop::option::of(select(DATES)), prop::option::of(select(DATES)))
        .prop_map(|(from, to)| DateRange::between(from.map(|d| d.parse().unwrap()), to.map(|d| d.parse().unwrap())));
    prop_oneof![
        Just(Query::All),
        word().prop_map(|words| Query::Words { words }),
        words(4).prop_map(|words| Query::Phrase { words: words.join(" ") }),
        (select(vec![FieldName::By, FieldName::Mentions, FieldName::Actor]), select(PATHS))
            .prop_map(move |(name, path)| by(name, path)),
        select(vec!["oppose", "support"]).prop_map(move |stance| field(FieldName::Stance, stance)),
        (select(vec![FieldName::About, FieldName::Target, FieldName::Title, FieldName::Text]), word())
            .prop_map(move |(name, word)| field(name, &word)),
        select(PATHS).prop_map(former),
        (select(vec![FieldName::Source, FieldName::Cites]), select(OUTLETS))
            .prop_map(move |(name, outlet)| field(name, outlet)),
        Just(Query::Field { field: FieldName::Is, value: "undated".into(), exact: false }),
        Just(Query::Field { field: FieldName::No, value: "speaker".into(), exact: false }),
        (range, select(vec![Certainty::Certain, Certainty::Possible])).prop_map(|(range, certainty)| Query::Dates {
            field: DateField::Published,
            range,
            certainty
        }),
    ]
}

/// A side and what it is taken on.
fn position() -> impl Strategy<Value = Query> {
    let field = |field, value: &str| Query::Field { field, value: value.into(), exact: false };
    (select(vec!["oppose", "support"]), words(3)).prop_map(move |(stance, targets)| {
        let targets = targets.into_iter().map(|word| field(FieldName::Target, word));
        Query::And { of: targets.chain([field(FieldName::Stance, stance)]).collect() }
    })
}

fn query() -> impl Strategy<Value = Query> {
    prop_oneof![8 => leaf(), 1 => position()].prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|of| Query::And { of }),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|of| Query::Or { of }),
            inner.prop_map(|of| Query::Not { of: Box::new(of) }),
        ]
    })
}

/// The stem of each of our few words, written down by hand.
fn stem(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "tariffs" => "tariff".into(),
        "policies" => "policy".into(),
        "américa" => "america".into(),
        other => other.into(),
    }
}

fn has_word(text: &[&str], wanted: &str) -> bool {
    text.iter().any(|word| stem(word) == stem(wanted))
}

fn has_phrase(text: &[&str], wanted: &str) -> bool {
    let wanted: Vec<String> = wanted.split(' ').map(str::to_lowercase).collect();
    text.windows(wanted.len()).any(|at| at.iter().map(|w| w.to_lowercase()).eq(wanted.iter().cloned()))
}

/// Tells whether a statement answers a query, by looking at it.
fn statement_matches(article: &Simple, s: &SimpleStatement, query: &Query) -> bool {
    match query {
        Query::Words { words } => has_word(&s.words, words),
        Query::Phrase { words } => has_phrase(&s.words, words),
        Query::Field { field: FieldName::Stance, value, .. } => {
            serde_json::to_value(s.stance).unwrap() == value.as_str()
        }
        Query::Field { field: FieldName::Target, value, .. } => has_word(&s.target, value),
        Query::Field { field: FieldName::About, value, .. } => {
            [&s.words, &s.target, &article.title].iter().any(|text| has_word(text, value))
        }
        Query::Field { field: FieldName::No, .. } => s.speaker.is_empty(),
        Query::Actor { field: FieldName::By, actor: ActorPattern::CountsFor { path, .. } } => {
            s.by.contains(&path.as_str())
        }
        Query::Actor { field: FieldName::By, actor: ActorPattern::Formerly { path, .. } } => {
            s.formerly.contains(&path.as_str()) && !s.by.contains(&path.as_str())
        }
        Query::Field { field: FieldName::Cites, value, .. } => s.cites.contains(&value.as_str()),
        Query::Field { field: FieldName::Source, value, .. } => {
            s.cites.contains(&value.as_str()) || article.outlet == Some(value.as_str())
        }
        Query::Actor { field: FieldName::Actor, actor } => {
            let either = |field| Query::Actor { field, actor: actor.clone() };
            statement_matches(article, s, &either(FieldName::By))
                || statement_matches(article, s, &either(FieldName::Mentions))
        }
        Query::And { .. } => {
            let clauses = conjuncts(query);
            let (of_position, others): (Vec<&Query>, Vec<&Query>) =
                clauses.iter().partition(|q| target(q).is_some() || side(q).is_some());
            let sides: Vec<Stance> = of_position.iter().filter_map(|q| side(q)).collect();
            let targets: Vec<&str> = of_position.iter().filter_map(|q| target(q)).collect();
            let holds = match sides[..] {
                [side] if !targets.is_empty() => {
                    let is_undone = |words: &&str| has_word(undone(s), words);
                    let straight = || targets.iter().all(|words| has_word(&s.target, words) && !is_undone(words));
                    s.stance == side && straight() || s.stance == side.opposite() && targets.iter().all(is_undone)
                }
                _ => of_position.iter().all(|q| statement_matches(article, s, q)),
            };
            holds && others.iter().all(|q| statement_matches(article, s, q))
        }
        Query::Or { of } => of.iter().any(|q| statement_matches(article, s, q)),
        Query::Not { of } => !statement_matches(article, s, of),
        of_the_article => article_matches(article, of_the_article),
    }
}

/// The side that a clause asks for.
fn side(query: &Query) -> Option<Stance> {
    match query {
        Query::Field { field: FieldName::Stance, value, .. } => {
            value.parse().ok().filter(|side| *side != Stance::Neutral)
        }
        _ => None,
    }
}

/// The words that a clause asks of the target.
fn target(query: &Query) -> Option<&str> {
    match query {
        Query::Field { field: FieldName::Target, value, .. } => Some(value),
        _ => None,
    }
}

/// Tells whether a clause is about statements.
fn is_of_statements(query: &Query) -> bool {
    match query {
        Query::Field { field, .. } => {
            matches!(field, FieldName::Stance | FieldName::Target | FieldName::About | FieldName::No)
        }
        Query::Actor { field, .. } => *field == FieldName::By,
        Query::And { of } | Query::Or { of } => !of.is_empty() && of.iter().all(is_of_statements),
        _ => false,
    }
}

fn is_about(query: &Query) -> bool {
    match query {
        Query::Or { of } | Query::And { of } => of.iter().all(is_about),
        other => matches!(other, Query::Field { field: FieldName::About, .. }),
    }
}

fn article_matches(article: &Simple, query: &Query) -> bool {
    let any_statement = |q: &Query| article.statements.iter().any(|s| statement_matches(article, s, q));
    let texts = || [article.title.as_slice()].into_iter().chain(article.statements.iter().map(|s| s.words.as_slice()));
    match query {
        Query::All => true,
        Query::Not { of } => !article_matches(article, of),
        Query::And { .. } => {
            let (together, apart): (Vec<&Query>, Vec<&Query>) =
                conjuncts(query).into_iter().partition(|q| is_of_statements(q));
            let one = Query::And { of: together.iter().map(|q| (*q).clone()).collect() };
            let hold = match together.len() == 1 || together.iter().all(|q| is_about(q)) {
                true => together.iter().all(|q| article_matches(article, q)),
                false => any_statement(&one),
            };
            hold && apart.iter().all(|q| article_matches(article, q))
        }
        Query::Field { field: FieldName::About, value, .. } => has_word(&article.title, value) || any_statement(query),
        Query::Or { of } => of.iter().any(|q| article_matches(article, q)),
        q if is_of_statements(q) => any_statement(q),
        Query::Words { words } => texts().any(|t| has_word(t, words)),
        Query::Phrase { words } => running_texts(article).iter().any(|t| has_phrase(t, words)),
        Query::Field { field: FieldName::Text, value, .. } => texts().any(|t| has_word(t, value)),
        Query::Field { field: FieldName::Title, value, .. } => has_word(&article.title, value),
        Query::Field { field: FieldName::Cites, value, .. } => cited(article).contains(value.as_str()),
        Query::Field { field: FieldName::Source, value, .. } => {
            article.outlet == Some(value.as_str()) || cited(article).contains(value.as_str())
        }
        Query::Field { field: FieldName::Is, .. } => article.date.is_none(),
        Query::Actor { field: FieldName::Mentions, actor: ActorPattern::CountsFor { path, .. } } => {
            article.mentions.contains(&path.as_str())
        }
        Query::Actor { field: FieldName::Actor, actor } => {
            let either = |field| Query::Actor { field, actor: actor.clone() };
            article_matches(article, &either(FieldName::By)) || article_matches(article, &either(FieldName::Mentions))
        }
        Query::Dates { range, certainty, .. } => article.date.is_some_and(|date| {
            let of = date.parse::<PartialDate>().unwrap().range();
            match certainty {
                Certainty::Possible => of.overlaps(*range),
                Certainty::Certain => {
                    range.earliest.is_none_or(|day| of.earliest >= Some(day))
                        && range.latest.is_none_or(|day| of.latest <= Some(day))
                }
            }
        }),
        other => panic!("no such query is made: {other:?}"),
    }
}

fn conjuncts(query: &Query) -> Vec<&Query> {
    match query {
        Query::And { of } => of.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// The title, and the text: all statements one after another.
fn running_texts(article: &Simple) -> [Vec<&'static str>; 2] {
    [article.title.clone(), article.statements.iter().flat_map(|s| s.words.clone()).collect()]
}

struct Indexed {
    folder: tempfile::TempDir,
    searcher: Searcher,
}

fn indexed(articles: &[Simple]) -> Indexed {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::open(folder.path(), WriterOptions { memory: 1 << 25, threads: 2 }).unwrap();
    for (number, simple) in articles.iter().enumerate() {
        writer.add(&built(number, simple), &|code: &str| code.to_string()).unwrap();
        // Several commits make several segments.
        if number % 3 == 0 {
            writer.commit("").unwrap();
        }
    }
    writer.commit("").unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    Indexed { folder, searcher }
}

fn request(query: &Query, unit: Unit) -> SearchRequest {
    let (limit, offset, sort) = (1000, 0, Sort::Relevance);
    SearchRequest {
        query: query.clone(),
        unit,
        selections: vec![],
        facets: vec![],
        sort,
        each_appearance: true,
        limit,
        offset,
    }
}

fn ids(response: &SearchResponse) -> Vec<String> {
    response.hits.iter().map(id).collect()
}

fn id(hit: &Hit) -> String {
    match &hit.record {
        Record::Statement(row) => row.id.clone(),
        Record::Article(row) => row.id.clone(),
    }
}

fn fingerprint(hit: &Hit) -> Option<Fingerprint> {
    match &hit.record {
        Record::Statement(row) => row.fingerprint,
        Record::Article(_) => None,
    }
}

/// Every answer with its article, by looking.
fn scanned(articles: &[Simple], query: &Query, unit: Unit) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (number, article) in articles.iter().enumerate() {
        match unit {
            Unit::Articles if article_matches(article, query) => drop(found.insert(format!("{number}.txt"), number)),
            Unit::Articles => {}
            Unit::Statements => {
                for (at, s) in article.statements.iter().enumerate() {
                    if statement_matches(article, s, query) {
                        found.insert(format!("{number}.txt/{}", at + 1), number);
                    }
                }
            }
        }
    }
    found
}

/// Made-up collections, each with its index: indexing costs far more than asking, so that many questions share one.
static COLLECTIONS: LazyLock<Vec<(Vec<Simple>, Indexed)>> = LazyLock::new(|| {
    let mut runner = TestRunner::deterministic();
    let mut collection = || {
        let articles = prop::collection::vec(article(), 1..8).new_tree(&mut runner).unwrap().current();
        let index = indexed(&articles);
        (articles, index)
    };
    (0..COLLECTION_COUNT).map(|_| collection()).collect()
});

const COLLECTION_COUNT: usize = 32;

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_index_answers_as_a_scan_does(number in 0..COLLECTION_COUNT, query in query()) {
        let (articles, index) = &COLLECTIONS[number];
        for unit in [Unit::Statements, Unit::Articles] {
            let response = index.searcher.search(&request(&query, unit)).unwrap();
            let expected = scanned(articles, &query, unit);
            let found: BTreeSet<String> = ids(&response).into_iter().collect();
            prop_assert_eq!(&found, &expected.keys().cloned().collect(), "{:?} {:?} {:?}", unit, query, articles);
            prop_assert_eq!(response.total, expected.len() as u64);
            prop_assert_eq!(response.articles, expected.values().collect::<BTreeSet<_>>().len() as u64);
            prop_assert_eq!(index.searcher.count(&query, unit).unwrap(), response.total);
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_in_order(
        number in 0..COLLECTION_COUNT,
        query in query(),
        sort in select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Confidence]),
        size in 1usize..4,
    ) {
        let (_, index) = &COLLECTIONS[number];
        let whole = SearchRequest { sort, ..request(&query, Unit::Statements) };
        let response = index.searcher.search(&whole).unwrap();
        let mut pages = Vec::new();
        for offset in (0..=response.total as usize).step_by(size) {
            let page = SearchRequest { limit: size, offset, ..whole.clone() };
            pages.extend(ids(&index.searcher.search(&page).unwrap()));
        }
        prop_assert_eq!(&pages, &ids(&response));
        let keys: Vec<(i64, String)> = response.hits.iter().map(|hit| order_key(hit, sort)).collect();
        prop_assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn a_statement_in_several_places_is_one_hit_that_names_the_others(
        number in 0..COLLECTION_COUNT,
        query in query(),
        sort in select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Confidence]),
        size in 1usize..4,
    ) {
        let (_, index) = &COLLECTIONS[number];
        let each = SearchRequest { sort, ..request(&query, Unit::Statements) };
        let each = index.searcher.search(&each).unwrap();
        let everywhere = index.searcher.search(&request(&Query::All, Unit::Statements)).unwrap();
        let mut seen = BTreeSet::new();
        prop_assert!(each.hits.iter().all(|hit| hit.appearances.is_empty()));
        let firsts: Vec<&Hit> =
            each.hits.iter().filter(|hit| fingerprint(hit).is_none_or(|it| seen.insert(it))).collect();
        let mut pages = Vec::new();
        let mut hits = Vec::new();
        for offset in (0..=firsts.len()).step_by(size) {
            let page = SearchRequest {
                sort, each_appearance: false, limit: size, offset, ..request(&query, Unit::Statements)
            };
            let page = index.searcher.search(&page).unwrap();
            prop_assert_eq!((page.total, page.different), (each.total, firsts.len() as u64));
            pages.extend(ids(&page));
            hits.extend(page.hits);
        }
        prop_assert_eq!(pages, firsts.iter().map(|hit| id(hit)).collect::<Vec<_>>());
        for hit in &hits {
            let same = |other: &&Hit| fingerprint(hit).is_some() && fingerprint(other) == fingerprint(hit);
            let mut others: BTreeSet<String> = everywhere.hits.iter().filter(same).map(id).collect();
            others.remove(&id(hit));
            let named = hit.appearances.iter().map(|appearance| appearance.id.clone());
            prop_assert_eq!(hit.appearance_count, others.len() as u64);
            prop_assert_eq!(named.collect::<BTreeSet<_>>(), others);
            prop_assert!(hit.appearances.is_sorted_by_key(|a| (a.published.is_none(), a.published.map(|d| d.earliest()))));
        }
    }

    #[test]
    fn facets_count_what_choosing_them_would_give(
        number in 0..COLLECTION_COUNT,
        query in query(),
        chosen in select(PATHS),
    ) {
        let (_, index) = &COLLECTIONS[number];
        let facets = [FacetName::Actor, FacetName::Stance, FacetName::Outlet, FacetName::Cites, FacetName::Year];
        let facets = facets.map(|facet| FacetRequest { facet, limit: 100, below: None }).to_vec();
        let by_country = Selection { facet: FacetName::Actor, values: vec![chosen.to_string()], excluded: vec![] };
        for unit in [Unit::Statements, Unit::Articles] {
            let base = SearchRequest { facets: facets.clone(), selections: vec![by_country.clone()], ..request(&query, unit) };
            let response = index.searcher.search(&base).unwrap();
            for counts in &response.facets {
                // A facet's own selection is replaced, the other facets' selections stay.
                let others: Vec<Selection> =
                    base.selections.iter().filter(|s| s.facet != counts.facet).cloned().collect();
                for value in &counts.values {
                    let mut selections = others.clone();
                    selections.push(Selection { facet: counts.facet, values: vec![value.value.clone()], excluded: vec![] });
                    let narrowed = SearchRequest { selections, facets: vec![], ..base.clone() };
                    let total = index.searcher.search(&narrowed).unwrap().total;
                    prop_assert_eq!(total, value.count, "{:?} {:?} {:?}", unit, counts.facet, value);
                }
                if counts.facet == FacetName::Stance && unit == Unit::Statements {
                    let sum: u64 = counts.values.iter().map(|v| v.count).sum();
                    prop_assert_eq!(sum + counts.missing, response.total);
                }
            }
        }
    }
}

/// Files of a user's own actors: two names of one, roles with and without days, one who counts for another, a name parted by a
/// condition.
const OWN_FILES: &[&str] = &[
    "[[actor]]\nname = \"Ana Ruiz\"\nalso = [\"John Doe\"]\n",
    "[[actor]]\nname = \"Ana R.\"\nalso = [\"Ana Ruiz\"]\nkind = \"agency\"\n\
     role = [{ title = \"minister\", counts_for = \"mexico/government\", from = \"2018-05\", to = 2018-12-31 }]\n\
     [[actor]]\nname = \"John Doe\"\nrole = [{ counts_for = [\"Ana R.\", \"canada\"], from = 2018-01-02 }]\n",
    "[[actor]]\nname = \"John Doe (Reuters)\"\nalso = [\"John Doe\"]\nwhere = \"outlet:Reuters\"\n\
     role = [{ counts_for = \"canada/parliament\" }]\n\
     [[actor]]\nname = \"Ana Ruiz\"\nrole = [{ title = \"banker\" }, { counts_for = \"Mexico\", to = 2018 }]\n",
    "[[actor]]\nname = \"Ana R.\"\nalso = [\"Ana Ruiz\", \"John Doe\"]\nwhere = \"stance:oppose\"\n\
     [[actor]]\nname = \"John Doe (Reuters)\"\nalso = [\"John Doe\"]\nwhere = \"date:2018 OR by:Mexico\"\n\
     role = [{ counts_for = \"Ana R.\", to = 2018-05-23 }]\n",
];

fn own_actors(file: &str) -> OwnActors {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    OwnActors::read(file, "actors.toml", today, Lexicon::built_in()).unwrap()
}

fn own_leaf() -> impl Strategy<Value = Query> {
    let path = || select(vec!["mexico", "mexico/government", "canada", "canada/parliament", "ana-r"]);
    let name = || select(vec!["Ana Ruiz", "John Doe", "Ana R.", "John Doe (Reuters)"]);
    let by = |actor| Query::Actor { field: FieldName::By, actor };
    let is_unresolved = Query::Field { field: FieldName::Is, value: "unresolved".into(), exact: true };
    prop_oneof![
        path().prop_map(move |path| by(ActorPattern::CountsFor { path: path.into(), name: path.into() })),
        path().prop_map(move |path| by(ActorPattern::Formerly { path: path.into(), name: path.into() })),
        name().prop_map(move |name| by(ActorPattern::Is { id: onrecord::lexicon::slug(name), name: name.into() })),
        Just(is_unresolved),
    ]
}

/// Tells whether a row as it is shown answers a query.
fn row_matches(row: &StatementRow, own: &OwnActors, query: &Query) -> bool {
    let has = |paths: &[String], path: &String| paths.contains(path);
    match query {
        Query::Actor { actor: ActorPattern::CountsFor { path, .. }, .. } => has(&row.counts_for, path),
        Query::Actor { actor: ActorPattern::Formerly { path, .. }, .. } => {
            has(&row.formerly, path) && !has(&row.counts_for, path)
        }
        // Case and accents make no difference.
        Query::Actor { actor: ActorPattern::Is { id, .. }, .. } => onrecord::lexicon::slug(&row.actor) == *id,
        _ => {
            let has_roles = own.all().iter().any(|actor| actor.name == row.actor && actor.roles.is_some());
            row.counts_for.is_empty() && row.formerly.is_empty() && !row.actor.is_empty() && !has_roles
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn with_a_users_own_actors_the_index_finds_what_the_rows_show(
        number in 0..COLLECTION_COUNT,
        file in select(OWN_FILES),
        query in own_leaf(),
    ) {
        let (_, index) = &COLLECTIONS[number];
        let searcher = Searcher::open(index.folder.path()).unwrap().with_own_actors(own_actors(file), Lexicon::built_in()).unwrap();
        let all = searcher.search(&request(&Query::All, Unit::Statements)).unwrap();
        let expected: BTreeSet<String> = all.hits.iter().filter_map(|hit| match &hit.record {
            Record::Statement(row) if row_matches(row, searcher.own_actors(), &query) => Some(row.id.clone()),
            _ => None,
        }).collect();
        let facet = |facet, below: Option<&str>| FacetRequest { facet, limit: 100, below: below.map(String::from) };
        let below = [None, Some("mexico"), Some("canada")].map(|below| facet(FacetName::Actor, below));
        let facets: Vec<FacetRequest> = below.into_iter().chain([facet(FacetName::Speaker, None)]).collect();
        for unit in [Unit::Statements, Unit::Articles] {
            let asked = SearchRequest { facets: facets.clone(), ..request(&query, unit) };
            let response = searcher.search(&asked).unwrap();
            if unit == Unit::Statements {
                prop_assert_eq!(&ids(&response).into_iter().collect::<BTreeSet<_>>(), &expected, "{:?}", query);
            }
            for counts in &response.facets {
                for value in &counts.values {
                    let selection = Selection { facet: counts.facet, values: vec![value.value.clone()], excluded: vec![] };
                    let narrowed = SearchRequest { selections: vec![selection], facets: vec![], ..asked.clone() };
                    let total = searcher.search(&narrowed).unwrap().total;
                    prop_assert_eq!(total, value.count, "{:?} {:?} {:?}", unit, counts.facet, value);
                }
            }
            if unit == Unit::Statements {
                let counted = |facet: FacetName| -> BTreeMap<String, u64> {
                    let counts = response.facets.iter().filter(|counts| counts.facet == facet);
                    counts.flat_map(|counts| &counts.values).map(|value| (value.value.clone(), value.count)).collect()
                };
                let (mut paths, mut speakers, mut placed) = (BTreeMap::new(), BTreeMap::new(), 0);
                for hit in all.hits.iter().filter(|hit| expected.contains(&id(hit))) {
                    let Record::Statement(row) = &hit.record else { continue };
                    row.counts_for.iter().for_each(|path| *paths.entry(path.clone()).or_default() += 1);
                    Some(&row.actor).filter(|name| !name.is_empty()).into_iter().for_each(|name| {
                        *speakers.entry(name.clone()).or_default() += 1;
                    });
                    placed += u64::from(!row.counts_for.is_empty());
                }
                prop_assert_eq!((counted(FacetName::Actor), counted(FacetName::Speaker)), (paths, speakers), "{:?}", query);
                prop_assert_eq!(response.facets[0].missing, response.total - placed);
            }
        }
    }
}

/// Grows along the answer: what the sort asks for, then the id.
fn order_key(hit: &Hit, sort: Sort) -> (i64, String) {
    let Record::Statement(row) = &hit.record else { panic!("statements were asked for") };
    let day = row.published.map(|d| i64::from(d.earliest().to_epoch_days()));
    let key = match sort {
        Sort::Relevance => -((f64::from(hit.score) * 1e6) as i64),
        Sort::Confidence => -((row.confidence * 100.0) as i64),
        Sort::Newest => day.map_or(i64::MAX, |day| -day),
        Sort::Oldest => day.unwrap_or(i64::MAX),
    };
    (key, row.id.clone())
}
