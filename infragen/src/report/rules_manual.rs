//! The manuals of all rules as one page.

use std::fmt::Write as _;

use crate::lint::{Rule, Runs, rules};

const HEAD: &str = "\
<!-- Made from the comments of `infragen/src/lint/rules/`; `cargo xtask docs` makes it anew. -->

# Rules

What the linter looks for. `infragen rules NAME` prints one manual; a waiver with a reason allows one finding, \
`--ignore NAME` leaves a rule out. Rules that do not run by default are matters of taste or of somebody's own \
policy: `--optional NAME` runs them too.
";

/// Prints the manuals of all rules, below a table of them, in Markdown.
#[must_use]
pub fn rules_manual() -> String {
    let mut page = HEAD.to_owned();
    let mut categories: Vec<_> = rules::ALL.iter().map(|rule| rule.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let of = |category| rules::ALL.iter().filter(move |rule| rule.category == category);
    for category in &categories {
        let _ = writeln!(page, "\n## {category}\n\n| rule | severity | |\n|---|---|---|");
        for rule in of(*category) {
            let severity = match rule.runs {
                Runs::ByDefault => rule.severity.to_string(),
                Runs::WhenAsked => format!("{}, optional", rule.severity),
            };
            let _ = writeln!(page, "| [{0}](#{0}) | {severity} | {1} |", rule.id, cell(rule.summary()));
        }
    }
    for rule in rules::ALL {
        push_manual(&mut page, rule);
    }
    page
}

/// Text in a row of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn push_manual(page: &mut String, rule: &Rule) {
    let optional = match rule.runs {
        Runs::ByDefault => "",
        Runs::WhenAsked => "; it runs when asked for",
    };
    let _ = writeln!(page, "\n## {}\n\n{}, {}{optional}\n", rule.id, rule.severity, rule.category);
    let mut is_code = false;
    for line in rule.manual().lines() {
        is_code ^= line.starts_with("```");
        // A heading of the manual stands below the rule's; a comment in an example is none.
        let deeper = if !is_code && line.starts_with('#') { "#" } else { "" };
        let _ = writeln!(page, "{deeper}{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::rules_manual;
    use crate::lint::rules;

    #[test]
    fn every_rule_has_its_row_and_its_manual() {
        let page = rules_manual();
        for rule in rules::ALL {
            assert!(page.contains(&format!("| [{0}](#{0}) | {1}", rule.id, rule.severity)), "{}", rule.id);
            assert_eq!(page.matches(&format!("\n## {}\n", rule.id)).count(), 1, "{}", rule.id);
        }
        assert_eq!(page.matches("\n### Examples\n").count(), rules::ALL.len());
    }
}
