//! The way from a document's root to one of its fields, as people write it: `spec.containers[0].image`.

use std::fmt;

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into the field of this name.
    Field(String),
    /// Into the item at this index.
    Index(usize),
}

/// The way from a document's root to a field. The empty path is the root itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    /// The root.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// Goes on into a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name.to_owned()));
        Self(steps)
    }

    /// Goes on through a chain of fields.
    #[must_use]
    pub fn fields(&self, names: &[&str]) -> Self {
        let mut steps = self.0.clone();
        steps.extend(names.iter().map(|name| Step::Field((*name).to_owned())));
        Self(steps)
    }

    /// Goes on into an item.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Index(index));
        Self(steps)
    }

    /// Goes on by one step.
    #[must_use]
    pub fn step(self, step: &Step) -> Self {
        let mut steps = self.0;
        steps.push(step.clone());
        Self(steps)
    }

    /// The steps, first to last.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Reads what [`fmt::Display`] writes: names between dots, indices in brackets, odd names quoted in brackets.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some((name, after)) = rest.strip_prefix("[\"").and_then(|quoted| quoted.split_once("\"]"))
            {
                steps.push(Step::Field(name.to_owned()));
                rest = after;
            } else if let Some((index, after)) =
                rest.strip_prefix('[').and_then(|bracketed| bracketed.split_once(']'))
            {
                steps.push(index.parse().map_or_else(|_| Step::Field(index.to_owned()), Step::Index));
                rest = after;
            } else {
                rest = rest.strip_prefix('.').unwrap_or(rest);
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end > 0 {
                    steps.push(Step::Field(rest[..end].to_owned()));
                }
                rest = &rest[end..];
            }
        }
        Self(steps)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if name.is_empty() || name.contains(['.', '[', ']', '"', '/']) => {
                    write!(f, "[\"{name}\"]")?;
                }
                Step::Field(name) if position == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::FieldPath;

    #[test]
    fn a_path_reads_back_as_it_was_written() {
        let path = FieldPath::root()
            .fields(&["spec", "containers"])
            .index(0)
            .field("annotations")
            .field("app.kubernetes.io/name");
        let text = path.to_string();
        assert_eq!(text, "spec.containers[0].annotations[\"app.kubernetes.io/name\"]");
        assert_eq!(FieldPath::parse(&text), path);
    }
}
