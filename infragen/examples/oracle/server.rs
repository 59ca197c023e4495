//! A real API server, behind `kubectl proxy`: nothing is kept, each answer is of a dry run.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

/// Kinds that are asked about: the end of their path, and whether they live in a namespace.
const KINDS: [(&str, &str, bool); 27] = [
    ("ClusterRole", "clusterroles", false),
    ("ClusterRoleBinding", "clusterrolebindings", false),
    ("ConfigMap", "configmaps", true),
    ("CronJob", "cronjobs", true),
    ("DaemonSet", "daemonsets", true),
    ("Deployment", "deployments", true),
    ("HorizontalPodAutoscaler", "horizontalpodautoscalers", true),
    ("Ingress", "ingresses", true),
    ("IngressClass", "ingressclasses", false),
    ("Job", "jobs", true),
    ("LimitRange", "limitranges", true),
    ("Namespace", "namespaces", false),
    ("NetworkPolicy", "networkpolicies", true),
    ("PersistentVolume", "persistentvolumes", false),
    ("PersistentVolumeClaim", "persistentvolumeclaims", true),
    ("Pod", "pods", true),
    ("PodDisruptionBudget", "poddisruptionbudgets", true),
    ("PriorityClass", "priorityclasses", false),
    ("ReplicaSet", "replicasets", true),
    ("ResourceQuota", "resourcequotas", true),
    ("Role", "roles", true),
    ("RoleBinding", "rolebindings", true),
    ("Secret", "secrets", true),
    ("Service", "services", true),
    ("ServiceAccount", "serviceaccounts", true),
    ("StatefulSet", "statefulsets", true),
    ("StorageClass", "storageclasses", false),
];

/// A server, by the address of its proxy.
pub(crate) struct Server {
    address: String,
}

impl Server {
    pub(crate) fn new(address: String) -> Self {
        Self { address }
    }

    /// Where objects of this kind are made.
    pub(crate) fn path(object: &Value, namespace: &str) -> Option<String> {
        let version = object["apiVersion"].as_str()?;
        let (_, plural, namespaced) = KINDS.iter().find(|(kind, ..)| object["kind"] == *kind)?;
        let base = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
        let within = if *namespaced { format!("/namespaces/{namespace}") } else { String::new() };
        Some(format!("{base}{within}/{plural}"))
    }

    /// Moves an object into the namespace.
    pub(crate) fn settle(object: &mut Value, namespace: &str) {
        let (.., namespaced) = KINDS.iter().find(|(kind, ..)| object["kind"] == *kind).unwrap();
        if *namespaced {
            object["metadata"]["namespace"] = json!(namespace);
        }
    }

    pub(crate) fn make_namespace(&self, name: &str) {
        let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        let (status, answer) = self.post("/api/v1/namespaces", &object);
        assert!(matches!(status, 201 | 409), "{status} {answer}");
    }

    /// Why the server would not make the object, if so.
    pub(crate) fn refusal(&self, object: &Value, namespace: &str) -> Option<String> {
        let path = Self::path(object, namespace)?;
        let (status, answer) = self.post(&format!("{path}?dryRun=All&fieldValidation=Strict"), object);
        // Something of that name is there; that it is valid was looked at first.
        (!matches!(status, 200 | 201 | 409)).then(|| {
            let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
            let message = answer["message"].as_str().unwrap_or("no message");
            let end = message.split_once(" is invalid: ").map_or(message, |(_, reason)| reason);
            end.chars().take(300).collect()
        })
    }

    fn post(&self, path: &str, object: &Value) -> (u16, String) {
        let body = object.to_string();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap();
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }
}
