//! Brings the index of a folder up to date, with progress on a terminal.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::failure::of_index;
use super::model_choice::{self, Choice};
use super::options::{IndexOption, ReadOptions};
use super::outside::shown;
use super::place;
use crate::extract::Extractor;
use crate::index::{IndexError, IndexWriter, Searcher, WriterOptions};
use crate::ingest::{self, Estimate, IngestOptions, IngestReport, Progress, Total, Understanding};
use crate::lexicon::Lexicon;
use crate::query::Unit;
use crate::record::ModelSize;

/// Memory of the writer before it puts documents on disk.
const WRITER_MEMORY: usize = 128 << 20;

/// Brings the index of `folder` up to date for a question; where that cannot be done now, says so and takes it as it is.
pub fn before_search(
    folder: &Path,
    index: &IndexOption,
    options: &ReadOptions,
    lexicon: &Lexicon,
) -> anyhow::Result<(PathBuf, IngestReport)> {
    if let Some(place) = place::read_only(folder, index) {
        let done = ingest::survey(folder, &place, options.again_with())?.unchanged;
        if done.is_none() {
            as_it_is(&format!("the index in {} cannot be written to", shown(place.display())))?;
        }
        return Ok((place, done.unwrap_or_default()));
    }
    let error = match update(folder, index, options, lexicon) {
        Ok(done) => return Ok(done),
        Err(error) => error,
    };
    let cause = match of_index(&error) {
        Some(IndexError::Locked { holder, .. }) => format!("the index is being updated by {}", shown(holder)),
        Some(IndexError::Io { place, source })
            if matches!(source.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
        {
            format!("{} cannot be written to", shown(place.display()))
        }
        _ => return Err(error),
    };
    let place = place::to_read(Some(folder), index)?;
    if Searcher::open(&place).is_err() {
        return Err(error);
    }
    as_it_is(&cause)?;
    Ok((place, IngestReport::default()))
}

fn as_it_is(cause: &str) -> std::io::Result<()> {
    writeln!(anstream::stderr(), "note: {cause}; the answer is from what the last run read")
}

/// Indexes what is new or changed in `folder`; gives the index's place and what was done.
pub fn update(
    folder: &Path,
    index: &IndexOption,
    options: &ReadOptions,
    lexicon: &Lexicon,
) -> anyhow::Result<(PathBuf, IngestReport)> {
    let place = place::to_write(folder, index)?;
    if let Some(note) = &place.note {
        writeln!(anstream::stderr(), "note: {}", shown(note))?;
    }
    let survey = ingest::survey(folder, &place.dir, options.again_with())?;
    if let Some(report) = survey.unchanged {
        return Ok((place.dir, report));
    }
    let writer = IndexWriter::open(&place.dir, WriterOptions { memory: WRITER_MEMORY, threads: 1 })?;
    let mut update = Update { folder, jobs: options.jobs(), writer, lexicon, total: survey.total };
    let report = update.with_model(options, &survey.new)?;
    update.writer.finish()?;
    Ok((place.dir, report))
}

/// A run, or two of them.
struct Update<'a> {
    folder: &'a Path,
    jobs: usize,
    writer: IndexWriter,
    lexicon: &'a Lexicon,
    total: Total,
}

impl Update<'_> {
    /// Reads with the model asked for; `new` says how much there is to read.
    fn with_model(&mut self, options: &ReadOptions, new: &Estimate) -> anyhow::Result<IngestReport> {
        let Some(model) = options.again_with() else {
            let Choice { extractor, spared } =
                model_choice::chosen(options, Unit::Statements, || new.words(), self.lexicon);
            let report = self.run(&extractor, None)?;
            if let (Some(spared), 1..) = (spared, report.articles) {
                let way_out = "`onrecord index FOLDER --model accurate` reads them again";
                writeln!(anstream::stderr(), "{}", model_choice::note(report.articles, spared, way_out))?;
            }
            return Ok(report);
        };
        let Choice { extractor, spared } = model_choice::by_time(new.words(), self.jobs, self.lexicon);
        let Some(time) = spared else { return self.run(&extractor, Some(model)) };
        // All can be searched after a while, and what is cut short goes on at an article, not at a file.
        let time = model_choice::in_words(time);
        let note = "everything is read with the fast model first, and can be searched while it is read again";
        writeln!(anstream::stderr(), "note: the accurate model takes about {time}; {note}")?;
        let first = self.run(&extractor, None)?;
        let second = self.run(&Extractor::new(self.lexicon, model), Some(model))?;
        Ok(first.then(second))
    }

    fn run(&mut self, extractor: &Extractor, again_with: Option<ModelSize>) -> anyhow::Result<IngestReport> {
        let article = |document, path: &str| extractor.article(document, path);
        let alpha3 = |code: &str| self.lexicon.alpha3(code);
        let understanding = Understanding { article: &article, alpha3: &alpha3 };
        let options = IngestOptions::new(self.jobs, ingest::now());
        let options = again_with.map_or(options, |model| options.again_with(model));
        let total = self.total;
        let bar = bar(total);
        let report = ingest::ingest(self.folder, &mut self.writer, understanding, options, &mut |progress| {
            bar.set_message(message(progress, total));
            bar.set_position(progress.bytes);
        });
        bar.finish_and_clear();
        Ok(report?)
    }
}

/// By bytes: files differ too much in size for their number to tell how long the rest takes.
fn bar(total: Total) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = "{elapsed} {bar:20} {percent:>3}% {msg}";
    let style = ProgressStyle::with_template(template).expect("the template is sound");
    let bar = ProgressBar::new(total.bytes).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn message(progress: Progress, total: Total) -> String {
    let Progress { files, articles, statements, .. } = progress;
    let (all, bytes) = (total.files, HumanBytes(total.bytes));
    format!("of {bytes}, {files}/{all} files, {articles} articles, {statements} statements")
}
