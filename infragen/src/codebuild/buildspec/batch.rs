//! `batch`: builds that run together, in one of four ways.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{List, off};

/// Builds that run together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Batch {
    /// Whether the first failure stops the others.
    #[serde(skip_serializing_if = "off")]
    pub fast_fail: bool,
    /// The builds. There is one kind in a batch.
    #[serde(flatten)]
    pub builds: BuildKind,
}

/// How the builds of a batch hang together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuildKind {
    /// Some wait for others.
    BuildGraph(Graph),
    /// All run at once.
    BuildList(List<ListBuild>),
    /// One build for each combination of values.
    BuildMatrix(Matrix),
    /// The tests are dealt out, with `codebuild-tests-run`.
    BuildFanout(Fanout),
}

/// Builds of which some wait for others. What a build waits for was added before, so there is no cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Graph(Vec<GraphBuild>);

/// A build of a [`Graph`], for others to wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BuildHandle(String);

/// One build of a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GraphBuild {
    #[serde(flatten)]
    build: ListBuild,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    depend_on: Vec<BuildHandle>,
}

/// One build of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListBuild {
    /// What the build is called within its batch.
    pub identifier: String,
    /// Its buildspec's file; this one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buildspec: Option<String>,
    /// Whether one can open a session in it.
    #[serde(skip_serializing_if = "off")]
    pub debug_session: bool,
    /// What it runs on; as the project says when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<BuildEnvironment>,
    /// Whether the batch succeeds without it.
    #[serde(skip_serializing_if = "off")]
    pub ignore_failure: bool,
}

/// What one build of a batch runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BuildEnvironment {
    /// Which machines.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Which image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Whether it may run Docker.
    #[serde(skip_serializing_if = "off")]
    pub privileged_mode: bool,
    /// The environment's type, such as `LINUX_CONTAINER`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Variables, in plain text.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
}

/// Which machines a build runs on: on demand or of a fleet, never both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// On demand, such as `BUILD_GENERAL1_SMALL`.
    ComputeType(String),
    /// Of a reserved fleet.
    Fleet(String),
}

/// One build for each combination of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// What all have in common.
    #[serde(rename = "static")]
    pub common: MatrixStatic,
    /// What differs.
    pub dynamic: MatrixDynamic,
}

/// What all builds of a matrix have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatrixStatic {
    /// Whether the batch succeeds when one fails.
    #[serde(skip_serializing_if = "off")]
    pub ignore_failure: bool,
    /// What they run on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<MatrixStaticEnvironment>,
}

/// What all builds of a matrix run on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatrixStaticEnvironment {
    /// Whether they may run Docker.
    #[serde(skip_serializing_if = "off")]
    pub privileged_mode: bool,
    /// The environment's type, such as `LINUX_CONTAINER`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// What differs among the builds of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MatrixDynamic {
    /// Their buildspecs' files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buildspec: Vec<String>,
    /// What they run on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<MatrixDynamicEnvironment>,
}

/// What the builds of a matrix run on, each in turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatrixDynamicEnvironment {
    /// The compute types.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compute_type: Vec<String>,
    /// The images.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    /// The values of each variable.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, List<String>>,
}

/// Tests that are dealt out to builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fanout {
    /// To how many.
    pub parallelism: std::num::NonZeroU32,
    /// Whether the batch succeeds when one fails.
    #[serde(skip_serializing_if = "off")]
    pub ignore_failure: bool,
}

impl ListBuild {
    /// A build as the project says.
    #[must_use]
    pub fn new(identifier: impl Into<String>) -> Self {
        Self {
            identifier: identifier.into(),
            buildspec: None,
            debug_session: false,
            env: None,
            ignore_failure: false,
        }
    }
}

impl Graph {
    /// A graph of one build.
    #[must_use]
    pub fn new(first: ListBuild) -> (Self, BuildHandle) {
        let mut graph = Self(Vec::new());
        let handle = graph.add(first, []);
        (graph, handle)
    }

    /// Adds a build that waits for these.
    pub fn add(&mut self, build: ListBuild, after: impl IntoIterator<Item = BuildHandle>) -> BuildHandle {
        let handle = BuildHandle(build.identifier.clone());
        self.0.push(GraphBuild { build, depend_on: after.into_iter().collect() });
        handle
    }
}
