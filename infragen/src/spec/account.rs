//! What a workload may do: at the Kubernetes API, and in AWS.

use super::quantity::RoleArn;
use crate::origin::Chosen;

/// The service account that a workload runs as. Each has its own; none has a token unless it has access.
#[derive(Clone, Debug, Default)]
pub struct ServiceAccount {
    pub(crate) role_arn: Option<RoleArn>,
    pub(crate) access: Vec<Chosen<Access>>,
    pub(crate) cluster_access: Vec<Chosen<Access>>,
}

/// A verb of the Kubernetes API. There is no wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Read one object.
    Get,
    /// Read all objects.
    List,
    /// Be told of changes.
    Watch,
    /// Make objects.
    Create,
    /// Replace objects.
    Update,
    /// Change parts of objects.
    Patch,
    /// Delete objects.
    Delete,
}

impl Verb {
    /// Reading in all its forms.
    pub const READ: [Self; 3] = [Self::Get, Self::List, Self::Watch];

    /// As RBAC spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// Some verbs on some kinds of objects.
#[derive(Clone, Debug)]
pub struct Access {
    pub(crate) group: String,
    pub(crate) resources: Vec<String>,
    pub(crate) names: Vec<String>,
    pub(crate) verbs: Vec<Verb>,
}

impl Access {
    /// To kinds of the core group, in the plural that RBAC uses: `pods`, `configmaps`.
    #[must_use]
    pub fn core<S: Into<String>>(resources: impl IntoIterator<Item = S>) -> Self {
        Self::group("", resources)
    }

    /// To kinds of an API group, such as `apps`.
    #[must_use]
    pub fn group<S: Into<String>>(group: impl Into<String>, resources: impl IntoIterator<Item = S>) -> Self {
        Self {
            group: group.into(),
            resources: resources.into_iter().map(Into::into).collect(),
            names: Vec::new(),
            verbs: Verb::READ.to_vec(),
        }
    }

    /// Only to objects of these names.
    #[must_use]
    pub fn named<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.names = names.into_iter().map(Into::into).collect();
        self
    }

    /// With these verbs instead of reading.
    #[must_use]
    pub fn verbs(mut self, verbs: impl IntoIterator<Item = Verb>) -> Self {
        self.verbs = verbs.into_iter().collect();
        self
    }
}

impl ServiceAccount {
    /// An account that may do nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The IAM role that its Pods take on (IRSA).
    #[must_use]
    pub fn irsa(mut self, role: RoleArn) -> Self {
        self.role_arn = Some(role);
        self
    }

    /// What it may do in its own namespace.
    #[must_use]
    #[track_caller]
    pub fn may(mut self, access: Access) -> Self {
        self.access.push(Chosen::here(access));
        self
    }

    /// What it may do in every namespace.
    #[must_use]
    #[track_caller]
    pub fn may_anywhere(mut self, access: Access) -> Self {
        self.cluster_access.push(Chosen::here(access));
        self
    }

    /// Whether its Pods need a token of the Kubernetes API.
    #[must_use]
    pub const fn needs_token(&self) -> bool {
        !self.access.is_empty() || !self.cluster_access.is_empty()
    }
}
