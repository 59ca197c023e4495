use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Name, Scene, Where, resource};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags names of resources that Kubernetes does not know and that have no domain in front.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: a misspelt `memory` would limit nothing.
    ///
    /// ## Fields
    /// `resources` of containers and Pods, the amounts of LimitRanges and ResourceQuotas, `overhead`, and the resources of
    /// autoscalers' `ContainerResource` metrics.
    ///
    /// ## Allowed values
    /// `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi` and the like; names with a domain, such as `example.com/gpu`;
    /// for a Pod as a whole only the first two and huge pages; in quotas also `pods`, `requests.cpu`, `limits.memory`,
    /// `count/deployments.apps` and the like.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', resources: {limits: {mem: 64Mi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', resources: {limits: {memory: 64Mi}}}
    /// ```
    UNKNOWN_RESOURCE = {
        id: "unknown-resource",
        category: Admission,
        severity: Error,
        look: Object(&[], unknown_resource),
    }
}

/// Whose resources they are.
enum Of {
    Container,
    ContainerMetric,
    Pod,
    Quota,
    Limit,
    LimitType,
}

static FIELDS: Fields<Of> = Fields::new(&[
    (Where::Scheduled("resources.requests|limits{}"), Of::Container),
    (Where::Pod("resources.requests|limits{}"), Of::Pod),
    (Where::Pod("overhead{}"), Of::Container),
    (Where::Of(&["RuntimeClass"], "overhead.podFixed{}"), Of::Container),
    (Where::Of(&["ResourceQuota"], "spec.hard{}"), Of::Quota),
    (Where::Of(&["LimitRange"], "spec.limits[]"), Of::Limit),
    (Where::Of(&["LimitRange"], "spec.limits[].type"), Of::LimitType),
    (Where::Of(&["HorizontalPodAutoscaler"], "spec.metrics[].containerResource.name"), Of::ContainerMetric),
]);
const AMOUNTS: [&str; 5] = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];

fn unknown_resource(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |of, node, spot| {
        let is_of_pods = |name: &str| matches!(name, "cpu" | "memory") || resource::page_size(name).is_some();
        let value = node.as_str().unwrap_or_default();
        let mut check = |name: &str, is_known: bool, path: &dyn Fn() -> crate::node::FieldPath| {
            if !is_known {
                findings
                    .report(path(), format!("`{name}` is no resource that can be counted here"))
                    .help("use a name that Kubernetes knows, or one with a domain such as `example.com/gpu`");
            }
        };
        let path = || spot.path();
        match of {
            Of::Container => check(spot.name(), resource::is_of_containers(spot.name()), &path),
            Of::Pod => check(spot.name(), is_of_pods(spot.name()), &path),
            Of::Quota => check(spot.name(), resource::is_of_quotas(spot.name()), &path),
            Of::ContainerMetric if value.is_empty() => {}
            Of::ContainerMetric => check(value, resource::is_of_containers(value), &path),
            Of::LimitType => {
                let is_own = matches!(value, "" | "Pod" | "Container" | "PersistentVolumeClaim");
                check(value, is_own || value.contains('/') && Name::Qualified.takes(value), &path);
            }
            Of::Limit => {
                let of_pods = matches!(node.text_at(&["type"]), Some("Pod" | "Container"));
                let is_known = if of_pods { resource::is_of_containers } else { resource::is_known };
                for (amount, limits) in AMOUNTS.iter().filter_map(|name| Some((name, node.get(name)?))) {
                    for limit in limits.fields() {
                        let path = || spot.path().field(amount).field(&limit.name);
                        check(&limit.name, is_known(&limit.name), &path);
                    }
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_RESOURCE;
    use crate::lint::testing::finds;

    #[test]
    fn each_place_has_its_own_resources() {
        let cases = [
            ("{kind: Pod, spec: {containers: [{resources: {requests: {example.com/gpu: 1}}}]}}", false),
            ("{kind: Pod, spec: {containers: [{resources: {requests: {storage: 1}}}]}}", true),
            ("{kind: Pod, spec: {resources: {requests: {ephemeral-storage: 1}}}}", true),
            ("{kind: PersistentVolumeClaim, spec: {resources: {requests: {storage: 1}}}}", false),
            ("{kind: ResourceQuota, spec: {hard: {count/jobs.batch: 1, requests.cpu: 1}}}", false),
            ("{kind: ResourceQuota, spec: {hard: {requests.cpus: 1}}}", true),
            ("{kind: LimitRange, spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 1}}]}}", false),
            ("{kind: LimitRange, spec: {limits: [{type: Container, max: {storage: 1}}]}}", true),
            ("{kind: LimitRange, spec: {limits: [{type: Containers}]}}", true),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&UNKNOWN_RESOURCE, yaml), expected, "{yaml}");
        }
    }
}
