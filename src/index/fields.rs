//! The fields of `schema/index.json`, by name.

use tantivy::schema::{Field, Schema};

use super::analysis;

/// The schema as tantivy reads it.
const SCHEMA: &str = include_str!("../../schema/index.json");

/// Names of the fields that are read as columns.
pub mod columns {
    pub const ID: &str = "id";
    pub const ARTICLE_KEY: &str = "article_key";
    pub const CONFIDENCE: &str = "confidence";
    pub const FINGERPRINT: &str = "fingerprint";
    pub const PUBLISHED_FROM: &str = "published_from";
    pub const BY_PATH: &str = "by_path";
    pub const SPEAKER: &str = "speaker";
    pub const STANCE: &str = "stance";
    pub const ACT: &str = "act";
    pub const QUOTATION: &str = "quotation";
    pub const TARGET: &str = "target_value";
    pub const OUTLET: &str = "outlet";
    pub const CITES: &str = "cites";
    pub const YEAR: &str = "year";
    pub const MONTH: &str = "month";
    pub const LANGUAGE: &str = "language";
}

/// Declares the struct of handles and the list of names together, so that they cannot differ.
macro_rules! fields {
    ($($name:ident),* $(,)?) => {
        /// A handle for every field.
        #[derive(Debug, Clone, Copy)]
        pub struct Fields {
            $(pub $name: Field,)*
        }

        impl Fields {
            /// The names, in the order of the schema.
            #[cfg(test)]
            const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// Finds the handles in a schema that has all fields.
            pub fn of(schema: &Schema) -> tantivy::Result<Fields> {
                Ok(Fields { $($name: schema.get_field(stringify!($name))?,)* })
            }
        }
    };
}

fields!(
    kind,
    id,
    article_id,
    article_key,
    path,
    title,
    text,
    about,
    target,
    target_value,
    target_path,
    undoes,
    by_path,
    former_path,
    by_exact,
    by_name,
    speaker,
    mentions_path,
    mentions_name,
    stance,
    act,
    quotation,
    confidence,
    fingerprint,
    outlet,
    outlet_id,
    outlet_name,
    cites,
    cites_id,
    cites_name,
    author,
    language,
    published_from,
    published_to,
    year,
    month,
    is,
    model,
    record,
);

/// Values of `kind`.
pub mod kinds {
    pub const ARTICLE: &str = "article";
    pub const STATEMENT: &str = "statement";
    pub const FILE: &str = "file";
}

/// Returns the schema that is compiled in.
pub fn schema() -> Schema {
    serde_json::from_str(SCHEMA).expect("schema/index.json is read by the tests of this file")
}

/// Teaches an index the two ways in which our text fields are cut into words.
pub fn register_tokenizers(index: &tantivy::Index) {
    index.tokenizers().register("words", analysis::WordTokenizer::stemming());
    index.tokenizers().register("names", analysis::WordTokenizer::plain());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_fields_of_the_schema_file() {
        let schema = schema();
        let names: Vec<&str> = schema.fields().map(|(_, entry)| entry.name()).collect();
        assert_eq!(names, Fields::NAMES);
        assert!(Fields::of(&schema).is_ok());
    }

    #[test]
    fn columns_are_fast_fields_of_the_schema() {
        use columns::*;
        let schema = schema();
        for name in [
            ID,
            ARTICLE_KEY,
            CONFIDENCE,
            FINGERPRINT,
            PUBLISHED_FROM,
            BY_PATH,
            SPEAKER,
            STANCE,
            ACT,
            QUOTATION,
            TARGET,
            OUTLET,
            CITES,
            YEAR,
            MONTH,
            LANGUAGE,
        ] {
            let field = schema.get_field(name).expect(name);
            assert!(schema.get_field_entry(field).is_fast(), "{name}");
        }
    }
}
