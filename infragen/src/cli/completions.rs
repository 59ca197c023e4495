//! `infragen completions`: what a shell needs to complete commands, options, and the names of environments and rules.

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::exit::Exit;
use super::run::CommandLine;
use super::session::Session;
use crate::lint::rules;

const AFTER_HELP: &str = "\
Examples:
  bash:  infragen completions bash > ~/.local/share/bash-completion/completions/infragen
  zsh:   infragen completions zsh > ~/.zfunc/_infragen        with ~/.zfunc in fpath
  fish:  infragen completions fish > ~/.config/fish/completions/infragen.fish

The names of environments and of rules are part of it: run it again when one is added.";

/// Where a command takes the name of an environment.
const ENVIRONMENTS: [(&str, &str); 3] =
    [("render", "environments"), ("explain", "environment"), ("secret", "environment")];
/// Where a command takes the name of a rule behind an option.
const RULES: [(&str, &str); 3] = [("validate", "select"), ("validate", "optional"), ("validate", "ignore")];
/// Where a command takes the name of a rule by itself.
const RULE: (&str, &str) = ("rules", "rule");

/// Prints completions for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let environments = session.all()?;
        // clap wants names that live as long as the process, which they may: it ends here.
        let environments: Vec<&'static str> =
            environments.iter().map(|environment| &*environment.name().to_string().leak()).collect();
        let rules: Vec<&'static str> = rules::ALL.iter().map(|rule| rule.id).collect();
        let named = ENVIRONMENTS.map(|place| (place, &environments)).into_iter();
        let named = named.chain(RULES.into_iter().chain([RULE]).map(|place| (place, &rules)));
        // To change an argument moves it to the end, unless it says its index.
        let mut command = CommandLine::command();
        for ((subcommand, argument), names) in named {
            command = command.mut_subcommand(subcommand, |subcommand| {
                subcommand.mut_arg(argument, |argument| {
                    argument.value_parser(PossibleValuesParser::new(names.clone()))
                })
            });
        }
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "infragen", &mut script);
        let mut script = String::from_utf8_lossy(&script).into_owned();
        if self.shell == Shell::Fish {
            for (subcommand, _) in ENVIRONMENTS {
                script += &fish(subcommand, &environments);
            }
            script += &fish(RULE.0, &rules);
        }
        session.console.print(&script)?;
        Ok(Exit::Clean)
    }
}

/// clap_complete leaves out for fish what positional arguments may be.
fn fish(subcommand: &str, names: &[&str]) -> String {
    let condition = format!("__fish_infragen_using_subcommand {subcommand}");
    format!("complete -c infragen -n \"{condition}\" -f -a \"{}\"\n", names.join(" "))
}
