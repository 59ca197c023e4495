//! Where the keys of a file of TOML stand.

use std::collections::BTreeMap;

/// The line of each key, by the whole key; first is 1. What stands inside of a value is left out.
pub(super) fn lines(text: &str) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    let mut table = String::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let whole = |key: &str| {
            let key = key.trim().replace(['"', '\''], "");
            if table.is_empty() { key } else { format!("{table}.{key}") }
        };
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            table = header.0.trim_matches(['[', ' ']).replace(['"', '\''], "");
            let ends = table.match_indices('.').map(|(end, _)| end).chain([table.len()]);
            for end in ends {
                lines.entry(table[..end].to_owned()).or_insert(index + 1);
            }
        } else if let Some((key, _)) = line.split_once('=')
            && !line.starts_with('#')
        {
            lines.entry(whole(key)).or_insert(index + 1);
        }
    }
    lines
}

/// The line of a key, or of the nearest that holds it.
pub(super) fn line_of(lines: &BTreeMap<String, usize>, key: &str) -> Option<usize> {
    let mut key = key;
    loop {
        if let Some(line) = lines.get(key) {
            return Some(*line);
        }
        key = key.rsplit_once('.')?.0;
    }
}

#[cfg(test)]
mod tests {
    use super::{line_of, lines};

    #[test]
    fn each_key_has_its_line() {
        let lines = lines(
            "version = '1'\n# a = 1\n\n[validate]\nignore = [\n  'a',\n]\n[images.\"a\"]\ntag = 'x=y'\n",
        );
        let line = |key: &str| line_of(&lines, key);
        assert_eq!(
            (line("version"), line("validate.ignore"), line("images.a.tag")),
            (Some(1), Some(5), Some(9))
        );
        assert_eq!((line("validate.ignore.0"), line("images"), line("nobody")), (Some(5), Some(8), None));
    }
}
