//! A real API server, behind `kubectl proxy`: nothing is kept, each answer is of a dry run. What it answered once is
//! kept in a file, and not asked again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::custom;

/// Kinds that are asked about: the end of their path, and whether they live in a namespace.
const KINDS: [(&str, &str, bool); 36] = [
    ("ClusterRole", "clusterroles", false),
    ("ClusterRoleBinding", "clusterrolebindings", false),
    ("ConfigMap", "configmaps", true),
    ("CronJob", "cronjobs", true),
    ("CustomResourceDefinition", "customresourcedefinitions", false),
    ("DaemonSet", "daemonsets", true),
    ("Deployment", "deployments", true),
    ("EndpointSlice", "endpointslices", true),
    ("Gadget", "gadgets", true),
    ("HorizontalPodAutoscaler", "horizontalpodautoscalers", true),
    ("Ingress", "ingresses", true),
    ("IngressClass", "ingressclasses", false),
    ("Job", "jobs", true),
    ("LimitRange", "limitranges", true),
    ("MutatingWebhookConfiguration", "mutatingwebhookconfigurations", false),
    ("Namespace", "namespaces", false),
    ("NetworkPolicy", "networkpolicies", true),
    ("PersistentVolume", "persistentvolumes", false),
    ("PersistentVolumeClaim", "persistentvolumeclaims", true),
    ("Pod", "pods", true),
    ("PodDisruptionBudget", "poddisruptionbudgets", true),
    ("PodTemplate", "podtemplates", true),
    ("PriorityClass", "priorityclasses", false),
    ("ReplicaSet", "replicasets", true),
    ("ReplicationController", "replicationcontrollers", true),
    ("ResourceQuota", "resourcequotas", true),
    ("Role", "roles", true),
    ("RoleBinding", "rolebindings", true),
    ("RuntimeClass", "runtimeclasses", false),
    ("Secret", "secrets", true),
    ("Service", "services", true),
    ("ServiceAccount", "serviceaccounts", true),
    ("StatefulSet", "statefulsets", true),
    ("StorageClass", "storageclasses", false),
    ("ValidatingWebhookConfiguration", "validatingwebhookconfigurations", false),
    ("VolumeAttributesClass", "volumeattributesclasses", false),
];

/// A server, by the address of its proxy, and what it answered.
pub(crate) struct Server {
    address: String,
    file: PathBuf,
    known: HashMap<u64, Option<String>>,
    new: Mutex<Vec<(u64, Option<String>)>>,
}

impl Server {
    /// The server behind this address; the file is of this very server's version, or not there.
    pub(crate) fn new(address: String, file: PathBuf) -> Self {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let known = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Self { address, file, known, new: Mutex::default() }
    }

    /// Keeps what it answered since.
    pub(crate) fn keep(&self) {
        let lines = self
            .new
            .lock()
            .unwrap()
            .iter()
            .fold(String::new(), |lines, answer| lines + &serde_json::to_string(answer).unwrap() + "\n");
        std::fs::create_dir_all(self.file.parent().unwrap()).unwrap();
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&self.file).unwrap();
        file.write_all(lines.as_bytes()).unwrap();
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

    /// Makes what Pods need to be admitted, and stay so.
    pub(crate) fn make(&self, objects: &[(&str, Value)]) {
        for (path, object) in objects {
            let (status, answer) = self.post(path, object);
            assert!(matches!(status, 201 | 409), "{status} {answer}");
        }
    }

    /// Makes a definition, and waits until objects of its kind are taken.
    pub(crate) fn define(&self, definition: &Value, object: &Value, namespace: &str) {
        self.make(&[("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition.clone())]);
        let path = Self::path(object, namespace).unwrap();
        for _ in 0..300 {
            if self.post(&format!("{path}?dryRun=All"), object).0 != 404 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the server serves no {path}");
    }

    /// Why the server would not make the object, if so.
    pub(crate) fn refusal(&self, object: &Value, namespace: &str) -> Option<String> {
        let path = Self::path(object, namespace)?;
        let mut hash = DefaultHasher::new();
        (&path, object.to_string(), custom::asked(object)).hash(&mut hash);
        let hash = hash.finish();
        if let Some(known) = self.known.get(&hash) {
            return known.clone();
        }
        let answer = self.ask(&path, object);
        self.new.lock().unwrap().push((hash, answer.clone()));
        answer
    }

    fn ask(&self, path: &str, object: &Value) -> Option<String> {
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
