//! Which image a container runs: a repository, with a tag, a digest, or both.

use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{Digest, ImageTag, Nonsense, digest, image_tag, repository, scan};

/// Writes a [`ImageRef`] that the compiler has checked: `image!("postgres:17.2")`.
#[macro_export]
macro_rules! image {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::ImageRef = $crate::spec::quantity::ImageRef::literal($text);
        CHECKED
    }};
}

text! {
    /// A reference that means the same image tomorrow: `repository:tag`, `repository@digest` or both, the tag
    /// never `latest`.
    #[derive(PartialOrd, Ord)]
    ImageRef, "image reference"
}

impl ImageRef {
    /// Joins a repository with a tag, a digest, or both.
    pub fn new(repository: &str, tag: Option<&ImageTag>, digest: Option<&Digest>) -> Result<Self, Nonsense> {
        if let Err(mistake) = repository::check(repository.as_bytes()) {
            return Err(Nonsense::new("repository", repository, mistake));
        }
        let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = digest.map(|digest| format!("@{digest}")).unwrap_or_default();
        Self::parse(&format!("{repository}{tag}{digest}"))
    }

    /// The registry and path: `postgres` of `postgres:17.2`.
    pub fn repository(&self) -> &str {
        let named = self.named();
        self.tag().map_or(named, |tag| &named[..named.len() - tag.len() - 1])
    }

    /// The tag: `17.2` of `postgres:17.2`.
    pub fn tag(&self) -> Option<&str> {
        self.named().rsplit_once(':').map(|(_, tag)| tag).filter(|tag| !tag.contains('/'))
    }

    /// The digest, with `sha256:`.
    pub fn digest(&self) -> Option<&str> {
        self.0.split_once('@').map(|(_, digest)| digest)
    }

    /// What stands before the digest.
    fn named(&self) -> &str {
        self.0.split_once('@').map_or(self.as_str(), |(named, _)| named)
    }
}

const EMPTY: Mistake = mistake!("an image is missing", "write repository and tag: postgres:17.2");
const NO_TAG: Mistake = mistake!(
    "an image without a tag is `latest`, another image tomorrow",
    "write the version: postgres:17.2"
);
const TEMPLATE: Mistake =
    mistake!("an image holds no variable", "read the tag from the settings, and join it with ImageRef::new");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    if scan::find(text, b'$').is_some() || scan::find(text, b'{').is_some() {
        return Err(TEMPLATE);
    }
    let (named, digest) = scan::split(text, b'@');
    let (repository, tag) = match (scan::find_last(named, b':'), scan::find_last(named, b'/')) {
        (Some(colon), Some(slash)) if colon < slash => (named, None),
        (Some(colon), _) => (named.split_at(colon).0, Some(named.split_at(colon + 1).1)),
        (None, _) => (named, None),
    };
    let checks = [
        repository::check(repository),
        match tag {
            Some(tag) => image_tag::check(tag),
            None if digest.is_none() => Err(NO_TAG),
            None => Ok(()),
        },
        match digest {
            Some(digest) => digest::check(digest),
            None => Ok(()),
        },
    ];
    match checks {
        [Err(mistake), ..] | [_, Err(mistake), _] | [.., Err(mistake)] => Err(mistake),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<ImageRef>(&[
            "postgres:15.10",
            "localhost:5000/api:1",
            "ghcr.io/team/api:1.4.2",
            &format!("nginx@sha256:{}", "0a".repeat(32)),
            &format!("a:5/b:1@sha256:{}", "0a".repeat(32)),
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<ImageRef>(&[
            ("", EMPTY),
            ("nginx", NO_TAG),
            ("localhost:5000/api", NO_TAG),
            ("nginx:${TAG}", TEMPLATE),
            ("{{image}}", TEMPLATE),
        ]);
    }

    #[test]
    fn each_part_has_its_own_rules() {
        let short = format!("{}@sha256:0a", "nginx");
        for (text, about) in
            [("nginx:latest", "latest"), ("Nginx:1", "lower case"), (&short, "64 hexadecimal")]
        {
            let nonsense = ImageRef::parse(text).unwrap_err();
            assert!(nonsense.mistake().message().contains(about), "{nonsense}");
        }
        assert!(ImageRef::parse("nginx:").is_err());
        assert!(ImageRef::parse("nginx:1@").is_err());
    }

    #[test]
    fn takes_itself_apart() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        for (text, parts) in [
            ("postgres:15.10".to_owned(), ("postgres", Some("15.10"), None)),
            ("localhost:5000/api:1".to_owned(), ("localhost:5000/api", Some("1"), None)),
            (format!("localhost:5000/api@{digest}"), ("localhost:5000/api", None, Some(digest.as_str()))),
            (format!("a:5/b:1@{digest}"), ("a:5/b", Some("1"), Some(digest.as_str()))),
        ] {
            let image = ImageRef::parse(&text).unwrap();
            assert_eq!((image.repository(), image.tag(), image.digest()), parts, "{text}");
        }
    }

    #[test]
    fn joins_its_parts() {
        let digest = Digest::parse(&format!("sha256:{}", "0a".repeat(32))).unwrap();
        let both = ImageRef::new("ghcr.io/api", Some(&crate::tag!("1.4.2")), Some(&digest)).unwrap();
        assert_eq!(both.as_str(), format!("ghcr.io/api:1.4.2@{digest}"));
        assert_eq!(ImageRef::new("api", None, None).unwrap_err().mistake(), NO_TAG);
        let nonsense = ImageRef::new("API", None, None).unwrap_err();
        assert_eq!((nonsense.kind(), nonsense.value()), ("repository", "API"));
    }
}
