//! Text -> paragraphs, sentences, tokens, quotations: knows English, knows nothing of news.
