//! The articles that one model read.

use super::article_runs::ArticleKeys;
use super::documents::article_key;

/// Articles of the index that were read by the same model.
#[derive(Debug)]
pub struct ArticlesReadBy {
    pub(super) keys: ArticleKeys,
}

impl ArticlesReadBy {
    /// Tells whether the article with this id is one of them.
    pub fn contains(&self, id: &str) -> bool {
        self.keys.contains(&article_key(id))
    }
}
