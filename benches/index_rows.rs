//! Measures the index alone: reads the articles of files, takes them without statements, and only indexes them.
//!
//! ```text
//! cargo bench --bench index-rows -- FILE... FOLDER
//! ```
//!
//! FOLDER gets the index and must be new; without arguments `corpus/articles` goes into a temporary folder. Prints one
//! line of JSON: rows, bytes of text, and seconds from the first row to the committed index, reading the files included.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use onrecord::format::ParsedDocument;
use onrecord::index::{IndexWriter, WriterOptions};
use onrecord::ingest::{Read, each_article};
use onrecord::record::{Article, Outlet, PublishedDate};

fn main() -> Result<()> {
    // Cargo adds `--bench` to what it is given.
    let mut paths: Vec<PathBuf> = std::env::args().skip(1).filter(|a| a != "--bench").map(PathBuf::from).collect();
    match paths.pop() {
        Some(folder) => measure(&paths, &folder),
        None => {
            let folder = tempfile::tempdir()?;
            measure(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles")], folder.path())
        }
    }
}

fn measure(paths: &[PathBuf], folder: &Path) -> Result<()> {
    let start = Instant::now();
    let mut writer = IndexWriter::open(folder, WriterOptions { memory: 128 << 20, threads: 1 })?;
    let (mut rows, mut bytes) = (0, 0);
    each_article(paths, 1, &bare_article, |found| -> Result<()> {
        if let Read::Article(article) = found {
            rows += 1;
            bytes += article.text.len();
            writer.add(&article, &str::to_string)?;
        }
        Ok(())
    })?;
    writer.commit("")?;
    let committed = start.elapsed().as_secs_f64();
    writer.finish()?;
    let merged = start.elapsed().as_secs_f64();
    println!(r#"{{"rows": {rows}, "bytes": {bytes}, "committed": {committed:.2}, "merged": {merged:.2}}}"#);
    Ok(())
}

/// Takes what the file says of the article, and looks for nothing.
fn bare_article(parsed: ParsedDocument, path: &str) -> Article {
    let id = parsed.article_id(path);
    let ParsedDocument { text, metadata, warnings, .. } = parsed;
    let outlet = metadata.outlet.map(|name| Outlet { id: name.to_lowercase(), name });
    Article {
        id,
        path: path.to_string(),
        title: metadata.title.unwrap_or_default(),
        outlet,
        authors: metadata.authors,
        url: metadata.url,
        language: metadata.language,
        published: metadata.dates.first().map(|found| PublishedDate { date: found.date, by: found.by }),
        not_before: None,
        text,
        actors: Vec::new(),
        cited_sources: Vec::new(),
        statements: Vec::new(),
        model: None,
        warnings,
    }
}
