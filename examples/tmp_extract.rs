use onrecord::{extract::Extractor, format, lexicon::Lexicon, record::StatementRow};
use std::io::BufRead;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let lexicon = Lexicon::built_in();
    if a[1] == "ngec" {
        for line in std::io::BufReader::new(std::fs::File::open(&a[2]).unwrap()).lines() {
            let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let s = |k: &str| v[k].as_str().unwrap_or("").to_string();
            let date = s("date");
            let d = date
                .parse::<onrecord::record::PartialDate>()
                .ok()
                .map(|d| d.earliest())
                .or_else(|| chrono::NaiveDate::parse_from_str(&date, "%d %B %Y").ok());
            let r = onrecord::extract::actors::resolve_phrase(&s("text"), &s("context"), d, &lexicon);
            println!("{}", serde_json::json!({"id": s("id"), "actor": r.actor.name, "source_actor": r.codes}));
        }
        return;
    }
    let ex = Extractor::new(&lexicon);
    let t = std::time::Instant::now();
    let mut bytes = 0usize;
    for line in std::io::BufReader::new(std::fs::File::open(&a[2]).unwrap()).lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let s = |k: &str| v[k].as_str().map(|x| x.to_string());
        let mut m = format::Metadata::default();
        m.title = s("title");
        m.outlet = s("source");
        if let Some(d) = s("date").and_then(|d| d.parse().ok()) {
            m.dates.push(format::Written { date: d, by: onrecord::record::DateRule::Field });
        }
        let text = s("text").unwrap();
        bytes += text.len();
        let p = format::ParsedDocument { row: s("id"), text, metadata: m, warnings: vec![] };
        let article = ex.article(p, "x.jsonl");
        if a[1] == "rows" {
            for r in StatementRow::all(&article, |c| lexicon.alpha3(c)) {
                println!("{}", serde_json::to_string(&r).unwrap());
            }
        }
        if a[1] == "bench" && bytes > 20_000_000 {
            break;
        }
    }
    eprintln!("{} bytes in {:?}", bytes, t.elapsed());
}
