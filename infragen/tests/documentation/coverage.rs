//! `docs/coverage.md`: which rows of `infragen/catalogue.yaml` the rules answer, and why the others are left out.

#![expect(clippy::expect_used, reason = "a catalogue that cannot be read is the test's own fault")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use infragen::lint::rules;
use infragen::node::Node;
use infragen::read;

const CATALOGUE: &str = include_str!("../../catalogue.yaml");

const HEAD: &str = "\
<!-- Made from `infragen/catalogue.yaml` and what the rules say that they cover; `cargo xtask docs` makes it anew. -->

# Coverage

What checkers of manifests look for, taken together, and the rules that look for it here; [rules.md](rules.md) has the \
manual of each. Optional rules count: `--optional NAME` runs them. The ids are those of `infragen/catalogue.yaml`.
";

/// One thing that somebody looks for.
struct Row {
    id: String,
    asks: String,
    but: Option<String>,
    elsewhere: Option<String>,
    left_out: Option<String>,
}

struct Section {
    name: String,
    rows: Vec<Row>,
}

fn catalogue() -> Vec<Section> {
    let sections = read::objects(CATALOGUE).expect("the catalogue is YAML").remove(0);
    let text = |node: &Node, name: &str| node.text_at(&[name]).map(str::to_owned);
    let row = |id: &str, node: &Node| {
        for field in node.fields() {
            let is_known = ["asks", "but", "elsewhere", "left_out"].contains(&field.name.as_str());
            assert!(is_known, "{id} says `{}`, which no row does", field.name);
        }
        Row {
            id: id.to_owned(),
            asks: node.as_str().map(str::to_owned).or_else(|| text(node, "asks")).expect("what a row asks"),
            but: text(node, "but"),
            elsewhere: text(node, "elsewhere"),
            left_out: text(node, "left_out"),
        }
    };
    let section = |node: &Node| Section {
        name: text(node, "section").expect("a section's name"),
        rows: node
            .get("rows")
            .expect("rows")
            .fields()
            .iter()
            .map(|field| row(&field.name, &field.node))
            .collect(),
    };
    sections.items().iter().map(section).collect()
}

/// The rules that answer each row.
fn answers() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut answers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for rule in rules::ALL {
        for row in rule.covers {
            answers.entry(*row).or_default().push(rule.id);
        }
    }
    answers
}

/// The page.
pub(crate) fn coverage() -> String {
    let (sections, answers) = (catalogue(), answers());
    let mut page = HEAD.to_owned();
    let is_answered = |row: &&Row| row.left_out.is_none();
    let rows = || sections.iter().flat_map(|section| &section.rows);
    let _ = writeln!(
        page,
        "\n{} of {} rows are answered, {} of these in part.\n\n| section | rows | answered | in part | left out |\n|---|---|---|---|---|",
        rows().filter(is_answered).count(),
        rows().count(),
        rows().filter(|row| row.but.is_some()).count(),
    );
    for Section { name, rows } in &sections {
        let answered = rows.iter().filter(is_answered).count();
        let partly = rows.iter().filter(|row| row.but.is_some()).count();
        let _ =
            writeln!(page, "| {name} | {} | {answered} | {partly} | {} |", rows.len(), rows.len() - answered);
    }
    page += "\n## Left out\n\n| id | what | why |\n|---|---|---|\n";
    for row in rows() {
        if let Some(reason) = &row.left_out {
            let _ = writeln!(page, "| {} | {} | {reason} |", row.id, row.asks);
        }
    }
    for Section { name, rows } in &sections {
        let _ = writeln!(page, "\n## {name}\n\n| id | what | answered by | but |\n|---|---|---|---|");
        for row in rows.iter().filter(is_answered) {
            let rules = answers.get(row.id.as_str()).into_iter().flatten();
            let mut by: Vec<_> = rules.map(|rule| format!("[{rule}](rules.md#{rule})")).collect();
            by.extend(row.elsewhere.clone());
            let but = row.but.as_deref().unwrap_or_default();
            let _ = writeln!(page, "| {} | {} | {} | {but} |", row.id, row.asks, by.join(", "));
        }
    }
    let beyond = rules::ALL.iter().filter(|rule| rule.covers.is_empty());
    page += "\n## Beyond it\n\nWhat no other checker looks for, and what is infragen's own.\n\n| rule | |\n|---|---|\n";
    for rule in beyond {
        let _ = writeln!(page, "| [{0}](rules.md#{0}) | {1} |", rule.id, rule.summary().replace('|', "\\|"));
    }
    page
}

#[test]
fn every_row_is_answered_or_left_out_with_a_reason() {
    let (sections, answers) = (catalogue(), answers());
    let mut known = BTreeSet::new();
    for row in sections.iter().flat_map(|section| &section.rows) {
        assert!(known.insert(row.id.as_str()), "{} stands twice", row.id);
        let is_answered = answers.contains_key(row.id.as_str()) || row.elsewhere.is_some();
        assert!(is_answered || row.left_out.is_some(), "no rule covers {}, and nothing says why", row.id);
        assert!(!is_answered || row.left_out.is_none(), "{} is covered, and left out", row.id);
        assert!(row.but.is_none() || is_answered, "{} is not covered, and says what of it is not", row.id);
    }
    for (row, rules) in answers {
        assert!(known.contains(row), "{rules:?} cover {row}, which is no row of the catalogue");
    }
}
