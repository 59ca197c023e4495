//! Objects of JSON that stand one behind the other, with nothing between them: kubectl takes them, and YAML does not.

use serde::de::IgnoredAny;

/// Where the object begins that follows the one which begins here; nothing where this is the last, or no JSON.
///
/// As in kubectl, what follows may be YAML itself.
pub(super) fn next(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if !rest.trim_start().starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let behind = &rest[values.byte_offset()..];
    let next = behind.trim_start();
    next.starts_with('{').then(|| start + rest.len() - next.len())
}

#[cfg(test)]
mod tests {
    use crate::read::documents;

    #[test]
    fn objects_of_json_may_stand_one_behind_the_other() {
        for text in [
            "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n",
            "{\"a\": 1}{\"a\": 2}{\"a\": 3}",
            "\u{FEFF} {\n  \"a\": 1\n}\n\n{\n  \"a\": 2\n}\n{a: 3}\n---\n# nothing\n",
        ] {
            let nodes = documents(text).unwrap();
            let numbers: Vec<_> = nodes.iter().map(|node| node.get("a").unwrap().as_i64()).collect();
            assert_eq!(numbers, [Some(1), Some(2), Some(3)], "{text}");
            for node in nodes {
                assert_eq!(&text[node.place.0 as usize..][..1], "{", "{text}");
            }
        }
    }

    #[test]
    fn an_error_in_a_later_one_has_its_place_in_the_text() {
        for (text, expected) in [
            ("{\"a\": 1}\n{\"a\": 1,\n \"a\": 2}", "line 3, column 2: the key `a` stands here twice"),
            ("{\"a\": 1} {\"b\": 1, \"b\": 2}", "line 1, column 19: the key `b` stands here twice"),
            ("{\"a\": 1}\n{\"a\": ]}", "line 2, column 8"),
            // One of YAML is followed by none.
            ("{a: 1}\n{a: 2}", "line 2, column 1"),
        ] {
            let error = documents(text).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{text}: {error}");
        }
    }
}
