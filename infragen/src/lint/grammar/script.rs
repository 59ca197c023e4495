//! As much of a shell's grammar as tells quotes, comments and statements apart in a command of a build.

use std::borrow::Cow;

/// What a character of a script stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Nothing,
    Single,
    Double,
    Comment,
}

/// The script without comments and here-documents, and with the insides of single quotes left out: what the shell itself
/// looks at.
#[must_use]
pub fn unquoted(script: &str) -> String {
    let text = without_here_documents(script);
    let mut kept = String::with_capacity(text.len());
    walk(&text, |character, within| {
        if matches!(within, Within::Nothing | Within::Double) {
            kept.push(character);
        }
    });
    kept
}

/// The insides of its single quotes, each with the command that they stand in.
#[must_use]
pub fn single_quoted(script: &str) -> Vec<String> {
    let text = without_here_documents(script);
    let mut found = vec![String::new()];
    let mut was = Within::Nothing;
    walk(&text, |character, within| {
        if within == Within::Single && character != '\'' {
            if let Some(last) = found.last_mut() {
                last.push(character);
            }
        } else if was == Within::Single {
            found.push(String::new());
        }
        was = within;
    });
    found.retain(|inside| !inside.is_empty());
    found
}

/// The quote that is opened and never closed, if one is; nothing where this grammar is too small to tell.
#[must_use]
pub fn open_quote(script: &str) -> Option<char> {
    let is_too_deep = script.contains("$(") || script.contains('`') || script.contains("$'");
    if is_too_deep || script.contains("<<") {
        return None;
    }
    match walk(script, |_, _| {}) {
        Within::Single => Some('\''),
        Within::Double => Some('"'),
        Within::Nothing | Within::Comment => None,
    }
}

/// Its lines that do something, each with those that continue it; comments and here-documents are left out.
#[must_use]
pub fn statements(script: &str) -> Vec<String> {
    let text = without_here_documents(script).replace("\\\n", " ");
    let mut whole = String::with_capacity(text.len());
    walk(&text, |character, within| match (character, within) {
        (_, Within::Comment) => {}
        // A line break inside of quotes ends no statement.
        ('\n', Within::Single | Within::Double) => whole.push(' '),
        _ => whole.push(character),
    });
    whole.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Shows each character with what it stands in; returns what the end stands in.
fn walk(script: &str, mut see: impl FnMut(char, Within)) -> Within {
    let mut within = Within::Nothing;
    let mut before = '\n';
    let mut escaped = false;
    for character in script.chars() {
        let starts_a_word = before.is_whitespace() || matches!(before, ';' | '(' | '&' | '|');
        within = match (within, character) {
            (Within::Comment, '\n') => {
                see(character, Within::Nothing);
                before = character;
                within = Within::Nothing;
                continue;
            }
            (Within::Single, '\'') => {
                see(character, within);
                before = character;
                within = Within::Nothing;
                continue;
            }
            (Within::Double, '"') if !escaped => {
                see(character, within);
                before = character;
                within = Within::Nothing;
                continue;
            }
            (Within::Nothing, '\'') if !escaped => Within::Single,
            (Within::Nothing, '"') if !escaped => Within::Double,
            (Within::Nothing, '#') if starts_a_word && !escaped => Within::Comment,
            (same, _) => same,
        };
        see(character, within);
        escaped = character == '\\' && !escaped && within != Within::Single;
        before = character;
    }
    within
}

/// The script without the bodies of `<<END`.
fn without_here_documents(script: &str) -> Cow<'_, str> {
    if !script.contains("<<") {
        return Cow::Borrowed(script);
    }
    let mut kept = String::with_capacity(script.len());
    let mut end: Option<String> = None;
    for line in script.lines() {
        match &end {
            Some(word) if line.trim() == word => end = None,
            Some(_) => {}
            None => {
                end = here_document(line);
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    Cow::Owned(kept)
}

/// The word that ends the here-document which the line begins.
fn here_document(line: &str) -> Option<String> {
    let at = line.find("<<").filter(|at| !line[at + 2..].starts_with('<'))?;
    let word = line[at + 2..].trim_start_matches('-').trim_start();
    let word: String = word.chars().take_while(|c| !c.is_whitespace() && !";|&)".contains(*c)).collect();
    let word: String = word.chars().filter(|c| !"'\"\\".contains(*c)).collect();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shell_looks_at_is_told_from_what_it_does_not() {
        for (script, expected) in [
            ("echo 'a $B' c", "echo  c"),
            ("echo \"a $B\" # $C", "echo \"a $B\" "),
            ("echo a#b", "echo a#b"),
            (r"echo \'a\'", r"echo \'a\'"),
            ("cat <<'EOF'\n[[ x ]]\nEOF\nls", "cat <<\nls\n"),
            ("echo \"it's\" x", "echo \"it's\" x"),
        ] {
            assert_eq!(unquoted(script), expected, "{script}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        for (script, expected) in [
            ("echo \"a", Some('"')),
            ("echo 'a", Some('\'')),
            ("echo \"it's\"", None),
            ("echo a # it's", None),
            (r#"echo \""#, None),
            (r#"echo "\"""#, None),
            ("echo \"$(echo \"a)", None),
        ] {
            assert_eq!(open_quote(script), expected, "{script}");
        }
    }

    #[test]
    fn statements_are_lines_with_those_that_continue_them() {
        let script =
            "# first\ndocker build \\\n  --tag x .\n\necho \"a\nb\" # told\ncat <<EOF\nnot this\nEOF\n";
        assert_eq!(statements(script), ["docker build    --tag x .", "echo \"a b\"", "cat <<EOF"]);
    }

    #[test]
    fn the_insides_of_single_quotes_are_found() {
        assert_eq!(single_quoted("echo 'a' \"it's\" 'b c'"), ["a", "b c"]);
    }
}
