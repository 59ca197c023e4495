//! The text of commands, with what differs between environments left open.

/// A Tera template, and the file that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

impl Template {
    /// A template and its file. [`crate::template!`] makes both of a path.
    #[must_use]
    pub fn new(path: &'static str, text: &'static str) -> Self {
        Self { file: path.trim_start_matches("../"), text }
    }
}

/// Takes a template from a file, by its path from this one, when the program is compiled:
/// a wrong path does not compile, and rendering reads no file.
#[macro_export]
macro_rules! template {
    ($path:literal) => {
        $crate::spec::pipeline::Template::new($path, include_str!($path))
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_template_is_named_as_from_the_top_of_the_tree() {
        let template = template!("../../../../codebuild/pull_request/build.sh.tera");
        assert_eq!(template.file, "codebuild/pull_request/build.sh.tera");
        assert_eq!(template.text, "cargo xtask test\n");
    }
}
