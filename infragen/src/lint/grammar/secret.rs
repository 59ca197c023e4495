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
#[must_use]
pub fn form(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    let token = TOKENS.iter().find(|(start, length, _)| {
        text.match_indices(start).any(|(at, _)| {
            let is_alone = !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric());
            let rest = &text[at + start.len()..];
            let end =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
            // Documentation's own examples say so.
            is_alone && end >= *length && !rest[..end].contains("EXAMPLE")
        })
    });
    token.map(|(_, _, kind)| *kind).or_else(|| has_password(text).then_some("a URL with a password"))
}

fn has_password(text: &str) -> bool {
    text.match_indices("://").any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'".contains(c)).unwrap_or(rest.len());
        let password = rest[..end].rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        // A reference or a placeholder is none: `$(X)`, `${X}`, `{{ x }}`, `<password>`, `***`.
        password.is_some_and(|(_, password)| {
            !password.is_empty() && !password.contains(['$', '{', '<', '*', '%'])
        })
    })
}
