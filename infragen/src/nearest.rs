//! What somebody probably meant.

/// How alike two words are at least for one to be offered for the other, of 1.
const LIKENESS: f64 = 0.65;

/// The known word that is most like what was asked for, if any is.
#[must_use]
pub fn nearest<'k>(asked: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let asked = asked.to_lowercase();
    let likeness = |word: &str| {
        let word = word.to_lowercase();
        strsim::jaro_winkler(&asked, &word).max(strsim::normalized_damerau_levenshtein(&asked, &word))
    };
    let alike = known.into_iter().map(|word| (likeness(word), word));
    alike
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_the_word() {
        let environments = ["dev", "staging", "prod"];
        for (asked, meant) in [
            ("prd", Some("prod")),
            ("production", Some("prod")),
            ("stag", Some("staging")),
            ("DEV", Some("dev")),
            ("elsewhere", None),
        ] {
            assert_eq!(nearest(asked, environments), meant, "{asked}");
        }
        assert_eq!(nearest("tga", ["tag", "digest"]), Some("tag"));
    }
}
