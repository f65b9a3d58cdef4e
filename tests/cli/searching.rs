//! Asking: answers, forms, orders, errors.

use insta::assert_snapshot;

use crate::folder::{ARTICLES, Folder};

fn indexed() -> Folder {
    let folder = Folder::with(ARTICLES);
    folder.answer(&["index", ".", "--model", "fast"]);
    folder
}

#[test]
fn answers_in_text() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["search", "unit:articles steel", "--today", "2026-01-01"]), @r"
        articles · words: steel
        2 articles

          1. 2024-05 · El País
             Senate vote on steel
             The senate voted on the steel tariff. It passed by a small margin.
             wire.jsonl#w1

          2. 2025-03-04 · Reuters
             Steel duties rise
             The duties on steel took effect on Tuesday.  Importers rejected the duties,
             which stay.
             steel.md

        stance     oppose 1 · none 1
        outlet     El País 1 · Reuters 1
        year       2024 1 · 2025 1
        --- exit 0
        ");
}

#[test]
fn indexes_first_when_given_a_folder() {
    let folder = Folder::with(ARTICLES);
    let args = ["search", "unit:articles wheat", "--in", ".", "--no-facets", "--model", "fast"];
    assert_snapshot!(folder.run(&args), @r"
        articles · words: wheat
        1 article

          1. 2024-06-02 · Reuters
             Wheat
             Wheat prices fell again in June.
             wire.jsonl#w2
        --- stderr
        3 files read, 0 unchanged, 0 gone
        4 articles with 1 statement (1 undated), read with the fast model
        --- exit 0
        ");
    assert_snapshot!(folder.run(&args), @r"
        articles · words: wheat
        1 article

          1. 2024-06-02 · Reuters
             Wheat
             Wheat prices fell again in June.
             wire.jsonl#w2
        --- exit 0
        ");
}

#[test]
fn a_statement_in_several_articles_is_one_hit() {
    let wire = "“The toll takes from every fisherman of the bay what he earns in a winter,” said Imogen Strand.";
    let folder = Folder::with(&[
        ("wire.txt", &format!("Date: 2024-06-02\n\n{wire}\n")),
        ("copies/post.txt", &format!("Date: 2024-06-03\n\nThe dock was closed on Monday.\n\n{wire}\n")),
        ("other.txt", "Date: 2024-06-04\n\n“We left the bay for good this winter,” said Imogen Strand.\n"),
    ]);
    folder.answer(&["index", ".", "--model", "fast"]);
    assert_snapshot!(folder.run(&["search", "by:Strand", "--sort", "oldest", "--no-facets"]), @"
        statements · by: Strand
        3 statements (2 different) in 3 articles

          1. 2024-06-02 · Imogen Strand · oppose: criticize · direct
             “The toll takes from every fisherman of the bay what he earns in a winter,”
             said Imogen Strand.
             wire.txt/1 at 19-91
             also in 2024-06-03 · copies/post.txt/1

          2. 2024-06-04 · Imogen Strand · support: endorse · direct
             “We left the bay for good this winter,” said Imogen Strand.
             other.txt/1 at 19-55
        --- exit 0
        ");
    let shown = folder.run(&["show", "wire.txt/1"]);
    assert!(shown.contains("also in     2024-06-03 · copies/post.txt/1\n"), "{shown}");
    let each = folder.json(&["search", "by:Strand", "--each-appearance", "--format", "json"]);
    assert_eq!((&each["total"], &each["different"], each["hits"].as_array().unwrap().len()), (&3.into(), &2.into(), 3));
    let rows: Vec<String> = (0..120).map(|id| serde_json::json!({"id": id, "text": wire}).to_string()).collect();
    let many = Folder::with(&[("wire.jsonl", &rows.join("\n"))]);
    many.answer(&["index", ".", "--model", "fast"]);
    let text = many.answer(&["search", "by:Strand", "--no-facets"]);
    assert!(text.contains("120 statements (1 different)") && text.contains("116 more"), "{text}");
    assert!(many.answer(&["show", "wire.jsonl#7/1"]).contains("            19 more\n"), "all but itself and a hundred");
    let past = folder.run(&["search", "by:Strand", "--offset", "2", "--no-facets"]);
    assert!(past.contains("`--offset 2` is past the last"), "{past}");
}

#[test]
fn answers_in_json() {
    let folder = indexed();
    let mut answer = folder.json(&["search", "unit:articles wheat", "--format", "json", "--facet", "outlet=1"]);
    // The last digits of a score depend on the machine.
    let score = &mut answer["hits"][0]["score"];
    *score = score.as_f64().map(|score| (score * 100.0).round() / 100.0).into();
    assert_snapshot!(serde_json::to_string_pretty(&answer).unwrap(), @r#"
        {
          "alternatives": [],
          "articles": 1,
          "asides": [],
          "different": 1,
          "facets": [
            {
              "facet": "outlet",
              "missing": 0,
              "other": 0,
              "values": [
                {
                  "count": 1,
                  "label": "Reuters",
                  "selected": false,
                  "value": "Reuters"
                }
              ]
            }
          ],
          "hits": [
            {
              "appearance_count": 0,
              "appearances": [],
              "record": {
                "actors": [],
                "authors": [],
                "cited_sources": [],
                "id": "wire.jsonl#w2",
                "language": null,
                "model": "fast",
                "not_before": null,
                "outlet": "Reuters",
                "path": "wire.jsonl",
                "published": "2024-06-02",
                "published_by": "field",
                "text": "Wheat prices fell again in June.",
                "title": "Wheat",
                "url": null,
                "warnings": []
              },
              "score": 2.65,
              "snippet": {
                "marks": [
                  [
                    0,
                    5
                  ]
                ],
                "text": "Wheat prices fell again in June."
              }
            }
          ],
          "names": [],
          "notes": [],
          "offset": 0,
          "query": "unit:articles wheat",
          "question": "unit:articles wheat",
          "reading": "articles · words: wheat",
          "total": 1,
          "unit": "articles"
        }
        "#);
}

#[test]
fn answers_in_rows() {
    let folder = indexed();
    let lines = folder.answer(&["search", "unit:articles steel", "--format", "jsonl", "--sort", "oldest"]);
    let ids: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(ids, ["wire.jsonl#w1", "steel.md"]);
    assert_eq!(
        lines,
        folder
            .answer(&["export", "unit:articles steel", "--format", "jsonl"])
            .lines()
            .rev()
            .collect::<Vec<_>>()
            .join("\n")
            + "\n"
    );
    let table = folder.answer(&["search", "unit:articles wheat", "--format", "csv"]);
    assert_snapshot!(table, @r"
        id,path,title,outlet,authors,published,published_by,not_before,url,language,text,cited_sources,actors,model,warnings
        wire.jsonl#w2,wire.jsonl,Wheat,Reuters,,2024-06-02,field,,,,Wheat prices fell again in June.,,,fast,
        ");
}

#[test]
fn answers_in_markdown() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["search", "unit:articles wheat", "--format", "md"]), @r"
        # unit:articles wheat

        articles · words: wheat: 1 article

        1. **Wheat** (2024-06-02 · Reuters)

           > **Wheat** prices fell again in June.

           `wire.jsonl#w2`
        --- exit 0
        ");
}

#[test]
fn pages_and_orders() {
    let folder = indexed();
    let ids = |args: &[&str]| {
        let all: Vec<&str> = ["search", "unit:articles", "--format", "json"].iter().chain(args).copied().collect();
        let answer = folder.json(&all);
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["record"]["id"].as_str().unwrap().to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(&["--sort", "newest"]), "steel.md wire.jsonl#w2 wire.jsonl#w1 notes/harbour.txt");
    assert_eq!(ids(&["--sort", "oldest"]), "wire.jsonl#w1 wire.jsonl#w2 steel.md notes/harbour.txt");
    assert_eq!(ids(&["--sort", "oldest", "--limit", "1", "--offset", "2"]), "steel.md");
    assert_eq!(ids(&["--select", "outlet=Reuters", "--exclude", "year=2025"]), "wire.jsonl#w2");
}

#[test]
fn tells_what_was_not_searched_by_date() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["search", "unit:articles date:2024-05-10..2025", "--no-facets"]), @r"
        articles · published: 2024-05-10 to 2025-12-31
        2 articles

          1. 2025-03-04 · Reuters
             Steel duties rise
             The duties on steel took effect on Tuesday.  Importers rejected the duties,
             which stay.
             steel.md

          2. 2024-06-02 · Reuters
             Wheat
             Wheat prices fell again in June.
             wire.jsonl#w2

        1 more undated, not searched by date: search 'unit:articles is:undated'
        1 more perhaps in these dates, known only in part: search 'unit:articles date~:2024-05-10..2025-12-31'
        --- exit 0
        ");
}

#[test]
fn finding_nothing_is_no_error() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["search", "zebra"]), @r"
        statements · words: zebra
        0 statements in 0 articles
        --- exit 1
        ");
}

#[test]
fn errors_name_the_culprit_and_the_way_out() {
    let folder = Folder::with(ARTICLES);
    assert_snapshot!(folder.run(&["search", "steel"]), @r"
        --- stderr
        error: no index in FOLDER or above it
        hint: make one with `onrecord index FOLDER`, or search with `--in FOLDER`
        --- exit 2
        ");
    assert_snapshot!(folder.run(&["search", "steel", "--in", "nowhere"]), @r"
        --- stderr
        error: nowhere does not exist
        hint: give a folder of articles
        --- exit 2
        ");
    assert_snapshot!(folder.run(&["search", "steel", "--facet", "colour"]), @r"
        --- stderr
        error: invalid value 'colour' for '--facet <NAME[=N]>': no facet `colour`; there are actor, speaker, stance, act, quotation, target, outlet, cites, year, month, language

        For more information, try '--help'.
        --- exit 2
        ");
    folder.answer(&["index", ".", "--model", "fast"]);
    assert_snapshot!(folder.run(&["show", "nobody.txt"]), @r"
        --- stderr
        error: no article or statement `nobody.txt`
        hint: ids are printed by `onrecord search`
        --- exit 2
        ");
}

#[test]
fn explains_a_statement() {
    let folder = Folder::with(&[("quota.txt", "The dockers' union rejected the fish quota on Monday.\n")]);
    folder.answer(&["index", ".", "--model", "fast"]);
    let explained = folder.json(&["explain", "quota.txt/1", "--format", "json"]);
    assert_eq!(explained["statement"]["stance"], "oppose");
    let judged = &explained["judged"][0];
    assert!(judged["oppose"].as_f64() > judged["support"].as_f64(), "{judged}");
    let sign = &explained["signs"][0];
    assert_eq!(sign["words"], "rejected");
    assert!(sign["weight"].as_f64().unwrap() < 0.0, "{sign}");
    let text = folder.answer(&["explain", "quota.txt/1"]);
    assert!(text.contains("against     “rejected”") && text.contains("lexicon and words"), "{text}");
    folder.write(
        "quota.txt",
        "“The quota is unjust,” said Imogen Strand, the union’s head. “We will not fish,” she said.\n",
    );
    folder.answer(&["index", ".", "--model", "fast"]);
    let text = folder.answer(&["explain", "quota.txt/2"]);
    assert!(
        text.contains("“she” is Imogen Strand") && text.contains("named       “Imogen Strand” at 28-41\n"),
        "{text}"
    );
}

#[test]
fn what_cannot_be_explained_says_why() {
    let folder = Folder::with(&[("quota.txt", "The dockers' union rejected the fish quota on Monday.\n")]);
    folder.answer(&["index", ".", "--model", "fast"]);
    folder.write("quota.txt", "The dockers' union welcomed the new harbour on Friday.\n");
    assert_snapshot!(["quota.txt/9", "quota.txt", "quota.txt/1"].map(|id| folder.run(&["explain", id])).join(""), @r"
    --- stderr
    error: no statement `quota.txt/9`
    hint: ids are printed by `onrecord search`
    --- exit 2
    --- stderr
    error: `quota.txt` is an article
    hint: `onrecord show quota.txt` lists its statements; give the id of one
    --- exit 2
    --- stderr
    error: quota.txt is not what it was when `quota.txt/1` was found in it, or the program is not
    hint: bring the index up to date with `onrecord index FOLDER`, and search again
    --- exit 2
    ");
    std::fs::remove_file(folder.at("quota.txt")).unwrap();
    assert_snapshot!(folder.run(&["explain", "quota.txt/1"]), @r"
    --- stderr
    error: quota.txt cannot be read again: cannot be read: no such file or directory
    hint: `onrecord show quota.txt/1` prints what the index holds of it
    --- exit 2
    ");
}

#[test]
fn shows_an_article() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["show", "steel.md"]), @r"
        Steel duties rise
        2025-03-04 · Reuters · steel.md

        The duties on steel took effect on Tuesday.

        Importers rejected [the duties], which stay.

        steel.md/1  2025-03-04 · Reuters · Importers · oppose: reject · indirect
            the duties
        --- exit 0
        ");
}

#[test]
fn counts_facets() {
    let folder = indexed();
    assert_snapshot!(folder.run(&["facets", "unit:articles", "--facet", "outlet", "--facet", "month=1"]), @r"
        articles · everything
        4 articles

        outlet
               2  Reuters
               1  El País
               1  none

        month
               1  2024-05
               2  other values
               1  none
        --- exit 0
        ");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = indexed();
    let mut command = folder.command(&["export", "--unit", "articles"]);
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn finding_nothing_tells_which_part_is_to_blame() {
    let folder = indexed();
    folder.write(
        "es.md",
        "---\ntitle: Aranceles\nlang: es\n---\nEl gobierno rechaza los aranceles sobre el acero y pide negociar.\n",
    );
    folder.answer(&["index", ".", "--model", "fast"]);
    let lines = |args: &[&str]| -> Vec<String> {
        let run = folder.run(&[&["search"], args].concat());
        assert!(run.ends_with("--- exit 1\n"), "{run}");
        run.lines().skip(2).take_while(|line| !line.is_empty() && !line.starts_with("---")).map(String::from).collect()
    };
    assert_eq!(
        lines(&["unit:articles steel source:Nobody"]),
        ["without `source:Nobody`: 2 articles"],
        "one part empties the answer"
    );
    assert_eq!(
        lines(&["unit:articles zebra source:Nobody"]),
        ["no articles for `zebra` alone", "no articles for `source:Nobody` alone"]
    );
    assert_eq!(lines(&["wheat"]), ["1 article matches: `--unit articles`"]);
    assert_eq!(
        lines(&["aranceles"]),
        ["1 article matches (statements are found in English texts only, and these are not): `--unit articles`"]
    );
    assert_eq!(lines(&["statments by Mexico"]), ["did you mean `statements` for `statments`?"]);
    assert_eq!(
        lines(&["unit:articles steel", "--select", "outlet=Nobody"]),
        ["without `--select` and `--exclude`: 2 articles"]
    );
}

#[test]
fn what_was_chosen_beside_the_question_stands_in_its_reading() {
    let folder = indexed();
    let args = [
        "search",
        "unit:articles *",
        "--select",
        "outlet=Reuters",
        "--exclude",
        "actor=Canada",
        "--exclude",
        "year=2020",
    ];
    let run = folder.run(&args);
    assert!(run.starts_with("articles · everything · outlet: Reuters · not actor: Canada · not year: 2020\n"), "{run}");
}

#[test]
fn a_long_question_with_many_faults_gives_few_and_short_notes() {
    let folder = indexed();
    let question = "actr:x ".repeat(2000) + "steel";
    let run = folder.run(&["search", &question, "--format", "jsonl"]);
    let notes: Vec<&str> = run.split("--- stderr\n").nth(1).unwrap().lines().collect();
    assert_eq!(notes.iter().filter(|line| **line == "note:").count(), 10);
    assert!(notes.contains(&"and 1990 more notes"), "{notes:?}");
    assert!(notes.iter().map(|line| line.len()).sum::<usize>() < 10_000);
}

#[test]
fn numbers_out_of_range_are_told() {
    let folder = indexed();
    for (args, expected) in [
        (&["--facet", "actor=0"][..], "no values are no facet; ask for 1 or more"),
        (&["--jobs", "100000", "--in", "."], "`100000` is not a number from 1 to 1024"),
        (&["--offset", "50"], "note: there are 2 articles; `--offset 50` is past the last"),
    ] {
        let run = folder.run(&[&["search", "unit:articles steel"], args].concat());
        assert!(run.contains(expected), "{args:?}: {run}");
    }
    let run = folder.run(&["facets", "--below", "nonsense"]);
    assert!(run.contains("note: no actor right below `nonsense`"), "{run}");
}

#[test]
fn nothing_from_a_file_reaches_the_terminal_as_a_command() {
    let folder = Folder::with(&[(
        "evil.jsonl",
        "{\"id\": \"a\", \"title\": \"\\u001b[2J\\u009b31m\\u202etitle\", \"source\": \"=cmd()\", \"text\": \"Steel \\u001b[31mred\\u0007 \\u009d0;x\\u2066 words.\"}\n",
    )]);
    #[cfg(unix)]
    folder.write("a\u{1b}[31m\nfailed: b.txt", "");
    folder.command(&["index", "."]).output().unwrap();
    for args in [
        &["search", "unit:articles steel"][..],
        &["search", "unit:articles steel", "--format", "md"],
        &["search", "unit:articles steel", "--format", "csv"],
        &["show", "evil.jsonl#a"],
        &["facets", "unit:articles *"],
        &["status"],
        &["-vv", "index", "."],
        &["search", "stel\u{1b}[2J:x\u{9b}"],
    ] {
        let run = folder.run(args);
        let evil =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!run.contains(evil), "{args:?}: {run:?}");
        assert!(!run.contains("\nfailed: b.txt"), "{args:?}: {run}");
    }
    let table = folder.answer(&["search", "unit:articles steel", "--format", "csv"]);
    assert!(table.contains(",'=cmd(),"), "{table}");
}

#[test]
fn numbers_have_the_same_digits_in_every_form() {
    let folder = Folder::with(&[("a.txt", "Steel\n\nMexico said that it opposed tariffs on steel.")]);
    folder.answer(&["index", ".", "--model", "fast"]);
    let json = folder.answer(&["export"]);
    let confidence = json.split("\"confidence\":").nth(1).unwrap().split(',').next().unwrap();
    assert!(confidence.len() < 12, "{confidence}");
    let table = folder.answer(&["export", "--format", "csv"]);
    assert!(table.contains(&format!(",{confidence},")), "{table}");
    let took = &folder.json(&["status", "--format", "json"])["last_run"]["took_seconds"];
    assert!(took.is_f64(), "{took}");
}
