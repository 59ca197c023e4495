//! The way from a document's root to one of its fields, as people write it: `spec.containers[0].image`.

use std::fmt;

use super::Text;

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into the field of this name.
    Field(Text),
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
        self.and([Step::Field(name.into())].into_iter())
    }

    /// Goes on through a chain of fields.
    #[must_use]
    pub fn fields(&self, names: &[&str]) -> Self {
        self.and(names.iter().map(|name| Step::Field((*name).into())))
    }

    /// Goes on into an item.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.and([Step::Index(index)].into_iter())
    }

    fn and(&self, more: impl ExactSizeIterator<Item = Step>) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + more.len());
        steps.extend_from_slice(&self.0);
        steps.extend(more);
        Self(steps)
    }

    /// Goes on by one step.
    #[must_use]
    pub fn step(self, step: &Step) -> Self {
        let mut steps = self.0;
        steps.push(step.clone());
        Self(steps)
    }

    /// The way to what holds the field, and the last step; nothing for the root.
    #[must_use]
    pub fn parted(&self) -> Option<(Self, &Step)> {
        let (last, above) = self.0.split_last()?;
        Some((Self(above.to_vec()), last))
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
                steps.push(Step::Field(name.into()));
                rest = after;
            } else if let Some((index, after)) =
                rest.strip_prefix('[').and_then(|bracketed| bracketed.split_once(']'))
            {
                steps.push(index.parse().map_or_else(|_| Step::Field(index.into()), Step::Index));
                rest = after;
            } else {
                rest = rest.strip_prefix('.').unwrap_or(rest);
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end > 0 {
                    steps.push(Step::Field(rest[..end].into()));
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
