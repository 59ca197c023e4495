//! Paths of files and of requests.

/// A grammar of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// It begins with `/`.
    Absolute,
    /// No part of it is `..`.
    Descending,
    /// It does not begin with `/`, and no part of it is `..`.
    Relative,
    /// As before, and its first name does not begin with `..`, which the kubelet keeps for itself.
    Projected,
}

impl Path {
    /// Whether the text is one.
    #[must_use]
    pub fn takes(self, text: &str) -> bool {
        let descends = || text.split('/').all(|part| part != "..");
        match self {
            Self::Absolute => text.starts_with('/'),
            Self::Descending => descends(),
            Self::Relative => !text.starts_with('/') && descends(),
            Self::Projected => !text.starts_with('/') && !text.starts_with("..") && descends(),
        }
    }

    /// What the grammar asks for, in words.
    #[must_use]
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Absolute => "begin with `/`",
            Self::Descending => "have no `..`",
            Self::Relative => "be relative, and have no `..`",
            Self::Projected => "be relative, have no `..`, and not begin with two dots",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn each_grammar_takes_what_the_api_server_takes() {
        let cases: [(Path, &[&str], &[&str]); 4] = [
            (Path::Absolute, &["/", "/a/../b"], &["", "a"]),
            (Path::Descending, &["/a", "a..b", ""], &["..", "/a/..", "../a"]),
            (Path::Relative, &["a/b", "..a", ""], &["/a", "a/../b", ".."]),
            (Path::Projected, &["a", ".a", "a/..b"], &["..a", "..", "/a"]),
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
