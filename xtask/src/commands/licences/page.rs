//! The page: a line for each, and each text once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::linked::Linked;

/// The page of everything that is linked.
pub(super) fn page(linked: &[Linked]) -> anyhow::Result<String> {
    let mut page = String::from(
        "What is linked into coworking-analytics, with the licence of each, and the texts of these licences.\n\
         Made by `cargo xtask licences`.\n\n",
    );
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in linked {
        writeln!(page, "{} {}: {}", one.name, one.version, one.licence)?;
        for text in &one.texts {
            let users = texts.entry(text).or_default();
            if users.last() != Some(&one.name.as_str()) {
                users.push(&one.name);
            }
        }
    }
    // The crates of the standard library have the compiler's licence, and its version is the builder's matter.
    writeln!(page, "the Rust standard library: MIT OR Apache-2.0")?;
    let mut texts: Vec<(&str, Vec<&str>)> = texts.into_iter().collect();
    texts.sort_by_key(|(_, users)| users.join(" "));
    for (text, users) in texts {
        write!(page, "\n{}\n{}\n\n{text}", "=".repeat(100), users.join(", "))?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_once_with_all_that_use_it() {
        let one = |name: &str, text: &str| Linked {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            own: false,
            purl: String::new(),
            texts: vec![text.to_owned()],
        };
        let page = page(&[one("a", "Be free.\n"), one("b", "Be kind.\n"), one("c", "Be free.\n")]).unwrap();
        assert_eq!(page.matches("Be free.").count(), 1);
        assert!(page.contains("\na, c\n\nBe free.\n"), "{page}");
        assert!(page.contains("\nb 1.0.0: MIT\n"), "{page}");
    }
}
