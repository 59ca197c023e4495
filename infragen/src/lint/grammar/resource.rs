//! Names of resources: `cpu`, `memory`, `example.com/gpu`; from `pkg/apis/core/helper` of Kubernetes 1.36.

use super::Name;

const HUGE_PAGES: &str = "hugepages-";
const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
const OF_QUOTAS: [&str; 15] = [
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "persistentvolumeclaims",
    "configmaps",
    "services.nodeports",
];
const COUNTED: [&str; 9] = [
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

/// Whether a container may ask for it.
#[must_use]
pub fn is_of_containers(name: &str) -> bool {
    if !name.contains('/') {
        return OF_CONTAINERS.contains(&name) || name.starts_with(HUGE_PAGES) && Name::Qualified.takes(name);
    }
    Name::Qualified.takes(name) && (is_native(name) || is_extended(name))
}

/// Whether a quota may count it.
#[must_use]
pub fn is_of_quotas(name: &str) -> bool {
    if name.contains('/') {
        return Name::Qualified.takes(name);
    }
    let is_page = name.starts_with(HUGE_PAGES) || name.starts_with("requests.hugepages-");
    OF_CONTAINERS.contains(&name)
        || OF_QUOTAS.contains(&name)
        || name == "services.loadbalancers"
        || is_page && Name::Qualified.takes(name)
}

/// Whether Kubernetes knows it at all: for containers, volumes or quotas.
#[must_use]
pub fn is_known(name: &str) -> bool {
    name == "storage" || is_of_quotas(name)
}

/// Whether it is a device or the like, which somebody else counts: `example.com/gpu`.
#[must_use]
pub fn is_extended(name: &str) -> bool {
    if is_native(name) || name.starts_with("requests.") {
        return false;
    }
    // Quotas put a word in front, and must remain a name.
    let Some((prefix, part)) = name.split_once('/') else { return false };
    "requests.".len() + prefix.len() <= 253 && Name::Subdomain.takes(prefix) && Name::Qualified.takes(part)
}

/// Whether more of it may be promised than there is: neither of devices nor of huge pages.
#[must_use]
pub fn may_be_overcommitted(name: &str) -> bool {
    is_native(name) && !name.starts_with(HUGE_PAGES)
}

/// The size of a huge page, as the name of its resource says it.
#[must_use]
pub fn page_size(name: &str) -> Option<&str> {
    name.strip_prefix(HUGE_PAGES)
}

/// Whether there are only whole ones.
#[must_use]
pub fn is_counted(name: &str) -> bool {
    COUNTED.contains(&name) || is_extended(name)
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for name in
            ["cpu", "memory", "ephemeral-storage", "hugepages-2Mi", "example.com/gpu", "kubernetes.io/a"]
        {
            assert!(is_of_containers(name), "{name}");
        }
        for name in
            ["", "gpu", "storage", "pods", "a/b/c", "-x", "requests.example.com/gpu", "Example.com/gpu"]
        {
            assert!(!is_of_containers(name), "{name}");
        }
        for name in ["cpu", "limits.cpu", "pods", "count/deployments.apps", "requests.hugepages-2Mi"] {
            assert!(is_of_quotas(name), "{name}");
        }
        assert!(!is_of_quotas("storage") && is_known("storage"));
        assert!(is_counted("pods") && is_counted("example.com/gpu") && !is_counted("cpu"));
        assert!(may_be_overcommitted("cpu") && !may_be_overcommitted("hugepages-2Mi"));
    }
}
