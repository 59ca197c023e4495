//! `infragen secret`: a Secret from standard input, for a cluster, never for a file.

use std::io::{self, IsTerminal as _, Read as _};

use anyhow::{Context as _, bail};
use clap::Args;

use super::exit::Exit;
use super::session::Session;
use crate::bundle::Bundle;
use crate::emit;
use crate::kubernetes::{self, SecretFromInput};
use crate::nearest::nearest;
use crate::render::render;
use crate::settings::Settings;
use crate::spec::quantity::{DataKey, DnsLabel};

/// The most that a Secret holds, in bytes.
const LARGEST: u64 = 1024 * 1024;

const AFTER_HELP: &str = "\
The value never stands in an argument, a file or a message. One line break at its end is taken off.

Examples:
  openssl rand -hex 24 | infragen secret dev database password | kubectl apply -f -

  read -rs password        (bash: typed unseen, and kept out of the history)
  printf %s \"$password\" | infragen secret dev database password | kubectl apply -f -";

/// Prints a Secret made from standard input, for `kubectl apply -f -`
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Secret {
    /// The environment, whose namespace and labels the Secret gets
    #[arg(index = 1)]
    environment: String,
    /// The Secret's name
    #[arg(index = 2)]
    name: DnsLabel,
    /// The key whose value standard input is
    #[arg(index = 3)]
    key: DataKey,
}

impl Secret {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let environment = session.one(&self.environment)?;
        let value = value()?;
        let input = SecretFromInput { name: self.name.as_str(), key: self.key.as_str(), value: &value };
        if let Some(note) = note(&render(&environment, &Settings::default()), &input) {
            session.console.tell(&format!("note: {note}\n"));
        }
        let secret = kubernetes::secret(&environment, &Settings::default(), &input)?;
        session.console.print(&emit::yaml(&secret))?;
        Ok(Exit::Clean)
    }
}

/// What makes it likely that another Secret was meant.
fn note(bundle: &Bundle, input: &SecretFromInput<'_>) -> Option<String> {
    let SecretFromInput { name, key, .. } = input;
    let is_fetched = bundle.objects().any(|(_, object)| {
        object.text_at(&["kind"]) == Some("ExternalSecret")
            && object.text_at(&["metadata", "name"]) == Some(name)
    });
    if is_fetched {
        return Some(format!("External Secrets fetches `{name}` here, and will replace what you apply"));
    }
    let declared = || bundle.facts.externals.iter().filter(|external| external.kind == "Secret");
    match declared().find(|external| external.name == *name) {
        Some(external) if external.keys.is_empty() || external.keys.iter().any(|known| known == key) => None,
        Some(external) => Some(format!("`{name}` was declared with the key {}", external.keys.join(", "))),
        None => {
            let near = nearest(name, declared().map(|external| external.name.as_str()));
            near.map(|near| format!("no Secret `{name}` was declared; did you mean `{near}`?"))
        }
    }
}

/// Standard input without one line break at its end.
fn value() -> anyhow::Result<Vec<u8>> {
    let input = io::stdin();
    if input.is_terminal() {
        bail!(
            "the value is read from standard input, which is a terminal: pipe it in, as `infragen secret --help` shows"
        );
    }
    let mut value = Vec::new();
    input.lock().take(LARGEST + 1).read_to_end(&mut value).context("cannot read standard input")?;
    if value.len() as u64 > LARGEST {
        bail!("standard input holds more than 1 MiB, which no Secret can");
    }
    if value.ends_with(b"\n") {
        value.pop();
        if value.ends_with(b"\r") {
            value.pop();
        }
    }
    if value.is_empty() {
        bail!("standard input is empty, and so would the Secret be: did the command before the pipe fail?");
    }
    Ok(value)
}
