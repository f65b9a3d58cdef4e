//! One undated article with story highlights, section heads, an embedded post and a source list, asked end to end.

mod asking;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use asking::Indexed;
use onrecord::query::Unit;
use onrecord::search::Record;

const ARTICLE: &str = "strike-authority.txt";

/// The folder that holds the article alone.
static INDEXED: LazyLock<Indexed> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles/unsigned").join(ARTICLE);
    fs::copy(article, folder.path().join(ARTICLE)).unwrap();
    Indexed::of(folder.path())
});

/// Asserts that the statements found are those that hold these words, each one, and no others.
#[track_caller]
fn check(question: &str, expected: &[&str]) {
    let hits = INDEXED.ask(question, Unit::Statements).hits;
    let mut contents: Vec<String> = hits
        .iter()
        .map(|hit| match &hit.record {
            Record::Statement(row) => row.content.clone(),
            Record::Article(row) => panic!("{question}: an article, {}", row.id),
        })
        .collect();
    let mut missing = Vec::new();
    for words in expected {
        match contents.iter().position(|content| content.contains(words)) {
            Some(at) => drop(contents.remove(at)),
            None => missing.push(words),
        }
    }
    assert!(missing.is_empty() && contents.is_empty(), "{question}\nmissing {missing:#?}\nnot asked for {contents:#?}");
}

#[test]
fn opposition_by_a_state_is_what_its_government_and_officials_say() {
    let expected = [
        "any foreign troops on its soil",
        "any foreign military presence",
        "a single strike would end security cooperation",
        "cartels would answer a raid",
        "the Organization of American States to censure the bill",
        "the bill breaks the treaty on mutual legal assistance",
    ];
    check("opposition statements by Mexico", &expected);
}

#[test]
fn a_former_official_stands_beside_the_answer() {
    let asides = INDEXED.ask("opposition statements by Mexico", Unit::Statements).asides;
    let former: Vec<_> = asides.iter().filter(|aside| aside.what.contains("former")).collect();
    assert_eq!(former.len(), 1, "{asides:?}");
    assert_eq!(former[0].count, 1, "{asides:?}");
    check(former[0].query.as_deref().unwrap(), &["hand the cartels the flag they have always wanted"]);
}

#[test]
fn support_is_the_proposal_and_those_who_back_it() {
    let expected = [
        "strike authority against cartels",
        "a law that would allow American drones",
        "the plan as overdue self-defense",
        "the bill as a message to the gangs",
    ];
    check("stance:support", &expected);
}

#[test]
fn a_party_and_a_think_tank_are_asked_by_name() {
    check("by:Democrats", &["a war without an end date"]);
    check(r#"by:"Center for Border Economies""#, &["trade worth billions would stall"]);
    check(r#"by:"Caldwell School of Law""#, &["a breach of the United Nations Charter"]);
}

#[test]
fn opposition_by_others_leaves_out_who_explains() {
    let expected = [
        "Border trade could suffer",
        "hand the cartels the flag they have always wanted",
        "a breach of the United Nations Charter",
        "trade worth billions would stall",
        "Another war nobody voted for",
        "a war without an end date",
    ];
    check("stance:oppose -by:Mexico", &expected);
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
}
