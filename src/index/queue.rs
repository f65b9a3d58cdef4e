//! Bounds by bytes what waits for the engine's threads; the engine itself counts documents only, whatever their size.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// A document on its way to the engine's threads.
pub struct Queued {
    document: TantivyDocument,
    /// Gives back the room of the article, with its last document.
    _ticket: Option<Ticket>,
}

impl Queued {
    /// Passes a document on without counting it.
    pub fn uncounted(document: TantivyDocument) -> Queued {
        Queued { document, _ticket: None }
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

/// The room for documents that wait.
#[derive(Debug)]
pub struct Queue {
    limit: usize,
    waiting: Mutex<usize>,
    changed: Condvar,
}

impl Queue {
    /// Makes room for so many bytes.
    pub fn new(limit: usize) -> Arc<Queue> {
        Arc::new(Queue { limit, waiting: Mutex::new(0), changed: Condvar::new() })
    }

    /// Waits until there is room for the documents of one article, or until nothing else waits.
    pub fn admit(self: &Arc<Queue>, documents: Vec<TantivyDocument>, bytes: usize) -> Vec<Queued> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while *waiting > 0 && waiting.saturating_add(bytes) > self.limit {
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        *waiting = waiting.saturating_add(bytes);
        drop(waiting);
        let mut ticket = Some(Ticket { queue: self.clone(), bytes });
        let last = documents.len().saturating_sub(1);
        let queued = |(at, document)| Queued { document, _ticket: ticket.take_if(|_| at == last) };
        documents.into_iter().enumerate().map(queued).collect()
    }
}

/// Room that is given back when the document that holds it was taken, or is lost with a thread that ends.
struct Ticket {
    queue: Arc<Queue>,
    bytes: usize,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        *self.queue.waiting.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.queue.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(queue: &Queue) -> usize {
        *queue.waiting.lock().unwrap()
    }

    #[test]
    fn room_is_held_until_the_last_document_of_the_article_is_taken() {
        let queue = Queue::new(100);
        let mut documents = queue.admit(vec![TantivyDocument::default(); 3], 70).into_iter();
        for _ in 0..2 {
            documents.next().unwrap().into_tantivy_document();
            assert_eq!(waiting(&queue), 70);
        }
        documents.next().unwrap().into_tantivy_document();
        assert_eq!(waiting(&queue), 0);
    }

    #[test]
    fn an_article_waits_for_room_and_a_large_one_goes_alone() {
        let queue = Queue::new(100);
        let first = queue.admit(vec![TantivyDocument::default()], 70);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let large = queue.admit(vec![TantivyDocument::default()], 500);
                (large.len(), waiting(&queue))
            });
            drop(first);
            assert_eq!(second.join().unwrap(), (1, 500));
        });
        assert_eq!(waiting(&queue), 0);
    }

    #[test]
    fn an_article_without_documents_takes_no_room() {
        let queue = Queue::new(100);
        assert!(queue.admit(Vec::new(), 50).is_empty());
        assert_eq!(waiting(&queue), 0);
    }
}
