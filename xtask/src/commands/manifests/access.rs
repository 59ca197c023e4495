//! Who may do what: namespaces, limits, accounts and roles.

use super::team::{App, Team, head};

pub(super) fn namespace(team: &Team) -> String {
    let Team { name, owner } = team;
    format!(
        "# One namespace a team. Its Pods are held to the strictest of the Pod Security Standards.
apiVersion: v1
kind: Namespace
metadata:
  name: {name}
  labels:
    owner: {owner}
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: latest
    pod-security.kubernetes.io/warn: restricted
  annotations:
    example.com/contact: \"{owner}@example.com\"
    example.com/runbook: https://runbooks.example.com/{name}
"
    )
}

pub(super) fn limits(team: &Team) -> String {
    let name = &team.name;
    format!(
        "# What a container gets that says nothing, and what the namespace may have together.
apiVersion: v1
kind: LimitRange
metadata: {{name: defaults, namespace: {name}}}
spec:
  limits:
    - type: Container
      default: {{memory: 256Mi, cpu: \"1\"}}
      defaultRequest: {{memory: 256Mi, cpu: 100m}}
      max: {{memory: 4Gi, cpu: \"4\"}}
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: together
  namespace: {name}
spec:
  hard:
    requests.cpu: \"40\"
    requests.memory: 160Gi
    limits.memory: 160Gi
    pods: \"200\"
    services.loadbalancers: \"0\"
    services.nodeports: \"0\"
"
    )
}

/// A role for people who look and touch nothing.
pub(super) fn reader(team: &Team) -> String {
    let Team { name, owner } = team;
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: {name}
  labels: &labels
    owner: {owner}
    app.kubernetes.io/managed-by: pipeline
rules:
  - apiGroups: [\"\"]
    resources: [pods, services, events, configmaps]
    verbs: &looking [get, list, watch]
  - apiGroups: [apps]
    resources:
      - deployments
      - statefulsets
      - daemonsets
    verbs: *looking
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reader
  namespace: {name}
  labels:
    owner: {owner}
    app.kubernetes.io/managed-by: pipeline
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: {owner}-on-call
"
    )
}

pub(super) fn account(app: &App) -> String {
    let head = head(app, "v1", "ServiceAccount", &app.name);
    format!(
        "# Who the Pods are. They get no token: nothing in them calls the API server.\n{head}automountServiceAccountToken: false\n"
    )
}

/// What an agent may look at, and that it may.
pub(super) fn role(app: &App) -> String {
    let App { team, name, .. } = app;
    let api_version = "rbac.authorization.k8s.io/v1";
    format!(
        "{role}rules:
  - apiGroups: [\"\"]
    resources:
      - pods
      - endpoints
    verbs: [get, list, watch]
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    resourceNames: [{name}]
    verbs: [get, update]
---
{binding}roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {name}}}
subjects:
  - kind: ServiceAccount
    name: {name}
    namespace: {team}
",
        role = head(app, api_version, "Role", name),
        binding = head(app, api_version, "RoleBinding", name),
    )
}
