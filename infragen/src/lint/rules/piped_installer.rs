use crate::lint::findings::Findings;
use crate::lint::grammar::script::statements;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags scripts that come from the network straight into a shell.
    ///
    /// ## Why is this bad?
    /// Whoever controls the server, or the way to it, runs commands with the build's rights; half a script that arrives
    /// is run as a whole.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` and `.finally[]`.
    ///
    /// ## Allowed values
    /// A download to a file whose checksum is checked before it runs.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - curl -fsSL https://example.com/install.sh | sh
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - curl -fsSLo install.sh https://example.com/install.sh
    ///     - echo "$INSTALL_SHA256  install.sh" | sha256sum --check
    ///     - sh install.sh
    /// ```
    PIPED_INSTALLER = {
        id: "piped-installer",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(piped_installer),
    }
}

const SHELLS: [&str; 7] = ["sh", "bash", "zsh", "dash", "python", "python3", "perl"];

fn piped_installer(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        for statement in statements(command.text) {
            let fetches = ["curl ", "wget "].iter().any(|fetch| statement.contains(fetch));
            if !fetches {
                continue;
            }
            let runs = statement.split('|').skip(1).any(|part| {
                let words = part.split_whitespace().filter(|word| *word != "sudo" && !word.starts_with('-'));
                let program = words.take(1).last().unwrap_or_default();
                SHELLS.contains(&program.rsplit('/').next().unwrap_or_default())
            });
            let substitutes = SHELLS.iter().any(|shell| {
                ["$(curl", "$(wget", "<(curl", "<(wget"].iter().any(|fetch| {
                    statement.contains(&format!("{shell} -c \"{fetch}"))
                        || statement.contains(&format!("{shell} {fetch}"))
                })
            });
            if runs || substitutes {
                findings
                    .report(command.path(), format!("{} runs what it downloads, unseen", command.told()))
                    .help("download to a file, check its checksum, and then run it");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PIPED_INSTALLER;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        for (case, expected) in [
            ("curl -s https://x | sudo -E bash -", true),
            ("wget -qO- https://x | /bin/sh", true),
            ("curl -s https://x | tar xz", false),
            ("curl -s https://x | jq . | sh", true),
            ("bash <(curl -s https://x)", true),
            ("sh -c \"$(curl -s https://x)\"", true),
            ("curl -o a https://x", false),
        ] {
            let yaml = format!("version: 0.2\nphases: {{build: {{commands: ['{case}']}}}}");
            assert_eq!(finds(&PIPED_INSTALLER, &yaml), expected, "{case}");
        }
    }
}
