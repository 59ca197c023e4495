//! Label selectors, as the API server reads them.

use crate::node::Node;

/// A label selector.
#[derive(Clone, Copy, Debug)]
pub struct Selector<'a> {
    equal: &'a [crate::node::Field],
    expressions: &'a [Node],
}

impl<'a> Selector<'a> {
    /// A selector with `matchLabels` and `matchExpressions`; an empty one takes everything.
    #[must_use]
    pub fn new(node: &'a Node) -> Self {
        Self {
            equal: node.get("matchLabels").map_or(&[], Node::fields),
            expressions: node.get("matchExpressions").map_or(&[], Node::items),
        }
    }

    /// A selector that is a plain map of labels, such as a Service's.
    #[must_use]
    pub fn of_labels(node: &'a Node) -> Self {
        Self { equal: node.fields(), expressions: &[] }
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.equal.is_empty() && self.expressions.is_empty()
    }

    /// The first label for which it asks a certain value.
    #[must_use]
    pub fn first_equal(&self) -> Option<(&'a str, &'a str)> {
        let wanted = self.equal.first()?;
        Some((&wanted.name, wanted.node.as_str().unwrap_or_default()))
    }

    /// The names of the labels that it asks for, when it asks nothing but certain values.
    #[must_use]
    pub fn labels(&self) -> Option<std::collections::BTreeSet<&'a str>> {
        self.expressions.is_empty().then(|| self.equal.iter().map(|wanted| wanted.name.as_str()).collect())
    }

    /// The first label that it asks for and these labels do not have.
    #[must_use]
    pub fn missing(&self, labels: Option<&Node>) -> Option<&'a str> {
        let value = |name: &str| labels.and_then(|labels| labels.text_at(&[name]));
        let unequal = self
            .equal
            .iter()
            .find(|wanted| wanted.node.as_str() != value(&wanted.name))
            .map(|wanted| wanted.name.as_str());
        unequal.or_else(|| {
            self.expressions.iter().find_map(|expression| {
                let key = expression.text_at(&["key"])?;
                (!holds(expression, value(key))).then_some(key)
            })
        })
    }

    /// Whether it takes what has these labels.
    #[must_use]
    pub fn takes(&self, labels: Option<&Node>) -> bool {
        self.missing(labels).is_none()
    }

    /// Whether it takes something with this label, whatever else that has.
    #[must_use]
    pub fn may_take(&self, name: &str, value: &str) -> bool {
        let equal = self.equal.iter().filter(|wanted| wanted.name == name);
        let mut expressions =
            self.expressions.iter().filter(|expression| expression.text_at(&["key"]) == Some(name));
        equal.map(|wanted| wanted.node.as_str()).all(|wanted| wanted == Some(value))
            && expressions.all(|expression| holds(expression, Some(value)))
    }
}

fn holds(expression: &Node, value: Option<&str>) -> bool {
    let among = || {
        let values = expression.get("values").map_or(&[][..], Node::items);
        values.iter().any(|item| value.is_some() && item.as_str() == value)
    };
    match expression.text_at(&["operator"]) {
        Some("In") => among(),
        Some("NotIn") => !among(),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;
    use crate::read;

    #[test]
    fn a_selector_takes_what_the_api_server_would() {
        let labels = read::objects("{app: web, tier: front}").unwrap().remove(0);
        let cases = [
            ("{}", true),
            ("{matchLabels: {app: web}}", true),
            ("{matchLabels: {app: web, tier: back}}", false),
            ("{matchExpressions: [{key: app, operator: In, values: [api, web]}]}", true),
            ("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", false),
            ("{matchExpressions: [{key: none, operator: NotIn, values: [web]}]}", true),
            ("{matchExpressions: [{key: none, operator: Exists}]}", false),
            ("{matchExpressions: [{key: none, operator: DoesNotExist}]}", true),
            ("{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]}", false),
        ];
        for (text, expected) in cases {
            let node = read::objects(text).unwrap().remove(0);
            assert_eq!(Selector::new(&node).takes(Some(&labels)), expected, "{text}");
        }
    }
}
