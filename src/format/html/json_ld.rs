//! Reads the JSON-LD of a page: the objects that describe it, articles first.

use serde_json::{Map, Value};

use crate::format::json_repair::repaired;

/// An object of the page's JSON-LD.
pub(super) type Object = Map<String, Value>;

/// Returns the objects of the scripts, nested ones too, in the order of the source.
pub(super) fn objects(scripts: &[String]) -> Vec<Object> {
    let mut found = Vec::new();
    for script in scripts {
        let Some(value) = parsed(script) else { continue };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(object) => {
                    let nested = object.values().filter(|v| v.is_object() || v.is_array()).rev().cloned();
                    waiting.extend(nested.collect::<Vec<_>>());
                    found.push(object);
                }
                _ => {}
            }
            if found.len() >= OBJECT_LIMIT {
                return found;
            }
        }
    }
    found
}

/// A page describes itself with a handful; some list a whole shop.
const OBJECT_LIMIT: usize = 2000;

/// Tells how well the object's type fits an article: 2 for an article, 1 for a page, 0 for anything else.
pub(super) fn rank(object: &Object) -> u8 {
    let types = match object.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_article = |name: &&str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.ends_with("Article")
            || matches!(name, "BlogPosting" | "Report" | "LiveBlogPosting" | "SocialMediaPosting" | "OpinionNews")
    };
    match () {
        () if types.iter().any(is_article) => 2,
        () if types.iter().any(|t| t.ends_with("Page") || *t == "CreativeWork") => 1,
        () => 0,
    }
}

/// Returns a text or the name within an object.
pub(super) fn name_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => object.get("name").and_then(name_of)?,
        Value::Array(values) => values.iter().find_map(name_of)?,
        _ => return None,
    };
    Some(text).filter(|t| !t.trim().is_empty())
}

fn parsed(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start();
    let script = script.trim_start_matches("<![CDATA[").trim_end_matches("-->").trim_end_matches("]]>");
    let script = script.trim().trim_end_matches("//").trim_end_matches([';', ' ', '\n']);
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&repaired(script)?.0).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_nested_objects_in_order() {
        let script = r#"<![CDATA[{"@graph": [{"@type": "WebPage", "a": 1}, {"@type": ["NewsArticle"], "author": {"name": "Ana"}}]};]]>"#;
        let found = objects(&[script.to_string(), "{broken".to_string()]);
        let ranks: Vec<u8> = found.iter().map(rank).collect();
        assert_eq!(ranks, [0, 1, 2, 0]);
        assert_eq!(name_of(&found[2]["author"]).as_deref(), Some("Ana"));
    }
}
