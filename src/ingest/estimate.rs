//! Estimates how many words there are to read, without reading them all.

use std::path::PathBuf;

use super::read::caught;
use crate::corpus::{self, CorpusFile};
use crate::format::Format;

/// Bytes of a word of English with the blank behind it; 6.6 in a large JSONL export.
const BYTES_OF_A_WORD: u64 = 6;

/// Bytes of a saved page for each word of its article (200 pages of many sites: 134 in all, the median page 114): most of
/// a page are markup, scripts and menus.
const BYTES_OF_A_WORD_OF_A_PAGE: u64 = 120;

/// Of pages that are fewer bytes in all, no more words can come than are read in no time.
const FEW_BYTES: u64 = 1 << 20;

/// Pages that are read to see how much of them is text: pages made by a program may be hardly more than it.
const SAMPLE: usize = 12;

/// Files whose words are estimated together.
#[derive(Debug, Default)]
pub struct Estimate {
    /// Of files that are text.
    words: u64,
    pages: Vec<CorpusFile>,
}

/// Returns about how many words the files and folders named hold.
pub fn words_in(paths: &[PathBuf]) -> u64 {
    let mut estimate = Estimate::default();
    corpus::named(paths).flatten().for_each(|file| estimate.add(file));
    estimate.words()
}

impl Estimate {
    pub fn add(&mut self, file: CorpusFile) {
        match file.format {
            // It will not be read.
            format if format.size_limit().is_some_and(|limit| file.size > limit) => {}
            Format::Html => self.pages.push(file),
            Format::Plain | Format::Markdown | Format::Json | Format::Jsonl => {
                self.words += file.size / BYTES_OF_A_WORD;
            }
        }
    }

    /// Returns about how many words the files hold; reads some of the pages where there are many.
    pub fn words(&self) -> u64 {
        let bytes: u64 = self.pages.iter().map(|page| page.size).sum();
        let sample = if bytes > FEW_BYTES { sample(&self.pages) } else { None };
        let words = match sample {
            Some((words, of)) => bytes as f64 * words as f64 / of as f64,
            None => (bytes / BYTES_OF_A_WORD_OF_A_PAGE) as f64,
        };
        self.words + words as u64
    }
}

/// Returns the words of some of the pages and the bytes of these, unless none of them can be read.
fn sample(pages: &[CorpusFile]) -> Option<(u64, u64)> {
    let step = pages.len().div_ceil(SAMPLE);
    // Not at even steps: articles and pages of another kind may take turns.
    let places = (0..SAMPLE).map(|number| number * step + number * 7 % step);
    let some = places.filter_map(|at| pages.get(at)).filter(|page| page.size > 0);
    let counted = some.filter_map(|page| Some((words(page)?, page.size)));
    counted.reduce(|(words, bytes), (more, size)| (words + more, bytes + size))
}

/// Returns how many words a page's article has.
fn words(page: &CorpusFile) -> Option<u64> {
    let documents = caught(|| page.documents().map(|documents| documents.flatten().collect::<Vec<_>>())).ok()?.ok()?;
    Some(documents.iter().map(|document| document.text.split_whitespace().count() as u64).sum())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn words_in_folder(folder: &Path) -> u64 {
        words_in(&[folder.to_path_buf()])
    }

    fn page(sentences: usize, markup: usize) -> String {
        let text = "The council of the port put off its vote on the new fees. ".repeat(sentences);
        let script = "var harbour = 1;".repeat(markup);
        format!("<html><head><script>{script}</script></head><body><article><p>{text}</p></article></body></html>")
    }

    #[test]
    fn words_are_estimated_by_bytes() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "Mexico opposes tariffs. ".repeat(100)).unwrap();
        assert_eq!(words_in_folder(folder.path()), 400);
        fs::write(folder.path().join("b.html"), " ".repeat(6000)).unwrap();
        assert_eq!(words_in_folder(folder.path()), 450);
    }

    #[test]
    fn of_many_pages_some_are_read() {
        for markup in [0, 10_000] {
            let folder = tempfile::tempdir().unwrap();
            for number in 0..300 {
                fs::write(folder.path().join(format!("{number:03}.html")), page(100, markup)).unwrap();
            }
            assert_eq!(words_in_folder(folder.path()), 300 * 1300, "{markup}");
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.html"), " ".repeat(2 << 20)).unwrap();
        assert_eq!(words_in_folder(folder.path()), (2 << 20) / 120, "a page without an article tells nothing");
    }
}
