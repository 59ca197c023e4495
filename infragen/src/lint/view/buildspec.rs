//! A CodeBuild buildspec as rules see it.

use crate::bundle::Document;
use crate::node::{FieldPath, Node};

/// A CodeBuild buildspec.
#[derive(Clone, Copy, Debug)]
pub struct Buildspec<'a> {
    /// The document that holds it.
    pub document: &'a Document,
    /// Its root.
    pub node: &'a Node,
}

/// One command of a phase.
#[derive(Clone, Copy, Debug)]
pub struct Command<'a> {
    /// The phase.
    pub phase: &'a str,
    /// `commands` or `finally`.
    pub list: &'static str,
    /// Its place in the list.
    pub index: usize,
    /// The script.
    pub text: &'a str,
}

/// One build of a batch that lists its builds.
#[derive(Clone, Debug)]
pub struct BatchBuild<'a> {
    /// Where it stands.
    pub path: FieldPath,
    /// What it is called, or nothing.
    pub identifier: &'a str,
    /// The build.
    pub node: &'a Node,
}

impl<'a> Buildspec<'a> {
    /// Its phases, by name.
    pub fn phases(&self) -> impl Iterator<Item = (&'a str, &'a Node)> {
        self.fields(&["phases"]).iter().map(|field| (field.name.as_str(), &field.node))
    }

    /// The path of a chain of fields below one phase.
    #[must_use]
    pub fn phase_path(&self, phase: &str, names: &[&str]) -> FieldPath {
        FieldPath::root().fields(&["phases", phase]).fields(names)
    }

    /// The commands of all phases that are text, in the order in which they run.
    pub fn commands(&self) -> impl Iterator<Item = Command<'a>> {
        self.phases().flat_map(|(phase, node)| {
            ["commands", "finally"].into_iter().flat_map(move |list| {
                let commands = node.get(list).map_or(&[][..], Node::items).iter().enumerate();
                commands.filter_map(move |(index, command)| {
                    command.as_str().map(|text| Command { phase, list, index, text })
                })
            })
        })
    }

    /// The commands of one phase.
    pub fn commands_of(&self, phase: &'a str) -> impl Iterator<Item = Command<'a>> {
        self.commands().filter(move |command| command.phase == phase)
    }

    /// The variables of the `env` of all its builds that stand there in plain text, each with its path.
    pub fn variables(&self) -> impl Iterator<Item = (FieldPath, &'a str, &'a Node)> {
        let own = FieldPath::root().fields(&["env"]);
        let batch = self.builds().into_iter().map(|build| (build.path.field("env"), build.node.get("env")));
        std::iter::once((own, self.node.get("env"))).chain(batch).flat_map(|(path, env)| {
            let variables = env.and_then(|env| env.get("variables")).map_or(&[][..], Node::fields);
            variables.iter().map(move |field| {
                (path.field("variables").field(&field.name), field.name.as_str(), &field.node)
            })
        })
    }

    /// The names of the variables that hold secrets.
    pub fn secrets(&self) -> impl Iterator<Item = &'a str> {
        let parameters = self.fields(&["env", "parameter-store"]).iter();
        parameters.chain(self.fields(&["env", "secrets-manager"])).map(|field| field.name.as_str())
    }

    /// The builds of a `build-graph` or `build-list`.
    #[must_use]
    pub fn builds(&self) -> Vec<BatchBuild<'a>> {
        let lists = ["build-graph", "build-list"].into_iter();
        let builds = lists.flat_map(|list| {
            let builds = self.node.at(&["batch", list]).map_or(&[][..], Node::items).iter().enumerate();
            builds.map(move |(index, node)| BatchBuild {
                path: FieldPath::root().fields(&["batch", list]).index(index),
                identifier: node.text_at(&["identifier"]).unwrap_or_default(),
                node,
            })
        });
        builds.collect()
    }

    fn fields(&self, names: &[&str]) -> &'a [crate::node::Field] {
        self.node.at(names).map_or(&[][..], Node::fields)
    }
}

impl Command<'_> {
    /// Where it stands.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        FieldPath::root().fields(&["phases", self.phase, self.list]).index(self.index)
    }

    /// What it is called in a message.
    #[must_use]
    pub fn told(&self) -> String {
        let list = if self.list == "finally" { "`finally` of " } else { "" };
        format!("command {} of {list}phase `{}`", self.index, self.phase)
    }
}
