//! Actors: who speaks, one actor's page, and the user's own file.

use insta::assert_snapshot;

use crate::folder::Folder;

const ARTICLES: &[(&str, &str)] = &[
    (
        "toll.md",
        "---\ntitle: Bridge toll\ndate: 2019-03-04\nsource: Reuters\n---\nKari Lund rejected the bridge toll on Monday.\n\n\
         Ane Brekke praised the bridge toll.\n",
    ),
    (
        "ferry.md",
        "---\ntitle: Ferries\ndate: 2019-05-06\nsource: Reuters\n---\nK. B. Lund criticized the ferry plan on Thursday.\n",
    ),
    ("quay.md", "---\ntitle: The quay\ndate: 2021-05-06\nsource: Bergen Post\n---\nKari Lund welcomed the new quay.\n"),
];

const FILE: &str = r#"
[[actor]]
name = "Kari Berit Lund"
also = ["Kari Lund", "K. B. Lund"]
[[actor.role]]
title = "Deputy Secretary of Economy of Mexico"
counts_for = "mexico/government/trade-ministry"
from = 2018-12-01
to = 2020-06-15

[[actor]]
name = "Kari Lund (Bergen)"
also = ["Kari Lund"]
where = 'outlet:"Bergen Post"'
"#;

fn indexed() -> Folder {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--model", "fast"]);
    folder
}

#[test]
fn the_users_own_file_holds_for_the_next_question() {
    let folder = indexed();
    let by_mexico = ["search", "by:Mexico", "--no-facets"];
    assert!(folder.run(&by_mexico).contains("0 statements"));
    folder.write("actors.toml", FILE);
    assert_snapshot!(folder.run(&["search", "by:Mexico"]), @r#"
        statements · by: Mexico
        2 statements in 2 articles

          1. 2019-03-04 · Reuters · Kari Berit Lund (Deputy Secretary of Economy of Mexico) · oppose: reject · indirect
             Kari Lund rejected the bridge toll on Monday.
             counts for Mexico: Kari Lund is Kari Berit Lund (actors.toml); Deputy
             Secretary of Economy of Mexico from 2018-12-01 to 2020-06-15 (actors.toml)
             toll.md/1 at 19-44

          2. 2019-05-06 · Reuters · Kari Berit Lund (Deputy Secretary of Economy of Mexico) · oppose: criticize · indirect
             K. B. Lund criticized the ferry plan on Thursday.
             counts for Mexico: K. B. Lund is Kari Berit Lund (actors.toml); Deputy
             Secretary of Economy of Mexico from 2018-12-01 to 2020-06-15 (actors.toml)
             ferry.md/1 at 22-48

        actor      Mexico 2
        speaker    Kari Berit Lund 2
        stance     oppose 2
        quotation  indirect 2
        outlet     Reuters 2
        year       2019 2
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["search", "by:Lund", "--format", "csv"]), @r#"
        id,article,path,title,outlet,published,quotation,speaker,cue,content,spans,title_spans,context,actor,kind,role,countries,countries_alpha3,affiliations,counts_for,formerly,because,resolved_by,stance,act,target,cites,confidence,found_by,fingerprint
        toll.md/1,toll.md,toll.md,Bridge toll,Reuters,2019-03-04,indirect,Kari Lund,rejected,the bridge toll on Monday,"{""content"":[[19,44]],""cue"":[[10,18]],""speaker"":[[0,9]]}",,Kari Lund rejected the bridge toll on Monday.,Kari Berit Lund,person,Deputy Secretary of Economy of Mexico,MX,MEX,Secretariat of Economy of Mexico,mexico; mexico/government; mexico/government/trade-ministry,,Kari Lund is Kari Berit Lund (actors.toml); Deputy Secretary of Economy of Mexico from 2018-12-01 to 2020-06-15 (actors.toml),named,oppose,reject,bridge toll,,0.68,tagger,311af224a510dcd9
        ferry.md/1,ferry.md,ferry.md,Ferries,Reuters,2019-05-06,indirect,K. B. Lund,criticized,the ferry plan on Thursday,"{""content"":[[22,48]],""cue"":[[11,21]],""speaker"":[[0,10]]}",,K. B. Lund criticized the ferry plan on Thursday.,Kari Berit Lund,person,Deputy Secretary of Economy of Mexico,MX,MEX,Secretariat of Economy of Mexico,mexico; mexico/government; mexico/government/trade-ministry,,K. B. Lund is Kari Berit Lund (actors.toml); Deputy Secretary of Economy of Mexico from 2018-12-01 to 2020-06-15 (actors.toml),described,oppose,criticize,ferry plan,,0.61,tagger,e6f21f0b2d9481cc
        quay.md/1,quay.md,quay.md,The quay,Bergen Post,2021-05-06,indirect,Kari Lund,welcomed,the new quay,"{""content"":[[19,31]],""cue"":[[10,18]],""speaker"":[[0,9]]}",,Kari Lund welcomed the new quay.,Kari Lund (Bergen),person,,,,,,,Kari Lund is Kari Lund (Bergen) (actors.toml),named,support,welcome,new quay,,0.53,tagger,bae893fd092b8d28
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["facets", "--facet", "speaker", "--facet", "actor"]), @r#"
        statements · everything
        4 statements

        speaker
               2  Kari Berit Lund
               1  Ane Brekke
               1  Kari Lund (Bergen)

        actor
               2  Mexico  mexico
               2  none
        --- exit 0
        "#);
    // The file is no article, and none of what is passed over.
    assert_snapshot!(folder.run(&["index", ".", "--model", "fast"]), @r#"
        0 files read, 3 unchanged, 0 gone
        0 articles with 0 statements (0 undated)
        the index in ./.onrecord holds 3 articles with 4 statements
        --- exit 0
        "#);
}

#[test]
fn a_file_that_cannot_be_meant_is_refused() {
    let folder = indexed();
    folder.write("actors.toml", "[[actor]]\nname = \"Kari Lund\"\nalias = [\"K. Lund\"]\n");
    assert_snapshot!(folder.run(&["search", "bridge"]), @r#"
        --- stderr
        error: FOLDER/actors.toml: line 3: unknown field `alias`, expected one of `name`, `also`, `kind`, `where`, `role`
        hint: mend it, or take it away; docs/actors.md tells what can stand there
        --- exit 2
        "#);
    folder.write("actors.toml", "");
    assert_snapshot!(folder.run(&["search", "bridge", "--actors", "missing.toml"]), @r#"
        --- stderr
        error: there is no missing.toml
        hint: give a file of actors in TOML (docs/actors.md)
        --- exit 2
        "#);
}

#[test]
fn speakers_are_listed_and_shown() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["actors"]), @r#"
        3 speakers
        statements  oppose support neutral  name
                 2       1       1       0  Kari Lund (person)
                 1       0       1       0  Ane Brekke (person)
                 1       1       0       0  K. B. Lund (person)
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["actors", "kari", "lund"]), @r#"
        Kari Lund (person)
        2 statements in 2 articles, 2019-03-04 to 2021-05-06

        oppose 1
               1  bridge toll

        support 1
               1  new quay

        outlets
               1  Bergen Post
               1  Reuters

        speak in the same articles
               1  Ane Brekke

        onrecord search 'unit:statements by="Kari Lund"'
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["actors", "nobody"]), @r#"
        --- stderr
        error: nobody called `nobody` speaks
        hint: `onrecord actors` lists who speaks
        --- exit 2
        "#);
    assert_snapshot!(folder.run(&["actors", "unresolved", "--limit", "1"]), @r#"
        4 of 4 statements by 3 names that count for nobody known, 0 by nobody named
        statements  oppose support neutral  name
                 2       1       1       0  Kari Lund (person)
        2 more: `--limit 3`

        say in `actors.toml` of the folder who they are (docs/actors.md), such as:

        [[actor]]
        name = "Kari Lund"
        role = [{ title = "senator", counts_for = "Mexico", from = 2018-09-01 }]
        --- exit 0
        "#);
}

#[test]
fn a_body_of_the_file_has_those_who_count_for_it() {
    let folder = indexed();
    folder.write(
        "actors.toml",
        "[[actor]]\nname = \"Harbour Union\"\nkind = \"ngo\"\n\n[[actor]]\nname = \"Kari Lund\"\n\
         role = [{ title = \"head of the Harbour Union\", counts_for = \"Harbour Union\", to = 2020 }]\n",
    );
    assert_snapshot!(folder.run(&["search", "by:\"Harbour Union\"", "--no-facets"]), @r#"
        statements · by: Harbour Union
        1 statement in 1 article

          1. 2019-03-04 · Reuters · Kari Lund (head of the Harbour Union) · oppose: reject · indirect
             Kari Lund rejected the bridge toll on Monday.
             counts for Harbour Union: head of the Harbour Union until 2020
             (actors.toml)
             toll.md/1 at 19-44

        1 more by former officials of Harbour Union: search 'unit:statements by:"Harbour Union, former"'
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["actors", "harbour", "union"]), @r#"
        by: Harbour Union
        1 statement in 1 article, 2019-03-04

        oppose 1
               1  bridge toll

        speakers
               1  Kari Lund

        outlets
               1  Reuters

        speak in the same articles
               1  Ane Brekke

        onrecord search 'unit:statements by:"Harbour Union"'
        --- exit 0
        "#);
}

#[test]
fn two_names_become_one_actor() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["actors", "merge", "Kari Lund", "K. B. Lund"]), @r#"
        `K. B. Lund` is `Kari Lund` now: 1 statement more, 3 in all (FOLDER/actors.toml)
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["search", "by=\"Kari Lund\"", "--no-facets"]), @r#"
        statements · by: Kari Lund
        3 statements in 3 articles

          1. 2019-03-04 · Reuters · Kari Lund · oppose: reject · indirect
             Kari Lund rejected the bridge toll on Monday.
             toll.md/1 at 19-44

          2. 2019-05-06 · Reuters · Kari Lund · oppose: criticize · indirect
             K. B. Lund criticized the ferry plan on Thursday.
             ferry.md/1 at 22-48

          3. 2021-05-06 · Bergen Post · Kari Lund · support: welcome · indirect
             Kari Lund welcomed the new quay.
             quay.md/1 at 19-31
        --- exit 0
        "#);
    let file = std::fs::read_to_string(folder.at("actors.toml")).unwrap();
    assert_eq!(file, "[[actor]]\nname = \"Kari Lund\"\nalso = [\"K. B. Lund\"]\n");
    assert_snapshot!(folder.run(&["actors", "merge", "Kari Lund", "Kari Lundquist"]), @r#"
        --- stderr
        error: no statement by `Kari Lundquist`
        hint: `onrecord actors` lists who speaks
        --- exit 2
        "#);
    assert_snapshot!(folder.run(&["actors", "merge", "Kari Lund", "K. B. Lund"]), @r#"
        --- stderr
        error: `Kari Lund` and `K. B. Lund` are one actor, `Kari Lund`
        hint: give two
        --- exit 2
        "#);
}

#[test]
fn who_is_introduced_in_one_article_is_known_in_the_next() {
    let article = |date: &str, text: &str| format!("---\ntitle: Harbour news\ndate: {date}\n---\n{text}\n");
    let introduced = article("2019-03-04", "Norwegian Foreign Minister Torvald Brekke welcomed the quota on Monday.");
    let otherwise = article("2019-03-20", "Danish Foreign Minister Torvald Brekke rejected the quota on Monday.");
    let next = article("2019-04-02", "Torvald Brekke condemned the quota on Tuesday.");
    let years_later = article("2021-04-02", "Torvald Brekke condemned the quota on Tuesday.");
    let folder = Folder::with(&[("a.md", &introduced), ("b.md", &next), ("c.md", &years_later)]);
    folder.answer(&["index", ".", "--model", "fast"]);
    let opposition = ["search", "opposition statements by Norway", "--no-facets"];
    assert_snapshot!(folder.run(&opposition), @r#"
        statements · stance: oppose · by: Norway
        1 statement in 1 article

          1. 2019-04-02 · Torvald Brekke (Norwegian Foreign Minister) · oppose: condemn · indirect
             Torvald Brekke condemned the quota on Tuesday.
             counts for Norway: introduced as Norwegian Foreign Minister in a.md of
             2019-03-04
             b.md/1 at 25-45
             also in 2021-04-02 · c.md/1
        --- exit 0
        "#);
    assert_snapshot!(folder.run(&["actors", "unresolved"]), @r#"
        1 of 3 statements by 1 name that count for nobody known, 0 by nobody named
        statements  oppose support neutral  name
                 1       1       0       0  Torvald Brekke (person)
        --- exit 0
        "#);
    // Two introductions that do not agree are both named, and the nearer one counts.
    folder.write("d.md", &otherwise);
    folder.answer(&["index", ".", "--model", "fast"]);
    assert_snapshot!(folder.run(&["search", "opposition statements by Denmark", "--no-facets"]), @r#"
        statements · stance: oppose · by: Denmark
        2 statements in 2 articles

          1. 2019-03-20 · Torvald Brekke (Danish Foreign Minister) · oppose: reject · indirect
             Danish Foreign Minister Torvald Brekke rejected the quota on Monday.
             counts for Denmark: Danish Foreign Minister (text)
             d.md/1 at 48-67

          2. 2019-04-02 · Torvald Brekke (Danish Foreign Minister) · oppose: condemn · indirect
             Torvald Brekke condemned the quota on Tuesday.
             counts for Denmark: introduced as Danish Foreign Minister in d.md of
             2019-03-20, but as Norwegian Foreign Minister in a.md of 2019-03-04
             b.md/1 at 25-45
             also in 2021-04-02 · c.md/1
        --- exit 0
        "#);
    // An article that is gone introduces nobody.
    std::fs::remove_file(folder.at("a.md")).unwrap();
    std::fs::remove_file(folder.at("d.md")).unwrap();
    folder.answer(&["index", ".", "--model", "fast"]);
    assert!(folder.run(&opposition).contains("0 statements"));
}
