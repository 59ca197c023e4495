use crate::lint::findings::Findings;
use crate::lint::grammar::script::statements;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags packages that are installed in whichever version there is.
    ///
    /// ## Why is this bad?
    /// Tomorrow's build is another than today's; a version that somebody took over is installed the hour it appears.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` with `pip install`, `npm install --global`, `cargo install` or `go install`.
    ///
    /// ## Allowed values
    /// A version: `pip install tox==4.23.2`, `npm install --global cdk8s@2.68.0`; `--requirement`, `--locked` with
    /// `--version`; a path.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - pip install awscli
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - pip install awscli==1.36.0
    /// ```
    UNPINNED_INSTALL = {
        id: "unpinned-install",
        category: Buildspec,
        severity: Info,
        runs: WhenAsked,
        look: Buildspec(unpinned_install),
    }
}

fn unpinned_install(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        for statement in statements(command.text) {
            if let Some(package) = unpinned(&statement) {
                findings
                    .report(
                        command.path(),
                        format!("{} installs whichever `{package}` there is", command.told()),
                    )
                    .help("name the version");
            }
        }
    }
}

/// The first package without a version.
fn unpinned(statement: &str) -> Option<&str> {
    let after = |program: &str| {
        let (before, rest) = statement.split_once(program)?;
        // `go install` is no part of `cargo install`.
        let is_word = !before.ends_with(|last: char| last.is_ascii_alphanumeric());
        is_word.then(|| rest.split("&&").next().unwrap_or(rest))
    };
    if let Some(rest) = after("pip install ").or_else(|| after("pip3 install ")) {
        let is_listed = rest.split_whitespace().any(|word| {
            word.starts_with("-r")
                || word.starts_with("--requirement")
                || ["-c", "--constraint", "-e", "."].contains(&word)
                || word.starts_with("./")
        });
        return first(rest, |word| word.contains("==")).filter(|_| !is_listed);
    }
    if let Some(rest) = ["npm install --global ", "npm install -g ", "npm i -g "].into_iter().find_map(after)
    {
        return first(rest, |word| word[1..].contains('@'));
    }
    if let Some(rest) = after("go install ") {
        return rest.split_whitespace().find(|word| word.ends_with("@latest"));
    }
    let rest = after("cargo install ")?;
    first(rest, |_| ["--version", "--path", "--git", "@"].iter().any(|mark| rest.contains(mark)))
}

/// The first word that is no option and not pinned.
fn first(rest: &str, is_pinned: impl Fn(&str) -> bool) -> Option<&str> {
    rest.split_whitespace().filter(|word| !word.starts_with('-')).find(|word| !is_pinned(word))
}

#[cfg(test)]
mod tests {
    use super::UNPINNED_INSTALL;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        for (case, expected) in [
            ("pip install -r requirements.txt", false),
            ("pip install --upgrade pip", true),
            ("npm install -g cdk8s@2.68.0", false),
            ("npm install -g @aws/cdk", true),
            ("npm install", false),
            ("cargo install cargo-deny --version 0.18.0", false),
            ("cargo install cargo-deny", true),
            ("go install example.com/x@latest", true),
            ("go install example.com/x@v1.2.0", false),
        ] {
            let yaml = format!("version: 0.2\nphases: {{build: {{commands: ['{case}']}}}}");
            assert_eq!(finds(&UNPINNED_INSTALL, &yaml), expected, "{case}");
        }
    }
}
