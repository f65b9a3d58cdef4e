//! One undated article with story highlights, section heads, an embedded post and a source list, asked end to end.

mod asking;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use asking::Indexed;
use onrecord::query::Unit;
use onrecord::record::{Quotation, StatementRow};
use onrecord::search::Record;

const ARTICLE: &str = "strike-authority.txt";

/// The folder that holds the article alone.
static INDEXED: LazyLock<Indexed> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles/unsigned").join(ARTICLE);
    fs::copy(article, folder.path().join(ARTICLE)).unwrap();
    Indexed::of(folder.path())
});

/// Asserts that the statements found are those that hold the words of `must`, and others only of `may`.
#[track_caller]
fn check(question: &str, must: &[&str], may: &[&str]) {
    let mut contents: Vec<String> = statements(question).into_iter().map(|row| row.content).collect();
    let mut missing = Vec::new();
    for words in must.iter().chain(may) {
        match contents.iter().position(|content| content.contains(words)) {
            Some(at) => drop(contents.remove(at)),
            None if may.contains(words) => {}
            None => missing.push(words),
        }
    }
    assert!(missing.is_empty() && contents.is_empty(), "{question}\nmissing {missing:#?}\nnot asked for {contents:#?}");
}

fn statements(question: &str) -> Vec<StatementRow> {
    let statement = |record: Record| match record {
        Record::Statement(row) => *row,
        Record::Article(row) => panic!("{question}: an article, {}", row.id),
    };
    INDEXED.ask(question, Unit::Statements).hits.into_iter().map(|hit| statement(hit.record)).collect()
}

#[test]
fn opposition_by_a_state_is_what_its_government_and_officials_say() {
    let must = [
        "any foreign troops on its soil",
        "any foreign military presence",
        "a single strike would end security cooperation",
        "cartels would answer a raid",
    ];
    // The model takes no side in these two, which the seed's article has in plainer words.
    let may = [
        "the Organization of American States to censure the bill",
        "the bill breaks the treaty on mutual legal assistance",
    ];
    check("opposition statements by Mexico", &must, &may);
}

#[test]
fn a_former_official_is_counted_beside_the_answer_with_the_query_that_shows_him() {
    let words = "hand the cartels the flag they have always wanted";
    check(r#"by:"Teodoro Arrambide""#, &[words], &[]);
    let asides = INDEXED.ask("opposition statements by Mexico", Unit::Statements).asides;
    let former = asides.iter().find(|aside| aside.what == "by former officials of Mexico").unwrap();
    assert_eq!(former.count, 1);
    check(former.query.as_deref().unwrap(), &[words], &[]);
    check(r#"stance:oppose by:"former officials of Mexico""#, &[words], &[]);
    let [statement] = &statements(r#"by:"Teodoro Arrambide""#)[..] else { panic!("one statement") };
    assert_eq!(statement.quotation, Quotation::Mixed);
    assert_eq!(statement.cites, ["El País"]);
}

#[test]
fn highlights_and_section_headings_are_headlines() {
    for words in ["any foreign troops on its soil", "strike authority against cartels", "Proposal Against Cartels"] {
        let all = statements("*");
        let statement = all.iter().find(|row| row.content.contains(words)).unwrap_or_else(|| panic!("{words}"));
        assert_eq!(statement.quotation, Quotation::Headline, "{words}");
    }
}

#[test]
fn support_is_the_proposal_and_those_who_back_it() {
    let must = [
        "a law that would allow American drones",
        "the plan as overdue self-defense",
        "the strikes would hit only camps and labs",
        "Proposal Against Cartels",
        "the bill as a message to the gangs",
    ];
    check("stance:support", &must, &["strike authority against cartels"]);
}

#[test]
fn a_party_and_a_think_tank_are_asked_by_name() {
    check("by:Democrats", &["a war without an end date"], &[]);
    check(r#"by:"Center for Border Economies""#, &["trade worth billions would stall"], &[]);
}

#[test]
fn neither_who_explains_nor_who_plans_nor_the_plan_itself_opposes() {
    let must = [
        "hand the cartels the flag",
        "a breach of the United Nations Charter",
        "trade worth billions would stall",
        "Another war nobody voted for",
        "a war without an end date",
    ];
    check("stance:oppose -by:Mexico", &must, &["Border trade could suffer"]);
}

#[test]
fn a_source_list_belongs_to_the_article_and_not_to_its_statements() {
    check("cites:Reuters unit:statements", &[], &[]);
    check(r#"cites:"El País" unit:statements"#, &["hand the cartels the flag"], &[]);
}

#[test]
fn sources_are_cited_with_their_titles_and_partial_dates() {
    let article = INDEXED.article(ARTICLE);
    let cited: Vec<String> = (article.cited_sources.iter())
        .map(|s| {
            let date = s.published.map(|date| date.to_string());
            format!("{} | {} | {}", s.name, s.title.as_deref().unwrap_or("-"), date.as_deref().unwrap_or("-"))
        })
        .collect();
    let expected = [
        "El País | - | -",
        "CNN | Senator Drafts Strike Authority Against Cartels | 2025-05-08",
        "Reuters | Mexico Bars Foreign Troops | 2025-05",
        "Halvorsen Institution | War Powers Without a Map | 2024",
        "US Census Bureau | Trade in Goods With Mexico | 2024",
    ];
    assert_eq!(cited, expected);
    for source in ["Reuters", "CNN", r#""El País""#, r#""Halvorsen Institution""#] {
        assert_eq!(INDEXED.ask(&format!("cites:{source}"), Unit::Articles).total, 1, "{source}");
    }
}

#[test]
fn the_article_is_undated_and_titled_by_its_first_line() {
    let article = INDEXED.article(ARTICLE);
    assert_eq!(article.published, None);
    assert_eq!(article.not_before.map(|date| date.to_string()).as_deref(), Some("2025-05-11"));
    assert_eq!(article.title.lines().next(), article.text.lines().next());
    assert_eq!(INDEXED.ask("is:undated", Unit::Articles).total, 1);
    assert_eq!(INDEXED.ask("date:2025", Unit::Articles).total, 0);
}

#[test]
fn roles_are_read_from_the_text() {
    let article = INDEXED.article(ARTICLE);
    for (name, role) in [
        ("Claudia Sheinbaum", "President"),
        ("Teodoro Arrambide", "Former Mexican Interior Minister"),
        ("Nadia Prewitt", "military historian"),
    ] {
        let actor = article.actors.iter().find(|actor| actor.actor == name);
        let actor = actor.unwrap_or_else(|| panic!("{name} is not among the actors"));
        let written = actor.role.clone().unwrap_or_default().to_lowercase();
        assert!(written.contains(&role.to_lowercase()), "{name}: {written:?}");
    }
    for (name, body) in [
        ("Nadia Prewitt", "Halvorsen Institution"),
        ("Imogen Strand", "Caldwell School of Law"),
        ("Garrett Vance", "Center for Border Economies"),
    ] {
        let said = statements(&format!("by:\"{name}\""));
        assert!(said.iter().any(|row| row.affiliations.iter().any(|a| a == body)), "{name}: {said:#?}");
    }
}
