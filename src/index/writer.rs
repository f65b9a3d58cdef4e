//! Articles and files -> index: remove, add, commit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, UserOperation};
use tantivy::schema::Value;
use tantivy::{TantivyDocument, Term};

use super::directory::{self, Opened, Rebuild, WriteLock};
use super::fields::Fields;
use super::queue::{Queue, Queued};
use super::{ArticlesReadBy, FileRecord, IndexError, Searcher, documents};
use crate::record::{Article, ModelSize};

/// How much a writer may use.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Bytes for all threads together.
    pub memory: usize,
    pub threads: usize,
}

/// The engine refuses less for a thread.
const LEAST_MEMORY: usize = 16 << 20;

/// Bytes of text that may wait for the engine's threads.
const WAITING: usize = 16 << 20;

/// Writes to one index; nobody else can meanwhile.
pub struct IndexWriter {
    engine: tantivy::IndexWriter<Queued>,
    queue: Arc<Queue>,
    opened: Opened,
    place: PathBuf,
    fields: Fields,
    rebuild: Option<Rebuild>,
    _lock: WriteLock,
}

impl IndexWriter {
    /// Opens or makes the index in `place`.
    pub fn open(place: &Path, options: WriterOptions) -> Result<IndexWriter, IndexError> {
        let lock = WriteLock::take(place)?;
        let (opened, rebuild) = directory::open_or_create(place)?;
        let (index, storage) = (&opened.index, &opened.storage);
        let fields = Fields::of(&index.schema())?;
        let threads = options.threads.clamp(1, 8);
        let per_thread = (options.memory / threads).max(LEAST_MEMORY);
        let settings = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(per_thread)
            .num_merge_threads(1)
            .build();
        let engine: tantivy::IndexWriter<Queued> =
            index.writer_with_options(settings).map_err(|error| IndexError::of_writing(storage, error))?;
        engine.set_merge_policy(Box::new(LogMergePolicy::default()));
        let queue = Queue::new(WAITING);
        Ok(IndexWriter { engine, queue, opened, place: place.to_path_buf(), fields, rebuild, _lock: lock })
    }

    /// Returns the folder of the index.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Ties the index to the folder of its articles; the index of another folder is refused.
    pub fn tie(&self, folder: &Path) -> Result<(), IndexError> {
        directory::tie(&self.place, folder)
    }

    /// Returns why an existing index was not gone on with.
    pub fn rebuild(&self) -> Option<&Rebuild> {
        self.rebuild.as_ref()
    }

    /// Returns what the last commit remembers of every file, by path.
    pub fn files(&self) -> Result<BTreeMap<String, FileRecord>, IndexError> {
        Searcher::of(&self.opened, &self.place)?.files()
    }

    /// Returns the articles that the model read, as of the last commit.
    pub fn read_by(&self, model: ModelSize) -> Result<ArticlesReadBy, IndexError> {
        Searcher::of(&self.opened, &self.place)?.read_by(model)
    }

    /// Removes whatever was read from a file.
    pub fn remove(&self, path: &str) {
        self.engine.delete_term(Term::from_field_text(self.fields.path, path));
    }

    /// Adds an article with its statements; `alpha3` turns an alpha-2 country code into alpha-3.
    pub fn add(&self, article: &Article, alpha3: &dyn Fn(&str) -> String) -> Result<(), IndexError> {
        self.add_prepared(self.preparer().article(article, alpha3)?)
    }

    /// Returns what makes articles ready in other threads.
    pub fn preparer(&self) -> Preparer {
        Preparer { fields: self.fields }
    }

    /// Adds an article that was made ready.
    ///
    /// Its documents stay together in one segment, which lets statements be counted by article.
    pub fn add_prepared(&self, prepared: Prepared) -> Result<(), IndexError> {
        let documents = self.queue.admit(prepared.documents, prepared.bytes);
        self.engine.run(documents.into_iter().map(UserOperation::Add)).map_err(self.of_writing())?;
        Ok(())
    }

    /// Puts an article that was made ready in the place of the one with the same id, within the same commit.
    pub fn replace_prepared(&self, prepared: Prepared) -> Result<(), IndexError> {
        self.engine.delete_term(Term::from_field_text(self.fields.article_id, &prepared.id));
        self.add_prepared(prepared)
    }

    /// Adds what is remembered of a file.
    pub fn add_file(&self, file: &FileRecord) -> Result<(), IndexError> {
        self.engine
            .add_document(Queued::uncounted(documents::of_file(&self.fields, file)?))
            .map_err(self.of_writing())?;
        Ok(())
    }

    /// Replaces what is remembered of a file, and leaves its articles.
    pub fn replace_file(&self, file: &FileRecord) -> Result<(), IndexError> {
        self.engine.delete_term(Term::from_field_text(self.fields.id, &documents::file_id(&file.path)));
        self.add_file(file)
    }

    /// Returns the text that came with the last commit.
    pub fn payload(&self) -> Result<Option<String>, IndexError> {
        Ok(self.opened.index.load_metas()?.payload)
    }

    /// Makes all that was done since the last commit visible at once, with a text that `Searcher::payload` gives back.
    pub fn commit(&mut self, payload: &str) -> Result<(), IndexError> {
        let committed = self.engine.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(payload);
            prepared.commit()
        });
        committed.map(drop).map_err(self.of_writing())
    }

    /// Waits until segments are merged, and ends.
    pub fn finish(self) -> Result<(), IndexError> {
        let storage = self.opened.storage;
        self.engine.wait_merging_threads().map_err(|error| IndexError::of_writing(&storage, error))
    }

    /// Returns a closure that finds the cause of an error of the engine.
    fn of_writing(&self) -> impl FnOnce(tantivy::TantivyError) -> IndexError + use<> {
        let storage = self.opened.storage.clone();
        move |error| IndexError::of_writing(&storage, error)
    }
}

/// Makes articles ready for the index, in any thread.
#[derive(Clone, Copy)]
pub struct Preparer {
    fields: Fields,
}

impl Preparer {
    /// Makes an article ready.
    pub fn article(&self, article: &Article, alpha3: &dyn Fn(&str) -> String) -> Result<Prepared, IndexError> {
        let documents = documents::of_article(&self.fields, article, alpha3)?;
        let bytes = documents.iter().map(bytes_of_text).sum();
        Ok(Prepared { id: article.id.clone(), documents, bytes })
    }
}

/// An article as the index takes it.
pub struct Prepared {
    id: String,
    documents: Vec<TantivyDocument>,
    /// About how much memory they take.
    bytes: usize,
}

fn bytes_of_text(document: &TantivyDocument) -> usize {
    document.field_values().map(|(_, value)| value.as_str().map_or(0, str::len)).sum()
}
