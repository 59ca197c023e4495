use crate::lint::findings::Findings;
use crate::lint::grammar::script::unquoted;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags what only bash understands where another shell runs it.
    ///
    /// ## Why is this bad?
    /// Without `env.shell`, CodeBuild runs commands with `sh`, which is dash on its Ubuntu images: `[[` is an unknown
    /// command there, and a condition that cannot be asked counts as false.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` and `.finally[]`.
    ///
    /// ## Allowed values
    /// What POSIX's shell has; anything, when `env.shell` is `bash`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - if [[ $BRANCH == main ]]; then make; fi
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {shell: bash}
    /// phases:
    ///   build:
    ///     commands:
    ///     - if [[ $BRANCH == main ]]; then make; fi
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - if [ "$BRANCH" = main ]; then make; fi
    /// ```
    BASHISM_IN_SH = {
        id: "bashism-in-sh",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(bashism_in_sh),
    }
}

/// What it looks like, and what it is called.
const BASHISMS: [(&str, &str); 14] = [
    ("[[ ", "`[[`"),
    ("<<<", "`<<<`"),
    ("pipefail", "`pipefail`"),
    ("<(", "`<(`"),
    (">(", "`>(`"),
    ("&>", "`&>`"),
    ("=(", "an array"),
    ("declare -", "`declare`"),
    ("shopt ", "`shopt`"),
    ("mapfile ", "`mapfile`"),
    ("readarray ", "`readarray`"),
    ("pushd ", "`pushd`"),
    ("((", "`((`"),
    ("source ", "`source`"),
];

fn bashism_in_sh(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let shell = buildspec.node.text_at(&["env", "shell"]);
    if shell.is_some_and(|shell| shell != "/bin/sh") {
        return;
    }
    for command in buildspec.commands() {
        let text = unquoted(command.text);
        if ["bash ", "#!/bin/bash", "#!/usr/bin/env bash"].iter().any(|bash| text.contains(bash)) {
            continue;
        }
        let found = BASHISMS.iter().find(|(mark, _)| stands_alone(&text, mark)).map(|(_, told)| *told);
        if let Some(told) = found.or_else(|| substitution(&text)) {
            findings
                .report(command.path(), format!("{} uses {told}, and is run by `sh`", command.told()))
                .help("set `env.shell: bash`, or write it as `sh` understands it");
        }
    }
}

/// Whether the mark stands there as a word of its own, if it is one; `$((` is arithmetic, which every shell has.
fn stands_alone(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_word = mark.starts_with(|first: char| first.is_ascii_alphabetic());
        let follows_word =
            before.is_some_and(|before| before.is_ascii_alphanumeric() || "-_/.".contains(before));
        let is_arithmetic = mark == "((" && matches!(before, Some('$' | '('));
        let is_option = mark == "=(" && !follows_word;
        let is_of_word = is_word && follows_word;
        !(is_of_word || is_arithmetic || is_option)
    })
}

/// `${x:0:8}`, `${x//a/b}`, `${x^^}` and `${x,,}`.
fn substitution(text: &str) -> Option<&'static str> {
    text.match_indices("${").find_map(|(at, _)| {
        let inside = &text[at + 2..];
        let inside = &inside[..inside.find('}')?];
        let name = inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let slices = name
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == ' '));
        let is_of_bash = inside.starts_with('!') || slices || name.starts_with(['/', '^', ',', '[']);
        is_of_bash.then_some("a substitution of bash's own")
    })
}

#[cfg(test)]
mod tests {
    use super::BASHISM_IN_SH;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        for (case, expected) in [
            ("echo ${REF:0:8}", true),
            ("echo ${REF:-main}", false),
            ("echo ${REF##*/}", false),
            ("echo ${REF//a/b}", true),
            ("echo $((1 + 2))", false),
            ("set -o pipefail", true),
            ("bash -c '[[ a ]]'", false),
            ("bash ./x[[ ", false),
            ("source ./env", true),
            ("cat resource file", false),
            ("a=(b c)", true),
            ("curl --data=(x)", true),
            ("diff <(a) <(b)", true),
            ("grep '[[ ' x", false),
        ] {
            let yaml = format!("version: 0.2\nphases: {{build: {{commands: [\"{case}\"]}}}}");
            assert_eq!(finds(&BASHISM_IN_SH, &yaml), expected, "{case}");
        }
    }
}
