//! What can be typed: the commands and the options for all of them.

use std::ffi::OsString;

use clap::{ArgAction, CommandFactory, Parser, Subcommand};

use super::exit::Exit;
use super::{actors, completions, explain, export, extract, facets, index, search, show, status};

/// Search policy coverage for who said what, for or against
///
/// Point it at a folder of articles; it finds the actors, sources, dates and statements in them and answers questions
/// such as "opposition statements by Mexico", with the sentence, the speaker, the date, the outlet and the place.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Tell more of what is going on; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Search(search::SearchArgs),
    Index(index::IndexArgs),
    Extract(extract::ExtractArgs),
    Show(show::ShowArgs),
    Explain(explain::ExplainArgs),
    Facets(facets::FacetsArgs),
    Status(status::StatusArgs),
    Export(export::ExportArgs),
    Actors(actors::ActorsArgs),
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::Search(args) => search::run(args),
            Command::Index(args) => index::run(args),
            Command::Extract(args) => extract::run(args),
            Command::Show(args) => show::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Facets(args) => facets::run(args),
            Command::Status(args) => status::run(args),
            Command::Export(args) => export::run(args),
            Command::Actors(args) => actors::run(args),
            Command::Completions(args) => completions::run(args, command()),
        }
    }
}

/// Returns the whole command line, for its documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Before a word of a question that begins with a hyphen, so that it is not taken for options.
const WORD: char = '\u{1}';

/// Sets words such as `-tariffs` and `-source:Reuters` apart from options, wherever they stand in a question.
///
/// Options of one letter stay what they are (`-v`, `-vv`), and so do all with two hyphens.
pub fn with_words_apart(typed: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let mut asked: Option<&clap::Command> = None;
    let mut apart = Vec::new();
    let (mut value_next, mut ended) = (false, false);
    for (number, argument) in typed.enumerate() {
        let text = argument.to_str().unwrap_or_default().to_string();
        let (is_value, long) = (std::mem::take(&mut value_next), text.strip_prefix("--"));
        ended |= long == Some("");
        if number == 0 || ended || is_value {
            apart.push(argument);
        } else if let (Some(long), Some(asked)) = (long, asked) {
            value_next = asked.get_arguments().any(|a| a.get_long() == Some(long) && a.get_action().takes_values());
            apart.push(argument);
        } else if asked.is_some_and(takes_a_question) && is_word(&text) {
            apart.push(format!("{WORD}{text}").into());
        } else {
            asked = asked.or_else(|| command.find_subcommand(&text));
            apart.push(argument);
        }
    }
    apart
}

fn takes_a_question(command: &clap::Command) -> bool {
    command.get_arguments().any(|argument| argument.get_id() == "query")
}

fn is_word(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.chars().all(|c| matches!(c, 'v' | 'h' | 'V')))
}

/// Reads a word of a question as it was typed.
pub fn question_word(typed: &str) -> Result<String, std::convert::Infallible> {
    Ok(typed.strip_prefix(WORD).unwrap_or(typed).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }

    #[test]
    fn words_with_hyphens_belong_to_the_question() {
        let query = |typed: &str| {
            let typed = std::iter::once("onrecord").chain(typed.split(' ')).map(OsString::from);
            match Cli::try_parse_from(with_words_apart(typed)).map(|cli| (cli.verbose, cli.command)) {
                Ok((verbose, Command::Search(args))) => {
                    format!("{:?} in {:?} -v{verbose}", args.asked.query, args.asked.place.folder)
                }
                Ok((_, other)) => format!("{other:?}"),
                Err(error) => error.to_string().lines().next().unwrap_or_default().to_string(),
            }
        };
        for (typed, expected) in [
            ("search -tariffs", r#"["-tariffs"] in None -v0"#),
            ("search steel -source:Reuters --in f -vv", r#"["steel", "-source:Reuters"] in Some("f") -v2"#),
            ("-v search --in f -vaccines", r#"["-vaccines"] in Some("f") -v1"#),
            ("search -- -v", r#"["-v"] in None -v0"#),
            ("search steel --frmat json", "error: unexpected argument '--frmat' found"),
            ("search steel --in -f", "error: unexpected argument '-f' found"),
            ("index -f", "error: unexpected argument '-f' found"),
        ] {
            assert_eq!(query(typed), expected, "{typed}");
        }
    }
}
