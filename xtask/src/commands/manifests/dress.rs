//! The ways in which people write the same things down.

use serde::Deserialize as _;
use serde_json::{Value, json};

use super::random::Random;
use super::team::{File, indented};

/// Writes some files otherwise: as JSON, as a list, with CRLF, with a byte order mark.
pub(super) fn dress(file: File, random: &mut Random) -> File {
    match random.below(40) {
        0..4 => json(file),
        4..6 => list(file),
        6 => File { text: file.text.replace('\n', "\r\n"), ..file },
        7 => File { text: format!("\u{FEFF}{}", file.text), ..file },
        8 => File { text: format!("---\n{}---\n# Nothing more.\n", file.text), ..file },
        9..13 => File { text: format!("{}{}", licence(random), file.text), ..file },
        _ => file,
    }
}

fn json(file: File) -> File {
    let mut documents = values(&file.text);
    let value = match documents.len() {
        1 => documents.remove(0),
        _ => json!({ "apiVersion": "v1", "kind": "List", "items": documents }),
    };
    File { name: file.name.replace(".yaml", ".json"), text: format!("{value:#}\n") }
}

fn list(file: File) -> File {
    // An item begins with its first field, which the comment of the file stands before.
    let items = file.text.split("---\n").map(|document| {
        let lines = document.lines().filter(|line| !line.starts_with('#'));
        let item = indented(&lines.map(|line| format!("{line}\n")).collect::<String>(), 4);
        format!("  - {}", &item[4..])
    });
    File { text: format!("apiVersion: v1\nkind: List\nitems:\n{}", items.collect::<String>()), ..file }
}

fn values(text: &str) -> Vec<Value> {
    let documents = serde_yaml::Deserializer::from_str(text);
    documents.filter_map(|document| Value::deserialize(document).ok()).collect()
}

fn licence(random: &mut Random) -> String {
    format!(
        "#
# Copyright {} Example Ltd. All rights reserved.
# Changes go through the pipeline, and are reviewed by the owner.
#
",
        2019 + random.below(8)
    )
}
