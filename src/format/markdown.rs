//! Markdown: one article; front matter in YAML or TOML gives its metadata.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use crate::record::DateRule;

use super::encoding::decode;
use super::fields;
use super::html::fragment_text;
use super::parsed::{Metadata, ParseError, ParsedDocument};
use super::text::settled;

/// Reads a Markdown file.
pub(super) fn parse(bytes: Vec<u8>) -> Result<ParsedDocument, ParseError> {
    let decoded = decode(bytes, None)?;
    let source = settled(decoded.text)?;
    let mut warnings = decoded.warnings;
    let (metadata, body) = match front_matter(&source) {
        None => (Metadata::default(), source.as_str()),
        Some((matter, body)) => match matter {
            Ok(fields) => (fields::metadata(&fields, DateRule::FrontMatter, &mut warnings), body),
            Err(reason) => {
                warnings.push(reason);
                (Metadata::default(), body)
            }
        },
    };
    let mut page = Writer::default();
    page.read(body);
    let title = metadata.title.or(page.title);
    let text = page.out.trim_end().to_string();
    if text.is_empty() && title.is_none() {
        return Err(ParseError::NoText);
    }
    Ok(ParsedDocument { row: None, text, metadata: Metadata { title, ..metadata }, warnings })
}

type Fields = Result<Map<String, Value>, String>;

/// Splits the front matter off; `None` where the file does not start with one.
fn front_matter(source: &str) -> Option<(Fields, &str)> {
    let source = source.trim_start_matches('\u{feff}');
    let fence = ["---", "+++"].into_iter().find(|f| source.lines().next().is_some_and(|l| l.trim_end() == *f))?;
    let start = source.find('\n')? + 1;
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        let ends = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if ends {
            let matter = &source[start..at];
            let body = &source[at + line.len()..];
            // A thematic break at the start of a text without front matter.
            let is_mapping = matter.contains(if fence == "---" { ':' } else { '=' });
            return is_mapping.then(|| (if fence == "---" { yaml(matter) } else { toml_fields(matter) }, body));
        }
        at += line.len();
    }
    None
}

fn yaml(matter: &str) -> Fields {
    match serde_saphyr::from_str::<Value>(matter) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("front matter is not a mapping".to_string()),
        Err(error) => Err(format!("front matter is not valid YAML: {}", first_line(&error.to_string()))),
    }
}

fn toml_fields(matter: &str) -> Fields {
    match matter.parse::<toml::Table>() {
        Ok(table) => Ok(table.into_iter().map(|(name, value)| (name, as_json(value))).collect()),
        Err(error) => Err(format!("front matter is not valid TOML: {}", first_line(error.message()))),
    }
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(as_json).collect()),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(name, v)| (name, as_json(v))).collect()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

/// Writes the blocks of a page as paragraphs.
#[derive(Default)]
struct Writer {
    out: String,
    /// The block being written.
    block: String,
    title: Option<String>,
    level: Option<HeadingLevel>,
    lists: usize,
    /// Set while inside an image, whose description is no text of the article.
    images: usize,
    html: String,
}

impl Writer {
    fn read(&mut self, body: &str) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        for event in Parser::new_ext(body, options) {
            self.event(event);
        }
        self.end_block();
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.images == 0 => self.block.push_str(&text),
            Event::SoftBreak => self.block.push(' '),
            Event::HardBreak => self.block.push('\n'),
            Event::Html(html) => self.html.push_str(&html),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.level = Some(level);
            }
            Tag::List(_) => {
                self.end_block();
                self.lists += 1;
            }
            Tag::Item => {
                self.end_block();
                self.block.push_str("- ");
            }
            Tag::Paragraph if self.block == "- " => {}
            Tag::Image { .. } => self.images += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::TableCell if self.block.is_empty() => {}
            Tag::TableCell => self.block.push_str(" | "),
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists -= 1;
                if self.lists == 0 {
                    self.part("\n\n");
                }
            }
            TagEnd::Image => self.images -= 1,
            TagEnd::HtmlBlock => {
                self.block = fragment_text(&std::mem::take(&mut self.html)).unwrap_or_default();
                self.end_block();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::TableCell => {}
            _ => self.end_block(),
        }
    }

    fn end_heading(&mut self) {
        let words = self.block.trim().to_string();
        if self.title.is_none() && self.level == Some(HeadingLevel::H1) && !words.is_empty() {
            self.title = Some(words);
        }
        self.level = None;
        self.end_block();
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim();
        if block.is_empty() || block == "-" {
            return;
        }
        self.out.push_str(block);
        self.part(if self.lists > 0 { "\n" } else { "\n\n" });
    }

    /// Ends what was written by the line ends, unless it has them.
    fn part(&mut self, ends: &str) {
        let length = self.out.trim_end_matches('\n').len();
        self.out.truncate(length);
        if length > 0 {
            self.out.push_str(ends);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(source: &str) -> ParsedDocument {
        parse(source.as_bytes().to_vec()).unwrap()
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(read(source).text, expected, "{source}");
    }

    #[test]
    fn writes_blocks() {
        check("# Head\n\nOne\ntwo *three*.\n\nFour [five](http://x).", "Head\n\nOne two three.\n\nFour five.");
        check("Say:\n\n- one\n- two\n  - three\n\nEnd", "Say:\n\n- one\n- two\n- three\n\nEnd");
        check("1. one\n\n2. two\n", "- one\n- two");
        check("> “Quoted.”\n>\n> Again.\n\nEnd", "“Quoted.”\n\nAgain.\n\nEnd");
        check("| a | b |\n|--|--|\n| 1 | 2 |\n", "a | b\n\n1 | 2");
        check("![chart](c.png) One<br>two &amp; three", "One two & three".replace("One ", "One").as_str());
        check("<blockquote><p>Post</p>— Bo</blockquote>\n\nEnd", "Post\n\n— Bo\n\nEnd");
    }

    #[test]
    fn reads_front_matter() {
        let yaml = read(
            "---\ntitle: \"A: b\"\ndate: 2024-03-04\nauthors:\n  - Ana Ruiz\nsource: Example Post\n---\n# Other\n\nBody\n",
        );
        assert_eq!(yaml.metadata.title.as_deref(), Some("A: b"));
        assert_eq!(yaml.metadata.authors, ["Ana Ruiz"]);
        assert_eq!(yaml.metadata.dates[0].date.to_string(), "2024-03-04");
        assert_eq!(yaml.metadata.dates[0].by, DateRule::FrontMatter);
        assert_eq!(yaml.text, "Other\n\nBody");
        let toml = read("+++\ntitle = \"T\"\ndate = 2024-03-04T10:00:00Z\n+++\nBody");
        assert_eq!(toml.metadata.dates[0].date.to_string(), "2024-03-04");
        assert_eq!(read("# Head\n\nBody").metadata.title.as_deref(), Some("Head"));
    }

    #[test]
    fn broken_front_matter_is_a_warning() {
        let document = read("---\ntitle: [a\n---\nBody");
        assert_eq!(document.text, "Body");
        assert!(document.warnings[0].starts_with("front matter is not valid YAML"), "{:?}", document.warnings);
        check("---\n\nOne\n\n---\n\nTwo", "One\n\nTwo");
    }

    #[test]
    fn deep_nesting_is_read() {
        let quotes = format!("{} deep", ">".repeat(20_000));
        assert!(read(&quotes).text.contains("deep"));
    }

    proptest! {
        #[test]
        fn no_input_panics(source in "(---\n|[+#>*|`<a:\\[\\]()! -]|\n|1\\. ){0,60}") {
            let _ = parse(source.into_bytes());
        }
    }
}
