//! Names of objects, labels, ports, keys and variables.

/// A grammar of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// RFC 1123 label: up to 63 of lower-case letters, digits and `-`, at both ends a letter or digit.
    Label,
    /// RFC 1123 subdomain: labels joined by dots, up to 253 characters in all.
    Subdomain,
    /// As a subdomain, but the first part may be `*`.
    Wildcard,
    /// As before, but no address.
    Host,
    /// The beginning of a subdomain: it may end with `-`.
    Beginning,
    /// RFC 1035 label: as an RFC 1123 label, but it begins with a letter.
    Letter,
    /// One segment of a path: no `/` and no `%`, and neither `.` nor `..`.
    Segment,
    /// A port's: up to 15 of lower-case letters, digits and single `-`, with at least one letter.
    Port,
    /// An environment variable's: printable ASCII characters but `=`.
    Variable,
    /// A key of a ConfigMap or Secret: up to 253 of letters, digits, `-`, `_` and `.`.
    Key,
    /// A label's key: up to 63 of letters, digits, `-`, `_` and `.`, with an optional subdomain and `/` before.
    Qualified,
    /// A label's value: empty, or as a key without what may stand before it.
    Value,
    /// A domain that names are looked up in: as a subdomain, but with `_`, and with an optional dot at the end.
    Search,
    /// A setting of the kernel: parts of lower-case letters, digits, `-` and `_` between dots or `/`.
    Sysctl,
    /// An HTTP header's: letters, digits and `-`.
    Header,
    /// A path behind a domain: `example.com/controller`.
    Prefixed,
    /// A CSI driver's: as a subdomain in either case, up to 63 characters.
    Driver,
    /// A provisioner of storage: as a label's key, in either case.
    Provisioner,
}

impl Name {
    /// Whether the text is one.
    #[must_use]
    pub fn takes(self, text: &str) -> bool {
        match self {
            Self::Label => is_label(text),
            Self::Subdomain => is_subdomain(text),
            Self::Wildcard => is_subdomain(text.strip_prefix("*.").unwrap_or(text)) && text.len() <= 253,
            Self::Beginning => is_subdomain(text) || text.strip_suffix('-').is_some_and(is_subdomain),
            Self::Letter => is_label(text) && text.starts_with(|letter: char| letter.is_ascii_lowercase()),
            Self::Host => Self::Wildcard.takes(text) && text.parse::<std::net::IpAddr>().is_err(),
            Self::Segment => !matches!(text, "" | "." | "..") && !text.contains(['/', '%']),
            Self::Port => is_port(text),
            Self::Variable => {
                !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=')
            }
            Self::Key => is_key(text),
            Self::Qualified => match text.split_once('/') {
                Some((prefix, name)) => is_subdomain(prefix) && is_part(name),
                None => is_part(text),
            },
            Self::Value => text.is_empty() || is_part(text),
            Self::Search => text == "." || is_search(text.strip_suffix('.').unwrap_or(text)),
            Self::Sysctl => is_sysctl(text),
            Self::Header => {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }
            Self::Prefixed => text.split_once('/').is_some_and(|(domain, path)| {
                !path.is_empty() && is_subdomain(domain) && path.bytes().all(is_of_path)
            }),
            Self::Driver => text.len() <= 63 && is_subdomain(&text.to_ascii_lowercase()),
            Self::Provisioner => Self::Qualified.takes(&text.to_ascii_lowercase()),
        }
    }

    /// What the grammar asks for, in words.
    #[must_use]
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Label => {
                "up to 63 lower-case letters, digits and `-`, and begin and end with a letter or digit"
            }
            Self::Letter => "up to 63 lower-case letters, digits and `-`, and begin with a letter",
            Self::Subdomain | Self::Beginning => {
                "up to 253 lower-case letters, digits, `-` and `.`, and each part begin and end with a letter or digit"
            }
            Self::Wildcard => "a DNS name in lower case, which may begin with `*.`, without scheme and port",
            Self::Host => "a DNS name in lower case, which may begin with `*.`, and no address",
            Self::Segment => "no `.` or `..`, and contain neither `/` nor `%`",
            Self::Port => "up to 15 lower-case letters, digits and single `-`, with at least one letter",
            Self::Variable => "printable ASCII characters without `=`",
            Self::Key => "up to 253 letters, digits, `-`, `_` and `.`, and not begin with `..`",
            Self::Qualified | Self::Provisioner => {
                "up to 63 letters, digits, `-`, `_` and `.` between letters or digits, after an optional DNS name and `/`"
            }
            Self::Value => "empty, or up to 63 letters, digits, `-`, `_` and `.` between letters or digits",
            Self::Search => "a DNS name in lower case, which may have `_` and end with a dot",
            Self::Sysctl => "lower-case letters, digits, `-` and `_` between dots or `/`",
            Self::Header => "letters, digits and `-`",
            Self::Prefixed => "a DNS name, `/` and a path, such as `example.com/controller`",
            Self::Driver => "a DNS name of up to 63 characters",
        }
    }
}

fn is_lower(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_dns_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| is_lower(*byte) || *byte == b'-')
        && bytes.first().copied().is_some_and(is_lower)
        && bytes.last().copied().is_some_and(is_lower)
}

fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_dns_part(text)
}

fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_dns_part)
}

fn is_search(text: &str) -> bool {
    let is_part = |part: &str| {
        let plain = part.strip_prefix('_').unwrap_or(part);
        let ends = [plain.bytes().next(), plain.bytes().last()];
        ends.iter().all(|end| end.is_some_and(is_lower))
            && plain.bytes().all(|byte| is_lower(byte) || b"-_".contains(&byte))
    };
    text.len() <= 253 && text.split('.').all(is_part)
}

fn is_sysctl(text: &str) -> bool {
    let is_part = |part: &str| {
        let ends = [part.bytes().next(), part.bytes().last()];
        ends.iter().all(|end| end.is_some_and(is_lower))
            && part.bytes().all(|byte| is_lower(byte) || b"-_".contains(&byte))
    };
    text.len() <= 253 && text.split(['.', '/']).all(is_part)
}

/// What may stand in the path of a URL.
fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/%:@!$&'()*+,;=-._~".contains(&byte)
}

fn is_port(text: &str) -> bool {
    text.len() <= 15
        && is_dns_part(text)
        && !text.contains("--")
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_key(text: &str) -> bool {
    let all = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    all && (1..=253).contains(&text.len()) && text != "." && !text.starts_with("..")
}

fn is_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    (1..=63).contains(&text.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        && ends.iter().all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn each_grammar_takes_what_the_api_server_takes() {
        let long = |count: usize| "a".repeat(count);
        let cases: [(Name, &[&str], &[&str]); 18] = [
            (Name::Label, &["a", "0", "a-b", &long(63)], &["", "A", "-a", "a-", "a.b", "a_b", &long(64)]),
            (Name::Subdomain, &["a.b", &long(253), "0.0"], &["", "a..b", ".a", "a.", "A.b", &long(254)]),
            (Name::Wildcard, &["*.a.b", "a.b"], &["*", "*a.b", "a.*.b", "http://a", "a:80"]),
            (Name::Beginning, &["a.b", "a-"], &["", "-a", "A-"]),
            (Name::Letter, &["a1", "a-b"], &["", "1a", "a-", "A"]),
            (Name::Host, &["*.a.b", "a.b"], &["10.0.0.1", "A.b"]),
            (Name::Segment, &["system:node", "A b"], &["", ".", "..", "a/b", "a%b"]),
            (Name::Port, &["http", "a-1", "1a"], &["", "80", "a--b", "-a", "Http", &long(16)]),
            (Name::Variable, &["A", "a.b", "0 a", "_"], &["", "a=b", "ä", "a\tb"]),
            (Name::Key, &["a", ".env", "A_b-c.d", "a..b"], &["", ".", "..", "..a", "a/b", "a b"]),
            (
                Name::Qualified,
                &["a", "A_b", "a.b/C", "1"],
                &["", "a/", "/a", "A/b", "a/b/c", "_a", &long(64)],
            ),
            (Name::Value, &["", "a", "1.2.0_A"], &["a b", "-a", "a-", "a/b", &long(64)]),
            (Name::Search, &[".", "a.b.", "_a.b_c"], &["", "A", "-a", "a..b", "a b"]),
            (Name::Sysctl, &["net.ipv4.a_b", "net/ipv4/a"], &["", "A", "a..b", "-a", "a b"]),
            (Name::Header, &["X-A", "a"], &["", "a b", "a_b", "a:"]),
            (Name::Prefixed, &["a.b/c", "a/b/c"], &["", "a", "a/", "/a", "A/b", "a/b c"]),
            (Name::Driver, &["ebs.csi.aws.com", "A.b"], &["", "a b", &long(64)]),
            (Name::Provisioner, &["a.b/C", "A.b/c"], &["", "a/b/c", "-a"]),
        ];
        for (grammar, taken, refused) in cases {
            for text in taken {
                assert!(grammar.takes(text), "{grammar:?} `{text}`");
            }
            for text in refused {
                assert!(!grammar.takes(text), "{grammar:?} `{text}`");
            }
        }
    }
}
