use crate::lint::findings::Findings;
use crate::lint::grammar::script::open_quote;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;

declare_rule! {
    /// Flags commands with a quote that nothing closes.
    ///
    /// ## Why is this bad?
    /// The shell refuses the command. Often YAML has cut it short: a `#` behind a blank begins a comment unless the
    /// whole command stands in quotes or in a block.
    ///
    /// ## Fields
    /// `phases.<phase>.commands[]` and `.finally[]`.
    ///
    /// ## Allowed values
    /// Commands whose quotes are closed. Those with `$(`, backquotes or here-documents are not looked at.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - echo "build #1"
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases:
    ///   build:
    ///     commands:
    ///     - 'echo "build #1"'
    /// ```
    UNCLOSED_QUOTE_IN_COMMAND = {
        id: "unclosed-quote-in-command",
        category: Buildspec,
        severity: Error,
        look: Buildspec(unclosed_quote_in_command),
    }
}

fn unclosed_quote_in_command(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for command in buildspec.commands() {
        if let Some(quote) = open_quote(command.text) {
            findings
                .report(command.path(), format!("{} opens a `{quote}` and never closes it", command.told()))
                .help(
                    "close it; if a `#` has cut the command short, write it behind `|` on a line of its own",
                );
        }
    }
}
