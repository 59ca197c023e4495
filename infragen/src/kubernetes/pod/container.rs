//! A workload's one container.

use k8s_openapi::api::core::v1::{
    Capabilities, ConfigMapEnvSource, ConfigMapKeySelector, Container, ContainerPort, EnvFromSource, EnvVar,
    EnvVarSource, Lifecycle, LifecycleHandler, ObjectFieldSelector, ResourceFieldSelector,
    ResourceRequirements, SecretKeySelector, SecurityContext, SleepAction,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::{Restart, probe, volumes};
use crate::kubernetes::config_map::plain_variables;
use crate::kubernetes::context::Context;
use crate::kubernetes::objects::Marks;
use crate::spec::{Base, Downward, Resources, Variable, VariableValue};

pub(super) fn render(context: &Context<'_>, base: &Base, restart: Restart) -> (Container, Marks) {
    let mut marks = Marks::default();
    let image = context.image(base);
    marks.add("image", &image.origin);
    let (env, env_marks) = variables(base);
    marks.0.extend(env_marks.0);
    resource_marks(&base.resources, &mut marks);
    for (index, port) in base.ports.iter().enumerate() {
        marks.add(format!("ports[{index}]"), &port.origin);
    }
    for (field, text) in [("command", &base.command), ("args", &base.arguments)] {
        if let Some(text) = text {
            marks.add(field, &text.origin);
        }
    }
    let mut probe = |field: &str, chosen: &Option<crate::origin::Chosen<crate::spec::Probe>>| {
        let chosen = chosen.as_ref()?;
        marks.add(field, &chosen.origin);
        Some(probe::render(base, &chosen.value))
    };
    let (start, live, ready) = (
        probe("startupProbe", &base.probes.start),
        probe("livenessProbe", &base.probes.live),
        probe("readinessProbe", &base.probes.ready),
    );
    let (mounts, mount_marks) = volumes::mounts(base);
    marks.0.extend(mount_marks.0);
    if let Some(reason) = &base.writable_root {
        marks.add("securityContext.readOnlyRootFilesystem", &reason.origin);
    }
    let lifecycle = lifecycle(base, restart);
    if lifecycle.is_some() {
        marks.add("lifecycle", &base.drain.origin);
    }
    let container = Container {
        name: base.name.to_string(),
        image: Some(image.value),
        image_pull_policy: Some("IfNotPresent".to_owned()),
        command: base.command.as_ref().map(|command| command.value.clone()),
        args: base.arguments.as_ref().map(|arguments| arguments.value.clone()),
        ports: (!base.ports.is_empty()).then(|| ports(base)),
        env_from: (!plain_variables(base).is_empty()).then(|| vec![config_map(base)]),
        env: (!env.is_empty()).then_some(env),
        resources: Some(resources(&base.resources)),
        startup_probe: start,
        liveness_probe: live,
        readiness_probe: ready,
        lifecycle,
        security_context: Some(SecurityContext {
            allow_privilege_escalation: Some(false),
            read_only_root_filesystem: Some(base.writable_root.is_none()),
            capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), add: None }),
            ..SecurityContext::default()
        }),
        termination_message_policy: Some("FallbackToLogsOnError".to_owned()),
        volume_mounts: (!mounts.is_empty()).then_some(mounts),
        ..Container::default()
    };
    (container, marks)
}

/// Kubernetes' own sleep before SIGTERM, which works in an image without a shell too. Zero is no hook at all.
fn lifecycle(base: &Base, restart: Restart) -> Option<Lifecycle> {
    let seconds = base.drain.value.sleep_seconds();
    (restart == Restart::Always && seconds > 0).then(|| Lifecycle {
        pre_stop: Some(LifecycleHandler {
            sleep: Some(SleepAction { seconds: seconds.into() }),
            ..LifecycleHandler::default()
        }),
        ..Lifecycle::default()
    })
}

fn ports(base: &Base) -> Vec<ContainerPort> {
    base.ports
        .iter()
        .map(|port| ContainerPort {
            name: Some(port.value.name.to_string()),
            container_port: port.value.port.number().into(),
            protocol: Some("TCP".to_owned()),
            ..ContainerPort::default()
        })
        .collect()
}

/// All plain variables at once, from the workload's own ConfigMap.
fn config_map(base: &Base) -> EnvFromSource {
    EnvFromSource {
        config_map_ref: Some(ConfigMapEnvSource { name: base.name.to_string(), optional: None }),
        ..EnvFromSource::default()
    }
}

/// The variables that are not plain text, each by what it refers to.
fn variables(base: &Base) -> (Vec<EnvVar>, Marks) {
    let mut marks = Marks::default();
    let mut variables = Vec::new();
    for variable in &base.variables {
        if let Some(source) = source(variable) {
            marks.add(format!("env[{}]", variables.len()), &variable.origin);
            variables.push(EnvVar {
                name: variable.name.to_string(),
                value_from: Some(source),
                ..EnvVar::default()
            });
        }
    }
    (variables, marks)
}

fn source(variable: &Variable) -> Option<EnvVarSource> {
    let nothing = EnvVarSource::default();
    match &variable.value {
        VariableValue::Text(_) => None,
        VariableValue::Secret(key) => Some(EnvVarSource {
            secret_key_ref: Some(SecretKeySelector {
                name: key.secret.to_string(),
                key: key.key.to_string(),
                optional: None,
            }),
            ..nothing
        }),
        VariableValue::Config(key) => Some(EnvVarSource {
            config_map_key_ref: Some(ConfigMapKeySelector {
                name: key.config_map.to_string(),
                key: key.key.to_string(),
                optional: None,
            }),
            ..nothing
        }),
        VariableValue::Downward(field) => Some(downward(*field)),
    }
}

fn downward(field: Downward) -> EnvVarSource {
    let of_pod = |path: &str| EnvVarSource {
        field_ref: Some(ObjectFieldSelector {
            api_version: Some("v1".to_owned()),
            field_path: path.to_owned(),
        }),
        ..EnvVarSource::default()
    };
    let of_container = |resource: &str| EnvVarSource {
        resource_field_ref: Some(ResourceFieldSelector {
            container_name: None,
            resource: resource.to_owned(),
            divisor: None,
        }),
        ..EnvVarSource::default()
    };
    match field {
        Downward::PodName => of_pod("metadata.name"),
        Downward::Namespace => of_pod("metadata.namespace"),
        Downward::PodIp => of_pod("status.podIP"),
        Downward::NodeName => of_pod("spec.nodeName"),
        Downward::ServiceAccount => of_pod("spec.serviceAccountName"),
        Downward::CpuLimit => of_container("limits.cpu"),
        Downward::MemoryLimit => of_container("limits.memory"),
    }
}

fn resources(resources: &Resources) -> ResourceRequirements {
    let entry = |name: &str, amount: String| (name.to_owned(), Quantity(amount));
    let mut limits =
        std::collections::BTreeMap::from([entry("memory", resources.memory_limit().value.to_string())]);
    limits.extend(resources.cpu_limit.as_ref().map(|cpu| entry("cpu", cpu.value.to_string())));
    ResourceRequirements {
        requests: Some(
            [
                entry("cpu", resources.cpu_request.value.to_string()),
                entry("memory", resources.memory_request.value.to_string()),
            ]
            .into(),
        ),
        limits: Some(limits),
        claims: None,
    }
}

fn resource_marks(resources: &Resources, marks: &mut Marks) {
    marks.add("resources.requests.cpu", &resources.cpu_request.origin);
    marks.add("resources.requests.memory", &resources.memory_request.origin);
    marks.add("resources.limits.memory", &resources.memory_limit().origin);
    if let Some(cpu) = &resources.cpu_limit {
        marks.add("resources.limits.cpu", &cpu.origin);
    }
}
