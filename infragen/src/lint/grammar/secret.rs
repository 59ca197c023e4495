//! What a secret looks like: by the name of what holds it, and by its own form.

/// What a credential begins with, how many letters and digits follow at least, and what it is.
const TOKENS: [(&str, usize, &str); 11] = [
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("github_pat_", 22, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("xoxb-", 10, "a token of Slack"),
    ("xoxp-", 10, "a token of Slack"),
    ("AIza", 35, "an API key of Google"),
    ("sk_live_", 24, "a key of Stripe"),
];

const WORDS: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "secretkey",
    "secretaccesskey",
    "apikey",
    "privatekey",
    "accesstoken",
    "authtoken",
    "apitoken",
    "token",
];

/// Whether the name ends with words such as `PASSWORD` or `API_KEY`, however they are joined.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let joined: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    WORDS.iter().any(|word| joined.ends_with(word))
}

/// Whether the value can be a secret: no reference, no path, no switch, no number.
#[must_use]
pub fn is_literal(value: &str) -> bool {
    let value = value.trim();
    let is_reference = value.contains("$(") || value.contains("${") || value.contains("{{");
    let is_switch = matches!(value, "" | "true" | "false" | "yes" | "no" | "none" | "null");
    !is_reference && !is_switch && !value.starts_with('/') && value.parse::<f64>().is_err()
}

/// The credential that the text holds, told by its form, if it holds one.
///
/// It is asked about every text of every object, so what cannot be one is told apart by its length and its first letter.
#[must_use]
pub fn form(text: &str) -> Option<&'static str> {
    if text.len() >= KEY.0.len() + KEY.1.len() && text.contains(KEY.0) && text.contains(KEY.1) {
        return Some("a private key");
    }
    token(text).or_else(|| has_password(text).then_some("a URL with a password"))
}

/// How a private key begins, and how this line ends.
const KEY: (&str, &str) = ("-----BEGIN ", "PRIVATE KEY-----");

fn token(text: &str) -> Option<&'static str> {
    let mut before = b' ';
    text.bytes().enumerate().find_map(|(at, byte)| {
        let is_alone = !std::mem::replace(&mut before, byte).is_ascii_alphanumeric();
        if !is_alone || !matches!(byte, b'A' | b'g' | b's' | b'x') {
            return None;
        }
        let (_, _, kind) = TOKENS.iter().find(|(start, length, _)| {
            let Some(rest) = text[at..].strip_prefix(start) else { return false };
            let end =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
            // Documentation's own examples say so.
            end >= *length && !rest[..end].contains("EXAMPLE")
        })?;
        Some(*kind)
    })
}

fn has_password(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let Some(rest) = text[at..].strip_prefix("://") else { return false };
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'".contains(c)).unwrap_or(rest.len());
        let password = rest[..end].rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        // A reference or a placeholder is none: `$(X)`, `${X}`, `{{ x }}`, `<password>`, `***`.
        password.is_some_and(|(_, password)| {
            !password.is_empty() && !password.contains(['$', '{', '<', '*', '%'])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{TOKENS, form};

    #[test]
    fn every_token_is_known_by_its_first_letter() {
        for (start, length, kind) in TOKENS {
            assert_eq!(form(&format!("é {start}{}", "a".repeat(length))), Some(kind), "{start}");
            assert_eq!(form(&format!("a{start}{}", "a".repeat(length))), None, "{start}");
        }
    }
}
