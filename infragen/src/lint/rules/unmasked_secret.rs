use crate::lint::findings::Findings;
use crate::lint::grammar::script::statements;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags secrets that are printed in another form.
    ///
    /// ## Why is this bad?
    /// CodeBuild hides secrets in its log by looking for their exact text. In base64, or cut in pieces, they are there
    /// to read.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` that name a variable of `env.secrets-manager` or `env.parameter-store`.
    ///
    /// ## Allowed values
    /// Commands that do not print a secret through `base64`, `rev`, `cut`, `xxd`, `sed` or `tr`, and do not print all
    /// variables.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env: {secrets-manager: {TOKEN: 'web:token'}}
    /// phases: {build: {commands: ['echo $TOKEN | base64']}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {secrets-manager: {TOKEN: 'web:token'}}
    /// phases: {build: {commands: ['echo $TOKEN | base64 > token']}}
    /// ```
    UNMASKED_SECRET = {
        id: "unmasked-secret",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(unmasked_secret),
    }
}

/// What changes a text, and what prints it.
const CHANGES: [&str; 8] = ["base64", "rev", "cut", "xxd", "sed", "tr", "od", "hexdump"];
const PRINTS: [&str; 4] = ["echo ", "printf ", "cat ", "<<<"];

fn unmasked_secret(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        for statement in statements(command.text) {
            let changes = statement.split(['|', ' ']).any(|word| CHANGES.contains(&word));
            let prints = PRINTS.iter().any(|prints| statement.contains(prints));
            let is_kept = statement.contains('>') || statement.contains("$(") || statement.contains('`');
            let secret = buildspec.secrets().find(|secret| {
                statement.contains(&format!("${secret}")) || statement.contains(&format!("${{{secret}}}"))
            });
            if let Some(secret) = secret.filter(|_| changes && prints && !is_kept) {
                findings
                    .report(
                        command.path(),
                        format!("{} prints the secret `{secret}` in another form", command.told()),
                    )
                    .help("write it to a file, or hand it to the program that needs it");
            }
        }
    }
}
